#include "tests/firmware/qemu_mps2_an386/machine.hpp"

#include "firmware/core/serial_frame.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace {

constexpr auto qemu = "qemu-system-arm";
/// A machine under load takes its time.
constexpr int silence_ms = 5'000;

constexpr std::uint8_t reader_to_host = 0x80;
constexpr std::size_t header_size = 10;
constexpr std::uint8_t echo_bit = 0x40; // of a command's message type, and of no answer's

pid_t start(std::vector<std::string> arguments) {
    std::vector<char*> words;
    words.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) {
        words.push_back(argument.data());
    }
    words.push_back(nullptr);
    pid_t const process = ::fork();
    if (process < 0) {
        throw std::system_error{errno, std::generic_category(), "fork"};
    }
    if (process == 0) {
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    return process;
}

} // namespace

std::vector<std::string> Machine::flash_in(std::string const& file) {
    return {"-object", "memory-backend-file,id=flash,size=16M,share=on,mem-path=" + file, "-M",
            "memory-backend=flash"};
}

Machine::Machine(std::string const& image, std::vector<std::string> const& options) {
    std::vector<std::string> all{qemu,       "-M",   "mps2-an386", "-display", "none",
                                 "-monitor", "none", "-kernel",    image};
    all.insert(all.end(), options.begin(), options.end());
    for (unsigned wire = 0; wire < wires; ++wire) {
        std::string const name = "w" + std::to_string(wire);
        all.insert(all.end(),
                   {"-chardev", "socket,id=" + name + ",fd=" + sockets_[wire].inherited(),
                    "-serial", "chardev:" + name});
    }
    process_ = start(std::move(all));
    for (InheritedSocket& socket : sockets_) {
        socket.close_inherited();
    }
}

Machine::~Machine() { stop(); }

void Machine::stop() {
    if (process_ < 0) {
        return;
    }
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

void Machine::send(Wire wire, Bytes const& bytes) {
    if (::send(sockets_[wire].ours(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error{"QEMU has gone"};
    }
}

Machine::Bytes Machine::receive(Wire wire, std::size_t size) {
    Bytes all;
    while (all.size() < size) {
        pollfd ready{.fd = sockets_[wire].ours(), .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, silence_ms) != 1) {
            break;
        }
        Bytes part(size - all.size());
        auto const count = ::recv(sockets_[wire].ours(), part.data(), part.size(), 0);
        if (count <= 0) {
            break;
        }
        all.insert(all.end(), part.begin(), part.begin() + count);
    }
    return all;
}

Machine::Bytes Machine::receive(Wire wire) {
    Bytes all(4096);
    auto const count = ::recv(sockets_[wire].ours(), all.data(), all.size(), MSG_DONTWAIT);
    all.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return all;
}

Machine::Bytes Machine::ask(Wire host, Bytes const& message) {
    Bytes frame(message.size() + terminal::frame_overhead);
    (void)terminal::encode_frame(message, frame);
    send(host, frame);
    for (;;) {
        Bytes const begin = receive(host, 2 + header_size);
        if (begin.size() < 2 + header_size) {
            return {};
        }
        bool const is_echo = begin[2] < reader_to_host && (begin[2] & echo_bit) != 0;
        std::size_t const size = is_echo ? 0 : begin[3];
        Bytes const rest = receive(host, size + 1);
        if (!is_echo) {
            Bytes answer{begin.begin() + 2, begin.end()};
            answer.insert(answer.end(), rest.begin(), rest.end() - 1);
            return answer;
        }
    }
}
