#include "tests/bench/bare_loop.hpp"

#include "tests/bench/expect.hpp"

#include <winscard.h>

#include <algorithm>
#include <chrono>

namespace bench {
namespace {

constexpr std::uint8_t ins_get_challenge = 0x84;
constexpr std::uint8_t ins_external_authenticate = 0x82;
constexpr std::size_t header_size = 5; // with P3
constexpr DWORD insertion_wait_ms = 30000;

using Clock = std::chrono::steady_clock;

class BareCard {
public:
    explicit BareCard(std::string const& reader) {
        expect(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) ==
                   SCARD_S_SUCCESS,
               "SCardEstablishContext");
        DWORD protocol = 0;
        expect(SCardConnect(context_, reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_,
                            &protocol) == SCARD_S_SUCCESS,
               "SCardConnect");
        header_ = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    }
    BareCard(BareCard const&) = delete;
    BareCard& operator=(BareCard const&) = delete;
    ~BareCard() {
        SCardDisconnect(card_, SCARD_RESET_CARD);
        SCardReleaseContext(context_);
    }

    /// The answer's data, without the status word.
    std::span<std::uint8_t const> transmit(std::span<std::uint8_t const> command) {
        DWORD size = answer_.size();
        expect(SCardTransmit(card_, header_, command.data(), command.size(), nullptr,
                             answer_.data(), &size) == SCARD_S_SUCCESS,
               "SCardTransmit");
        // 63Cx: how many tries the PIN has left.
        constexpr std::array<std::uint8_t, 4> good{0x90, 0x61, 0x63, 0x6C};
        bool const is_good =
            size >= 2 && std::find(good.begin(), good.end(), answer_[size - 2]) != good.end();
        expect(is_good, "a good status word");
        return std::span{answer_}.first(size - 2);
    }

private:
    SCARDCONTEXT context_{};
    SCARDHANDLE card_{};
    SCARD_IO_REQUEST const* header_ = nullptr;
    std::array<std::uint8_t, 300> answer_{};
};

/// The keys that the work authenticates with, by P2. card.md §3.2.
apdu::KeyName key_named_by(std::uint8_t p2) {
    return p2 == 0x0A ? apdu::KeyName::rk_ssse : apdu::KeyName::uk_ssse;
}

} // namespace

void wait_for_card(std::string const& reader) {
    SCARDCONTEXT context{};
    expect(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) == SCARD_S_SUCCESS,
           "SCardEstablishContext");
    SCARD_READERSTATE state{};
    state.szReader = reader.c_str();
    while ((state.dwEventState & SCARD_STATE_PRESENT) == 0) {
        state.dwCurrentState = state.dwEventState;
        expect(SCardGetStatusChange(context, insertion_wait_ms, &state, 1) == SCARD_S_SUCCESS,
               "wait for a card");
    }
    SCardReleaseContext(context);
}

double run_bare_loop(BareWork const& work, keys::KeyService& keys) {
    BareCard card{work.reader};
    keys::Challenge original{};
    keys::Challenge process{};
    auto const start = Clock::now();
    for (auto command : work.commands) {
        if (command[1] == ins_external_authenticate) {
            auto const data = keys.external_authentication(work.card, {key_named_by(command[3])},
                                                           process, original);
            expect(data.ok(), "authentication data");
            auto const body = std::span{command}.subspan(header_size);
            std::copy(data.value().begin(), data.value().end(), body.begin());
            std::copy(original.begin(), original.end(), body.subspan(data.value().size()).begin());
        }
        auto const answer = card.transmit(command);
        if (command[1] == ins_get_challenge && answer.size() == process.size()) {
            original = process;
            std::copy(answer.begin(), answer.end(), process.begin());
        }
    }
    return std::chrono::duration<double>{Clock::now() - start}.count();
}

} // namespace bench
