#include "keys/file/key_entry.hpp"

#include "keys/file/key_strength.hpp"

#include <algorithm>

namespace keys::file {
namespace {

using nlohmann::json;

/// Characters of a name that a fault repeats: a longer one might be a key in the wrong place.
constexpr std::size_t quoted_max = 12;

/// The text of a name, or a mark where it is too long for one.
std::string named(std::string_view text) {
    return text.size() <= quoted_max ? std::string{text} : std::string{"…"};
}

/// One entry while it is read: gives its members and collects what is wrong with them.
class Entry {
public:
    Entry(json const& object, std::string const& where, std::vector<KeyFileFault>& faults)
        : object_{object}, where_{where}, faults_{faults} {}

    void fault(char const* member, KeyFileFaultCode code, std::string detail = {}) {
        faults_.push_back({where_ + "/" + member, code, std::move(detail)});
    }

    [[nodiscard]] bool has(char const* member) const { return object_.contains(member); }

    /// The text of that member, or null with the fault listed.
    [[nodiscard]] std::string const* text(char const* member) {
        if (!has(member)) {
            faults_.push_back({where_, KeyFileFaultCode::missing_member, member});
            return nullptr;
        }
        auto const* const found = object_.at(member).get_ptr<json::string_t const*>();
        if (found == nullptr) {
            fault(member, KeyFileFaultCode::wrong_type);
        }
        return found;
    }

    [[nodiscard]] json const& at(char const* member) const { return object_.at(member); }

private:
    json const& object_;
    std::string const& where_;
    std::vector<KeyFileFault>& faults_;
};

std::optional<apdu::KeyName> read_name(Entry& entry) {
    auto const* const text = entry.text("name");
    if (text == nullptr) {
        return std::nullopt;
    }
    auto const name = apdu::key_name_from_text(*text);
    if (!name) {
        entry.fault("name", KeyFileFaultCode::unknown_key_name, named(*text));
    }
    return name;
}

/// The algorithm of the cards that the key is for.
std::optional<Algorithm> read_algorithm(Entry& entry) {
    auto const* const text = entry.text("algorithm");
    if (text == nullptr) {
        return std::nullopt;
    }
    auto const algorithm = *text == "DES" ? Algorithm::des3 : algorithm_from_text(*text);
    if (!algorithm) {
        entry.fault("algorithm", KeyFileFaultCode::unknown_algorithm, named(*text));
        return std::nullopt;
    }
    if (algorithm == Algorithm::ssf33) {
        entry.fault("algorithm", KeyFileFaultCode::algorithm_refused, "SSF33");
        return std::nullopt;
    }
    return algorithm;
}

std::optional<unsigned> digit_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    char const lower = static_cast<char>(digit | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a') + 10U;
    }
    return std::nullopt;
}

/// The bytes of `hex` into `out`; false when it is something else than that many pairs of digits.
bool decode(std::string_view hex, apdu::ByteSpan out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const high = digit_value(hex[2 * i]);
        auto const low = digit_value(hex[2 * i + 1]);
        if (!high || !low) {
            return false;
        }
        out[i] = static_cast<std::uint8_t>((*high << 4U) | *low);
    }
    return true;
}

std::optional<CardKey> read_value(Entry& entry, std::optional<Algorithm> algorithm,
                                  bool is_single_des) {
    auto const* const hex = entry.text("value");
    if (hex == nullptr) {
        return std::nullopt;
    }
    bool const are_digits = std::all_of(hex->begin(), hex->end(),
                                        [](char digit) { return digit_value(digit).has_value(); });
    if (!are_digits || hex->size() % 2 != 0) {
        entry.fault("value", KeyFileFaultCode::not_hex);
        return std::nullopt;
    }
    if (!algorithm) {
        return std::nullopt;
    }
    auto const kind = cipher_kind(*algorithm, hex->size() / 2);
    if (!kind || (is_single_des && kind != CipherKind::des)) {
        entry.fault("value", KeyFileFaultCode::wrong_length,
                    std::to_string(hex->size() / 2) + " bytes");
        return std::nullopt;
    }
    std::array<std::uint8_t, key_size_max> bytes{};
    apdu::ByteSpan const whole = apdu::ByteSpan{bytes}.first(key_size(*kind));
    apdu::require(decode(*hex, whole));
    CardKey key{*kind, whole};
    wipe(bytes);
    return key;
}

std::optional<std::uint8_t> read_version(Entry& entry) {
    if (!entry.has("version")) {
        return std::nullopt;
    }
    json const& version = entry.at("version");
    if (!version.is_number_integer()) {
        entry.fault("version", KeyFileFaultCode::wrong_type);
        return std::nullopt;
    }
    auto const number = version.get<std::int64_t>();
    if (number < 1 || number > key_version_max) {
        entry.fault("version", KeyFileFaultCode::wrong_version, std::to_string(number));
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(number);
}

Tier read_tier(Entry& entry) {
    if (!entry.has("tier")) {
        return Tier::ministry;
    }
    auto const* const text = entry.text("tier");
    if (text == nullptr || *text == "ministry") {
        return Tier::ministry;
    }
    if (*text == "province") {
        return Tier::province;
    }
    if (*text == "city") {
        return Tier::city;
    }
    entry.fault("tier", KeyFileFaultCode::unknown_tier, named(*text));
    return Tier::ministry;
}

constexpr auto entry_members =
    std::to_array<std::string_view>({"name", "algorithm", "value", "version", "tier", "note"});

} // namespace

void list_unknown_members(json const& object, std::string const& where,
                          std::span<std::string_view const> known,
                          std::vector<KeyFileFault>& faults) {
    for (auto const& member : object.items()) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end()) {
            faults.push_back({where, KeyFileFaultCode::unknown_member, named(member.key())});
        }
    }
}

std::optional<MasterKey> read_entry(json const& entry, std::string const& where,
                                    bool allows_weak_keys, std::vector<KeyFileFault>& faults) {
    if (!entry.is_object()) {
        faults.push_back({where, KeyFileFaultCode::wrong_type});
        return std::nullopt;
    }
    std::size_t const faults_before = faults.size();
    list_unknown_members(entry, where, entry_members, faults);
    Entry members{entry, where, faults};
    auto const name = read_name(members);
    auto const algorithm = read_algorithm(members);
    bool const is_single_des = algorithm && entry.at("algorithm") == "DES";
    auto value = read_value(members, algorithm, is_single_des);
    auto const version = read_version(members);
    Tier const tier = read_tier(members);
    if (value && !allows_weak_keys && is_weak(*value)) {
        members.fault("value", KeyFileFaultCode::weak_key);
    }
    if (!name || !value || faults.size() != faults_before) {
        return std::nullopt;
    }
    return MasterKey{*name, version, tier, *std::move(value)};
}

} // namespace keys::file
