// Every order of PIN commands, against a reference model of a few lines.
#include "tests/host/virtual/card_bench.hpp"

#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

constexpr unsigned tries_max = 2;
constexpr std::array<std::string_view, 2> pins{"123456", "8765"};

/// What card.md §4.1 says a PIN is.
struct Model {
    std::string pin{pins[0]};
    unsigned tries = tries_max;
    bool verified = false;

    std::string wrong() {
        --tries;
        return "63C" + std::to_string(tries);
    }
    std::string query() const { return pin.empty() ? "9000" : "63C" + std::to_string(tries); }
    std::string verify(std::string_view presented) {
        if (tries == 0) {
            return "6983";
        }
        verified = !pin.empty() && presented == pin;
        if (!verified) {
            return wrong();
        }
        tries = tries_max;
        return "9000";
    }
    std::string change(std::string_view old_pin, std::string_view new_pin) {
        if (tries == 0) {
            return "6983";
        }
        return old_pin == pin ? reset(new_pin) : wrong();
    }
    std::string reset(std::string_view new_pin) {
        pin = new_pin;
        tries = tries_max;
        return "9000";
    }
    std::string unblock() {
        tries = tries_max;
        return "9000";
    }
    bool may_read() const { return pin.empty() || verified; }
};

/// One command, to card and model; both answers.
struct Operation {
    std::string name;
    std::string (*on_card)(Bench&);
    std::string (*on_model)(Model&);
};

std::string reset_with_puk(Bench& card, std::string_view digits) {
    EXPECT_EQ(card.authenticate({KeyName::puk}), "9000");
    return card.reset_pin(digits);
}

std::vector<Operation> const& operations() {
    static std::vector<Operation> const all{
        {"query", [](Bench& card) { return card.send("00200000"); },
         [](Model& model) { return model.query(); }},
        {"verify first", [](Bench& card) { return card.verify(pins[0]); },
         [](Model& model) { return model.verify(pins[0]); }},
        {"verify second", [](Bench& card) { return card.verify(pins[1]); },
         [](Model& model) { return model.verify(pins[1]); }},
        {"change first to second", [](Bench& card) { return card.change_pin(pins[0], pins[1]); },
         [](Model& model) { return model.change(pins[0], pins[1]); }},
        {"change first to none", [](Bench& card) { return card.change_pin(pins[0], ""); },
         [](Model& model) { return model.change(pins[0], ""); }},
        {"change none to first", [](Bench& card) { return card.change_pin("", pins[0]); },
         [](Model& model) { return model.change("", pins[0]); }},
        {"reset to second", [](Bench& card) { return reset_with_puk(card, pins[1]); },
         [](Model& model) { return model.reset(pins[1]); }},
        {"unblock",
         [](Bench& card) {
             EXPECT_EQ(card.authenticate({KeyName::puk}), "9000");
             return card.send(card.maced("84240000", "", {KeyName::stk_ssse}));
         },
         [](Model& model) { return model.unblock(); }},
    };
    return all;
}

constexpr std::size_t depth = 4;

/// Runs one order of operations; each answer, and what may be read after it, as the model says.
void run(CardPlan const& plan, CardMemory const& memory, std::size_t order) {
    Bench card{plan, memory};
    card.select(Directory::df01);
    Model model;
    std::string trace;
    for (std::size_t step = 0; step < depth; ++step, order /= operations().size()) {
        Operation const& operation = operations()[order % operations().size()];
        trace += operation.name + "; ";
        ASSERT_EQ(operation.on_card(card), operation.on_model(model)) << trace;
        bool const may_read = card.send("00B2013400") != "6982";
        ASSERT_EQ(may_read, model.may_read()) << trace;
    }
}

TEST(PinModel, HoldsForEveryOrderOfFourCommands) {
    CardPlan plan = plan_2();
    plan.pin_tries = tries_max;
    CardMemory const memory = blank(plan);
    std::size_t orders = 1;
    for (std::size_t i = 0; i < depth; ++i) {
        orders *= operations().size();
    }
    for (std::size_t order = 0; order < orders; order += point_distance) {
        run(plan, memory, order);
    }
}

} // namespace
} // namespace virtual_card
