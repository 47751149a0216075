#include "host/daemon/psam_table.hpp"

#include <charconv>

namespace sscardd {
namespace {

/// "28": two hex digits.
std::optional<std::uint8_t> byte_of(std::string_view text) {
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    bool const is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole && text.size() == 2 ? std::optional{static_cast<std::uint8_t>(value)}
                                        : std::nullopt;
}

std::function<std::string(std::string)> take_byte(std::optional<std::uint8_t>& into) {
    return [&into](std::string const& text) -> std::string {
        into = byte_of(text);
        return into ? "" : "must be two hex digits";
    };
}

void read_key(TableReader& table, PsamSlotSettings& to) {
    std::optional<apdu::KeyName> name;
    std::optional<std::uint8_t> usage;
    std::optional<std::uint8_t> id;
    table.text("name", [&name](std::string const& text) -> std::string {
        name = apdu::key_name_from_text(text);
        return name ? "" : "must be a key's name, such as RKSSSE";
    });
    table.text("usage", take_byte(usage));
    table.text("id", take_byte(id));
    if (!name || !usage || !id) {
        table.refuse_all("needs name, usage and id");
        return;
    }
    to.keys.push_back({*name, {*usage, *id}});
}

} // namespace

void read_psam(TableReader table, KeySettings& to) {
    if (!table.is_there()) {
        return;
    }
    constexpr std::uint8_t dispersals_max = 3;
    PsamSlotSettings psam;
    table.text("reader", [&psam](std::string text) -> std::string {
        psam.reader = std::move(text);
        return psam.reader.empty() ? "must be the name of a reader" : "";
    });
    table.whole_number("dispersals", 1, dispersals_max, psam.dispersals);
    table.text("region", digits(6, [&psam](std::string const& text) {
                   psam.region = {*byte_of(text.substr(0, 2)), *byte_of(text.substr(2, 2)),
                                  *byte_of(text.substr(4, 2))};
               }));
    table.yes_or_no("test", psam.holds_test_keys);
    table.tables("key", [&psam](TableReader& key) { read_key(key, psam); });
    if (psam.reader.empty()) {
        table.refuse_all("needs reader");
    }
    table.finish();
    to.psam = std::move(psam);
}

} // namespace sscardd
