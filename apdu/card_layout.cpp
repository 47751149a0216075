#include "apdu/card_layout.hpp"

#include "apdu/card_layout_1_00.hpp"
#include "apdu/card_layout_check.hpp"
#include "apdu/card_layout_df01.hpp"
#include "apdu/card_layout_df02.hpp"
#include "apdu/card_layout_df03.hpp"
#include "apdu/card_layout_df04.hpp"
#include "apdu/card_layout_df05.hpp"
#include "apdu/card_layout_df06.hpp"
#include "apdu/card_layout_df07.hpp"
#include "apdu/card_layout_ssse.hpp"
#include "apdu/record.hpp"
#include "apdu/text_slice.hpp"

namespace apdu {
namespace {

// A version is a table: 2.00 and 3.00 share the applications and differ in SSSE.
constexpr auto directories_1_00 = std::to_array<DedicatedFile>({
    layout::ssse(layout::ssse_files_1_00),
    layout::df01_1_00,
    layout::df02_1_00,
    layout::df03_1_00,
    layout::df04_1_00,
});
constexpr auto directories_2_00 = std::to_array<DedicatedFile>({
    layout::ssse(layout::ssse_files_2_00),
    layout::df01,
    layout::df02,
    layout::df03,
    layout::df04,
    layout::df05,
    layout::df06,
    layout::df07,
});
constexpr auto directories_3_00 = std::to_array<DedicatedFile>({
    layout::ssse(layout::ssse_files_3_00),
    layout::df01,
    layout::df02,
    layout::df03,
    layout::df04,
    layout::df05,
    layout::df06,
    layout::df07,
});

static_assert(layout::is_sound(directories_1_00));
static_assert(layout::is_sound(directories_2_00));
static_assert(layout::is_sound(directories_3_00));

constexpr CardLayout layout_1_00{SpecVersion::v1_00, directories_1_00};
constexpr CardLayout layout_2_00{SpecVersion::v2_00, directories_2_00};
constexpr CardLayout layout_3_00{SpecVersion::v3_00, directories_3_00};

constexpr char capital_of(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_same_word(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (capital_of(left[i]) != capital_of(right[i])) {
            return false;
        }
    }
    return true;
}

/// A FID or a directory's name in a path: always four characters.
struct PathPart {
    char text[4];
    [[nodiscard]] std::string_view view() const { return {text, sizeof text}; }
};

PathPart hex_of(std::uint16_t fid) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {{digits[fid >> 12U], digits[(fid >> 8U) & 0xFU], digits[(fid >> 4U) & 0xFU],
             digits[fid & 0xFU]}};
}

PathPart path_name_of(DedicatedFile const& directory) {
    return directory.directory == Directory::ssse ? PathPart{{'S', 'S', 'S', 'E'}}
                                                  : hex_of(directory.fid);
}

bool is_path_of(std::string_view path, DedicatedFile const& directory, ElementaryFile const& file) {
    constexpr std::size_t part_size = sizeof(PathPart::text);
    bool const has_slash = path.size() == 2 * part_size + 1 && path[part_size] == '/';
    if (!has_slash && path.size() != 2 * part_size) {
        return false;
    }
    return is_same_word(slice(path, 0, part_size), path_name_of(directory).view()) &&
           is_same_word(slice_from(path, path.size() - part_size), hex_of(file.fid).view());
}

} // namespace

CardLayout const& layout_of(SpecVersion version) {
    switch (version) {
    case SpecVersion::v1_00:
        return layout_1_00;
    case SpecVersion::v2_00:
        return layout_2_00;
    case SpecVersion::v3_00:
        return layout_3_00;
    }
    broken_requirement(__builtin_FILE(), __builtin_LINE());
}

std::optional<FilePlace> find_file(CardLayout const& layout, std::string_view name_or_path) {
    for (DedicatedFile const& directory : layout.directories) {
        for (ElementaryFile const& file : directory.files) {
            if (is_same_word(name_or_path, file.name) ||
                is_path_of(name_or_path, directory, file)) {
                return FilePlace{&directory, &file};
            }
        }
    }
    return std::nullopt;
}

DedicatedFile const* find_directory(CardLayout const& layout, Directory directory) {
    for (DedicatedFile const& candidate : layout.directories) {
        if (candidate.directory == directory) {
            return &candidate;
        }
    }
    return nullptr;
}

FilePath path_of(FilePlace place) {
    FilePath path{};
    PathPart const directory = path_name_of(*place.directory);
    PathPart const file = hex_of(place.file->fid);
    for (std::size_t i = 0; i < sizeof directory.text; ++i) {
        path.text[i] = directory.text[i];
        path.text[i + sizeof directory.text + 1] = file.text[i];
    }
    path.text[sizeof directory.text] = '/';
    return path;
}

std::size_t record_count(ElementaryFile const& file) {
    if (file.type == FileType::cyclic || file.type == FileType::transparent) {
        return file.records;
    }
    std::size_t count = 0;
    for (Item const& item : file.items) {
        count += item.occurrences;
    }
    return count;
}

std::size_t records_size(ElementaryFile const& file) {
    bool const has_tagged_records =
        file.type == FileType::variable_records || file.type == FileType::fixed_records;
    return has_tagged_records ? layout::size_of_all(file.items, record_head_size) : 0;
}

} // namespace apdu
