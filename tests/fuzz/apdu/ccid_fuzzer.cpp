// Messages between host and terminal, both ways, with the structures inside them.
#include "apdu/ccid/parameters.hpp"
#include "apdu/ccid/pin_operation.hpp"

#include <cstdlib>

namespace {

using namespace apdu;

void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <typename Message>
void expect_same(Message const& message, ByteView bytes) {
    std::array<std::uint8_t, ccid::message_size_max> out{};
    check(equal_bytes(ByteView{out}.first(ccid::encode(message, out)), bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    ByteView const input{data, size};
    if (auto const command = ccid::parse_command(input); command.ok()) {
        expect_same(command.value(), input);
    }
    if (auto const answer = ccid::parse_answer(input); answer.ok()) {
        check(answer.value().data.size() <= ccid::data_size_max);
    }
    for (std::uint8_t protocol = 0; protocol < 3; ++protocol) {
        auto const parameters = ccid::Parameters::parse(protocol, input);
        if (!parameters.ok()) {
            continue;
        }
        std::array<std::uint8_t, ccid::t1_parameters_size> out{};
        check(equal_bytes(ByteView{out}.first(parameters.value().encode(out)), input));
        check(parameters.value().on_line().guard_time_etu() >= 11);
    }
    if (auto const operation = ccid::PinOperation::parse(input); operation.ok()) {
        check(operation.value().command.size() >= 4);
        check(operation.value().digits_min <= operation.value().digits_max);
    }
    return 0;
}
