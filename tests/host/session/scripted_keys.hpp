#pragma once

#include "keys/key_service.hpp"

#include <algorithm>
#include <vector>

namespace session {

/// A key service whose answers are known beforehand, for scripts: it computes nothing.
class ScriptedKeys final : public keys::KeyService {
public:
    /// What a genuine card answers.
    static constexpr keys::AuthenticationData internal_data{0xA1, 0xA2, 0xA3, 0xA4,
                                                            0xA5, 0xA6, 0xA7, 0xA8};
    static constexpr keys::AuthenticationData external_data{0xE1, 0xE2, 0xE3, 0xE4,
                                                            0xE5, 0xE6, 0xE7, 0xE8};
    static constexpr keys::Mac mac{0xC1, 0xC2, 0xC3, 0xC4};

    /// Lacks these keys.
    void lose(apdu::KeyName name) { lost_.push_back(name); }
    /// Fails at every request.
    void fail() { is_failing_ = true; }

    [[nodiscard]] bool has(keys::Algorithm /*algorithm*/, keys::KeyReference key) const override {
        return std::find(lost_.begin(), lost_.end(), key.name) == lost_.end();
    }
    [[nodiscard]] bool holds_test_keys() const override { return true; }
    [[nodiscard]] keys::KeyResult<keys::AuthenticationData>
    internal_answer(keys::CardIdentity const& /*card*/, std::uint8_t version,
                    keys::Challenge const& /*process*/,
                    keys::Challenge const& /*original*/) override {
        return answer<keys::AuthenticationData>({apdu::KeyName::irk, version}, internal_data);
    }
    [[nodiscard]] keys::KeyResult<keys::AuthenticationData>
    external_authentication(keys::CardIdentity const& /*card*/, keys::KeyReference key,
                            keys::Challenge const& process,
                            keys::Challenge const& original) override {
        last_process = process;
        last_original = original;
        return answer<keys::AuthenticationData>(key, external_data);
    }
    [[nodiscard]] keys::KeyResult<keys::SecuredCommand>
    maced_command(keys::CardIdentity const& /*card*/, keys::KeyReference key,
                  keys::Challenge const& process, apdu::Command const& header,
                  apdu::ByteView /*data*/) override {
        last_process = process;
        return answer<keys::SecuredCommand>(key, secured(header.with_data(mac)));
    }
    [[nodiscard]] keys::KeyResult<keys::SecuredCommand>
    pin_reset_command(keys::CardIdentity const& /*card*/, keys::Challenge const& process,
                      keys::Pin const& /*new_pin*/) override {
        last_process = process;
        apdu::Command const header{apdu::Cla::proprietary_secure, apdu::Ins::pin_change_unblock,
                                   0x00, 0x01};
        return answer<keys::SecuredCommand>({apdu::KeyName::stk_ssse},
                                            secured(header.with_data(mac)));
    }
    [[nodiscard]] keys::KeyResult<std::array<std::uint8_t, 4>>
    card_id_authentication(keys::CardIdentity const& /*card*/,
                           std::span<std::uint8_t const, 12> /*first_parts*/) override {
        return refusal({apdu::KeyName::irk});
    }
    [[nodiscard]] keys::KeyResult<keys::AuthenticationData>
    transport_proof(keys::CardIdentity const& /*card*/) override {
        return refusal({apdu::KeyName::transport_key});
    }
    [[nodiscard]] keys::KeyResult<keys::SecretCommand>
    temporary_mk_command(keys::CardIdentity const& /*card*/,
                         std::array<std::uint8_t, 8> const& /*header*/) override {
        return refusal({apdu::KeyName::temporary_mk});
    }
    [[nodiscard]] keys::KeyResult<keys::SecuredCommand>
    key_load_command(keys::CardIdentity const& /*card*/, keys::KeyLoad const& load,
                     std::array<std::uint8_t, 4> const& /*challenge*/) override {
        return refusal(load.key);
    }
    [[nodiscard]] keys::KeyResult<keys::SecuredCommand>
    pin_load_command(keys::CardIdentity const& /*card*/, keys::KeyReference under,
                     std::array<std::uint8_t, 8> const& /*header*/, keys::Pin const& /*pin*/,
                     std::array<std::uint8_t, 4> const& /*challenge*/) override {
        return refusal(under);
    }
    [[nodiscard]] keys::KeyResult<keys::AuthenticationData>
    mk_authentication(keys::CardIdentity const& /*card*/, keys::KeyReference mk,
                      keys::Challenge const& /*challenge*/) override {
        return refusal(mk);
    }
    [[nodiscard]] keys::KeyResult<std::uint8_t>
    key_size(keys::Algorithm /*algorithm*/, keys::KeyReference /*key*/) const override {
        return std::uint8_t{16};
    }

    keys::Challenge last_process{};
    keys::Challenge last_original{};

private:
    static keys::KeyFault refusal(keys::KeyReference key) {
        return {keys::KeyFaultReason::back_end_failed, key.name, keys::Algorithm::des3,
                key.version};
    }
    template <typename T>
    [[nodiscard]] keys::KeyResult<T> answer(keys::KeyReference key, T value) const {
        if (is_failing_) {
            return refusal(key);
        }
        return value;
    }
    static keys::SecuredCommand secured(apdu::Command const& command) {
        keys::SecuredCommand secured;
        auto const size = command.encode(secured.bytes);
        apdu::require(size.ok());
        secured.size = size.value();
        return secured;
    }

    std::vector<apdu::KeyName> lost_{};
    bool is_failing_ = false;
};

/// Random numbers that a script can know: 01 02 … 08, again and again.
inline bool counted_numbers(apdu::ByteSpan out) {
    std::uint8_t next = 0;
    for (std::uint8_t& byte : out) {
        byte = ++next;
    }
    return true;
}

} // namespace session
