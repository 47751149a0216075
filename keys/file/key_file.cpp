#include "keys/file/key_file.hpp"

#include "keys/file/key_entry.hpp"

#include <algorithm>
#include <fstream>

namespace keys::file {
namespace {

using nlohmann::json;

void wipe_text(std::span<char> text) {
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

/// Every string of `document`, wiped; a stack of our own, so that depth costs no call.
void wipe_strings(json& document) {
    std::vector<json*> open{&document};
    while (!open.empty()) {
        json& value = *open.back();
        open.pop_back();
        if (auto* const text = value.get_ptr<json::string_t*>(); text != nullptr) {
            wipe_text(*text);
        } else if (value.is_structured()) {
            for (json& member : value) {
                open.push_back(&member);
            }
        }
    }
}

/// A parsed document that leaves no strings behind.
class Document {
public:
    // Parentheses: in braces the library would make an array around it.
    explicit Document(json content) : content_(std::move(content)) {}
    Document(Document const&) = delete;
    Document& operator=(Document const&) = delete;
    Document(Document&&) = default;
    Document& operator=(Document&&) = delete;
    ~Document() { wipe_strings(content_); }
    [[nodiscard]] json const& content() const { return content_; }

private:
    json content_;
};

KeyFileFault not_json(std::size_t at) {
    return {"", KeyFileFaultCode::not_json, "byte " + std::to_string(at)};
}

/// The document, or why there is none. The library's own message is not passed on: it quotes what
/// it stumbled over, which may be a key.
apdu::Result<Document, KeyFileFault> parse_json(std::span<char const> text) {
    try {
        return Document{json::parse(text.begin(), text.end())};
    } catch (json::parse_error const& error) {
        return not_json(error.byte);
    } catch (json::exception const&) {
        return not_json(text.size());
    }
}

bool read_test_mark(json const& document, std::vector<KeyFileFault>& faults) {
    if (!document.contains("test")) {
        return false;
    }
    auto const* const mark = document.at("test").get_ptr<json::boolean_t const*>();
    if (mark == nullptr) {
        faults.push_back({"/test", KeyFileFaultCode::wrong_type});
    }
    return mark != nullptr && *mark;
}

/// The array of entries: the document itself, or its member "keys"; else null and the fault listed.
json const* find_entries(json const& document, std::vector<KeyFileFault>& faults) {
    if (document.is_array()) {
        return &document;
    }
    if (!document.is_object()) {
        faults.push_back({"", KeyFileFaultCode::wrong_type});
        return nullptr;
    }
    constexpr auto known = std::to_array<std::string_view>({"keys", "test", "note"});
    list_unknown_members(document, "", known, faults);
    auto const keys = document.find("keys");
    if (keys == document.end()) {
        faults.push_back({"", KeyFileFaultCode::missing_member, "keys"});
        return nullptr;
    }
    if (!keys->is_array()) {
        faults.push_back({"/keys", KeyFileFaultCode::wrong_type});
        return nullptr;
    }
    return &*keys;
}

bool is_duplicate(MasterKey const& key, std::span<MasterKey const> before) {
    return std::any_of(before.begin(), before.end(), [&key](MasterKey const& other) {
        return other.name == key.name && other.version == key.version &&
               card_algorithm(other.secret.kind()) == card_algorithm(key.secret.kind());
    });
}

KeyFileResult read_document(json const& document) {
    std::vector<KeyFileFault> faults;
    json const* const entries = find_entries(document, faults);
    if (entries == nullptr) {
        return faults;
    }
    KeyFile file{{}, document.is_object() && read_test_mark(document, faults)};
    std::string const prefix = document.is_array() ? "/" : "/keys/";
    for (std::size_t i = 0; i < entries->size(); ++i) {
        std::string const where = prefix + std::to_string(i);
        auto key = read_entry((*entries)[i], where, file.is_test, faults);
        if (key && is_duplicate(*key, file.keys)) {
            faults.push_back(
                {where, KeyFileFaultCode::duplicate, std::string{apdu::to_text(key->name)}});
        } else if (key) {
            file.keys.push_back(*std::move(key));
        }
    }
    if (entries->empty()) {
        faults.push_back({"", KeyFileFaultCode::no_keys});
    }
    if (!faults.empty()) {
        return faults;
    }
    return file;
}

} // namespace

std::string_view to_text(KeyFileFaultCode code) {
    constexpr auto names = std::to_array<std::string_view>(
        {"not_readable", "too_large", "not_json", "wrong_type", "missing_member", "unknown_member",
         "unknown_key_name", "unknown_algorithm", "algorithm_refused", "not_hex", "wrong_length",
         "wrong_version", "unknown_tier", "duplicate", "weak_key", "no_keys"});
    static_assert(names.size() == static_cast<std::size_t>(KeyFileFaultCode::no_keys) + 1);
    auto const index = static_cast<std::size_t>(code);
    apdu::require(index < names.size());
    return names[index];
}

KeyFileResult parse_key_file(std::span<char> text) {
    if (text.size() > key_file_size_max) {
        wipe_text(text);
        return std::vector{KeyFileFault{"", KeyFileFaultCode::too_large}};
    }
    auto const document = parse_json(text);
    wipe_text(text);
    if (!document.ok()) {
        return std::vector{document.error()};
    }
    return read_document(document.value().content());
}

KeyFileResult read_key_file(std::filesystem::path const& path) {
    std::ifstream file;
    file.rdbuf()->pubsetbuf(nullptr, 0); // no second copy of the keys in the stream
    file.open(path, std::ios::binary);
    std::vector<char> text(key_file_size_max + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    auto const size = static_cast<std::size_t>(file.gcount());
    bool const is_read = file.eof() || size == text.size();
    if (!file.is_open() || file.bad() || !is_read) {
        wipe_text(text);
        return std::vector{KeyFileFault{"", KeyFileFaultCode::not_readable, path.string()}};
    }
    return parse_key_file(std::span{text}.first(size));
}

} // namespace keys::file
