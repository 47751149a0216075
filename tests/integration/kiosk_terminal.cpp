#include "tests/integration/kiosk_terminal.hpp"

#include "host/pcsc/reader_control.hpp"

#include <fstream>

namespace integration {
namespace {

using apdu::ccid::TerminalFunction;
using apdu::ccid::TerminalStatus;

std::string shown() { return text_of_file(terminal_folder() + "/display"); }

} // namespace

Holder::Holder() : seen_{shown().size()} {}

void Holder::wait_for(std::string const& contents) {
    std::string const line = "[" + contents + "]";
    EXPECT_TRUE(eventually([&] { return shown().find(line, seen_) != std::string::npos; }))
        << line << " did not come\n"
        << shown();
    seen_ = shown().find(line, seen_) + line.size();
}

void Holder::press(std::string const& keys) {
    std::ofstream{terminal_folder() + "/keys"} << keys << std::flush;
}

TerminalAnswer ask_terminal(apdu::ccid::ReaderFunctions& terminal, TerminalFunction function,
                            std::vector<std::uint8_t> const& data) {
    std::vector<std::uint8_t> command{apdu::ccid::terminal_escape_mark,
                                      static_cast<std::uint8_t>(function)};
    command.insert(command.end(), data.begin(), data.end());
    std::vector<std::uint8_t> answer(300);
    auto const size = terminal.escape(command, answer);
    EXPECT_TRUE(size.ok() && size.value() > 0);
    answer.resize(size.ok() ? size.value() : 1);
    return {static_cast<TerminalStatus>(answer[0]), {answer.begin() + 1, answer.end()}};
}

void KioskTerminal::SetUp() {
    office_.insert(0, {"--version", GetParam(), "--person", person("zhang_san")});
}

void KioskTerminal::provision() {
    auto const provisioned = provision_kiosk(office_);
    EXPECT_EQ(provisioned.status, 0) << provisioned.err;
}

void KioskTerminal::give_terminal_its_keys() {
    provision();
    auto const loaded =
        office_.answer({"terminal", "load-key", "--reader", "1", hand_out_initial_key(office_)});
    EXPECT_EQ(loaded["keys"], "loaded");
}

void KioskTerminal::TearDown() {
    auto const context = pcsc::Context::establish();
    auto const reader = pcsc::ReaderConnection::open(context.value(), Office::reader_name(0));
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(ask_terminal(*reader.value(), TerminalFunction::clear_tamper).status,
              TerminalStatus::done);
}

std::string KioskTerminal::keys_of_terminal() const {
    return office_.answer({"terminal", "health", "--reader", "1"})["keys"];
}

} // namespace integration
