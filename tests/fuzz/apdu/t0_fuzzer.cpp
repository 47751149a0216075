// A card that answers anything under T=0.
#include "apdu/t0/terminal.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace apdu;
    ByteView input{data, size};
    t0::Terminal terminal;
    while (!input.empty()) {
        std::size_t const command_size = std::min<std::size_t>(input[0] % 24U, input.size());
        ByteView const command = input.first(command_size);
        input = input.subspan(std::max<std::size_t>(command_size, 1));
        auto action = terminal.begin(command);
        std::size_t sent = 0;
        while (action.kind == t0::Action::Kind::send || action.kind == t0::Action::Kind::receive) {
            sent += action.kind == t0::Action::Kind::send ? action.bytes.size() : 0;
            if (sent > command.size() + 1 ||
                (action.kind == t0::Action::Kind::send && action.bytes.empty())) {
                std::abort();
            }
            if (input.empty()) {
                return 0;
            }
            action = terminal.receive(input[0]);
            input = input.subspan(1);
        }
        bool const is_done = action.kind == t0::Action::Kind::done;
        if (is_done && (action.bytes.size() < 2 || action.bytes.size() > t0::response_size_max)) {
            std::abort();
        }
    }
    return 0;
}
