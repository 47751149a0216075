#include "keys/remote/step_rules.hpp"

#include "keys/key_table.hpp"

#include "apdu/card_layout.hpp"

namespace keys::remote {
namespace {

using enum SeamRequest;
using enum CardPurpose;
using apdu::AccessRule;
using apdu::KeyName;

/// Sets of keys that the table's rows name.
enum class KeyGroup : std::uint8_t {
    irk,
    puk,
    bk,
    stk_ssse,
    stks,     ///< the maintenance key of each directory
    reading,  ///< what a file's access condition asks for
    writing,  ///< the same to write
    of_cards, ///< all that a card is given, MKs included
    mks,      ///< with the temporary one
    temporary_mk,
    transport_key,
};

/// A row of the table: that purpose may ask for that, with keys of that group, so often in all.
struct PurposeRow {
    CardPurpose purpose;
    SeamRequest request;
    KeyGroup keys;
    std::uint16_t times;
    std::optional<std::array<std::uint8_t, 4>> header{};
};

using Header = std::array<std::uint8_t, 4>;
constexpr Header unblock_header{0x84, 0x24, 0x00, 0x00};
constexpr Header application_block_header{0x84, 0x1E, 0x00, 0x01};
constexpr Header card_block_header{0x84, 0x16, 0x00, 0x00};

/// Authentications that the files of a whole card take where it keeps but the right gained last.
constexpr std::uint16_t whole_card = 200;
/// Keys of a card in all their versions, twice: a structure is deleted and made again in one job.
constexpr std::uint16_t whole_structure = 400;

constexpr auto purpose_rows = std::to_array<PurposeRow>({
    {card_read, internal_answer, KeyGroup::irk, 2},
    {card_read, external_authentication, KeyGroup::reading, 64},
    {card_write, internal_answer, KeyGroup::irk, 2},
    {card_write, external_authentication, KeyGroup::reading, 8},
    {card_write, external_authentication, KeyGroup::writing, 8},
    {pin_reset, external_authentication, KeyGroup::puk, 1},
    {pin_reset, pin_reset_command, KeyGroup::stk_ssse, 1},
    {pin_reset, terminal_pin_reset_command, KeyGroup::stk_ssse, 1},
    {pin_unblock, external_authentication, KeyGroup::puk, 1},
    {pin_unblock, maced_command, KeyGroup::stk_ssse, 1, unblock_header},
    {application_block, internal_answer, KeyGroup::irk, 1},
    {application_block, maced_command, KeyGroup::stks, 1, application_block_header},
    {card_block, internal_answer, KeyGroup::irk, 1},
    {card_block, maced_command, KeyGroup::bk, 1, card_block_header},
    {card_void, internal_answer, KeyGroup::irk, 1},
    {card_void, maced_command, KeyGroup::bk, 1, card_block_header},
    {card_void, mk_authentication, KeyGroup::mks, 4},
    {personalize_data, internal_answer, KeyGroup::irk, 2},
    {personalize_data, external_authentication, KeyGroup::reading, whole_card},
    {personalize_data, external_authentication, KeyGroup::writing, whole_card},
    {personalize_data, external_authentication, KeyGroup::puk, 2},
    {personalize_data, pin_reset_command, KeyGroup::stk_ssse, 1},
    {personalize_structure, card_id_authentication, KeyGroup::irk, 2},
    {personalize_structure, transport_proof, KeyGroup::transport_key, 1},
    {personalize_structure, temporary_mk_command, KeyGroup::temporary_mk, 20},
    {personalize_structure, key_load_command, KeyGroup::of_cards, whole_structure},
    {personalize_structure, pin_load_command, KeyGroup::temporary_mk, 2},
    {personalize_structure, mk_authentication, KeyGroup::mks, 40},
});

constexpr auto all_versions =
    std::to_array({apdu::SpecVersion::v1_00, apdu::SpecVersion::v2_00, apdu::SpecVersion::v3_00});

bool names_key(apdu::Access const& access) {
    return access.rule == AccessRule::key || access.rule == AccessRule::pin_or_key ||
           access.rule == AccessRule::pin_and_key;
}

/// The keys that the access conditions of all generations' files name.
KeyNames keys_of_files(apdu::Access apdu::ElementaryFile::*condition) {
    KeyNames found;
    for (apdu::SpecVersion const version : all_versions) {
        for (auto const& directory : apdu::layout_of(version).directories) {
            for (auto const& file : directory.files) {
                if (names_key(file.*condition)) {
                    found.set(static_cast<std::size_t>((file.*condition).key));
                }
            }
        }
    }
    return found;
}

KeyNames only(KeyName name) { return KeyNames{}.set(static_cast<std::size_t>(name)); }

template <typename Wanted>
KeyNames keys_where(Wanted const& is_wanted) {
    KeyNames found;
    for (KeyRow const& row : key_table()) {
        found.set(static_cast<std::size_t>(row.name), is_wanted(row));
    }
    return found;
}

KeyNames keys_of(KeyGroup group) {
    switch (group) {
    case KeyGroup::irk:
        return only(KeyName::irk);
    case KeyGroup::puk:
        return only(KeyName::puk);
    case KeyGroup::bk:
        return only(KeyName::bk);
    case KeyGroup::stk_ssse:
        return only(KeyName::stk_ssse);
    case KeyGroup::temporary_mk:
        return only(KeyName::temporary_mk);
    case KeyGroup::transport_key:
        return only(KeyName::transport_key);
    case KeyGroup::reading:
        return keys_of_files(&apdu::ElementaryFile::read);
    case KeyGroup::writing:
        return keys_of_files(&apdu::ElementaryFile::write);
    case KeyGroup::stks:
        return keys_where([](KeyRow const& row) { return row.t514_type == T514KeyType::stk; });
    case KeyGroup::mks:
        return keys_where([](KeyRow const& row) {
            return row.t514_type == T514KeyType::mk && row.name != KeyName::transport_key;
        });
    case KeyGroup::of_cards:
        return keys_where([](KeyRow const& row) {
            return row.name != KeyName::transport_key && row.name != KeyName::temporary_mk;
        });
    }
    return {};
}

/// A whole card is both stages.
bool has_row(CardPurpose purpose, PurposeRow const& row) {
    bool const is_stage = row.purpose == personalize_data || row.purpose == personalize_structure;
    return row.purpose == purpose || (purpose == personalize_card && is_stage);
}

/// Which key a request is made with.
struct KeyOfCall {
    KeyReference operator()(InternalAnswer const& call) const {
        return {KeyName::irk, call.version};
    }
    KeyReference operator()(ExternalAuthentication const& call) const { return call.key; }
    KeyReference operator()(MacedCommand const& call) const { return call.key; }
    KeyReference operator()(PinReset const& /*call*/) const { return {KeyName::stk_ssse}; }
    KeyReference operator()(TerminalPinReset const& /*call*/) const { return {KeyName::stk_ssse}; }
    KeyReference operator()(CardIdAuthentication const& /*call*/) const { return {KeyName::irk}; }
    KeyReference operator()(TransportProof const& /*call*/) const {
        return {KeyName::transport_key};
    }
    KeyReference operator()(TemporaryMk const& /*call*/) const { return {KeyName::temporary_mk}; }
    KeyReference operator()(KeyLoading const& call) const { return call.load.key; }
    KeyReference operator()(PinLoading const& call) const { return call.under; }
    KeyReference operator()(MkAuthentication const& call) const { return call.mk; }
};

} // namespace

std::vector<StepRule> step_rules(CardPurpose purpose) {
    std::vector<StepRule> rules;
    for (PurposeRow const& row : purpose_rows) {
        if (has_row(purpose, row)) {
            bool const loads = row.request == key_load_command;
            rules.push_back({row.request, keys_of(row.keys), row.times, row.header,
                             loads ? std::optional{KeyName::temporary_mk} : std::nullopt});
        }
    }
    return rules;
}

bool is_for(StepRule const& rule, SeamCall const& call) {
    auto const* const maced = std::get_if<MacedCommand>(&call);
    auto const* const loading = std::get_if<KeyLoading>(&call);
    bool const is_header =
        maced == nullptr || !rule.header || (*rule.header == maced->header && maced->data.empty());
    bool const is_under =
        loading == nullptr || !rule.under || *rule.under == loading->load.under.name;
    return rule.request == request_of(call) &&
           rule.keys.test(static_cast<std::size_t>(key_of(call).name)) && is_header && is_under;
}

KeyReference key_of(SeamCall const& call) { return std::visit(KeyOfCall{}, call); }

} // namespace keys::remote
