// Goal: whatever a card does at whichever command, an operation ends with a fault that says so, or
// well; never by a crash, an endless loop or a wrong success. Method: each operation runs once to
// learn how many commands it takes, then once for each command with something wrong at it.
#include "host/session/basic_data.hpp"
#include "host/session/block.hpp"
#include "host/session/file_access.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/altered_connection.hpp"
#include "tests/host/session/test_card.hpp"

#include <gtest/gtest.h>
#include <tuple>

namespace session {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Result = Outcome<apdu::Done>;

template <typename T>
Result done(Outcome<T> const& outcome) {
    if (!outcome.ok()) {
        return outcome.error();
    }
    return apdu::Done{};
}

struct Operation {
    char const* name;
    Result (*run)(CardSession& card);
};

apdu::FilePlace place(CardSession& card, std::string_view path) {
    return apdu::find_file(card.layout(), path).value();
}

Operation const operations[] = {
    {"Open", [](CardSession&) -> Result { return apdu::Done{}; }},
    {"BasicData", [](CardSession& card) { return done(read_basic_data(card)); }},
    {"VerifyPin",
     [](CardSession& card) { return verify_pin(card, pin_of("123456"), LastTry::refuse); }},
    {"ChangePin",
     [](CardSession& card) {
         return change_pin(card, pin_of("123456"), pin_of("2468"), LastTry::refuse);
     }},
    {"ResetPin", [](CardSession& card) { return reset_pin(card, pin_of("2468")); }},
    {"UnblockPin", [](CardSession& card) { return unblock_pin(card); }},
    {"ReadRecords",
     [](CardSession& card) { return done(read_file(card, place(card, "DF02/EF05"), Rights{})); }},
    {"ReadCycle",
     [](CardSession& card) { return done(read_file(card, place(card, "DF04/EF15"), Rights{})); }},
    {"ReadWithPin",
     [](CardSession& card) {
         keys::Pin const pin = pin_of("123456");
         return done(
             read_file(card, place(card, "DF01/EF06"), Rights{.pin = &pin, .use_keys = false}));
     }},
    {"ReadPhoto",
     [](CardSession& card) { return done(read_file(card, place(card, "photo"), Rights{})); }},
    {"WriteRecord",
     [](CardSession& card) {
         return write_record(card, place(card, "DF01/EF07"), 1, apdu::bytes("290135"), Rights{});
     }},
    {"AppendRecord",
     [](CardSession& card) {
         return append_record(card, place(card, "DF04/EF15"), apdu::bytes("000131"), Rights{});
     }},
    {"WriteBinary",
     [](CardSession& card) {
         return write_binary(card, place(card, "DF01/EF16"), Bytes(0x128, 0xAB), Rights{});
     }},
    {"BlockApplication",
     [](CardSession& card) { return block_application(card, apdu::Directory::df01); }},
    {"BlockCard", [](CardSession& card) { return block_card(card); }},
};

struct Case {
    Operation operation;
    bool is_sm4;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    for (Operation const& operation : operations) {
        all.push_back({operation, false});
        all.push_back({operation, true});
    }
    return all;
}

/// Opens the card and runs the operation.
Result run(Operation const& operation, apdu::CardConnection& connection,
           std::size_t* commands = nullptr) {
    TestKeys keys;
    CardChannel channel{connection};
    auto session = CardSession::open(channel, keys.service());
    Result result = session.ok() ? operation.run(session.value()) : Result{session.error()};
    if (commands != nullptr) {
        *commands = channel.exchanges();
    }
    return result;
}

class EveryFault : public ::testing::TestWithParam<Case> {
public:
    static virtual_card::CardMemory const& memory() {
        static virtual_card::CardMemory const des = live_card(des_card());
        static virtual_card::CardMemory const sm4 = live_card(sm4_card());
        return GetParam().is_sm4 ? sm4 : des;
    }
    static std::size_t command_count() {
        virtual_card::LocalConnection connection{memory()};
        std::size_t commands = 0;
        EXPECT_TRUE(run(GetParam().operation, connection, &commands).ok());
        EXPECT_EQ(commands, connection.commands());
        return commands;
    }
    /// Runs with `alter` applied to the answer of command `at`.
    template <typename Alter>
    static Result run_altered(std::size_t at, Alter const& alter) {
        virtual_card::LocalConnection connection{memory()};
        AlteredConnection altered{connection};
        altered.alter_answers([&](std::size_t number, Bytes& answer) {
            if (number == at) {
                alter(answer);
            }
        });
        return run(GetParam().operation, altered);
    }
};

INSTANTIATE_TEST_SUITE_P(Operations, EveryFault, ::testing::ValuesIn(cases()),
                         [](auto const& each) {
                             return std::string{each.param.operation.name} +
                                    (each.param.is_sm4 ? "Sm4" : "Des");
                         });

TEST_P(EveryFault, ACardPulledAtAnyCommandIsTold) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        virtual_card::LocalConnection connection{memory(),
                                                 {{virtual_card::FaultKind::removal, at}}};
        auto const result = run(GetParam().operation, connection);
        ASSERT_FALSE(result.ok()) << at;
        EXPECT_EQ(result.error().code, FaultCode::card_removed) << at;
    }
}

