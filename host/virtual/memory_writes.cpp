#include "host/virtual/memory_writes.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t erased_byte = 0xFF;
constexpr std::size_t key_body_size = 16;

/// @returns true when any byte was written.
bool write_page(apdu::ByteSpan now, apdu::ByteView target, WriteGate& gate) {
    std::size_t changes = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        changes += now[i] != target[i] ? 1U : 0U;
    }
    auto const fate = changes == 0 ? WriteFate::lost : gate.next();
    std::size_t left = fate == WriteFate::done   ? changes
                       : fate == WriteFate::torn ? changes / 2
                                                 : 0;
    bool const writes_any = left != 0;
    for (std::size_t i = 0; left != 0; ++i) {
        if (now[i] != target[i]) {
            now[i] = target[i];
            --left;
        }
    }
    return writes_any;
}

void write_bytes(apdu::ByteSpan now, apdu::ByteView target, WriteGate& gate) {
    for (std::size_t at = 0; at < target.size(); at += memory_page_size) {
        std::size_t const size = std::min(memory_page_size, target.size() - at);
        (void)write_page(now.subspan(at, size), target.subspan(at, size), gate);
    }
}

/// A value that is there or not: a mark is written last.
template <typename T>
void write_whole(T& now, T const& target, WriteGate& gate) {
    if (now != target && gate.next() == WriteFate::done) {
        now = target;
    }
}

void write_record(Bytes& now, Bytes const& target, WriteGate& gate) {
    if (now == target) {
        return;
    }
    if (now.size() == target.size()) {
        write_bytes(now, target, gate);
        return;
    }
    Bytes resized = now;
    resized.resize(target.size(), erased_byte);
    std::size_t const first_page = std::min(memory_page_size, target.size());
    if (apdu::equal_bytes(apdu::ByteView{resized}.first(first_page),
                          apdu::ByteView{target}.first(first_page))) {
        write_whole(now, resized, gate); // nothing of it changes but its length
    } else if (write_page(apdu::ByteSpan{resized}.first(first_page),
                          apdu::ByteView{target}.first(first_page), gate)) {
        now = std::move(resized);
    }
    if (gate.has_power()) {
        write_bytes(now, target, gate);
    }
}

/// A key as it lies in its key file. cos-t514.md §3, WRITE KEY.
struct KeyImage {
    std::array<std::uint8_t, 5> head; ///< version, tries, algorithm, level, length of the value
    std::array<std::uint8_t, key_body_size> body;
};

KeyImage image_of(StoredKey const& key) {
    bool const is_pin = key.type == KeyType::pin;
    KeyImage image{{key.version,
                    static_cast<std::uint8_t>((key.tries.maximum << 4U) | key.tries.left),
                    key.algorithm, key.level,
                    is_pin ? std::uint8_t{0} : static_cast<std::uint8_t>(key.value.size())},
                   {}};
    image.body.fill(erased_byte);
    apdu::copy_bytes(key.value, image.body);
    return image;
}

/// The other way round; a PIN ends where its padding begins.
void apply(KeyImage const& image, StoredKey& key) {
    key.version = image.head[0];
    key.tries = {static_cast<std::uint8_t>(image.head[1] >> 4U),
                 static_cast<std::uint8_t>(image.head[1] & 0x0FU)};
    key.algorithm = image.head[2];
    key.level = image.head[3];
    std::size_t size = image.head[4];
    if (key.type == KeyType::pin) {
        size = image.body.size();
        while (size != 0 && image.body[size - 1] == erased_byte) {
            --size;
        }
    }
    key.value.assign(image.body.begin(), image.body.begin() + static_cast<std::ptrdiff_t>(size));
}

void write_key_in_place(StoredKey& now, StoredKey const& target, WriteGate& gate) {
    if (now == target) {
        return;
    }
    KeyImage image = image_of(now);
    KeyImage const wanted = image_of(target);
    write_bytes(image.body, wanted.body, gate);
    write_bytes(image.head, wanted.head, gate);
    apply(image, now);
}

/// Whether `target` is `now` with a record added in front and the oldest gone.
bool is_turned(std::vector<Bytes> const& now, std::vector<Bytes> const& target) {
    return !now.empty() && now.size() == target.size() && now != target &&
           std::equal(now.begin(), now.end() - 1, target.begin() + 1);
}

void write_records(StoredFile& now, StoredFile const& target, WriteGate& gate) {
    bool const is_cyclic = now.kind == FileKind::cyclic;
    if (is_cyclic && is_turned(now.records, target.records)) {
        write_record(now.records.back(), target.records.front(), gate);
        write_whole(now.records, target.records, gate);
        return;
    }
    if (target.records.size() < now.records.size() ||
        (is_cyclic && target.records.size() != now.records.size())) {
        write_whole(now.records, target.records, gate);
        return;
    }
    for (std::size_t i = 0; i < now.records.size(); ++i) {
        write_record(now.records[i], target.records[i], gate);
    }
    while (now.records.size() < target.records.size() && gate.next() == WriteFate::done) {
        now.records.push_back(target.records[now.records.size()]);
    }
}

void write_keys(StoredDirectory& now, StoredDirectory const& target, WriteGate& gate) {
    for (std::size_t i = 0; i < now.keys.size(); ++i) {
        write_key_in_place(now.keys[i], target.keys[i], gate);
    }
    while (now.keys.size() < target.keys.size() && gate.next() == WriteFate::done) {
        now.keys.push_back(target.keys[now.keys.size()]);
    }
}

/// Files, and the account that comes and goes with the transaction file.
void write_files(StoredDirectory& now, StoredDirectory const& target, WriteGate& gate) {
    if (target.files.size() < now.files.size()) {
        if (gate.next() == WriteFate::done) {
            now.files = target.files;
            now.account = target.account;
        }
        return;
    }
    for (std::size_t i = 0; i < now.files.size(); ++i) {
        if (now.files[i] == target.files[i]) {
            continue;
        }
        write_bytes(now.files[i].content, target.files[i].content, gate);
        write_records(now.files[i], target.files[i], gate);
    }
    while (now.files.size() < target.files.size() && gate.next() == WriteFate::done) {
        now.files.push_back(target.files[now.files.size()]);
        now.account = target.account;
    }
    write_whole(now.account, target.account, gate);
}

void write_directories(CardMemory& now, CardMemory const& target, WriteGate& gate) {
    for (std::size_t i = 0; i < now.directories.size(); ++i) {
        StoredDirectory& directory = now.directories[i];
        if (directory == target.directories[i]) {
            continue;
        }
        write_whole(directory.is_open, target.directories[i].is_open, gate);
        write_whole(directory.is_blocked, target.directories[i].is_blocked, gate);
        write_keys(directory, target.directories[i], gate);
        write_files(directory, target.directories[i], gate);
    }
    while (now.directories.size() < target.directories.size() && gate.next() == WriteFate::done) {
        now.directories.push_back(target.directories[now.directories.size()]);
    }
}

} // namespace

void write_changes(CardMemory& now, CardMemory const& target, WriteGate& gate) {
    write_bytes(now.historical, target.historical, gate);
    write_whole(now.transport_key, target.transport_key, gate);
    if (target.directories.size() < now.directories.size()) {
        // With a directory goes all below it; with the MF the card's block.
        if (gate.next() == WriteFate::done) {
            now.directories = target.directories;
            now.is_blocked = target.is_blocked;
        }
        return;
    }
    write_whole(now.is_blocked, target.is_blocked, gate);
    write_directories(now, target, gate);
}

} // namespace virtual_card
