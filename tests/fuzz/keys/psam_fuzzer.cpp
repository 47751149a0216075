#include "keys/psam/psam_key_service.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

/// A PSAM that answers what it likes: a length, then so many bytes; in the end it is gone.
class HostilePsam final : public apdu::CardConnection {
public:
    explicit HostilePsam(apdu::ByteView answers) : answers_{answers} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView /*command*/,
                                       apdu::ByteSpan response) override {
        if (answers_.empty()) {
            is_gone = true;
        }
        if (is_gone) {
            ++asked_when_gone;
            return apdu::Error::card_removed;
        }
        std::size_t const size =
            std::min<std::size_t>({answers_[0], answers_.size() - 1, response.size()});
        apdu::copy_bytes(answers_.subspan(1, size), response);
        answers_ = answers_.subspan(1 + size);
        return size;
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return {}; }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

    bool is_gone = false;
    int asked_when_gone = 0;

private:
    apdu::ByteView answers_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using apdu::KeyName;
    HostilePsam connection{{data, size}};
    keys::psam::PsamCard psam{connection};
    keys::psam::PsamKeyService keys{psam, {.dispersals = 2}};
    keys::CardIdentity const card{keys::Algorithm::sm4, {0x63, 0x99, 0x00}, {}};
    apdu::Command const update{apdu::Cla::interindustry_secure, apdu::Ins::update_binary, 0, 0};
    std::array<std::uint8_t, 200> const long_data{};
    (void)keys.has(card.algorithm, {KeyName::puk});
    (void)keys.internal_answer(card, 1, {}, {});
    (void)keys.external_authentication(card, {KeyName::puk}, {}, {});
    auto const command = keys.maced_command(card, {KeyName::stk_ssse}, {}, update, long_data);
    (void)keys.pin_reset_command(card, {}, keys::Pin::from_digits("123456").value());
    bool const is_whole = !command.ok() || command.value().size == 5 + long_data.size() + 4;
    if (!is_whole || connection.asked_when_gone > 1) { // a lost PSAM is asked nothing more
        std::abort();
    }
    return 0;
}
