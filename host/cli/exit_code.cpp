#include "host/cli/exit_code.hpp"

#include "host/cli/language.hpp"

#include <algorithm>
#include <array>

namespace cli {
namespace {

constexpr auto meanings = std::to_array<ExitCodeMeaning>({
    {ExitCode::done, translatable("done")},
    {ExitCode::other, translatable("anything else")},
    {ExitCode::usage, translatable("the command line was not understood")},
    {ExitCode::no_daemon, translatable("the daemon does not answer")},
    {ExitCode::reader, translatable("no reader, or not one to be chosen")},
    {ExitCode::no_card, translatable("no card, or it was taken out")},
    {ExitCode::card_unusable,
     translatable("the card cannot be used: foreign, unknown, mute, blocked or not genuine")},
    {ExitCode::pin_wrong, translatable("the PIN is wrong")},
    {ExitCode::pin_blocked, translatable("the PIN is blocked")},
    {ExitCode::policy, translatable("refused by a rule, such as that for the last try")},
    {ExitCode::authentication, translatable("a key is missing, refused or locked")},
    {ExitCode::record_invalid, translatable("the person's record is not valid")},
    {ExitCode::card_refused, translatable("the card refused for another reason")},
});

struct Row {
    std::string_view fault;
    ExitCode code;
};

constexpr auto rows = std::to_array<Row>({
    {"no_pcsc_service", ExitCode::reader},
    {"no_reader", ExitCode::reader},
    {"unknown_reader", ExitCode::reader},
    {"several_readers", ExitCode::reader},
    {"reader_gone", ExitCode::reader},
    {"reader_busy", ExitCode::reader},
    {"reader_hangs", ExitCode::reader},
    {"reader_leased", ExitCode::reader},
    {"lease_unknown", ExitCode::reader},
    {"no_card", ExitCode::no_card},
    {"card_removed", ExitCode::no_card},
    {"card_mute", ExitCode::card_unusable},
    {"answer_malformed", ExitCode::card_unusable},
    {"too_many_rounds", ExitCode::card_unusable},
    {"foreign_card", ExitCode::card_unusable},
    {"bare_chip", ExitCode::card_unusable},
    {"unknown_version", ExitCode::card_unusable},
    {"algorithm_refused", ExitCode::card_unusable},
    {"card_id_malformed", ExitCode::card_unusable},
    {"card_not_genuine", ExitCode::card_unusable},
    {"application_blocked", ExitCode::card_unusable},
    {"card_blocked", ExitCode::card_unusable},
    {"unexpected_status", ExitCode::card_refused},
    {"verification_failed", ExitCode::card_refused},
    {"access_never", ExitCode::card_refused},
    {"pin_not_set", ExitCode::card_refused},
    {"authentication_failed", ExitCode::authentication},
    {"key_locked", ExitCode::authentication},
    {"key_missing", ExitCode::authentication},
    {"key_service_failed", ExitCode::authentication},
    {"psam_missing", ExitCode::authentication},
    {"psam_lost", ExitCode::authentication},
    {"psam_key_locked", ExitCode::authentication},
    {"psam_level_too_low", ExitCode::authentication},
    {"key_held_back", ExitCode::authentication},
    {"other_keys", ExitCode::authentication},
    {"transport_key_wrong", ExitCode::authentication},
    {"pin_needed", ExitCode::authentication},
    {"keys_locked", ExitCode::authentication},
    {"centre_unreachable", ExitCode::authentication},
    {"centre_not_trusted", ExitCode::authentication},
    {"centre_refused", ExitCode::authentication},
    {"certificate_unusable", ExitCode::authentication},
    {"passphrase_wrong", ExitCode::authentication},
    {"credential_missing", ExitCode::authentication},
    {"credential_wrong", ExitCode::authentication},
    {"memory_not_locked", ExitCode::authentication},
    {"sealing_failed", ExitCode::authentication},
    {"no_key_store", ExitCode::authentication},
    {"key_unknown", ExitCode::authentication},
    {"store_missing", ExitCode::authentication},
    {"store_not_readable", ExitCode::authentication},
    {"store_permissions", ExitCode::authentication},
    {"store_in_use", ExitCode::authentication},
    {"store_foreign", ExitCode::authentication},
    {"store_version_unknown", ExitCode::authentication},
    {"store_header_damaged", ExitCode::authentication},
    {"store_truncated", ExitCode::authentication},
    {"store_damaged", ExitCode::authentication},
    {"store_sealed_otherwise", ExitCode::authentication},
    {"keys_in_clear", ExitCode::authentication},
    {"test_keys_in_use", ExitCode::authentication},
    {"passphrase_wait", ExitCode::policy},
    {"store_exists", ExitCode::policy},
    {"key_known", ExitCode::policy},
    {"check_value_differs", ExitCode::policy},
    {"test_keys_mixed", ExitCode::policy},
    {"test_keys_refused", ExitCode::policy},
    {"passphrase_short", ExitCode::usage},
    {"passphrase_not_given", ExitCode::usage},
    {"passphrases_differ", ExitCode::usage},
    {"key_file_invalid", ExitCode::usage},
    {"terminal_pin_refused", ExitCode::authentication},
    {"pin_wrong", ExitCode::pin_wrong},
    {"pin_blocked", ExitCode::pin_blocked},
    {"half_made", ExitCode::card_unusable},
    {"not_this_card", ExitCode::card_unusable},
    {"card_voided", ExitCode::card_unusable},
    {"already_personalized", ExitCode::policy},
    {"person_has_card", ExitCode::policy},
    {"card_in_making", ExitCode::policy},
    {"transport_key_refused_before", ExitCode::policy},
    {"last_try_refused", ExitCode::policy},
    {"desk_pin_refused", ExitCode::policy},
    {"bank_application", ExitCode::policy},
    {"not_confirmed", ExitCode::policy},
    {"record_invalid", ExitCode::record_invalid},
    {"pin_malformed", ExitCode::usage},
    {"pin_not_given", ExitCode::usage},
    {"pins_differ", ExitCode::usage},
    {"unknown_file", ExitCode::usage},
    {"unknown_item", ExitCode::usage},
    {"request_invalid", ExitCode::usage},
    {"request_too_large", ExitCode::usage},
    {"no_daemon", ExitCode::no_daemon},
    {"daemon_stopping", ExitCode::no_daemon},
    {"too_many_streams", ExitCode::other},
    {"unknown_request", ExitCode::other},
    {"answer_late", ExitCode::other},
    {"answer_unreadable", ExitCode::other},
    {"internal_fault", ExitCode::other},
    {"output_failed", ExitCode::other},
    {"journal_failed", ExitCode::other},
    {"journal_damaged", ExitCode::other},
    {"store_not_written", ExitCode::other},
    {"store_maybe_not_kept", ExitCode::other},
    {"store_full", ExitCode::other},
});

} // namespace

std::span<ExitCodeMeaning const> exit_code_meanings() { return meanings; }

ExitCode exit_code_of(std::string_view fault_code) {
    auto const* const row = std::find_if(rows.begin(), rows.end(), [&](Row const& candidate) {
        return candidate.fault == fault_code;
    });
    return row == rows.end() ? ExitCode::other : row->code;
}

} // namespace cli
