#include "host/daemon/initial_key_handing.hpp"

#include "keys/custody/key_backup.hpp"
#include "keys/hex_text.hpp"
#include "keys/sealed/sealing_key.hpp"

namespace sscardd {
namespace {

apdu::ByteView bytes_of_block(keys::KeyBlock const& block) {
    return {reinterpret_cast<std::uint8_t const*>(block.text.data()), block.size};
}

} // namespace

InitialKeyHanding::InitialKeyHanding(std::string terminal, std::string reason,
                                     keys::KeyBlock const& block)
    : terminal_{std::move(terminal)}, reason_{std::move(reason)}, block_{block},
      check_value_{text_of(keys::custody::fingerprint_of(bytes_of_block(block)))} {}

api::Outcome<std::unique_ptr<CustodyAct>>
InitialKeyHanding::begin(KeyStore const& store, api::InitialKeyRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    api::Fault invalid = api::fault(api::code::request_invalid);
    keys::InitialKeyId terminal{};
    if (!keys::read_hex(request.terminal, terminal.bytes)) {
        invalid.problems.push_back({"/terminal", "malformed", "16 hex digits"});
    }
    if (!is_text(request.reason, reason_size_max)) {
        invalid.problems.push_back({"/reason", "out_of_range", "1 to 200 printable bytes"});
    }
    if (!invalid.problems.empty()) {
        return invalid;
    }
    std::array<std::uint8_t, keys::key_block_random_size> random{};
    auto const service = store.service();
    if (service.service == nullptr || !keys::sealed::fill_at_random(random).ok()) {
        return api::fault("sealing_failed");
    }
    auto const block = service.service->initial_key_block(terminal, random);
    if (!block.ok()) {
        bool const is_missing = block.error() == keys::KeyFaultReason::terminal_key_missing;
        return api::fault(is_missing ? "terminal_key_missing" : "sealing_failed", request.terminal);
    }
    return std::unique_ptr<CustodyAct>{
        new InitialKeyHanding{request.terminal, request.reason, block.value()}};
}

api::Outcome<apdu::Done> InitialKeyHanding::carry_out() {
    is_given_ = true;
    return apdu::Done{};
}

void InitialKeyHanding::describe(audit::Minutes& minutes) const {
    minutes.keys = {{"initial key " + terminal_, "", "AES", std::nullopt, check_value_}};
    minutes.remark = reason_;
}

std::vector<std::uint8_t> InitialKeyHanding::product() const {
    apdu::ByteView const block = bytes_of_block(block_);
    return is_given_ ? std::vector<std::uint8_t>{block.begin(), block.end()}
                     : std::vector<std::uint8_t>{};
}

} // namespace sscardd
