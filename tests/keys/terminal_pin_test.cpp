#include "keys/terminal_pin.hpp"

#include "keys/dukpt_terminal.hpp"
#include "keys/openssl/evp_aes.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include "tests/keys/aes_vectors.hpp"
#include "tests/keys/failing_aes.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

using apdu::TestVector;
using Random = std::array<std::uint8_t, 8>;
using BlockRandom = std::array<std::uint8_t, key_block_random_size>;

constexpr InitialKeyId kiosk{{0x12, 0x34, 0x56, 0x78, 0x00, 0x00, 0x00, 0x01}};
constexpr InitialKeyId other_kiosk{{0x12, 0x34, 0x56, 0x78, 0x00, 0x00, 0x00, 0x02}};
constexpr InitialKeyId foreign_kiosk{{0x99, 0x34, 0x56, 0x78, 0x00, 0x00, 0x00, 0x01}};
constexpr Challenge process_factor{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Random random_bytes{1, 2, 3, 4, 5, 6, 7, 8};

/// Counters that nothing can be recorded in.
class FullCounters final : public TransactionCounters {
public:
    CounterAnswer use(InitialKeyId const& /*terminal*/, std::uint32_t /*counter*/) override {
        return CounterAnswer::not_recorded;
    }
};

/// A centre with the keys of a card's STKSSSE and of terminals, and a kiosk's PIN pad.
class TerminalPinReset : public testing::Test {
protected:
    TerminalPinReset() {
        masters_.push_back({apdu::KeyName::stk_ssse, std::nullopt, Tier::ministry,
                            CardKey{CipherKind::sm4, Bytes(16, 0x5A)}});
        bdks_.push_back({{0x12, 0x34, 0x56, 0x78}, Bdk{AesSize::aes128, Bytes(16, 0xB0)}});
        transports_.push_back({kiosk, KeyBlockKey{AesSize::aes256, Bytes(32, 0x7E)}});
    }

    [[nodiscard]] SoftwareKeyService centre() { return centre(aes_, counters_); }
    [[nodiscard]] SoftwareKeyService centre(AesCipher& aes, TransactionCounters& counters) {
        return SoftwareKeyService{
            cipher_, {masters_, true, {bdks_, transports_}}, TerminalSupport{aes, counters}};
    }

    /// What the PIN pad of `terminal` sends in that transaction.
    [[nodiscard]] TerminalPin typed(std::uint32_t counter, InitialKeyId const& terminal = kiosk,
                                    std::string_view digits = "123456") {
        auto const initial = derive_initial_key(aes_, bdks_.front().key, terminal);
        auto const intermediate = intermediate_key(aes_, initial.value(), terminal, counter);
        auto const key =
            derive_pin_key(aes_, intermediate.value(), terminal, counter, AesSize::aes128);
        auto const block = encrypt_pin_block(aes_, key.value(), Pin::from_digits(digits).value(),
                                             card_pan(card_.factor().first<8>()), random_bytes);
        return {terminal, counter, block.value()};
    }

    /// Done, or the reason why not.
    [[nodiscard]] std::optional<KeyFaultReason> refusal(TerminalPin const& pin) {
        SoftwareKeyService service = centre();
        return refusal(service, pin);
    }
    [[nodiscard]] std::optional<KeyFaultReason> refusal(KeyService& service,
                                                        TerminalPin const& pin) const {
        auto const command = service.terminal_pin_reset_command(card_, process_factor, pin);
        return command.ok() ? std::nullopt : std::optional{command.error().reason};
    }

    openssl::EvpCipher cipher_;
    openssl::EvpAes aes_;
    CountersInMemory counters_;
    std::vector<MasterKey> masters_;
    std::vector<TerminalBdk> bdks_;
    std::vector<TerminalTransportKey> transports_;
    CardIdentity card_ = sample_card(Algorithm::sm4);
};

constexpr std::nullopt_t accepted = std::nullopt;

TEST_F(TerminalPinReset, GivesTheCommandThatTheSamePinInTheClearGives) {
    for (TestVector const& vector : vectors_of("card_cryptography.vec", "pin reset")) {
        Algorithm const algorithm = algorithm_from_text(vector.at("Algorithm")).value();
        Bytes const master = bytes_at(vector, "Master");
        masters_.clear();
        masters_.push_back({apdu::KeyName::stk_ssse, std::nullopt, Tier::ministry,
                            CardKey{cipher_kind(algorithm, master.size()).value(), master}});
        card_ = {algorithm, array_at<3>(vector, "Region"),
                 array_at<historical_size>(vector, "Historical")};
        CountersInMemory counters;
        SoftwareKeyService service = centre(aes_, counters);
        auto const command = service.terminal_pin_reset_command(
            card_, array_at<8>(vector, "Process"), typed(1, kiosk, vector.at("Pin")));
        ASSERT_TRUE(command.ok());
        EXPECT_EQ(apdu::copy_of(command.value().view()), bytes_at(vector, "Out"));
    }
}

TEST_F(TerminalPinReset, AcceptsNoTransactionTwice) {
    TerminalPin const pin = typed(5);
    EXPECT_EQ(refusal(pin), accepted);
    EXPECT_EQ(refusal(pin), KeyFaultReason::terminal_counter_refused);
    EXPECT_EQ(refusal(typed(5, kiosk, "654321")), KeyFaultReason::terminal_counter_refused);
}

TEST_F(TerminalPinReset, AcceptsNoTransactionFromBeforeTheLast) {
    EXPECT_EQ(refusal(typed(5)), accepted);
    EXPECT_EQ(refusal(typed(4)), KeyFaultReason::terminal_counter_refused);
    EXPECT_EQ(refusal(typed(9)), accepted); // what lies between was never sent
    EXPECT_EQ(refusal(typed(8)), KeyFaultReason::terminal_counter_refused);
}

TEST_F(TerminalPinReset, CountsEachTerminalByItself) {
    EXPECT_EQ(refusal(typed(5)), accepted);
    EXPECT_EQ(refusal(typed(5, other_kiosk)), accepted);
    EXPECT_EQ(refusal(typed(1, other_kiosk)), KeyFaultReason::terminal_counter_refused);
}

TEST_F(TerminalPinReset, AChangedBlockCostsTheTransaction) {
    TerminalPin changed = typed(5);
    changed.block[3] ^= 0x01;
    EXPECT_EQ(refusal(changed), KeyFaultReason::pin_block_malformed);
    EXPECT_EQ(refusal(typed(5)), KeyFaultReason::terminal_counter_refused);
    EXPECT_EQ(refusal(typed(6)), accepted);
}

TEST_F(TerminalPinReset, ACounterThatNoTerminalMayUseCostsNothing) {
    for (std::uint32_t const counter : {0U, 0x0001FFFFU, 0xFFFFFFFFU}) {
        TerminalPin pin = typed(5);
        pin.counter = counter;
        EXPECT_EQ(refusal(pin), KeyFaultReason::terminal_counter_refused);
    }
    EXPECT_EQ(refusal(typed(1)), accepted);
}

TEST_F(TerminalPinReset, ABlockForAnotherCardIsRefused) {
    TerminalPin const pin = typed(1);
    card_.historical.back() ^= 0x01;
    EXPECT_EQ(refusal(pin), KeyFaultReason::pin_block_malformed);
}

TEST_F(TerminalPinReset, ABlockUnderAnothersKeyIsRefused) {
    TerminalPin of_other = typed(1, other_kiosk);
    of_other.terminal = kiosk;
    EXPECT_EQ(refusal(of_other), KeyFaultReason::pin_block_malformed);
    TerminalPin of_other_transaction = typed(2);
    of_other_transaction.counter = 3;
    EXPECT_EQ(refusal(of_other_transaction), KeyFaultReason::pin_block_malformed);
}

TEST_F(TerminalPinReset, WithoutTheTerminalsKeyNothingIsUsedUp) {
    EXPECT_EQ(refusal(typed(1, foreign_kiosk)), KeyFaultReason::terminal_key_missing);
    bdks_.front().id = {0x99, 0x34, 0x56, 0x78};
    EXPECT_EQ(refusal(typed(1, foreign_kiosk)), accepted);
}

TEST_F(TerminalPinReset, WithoutTheCardsKeyNothingIsUsedUp) {
    std::vector<MasterKey> const kept = std::move(masters_);
    masters_.clear();
    EXPECT_EQ(refusal(typed(1)), KeyFaultReason::key_missing);
    SoftwareKeyService service{
        cipher_, {kept, true, {bdks_, transports_}}, TerminalSupport{aes_, counters_}};
    EXPECT_EQ(refusal(service, typed(1)), accepted);
}

TEST_F(TerminalPinReset, ACounterThatCannotBeRememberedIsNotUsed) {
    FullCounters full;
    SoftwareKeyService service = centre(aes_, full);
    EXPECT_EQ(refusal(service, typed(1)), KeyFaultReason::back_end_failed);
}

TEST_F(TerminalPinReset, AServiceWithoutTerminalsSaysSo) {
    SoftwareKeyService service{cipher_, {masters_, true, {bdks_, transports_}}};
    EXPECT_EQ(refusal(service, typed(1)), KeyFaultReason::terminal_key_missing);
    EXPECT_EQ(service.initial_key_block(kiosk, BlockRandom{}).error(),
              KeyFaultReason::terminal_key_missing);
}

TEST_F(TerminalPinReset, SaysSoWhereverAesFails) {
    constexpr unsigned steps_max = 20;
    unsigned works = 0;
    for (; works < steps_max; ++works) {
        CountersInMemory counters;
        FailingAes failing{aes_, works};
        SoftwareKeyService service = centre(failing, counters);
        auto const reason = refusal(service, typed(3));
        ASSERT_EQ(reason.has_value(), failing.has_failed()) << works;
        if (!reason) {
            break;
        }
        EXPECT_EQ(*reason, KeyFaultReason::back_end_failed);
    }
    // Initial key, two intermediate ones, PIN key, and the block twice.
    EXPECT_EQ(works, 6U);
}

TEST_F(TerminalPinReset, ATerminalLoadedByTheCentreResetsPinsOneAfterAnother) {
    SoftwareKeyService service = centre();
    auto const handed = service.initial_key_block(kiosk, BlockRandom{});
    ASSERT_TRUE(handed.ok());
    auto received = unwrap_initial_key(aes_, transports_.front().key, handed.value().view());
    ASSERT_TRUE(received.ok());
    auto terminal = DukptTerminal::load(aes_, std::move(received.value().key), received.value().id);
    ASSERT_TRUE(terminal.ok());
    for (unsigned i = 0; i < 40; ++i) {
        auto const key = terminal.value().next_key(aes_, AesSize::aes128);
        auto const block =
            encrypt_pin_block(aes_, key.value().key, Pin::from_digits("8642").value(),
                              card_pan(card_.factor().first<8>()), random_bytes);
        TerminalPin const pin{terminal.value().id(), key.value().counter, block.value()};
        auto const command = service.terminal_pin_reset_command(card_, process_factor, pin);
        ASSERT_TRUE(command.ok());
        auto const expected =
            service.pin_reset_command(card_, process_factor, Pin::from_digits("8642").value());
        EXPECT_EQ(apdu::copy_of(command.value().view()), apdu::copy_of(expected.value().view()));
    }
}

TEST_F(TerminalPinReset, AnInitialKeyNeedsBdkAndTransportKeyOfItsTerminal) {
    SoftwareKeyService service = centre();
    EXPECT_TRUE(service.initial_key_block(kiosk, BlockRandom{}).ok());
    EXPECT_EQ(service.initial_key_block(other_kiosk, BlockRandom{}).error(),
              KeyFaultReason::terminal_key_missing);
    transports_.push_back({foreign_kiosk, KeyBlockKey{AesSize::aes256, Bytes(32, 0x7E)}});
    SoftwareKeyService again = centre();
    EXPECT_EQ(again.initial_key_block(foreign_kiosk, BlockRandom{}).error(),
              KeyFaultReason::terminal_key_missing);
}

TEST_F(TerminalPinReset, AnInitialKeyNeverTravelsUnderASmallerKey) {
    bdks_.clear();
    bdks_.push_back({{0x12, 0x34, 0x56, 0x78}, Bdk{AesSize::aes256, Bytes(32, 0xB0)}});
    transports_.clear();
    transports_.push_back({kiosk, KeyBlockKey{AesSize::aes128, Bytes(16, 0x7E)}});
    EXPECT_EQ(centre().initial_key_block(kiosk, BlockRandom{}).error(),
              KeyFaultReason::terminal_key_missing);
}

TEST(CountersInMemory, RefuseWhatTheyCannotRemember) {
    CountersInMemory counters;
    InitialKeyId terminal = kiosk;
    for (std::size_t i = 0; i < CountersInMemory::terminals_max; ++i) {
        terminal.bytes.back() = static_cast<std::uint8_t>(i);
        ASSERT_EQ(counters.use(terminal, 1), CounterAnswer::accepted);
    }
    terminal.bytes.back() = 0xFF;
    EXPECT_EQ(counters.use(terminal, 1), CounterAnswer::not_recorded);
    terminal.bytes.back() = 0x00;
    EXPECT_EQ(counters.use(terminal, 1), CounterAnswer::used_before);
    EXPECT_EQ(counters.use(terminal, 2), CounterAnswer::accepted);
}

} // namespace
} // namespace keys
