#pragma once

#include "host/api/message.hpp"
#include "host/api/pin_text.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// A value of a card's file with its name.
struct Value {
    std::string name{};     ///< snake_case: "birth_date"
    std::string label_zh{}; ///< the standard's own name
    std::string text{};     ///< empty where it is unpersonalized
    std::string meaning_en{};
    std::string meaning_zh{}; ///< of a code, else empty

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("label_zh", self.label_zh);
        fields.required("text", self.text);
        fields.required("meaning_en", self.meaning_en);
        fields.required("meaning_zh", self.meaning_zh);
    }
};

/// A record of a file: one item, a constructed item with its parts, or a record of a cyclic file.
struct Entry {
    std::string tag{};            ///< two hex digits; empty in a cyclic file
    std::uint32_t occurrence = 1; ///< of the item in its file; of a cyclic file: 1 is the newest
    Value value{};
    std::vector<Value> parts{}; ///< of a constructed item; fields of a cyclic record

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("tag", self.tag);
        fields.required("occurrence", self.occurrence);
        fields.required("value", self.value);
        fields.required("parts", self.parts);
    }
};

/// What stands in a file, or why it was not read.
struct FileContent {
    std::string path{};               ///< "DF01/EF06"
    std::string name{};               ///< "residence"
    std::string label_zh{};           ///< the standard's own name
    std::string type{};               ///< variable_records, fixed_records, cyclic, transparent
    std::vector<Entry> entries{};     ///< of a record file
    std::optional<std::string> bytes; ///< of a transparent file, base64
    std::string unread{};             ///< a fault's code where it was not read, else empty

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("path", self.path);
        fields.required("name", self.name);
        fields.required("label_zh", self.label_zh);
        fields.required("type", self.type);
        fields.required("entries", self.entries);
        fields.nullable("bytes", self.bytes);
        fields.required("unread", self.unread);
    }
};

/// The files that were asked for, in the order of the card's tables.
struct FileContents {
    std::vector<FileContent> files{};
    bool test_keys = false; ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("files", self.files);
        fields.required("test_keys", self.test_keys);
    }
};

/// Reads one file, one item of it, or, without a file's name, all files. With all, a file that
/// cannot be read is told in its place; of one file it is the fault.
struct FileReadRequest {
    static constexpr Route route{Method::post, "/v1/card/read"};
    using Reply = FileContents;
    std::optional<std::string> reader{};
    std::optional<std::string> file{}; ///< name or path
    std::optional<std::string> item{};
    std::optional<PinText> pin{}; ///< for files that need it
    bool spend_last_try = false;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.optional("file", self.file);
        fields.optional("item", self.item);
        fields.optional("pin", self.pin);
        fields.optional("spend_last_try", self.spend_last_try);
    }
};

/// What was written.
struct Written {
    std::string path{};
    std::string name{};       ///< of the file
    std::string item{};       ///< empty in a cyclic or transparent file
    std::uint32_t record = 0; ///< its number, from 1; 0 in a transparent file
    std::uint32_t size = 0;   ///< bytes on the card
    bool read_back = false;   ///< and found the same; false where no key here opens it for reading
    bool test_keys = false;   ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("path", self.path);
        fields.required("name", self.name);
        fields.required("item", self.item);
        fields.required("record", self.record);
        fields.required("size", self.size);
        fields.required("read_back", self.read_back);
        fields.required("test_keys", self.test_keys);
    }
};

/// Writes one item of a record file (`item` with `value`, or with all its `parts`), a new record of
/// a cyclic file (`parts`), or a transparent file (`bytes`). With the file's key. A part that is
/// not named is refused: it would lose what it holds.
struct FileWriteRequest {
    static constexpr Route route{Method::post, "/v1/card/write"};
    using Reply = Written;
    std::optional<std::string> reader{};
    std::string file{};
    std::optional<std::string> item{};
    std::uint32_t occurrence = 1;
    std::optional<std::string> value{};
    std::map<std::string, std::string> parts{};
    std::optional<std::string> bytes{}; ///< base64

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("file", self.file);
        fields.optional("item", self.item);
        fields.optional("occurrence", self.occurrence);
        fields.optional("value", self.value);
        fields.optional("parts", self.parts);
        fields.optional("bytes", self.bytes);
    }
};

} // namespace api
