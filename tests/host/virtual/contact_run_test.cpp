#include "tests/host/virtual/contact_bench.hpp"

#include "host/virtual/contact_run.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

namespace virtual_card {
namespace {

using Type = ContactEventType;

/// A terminal's end of the stream.
class Listener {
public:
    Listener() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        auto const text = path.string();
        std::copy(text.begin(), text.end(), address.sun_path);
        (void)::unlink(text.c_str());
        auto const* const generic = reinterpret_cast<sockaddr const*>(&address);
        EXPECT_EQ(::bind(listening_, generic, sizeof address), 0);
        EXPECT_EQ(::listen(listening_, 1), 0);
    }
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;
    ~Listener() {
        (void)::close(socket_);
        (void)::close(listening_);
        (void)::unlink(path.c_str());
    }

    void accept() {
        (void)::close(socket_);
        socket_ = ::accept(listening_, nullptr, nullptr);
        timeval const patience{10, 0};
        (void)::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    void send(ContactEvent const& event) const {
        auto const bytes = encode(event);
        EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), 2);
    }
    [[nodiscard]] ContactEvent receive() const {
        std::array<std::uint8_t, 2> bytes{};
        EXPECT_EQ(::recv(socket_, bytes.data(), bytes.size(), MSG_WAITALL), 2);
        ContactEventParser parser;
        (void)parser.take(bytes[0]);
        return parser.take(bytes[1]).value_or(ContactEvent{});
    }

    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("contacts." + std::to_string(::getpid()));

private:
    int listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int socket_ = -1;
};

TEST(ContactRun, KeepsACardAtTheOtherEndAndComesAgain) {
    Listener terminal;
    keys::openssl::EvpCipher cipher;
    SeededRandom random{1};
    Card chip{blank(plan_2()), {cipher, random}};
    T0Card t0{chip};
    FaultyCard faulty{t0, {}};
    std::array<int, 2> lines{};
    ASSERT_EQ(::pipe(lines.data()), 0);
    ContactPlace place{terminal.path};
    place.input = lines[0];
    place.told = place.refused = [](std::string const&) {};
    StopEvent stop;
    std::jthread card{[&] { EXPECT_TRUE(keep_at_contacts(faulty, place, stop)); }};

    terminal.accept();
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 1}));
    terminal.send({Type::query, 1, 0});
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 1, 0})) << "an empty socket";
    terminal.send({Type::entropy, 0, 0});
    EXPECT_EQ(terminal.receive().type, Type::entropy);
    for (std::uint8_t const state : std::to_array<std::uint8_t>({0x01, 0x11, 0x19, 0x1D})) {
        terminal.send({Type::contacts, 0, state});
    }
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::character, 0, 0x3B}));
    terminal.accept();
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 1})) << "it has come again";
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(::write(lines[1], "remove\n", 7), 7);
        EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 0}));
        EXPECT_EQ(::write(lines[1], "insert\n", 7), 7);
        EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 1}));
    }
    stop.stop();
    card.join();
    (void)::close(lines[0]);
    (void)::close(lines[1]);
}

TEST(ContactRun, BringsACardAndItsPowerBackAfterAFaultTookThem) {
    Listener terminal;
    keys::openssl::EvpCipher cipher;
    SeededRandom random{1};
    Card chip{blank(plan_2()), {cipher, random}};
    T0Card t0{chip};
    FaultyCard faulty{t0, {parse_fault("power-cut@1").value()}};
    std::size_t const atr_size = faulty.reset()->size();
    ContactPlace place{terminal.path};
    place.faults = {parse_fault("pull-at@1").value()};
    place.back_after = std::chrono::milliseconds{1};
    place.told = place.refused = [](std::string const&) {};
    StopEvent stop;
    std::jthread card{[&] { EXPECT_TRUE(keep_at_contacts(faulty, place, stop)); }};
    auto const power_up = [&] {
        for (std::uint8_t const state : std::to_array<std::uint8_t>({0, 1, 0x11, 0x19, 0x1D})) {
            terminal.send({Type::contacts, 0, state});
        }
    };

    terminal.accept();
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 1}));
    power_up();
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 0})) << "pulled";
    EXPECT_EQ(terminal.receive(), (ContactEvent{Type::contacts, 0, 1})) << "and back";
    power_up();
    for (std::size_t i = 0; i < atr_size; ++i) {
        EXPECT_EQ(terminal.receive().type, Type::character);
    }
    for (std::uint8_t const character :
         std::to_array<std::uint8_t>({0x00, 0x84, 0x00, 0x00, 0x08})) {
        terminal.send({Type::character, 0, character});
        EXPECT_EQ(terminal.receive().type, Type::taken);
    }
    std::optional<ContactEvent> answer; // until its power is back a reset is not answered
    while (!answer) {
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
        power_up();
        terminal.send({Type::query, 1, 0});
        auto const next = terminal.receive();
        answer = next.type == Type::contacts ? std::nullopt : std::optional{next};
    }
    EXPECT_EQ(*answer, (ContactEvent{Type::character, 0, 0x3B}));
    stop.stop();
}

} // namespace
} // namespace virtual_card
