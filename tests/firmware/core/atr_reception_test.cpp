#include "firmware/core/atr_reception.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace terminal {
namespace {

using State = AtrReception::State;
using Bytes = std::vector<std::uint8_t>;
using apdu::bytes;

// ISO/IEC 7816-3:2006 §8.2.

/// Receives until it is no more receiving. @returns how many characters it took.
std::size_t receive(AtrReception& reception, Bytes const& characters, State& state) {
    state = State::receiving;
    std::size_t taken = 0;
    while (taken < characters.size() && state == State::receiving) {
        state = reception.receive(characters[taken++]);
    }
    return taken;
}

State state_after(std::string_view text) {
    AtrReception reception;
    State state{};
    Bytes const characters = bytes(text);
    EXPECT_EQ(receive(reception, characters, state), characters.size()) << text;
    return state;
}

TEST(AnAtrReception, KnowsWhereAnAnswerEnds) {
    EXPECT_EQ(state_after("3B"), State::receiving);
    EXPECT_EQ(state_after("3B 00"), State::done);
    EXPECT_EQ(state_after("3B 62 00 00 41"), State::receiving);
    EXPECT_EQ(state_after("3B 62 00 00 41 42"), State::done);
    EXPECT_EQ(state_after("3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7A"), State::done);
    EXPECT_EQ(state_after("3B 92 11 81 31 FE 45 41 42"), State::receiving) << "TCK is missing";
    EXPECT_EQ(state_after("3B 92 11 81 31 FE 45 41 42 8B"), State::done);
    EXPECT_EQ(state_after("3B 80 80 00"), State::done) << "T=0 by TD1 and TD2, no TCK";
}

TEST(AnAtrReception, RefusesAWrongCheck) {
    EXPECT_EQ(state_after("3B 92 11 81 31 FE 45 41 42 8A"), State::bad_check);
}

TEST(AnAtrReception, RefusesAFirstCharacterThatIsNone) {
    for (unsigned ts = 0; ts <= 0xFF; ++ts) {
        AtrReception reception;
        bool const is_one = ts == 0x3B || ts == inverse_ts_read_direct;
        EXPECT_EQ(reception.receive(static_cast<std::uint8_t>(ts)),
                  is_one ? State::receiving : State::bad_ts)
            << ts;
        EXPECT_EQ(reception.is_empty(), !is_one);
    }
}

TEST(AnAtrReception, KeepsTheInverseTsAs3F) {
    AtrReception reception;
    EXPECT_FALSE(reception.is_inverse());
    reception.receive(0x03);
    EXPECT_TRUE(reception.is_inverse());
    EXPECT_EQ(reception.receive(0x00), State::done);
    EXPECT_EQ(apdu::copy_of(reception.bytes()), bytes("3F 00"));
}

TEST(AnAtrReception, EndsWhereAnAnswerThatIsTooLongWouldGoOn) {
    Bytes characters = bytes("3B FF");
    while (characters.size() < 100) {
        characters.push_back(0xF1);
    }
    AtrReception reception;
    State state{};
    EXPECT_EQ(receive(reception, characters, state), apdu::atr_size_max);
    EXPECT_EQ(state, State::bad_check);
}

TEST(AnAtrReception, AgreesWithTheParserOnEveryPrefixOfManyAnswers) {
    std::mt19937 random{1};
    unsigned whole = 0;
    for (int i = 0; i < 50'000; ++i) {
        Bytes characters{0x3B};
        while (characters.size() < 40) {
            auto const byte = static_cast<std::uint8_t>(random());
            // T=0 and T=1 and few interface bytes are rare among all bytes
            characters.push_back(characters.size() < 6 && random() % 2 == 0 ? byte & 0x91U : byte);
        }
        AtrReception reception;
        State state{};
        characters.resize(receive(reception, characters, state));
        EXPECT_EQ(apdu::copy_of(reception.bytes()), characters);
        for (std::size_t size = 0; size < characters.size(); ++size) {
            EXPECT_FALSE(apdu::Atr::parse(apdu::ByteView{characters}.first(size)).ok());
        }
        if (apdu::Atr::parse(characters).ok()) {
            EXPECT_EQ(state, State::done) << i;
            ++whole;
        }
        if (state == State::bad_check) {
            EXPECT_FALSE(apdu::Atr::parse(characters).ok());
        }
    }
    EXPECT_GT(whole, 1'000U);
}

} // namespace
} // namespace terminal
