#include "host/virtual/card_memory.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t head_size = 32;

template <typename Range, typename Condition>
std::optional<std::size_t> index_of(Range const& range, Condition const& condition) {
    auto const found = std::find_if(range.begin(), range.end(), condition);
    if (found == range.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - range.begin());
}

} // namespace

std::size_t memory_size(CardMemory const& memory) {
    std::size_t size = 0;
    for (StoredDirectory const& directory : memory.directories) {
        size += head_size + directory.keys.size() * head_size;
        for (StoredFile const& file : directory.files) {
            size += head_size + file.size;
        }
    }
    return size;
}

std::optional<std::size_t> find_file_by_fid(StoredDirectory const& directory, std::uint16_t fid) {
    return index_of(directory.files, [fid](StoredFile const& file) { return file.fid == fid; });
}

std::optional<std::size_t> find_file_by_sfi(StoredDirectory const& directory, std::uint8_t sfi) {
    if (sfi == 0) {
        return std::nullopt;
    }
    return index_of(directory.files, [sfi](StoredFile const& file) { return file.sfi == sfi; });
}

std::optional<std::size_t> environment_of(CardMemory const& memory, std::size_t directory) {
    std::optional<std::size_t> at = directory;
    while (at && memory.directories[*at].kind != DirectoryKind::ddf) {
        at = memory.directories[*at].parent;
    }
    return at;
}

std::optional<std::size_t> find_key(StoredDirectory const& directory, KeyType type, std::uint8_t id,
                                    std::optional<std::uint8_t> version) {
    return index_of(directory.keys, [=](StoredKey const& key) {
        return key.type == type && key.id == id && (!version || key.version == *version);
    });
}

std::size_t record_capacity(StoredFile const& file) {
    if (file.record_length == 0 || file.size < file_overhead) {
        return 0;
    }
    return (file.size - file_overhead) / file.record_length;
}

} // namespace virtual_card