TEST_P(EveryFault, ACardMuteAtAnyCommandIsTold) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        virtual_card::LocalConnection connection{memory(), {{virtual_card::FaultKind::mute, at}}};
        auto const result = run(GetParam().operation, connection);
        ASSERT_FALSE(result.ok()) << at;
        EXPECT_EQ(result.error().code, FaultCode::card_mute) << at;
    }
}

TEST_P(EveryFault, AnAnswerThatIsNoneIsMalformed) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        for (std::size_t size = 0; size < 2; ++size) {
            auto const result = run_altered(at, [size](Bytes& answer) { answer.resize(size); });
            ASSERT_FALSE(result.ok()) << at;
            EXPECT_EQ(result.error().code, FaultCode::answer_malformed) << at;
        }
    }
}

TEST_P(EveryFault, AnOverlongAnswerIsMalformed) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        auto const result = run_altered(
            at, [](Bytes& answer) { answer.insert(answer.begin(), 300, std::uint8_t{0xAB}); });
        ASSERT_FALSE(result.ok()) << at;
        EXPECT_EQ(result.error().code, FaultCode::answer_malformed) << at;
    }
}

TEST_P(EveryFault, NoiseInsteadOfAStatusWordIsMalformed) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        auto const result = run_altered(at, [](Bytes& answer) {
            answer.end()[-2] = 0x00;
            answer.end()[-1] = 0x00;
        });
        ASSERT_FALSE(result.ok()) << at;
        EXPECT_EQ(result.error().code, FaultCode::answer_malformed) << at;
    }
}

TEST_P(EveryFault, ARefusalAtAnyCommandIsNoSuccess) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        virtual_card::LocalConnection connection{
            memory(), {{virtual_card::FaultKind::status, at, apdu::sw::no_precise_diagnosis}}};
        auto const result = run(GetParam().operation, connection);
        ASSERT_FALSE(result.ok()) << at;
        EXPECT_NE(result.error().code, FaultCode::answer_malformed) << at;
    }
}

TEST_P(EveryFault, AnAnswerOfAnyLengthEndsTheOperationSomehow) {
    for (std::size_t at = 1, count = command_count(); at <= count; ++at) {
        for (std::size_t const cut : {1U, 2U, 3U, 7U, 16U, 40U}) {
            std::ignore = run_altered(at, [cut](Bytes& answer) {
                std::size_t const data = answer.size() - 2;
                answer.erase(answer.begin(),
                             answer.begin() + static_cast<std::ptrdiff_t>(std::min(cut, data)));
            });
            std::ignore = run_altered(at, [cut](Bytes& answer) {
                answer.resize(answer.size() - std::min(cut, answer.size()));
            });
        }
    }
}

TEST_P(EveryFault, TheSameAnswerForEverEndsTheOperationSoon) {
    constexpr std::size_t commands_max = 800;
    for (std::string const answer :
         {"6101", "6100", "6C01", "6C00", "9000", "63C0", "63C3", "6A83", "AA9000", "6A86"}) {
        for (std::size_t from = 1, count = command_count(); from <= count; ++from) {
            virtual_card::LocalConnection connection{memory()};
            AlteredConnection altered{connection};
            altered.answer_instead([&](std::size_t number, Bytes const&) {
                return number >= from ? std::optional{apdu::bytes(answer)} : std::nullopt;
            });
            std::ignore = run(GetParam().operation, altered);
            EXPECT_LE(altered.commands(), commands_max) << answer << " from " << from;
        }
    }
}

} // namespace
} // namespace session
