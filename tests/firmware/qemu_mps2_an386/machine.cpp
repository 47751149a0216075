#include "tests/firmware/qemu_mps2_an386/machine.hpp"

#include "firmware/core/serial_frame.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace {

constexpr auto qemu = SSCARD_QEMU;
constexpr auto image = SSCARD_QEMU_IMAGE;
/// A machine under load takes its time.
constexpr int silence_ms = 5'000;

constexpr std::uint8_t reader_to_host = 0x80;
constexpr std::size_t header_size = 10;
constexpr std::uint8_t echo_bit = 0x40; // of a command's message type, and of no answer's

std::vector<std::string> arguments_of(std::string const& folder, std::string const& flash_file) {
    std::vector<std::string> all{qemu, "-display", "none", "-monitor", "none", "-kernel", image};
    if (flash_file.empty()) {
        all.insert(all.end(), {"-M", "mps2-an386"});
    } else {
        all.insert(all.end(),
                   {"-object",
                    "memory-backend-file,id=flash,size=16M,share=on,mem-path=" + flash_file, "-M",
                    "mps2-an386,memory-backend=flash"});
    }
    for (unsigned wire = 0; wire < Machine::wires; ++wire) {
        std::string const name = std::to_string(wire);
        std::string chardev = "socket,id=w";
        chardev.append(name).append(",path=").append(folder).append("/").append(name);
        chardev += ",server=on,wait=on";
        all.insert(all.end(), {"-chardev", chardev, "-serial", "chardev:w" + name});
    }
    return all;
}

pid_t start(std::vector<std::string> arguments) {
    std::vector<char*> words;
    words.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) {
        words.push_back(argument.data());
    }
    words.push_back(nullptr);
    pid_t const process = ::fork();
    if (process == 0) {
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    return process;
}

} // namespace

Machine::Machine(std::string const& flash_file) {
    std::string folder = "/tmp/sscard_qemu_XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) {
        throw std::runtime_error{"no folder for the machine"};
    }
    folder_ = folder;
    process_ = start(arguments_of(folder_, flash_file));
    try {
        for (unsigned wire = 0; wire < wires; ++wire) {
            sockets_.push_back(connect(static_cast<Wire>(wire)));
        }
    } catch (std::runtime_error const&) {
        stop();
        throw;
    }
}

Machine::~Machine() { stop(); }

void Machine::stop() {
    if (process_ < 0) {
        return;
    }
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    for (int const socket : sockets_) {
        ::close(socket);
    }
    std::filesystem::remove_all(folder_);
    process_ = -1;
}

std::string Machine::path_of(unsigned wire) const { return folder_ + "/" + std::to_string(wire); }

int Machine::connect(Wire wire) const {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path_of(wire).copy(address.sun_path, sizeof address.sun_path - 1);
    int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int i = 0; i < silence_ms / 10; ++i) {
        if (::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
            return socket;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    ::close(socket);
    throw std::runtime_error{"QEMU does not come up"};
}

void Machine::send(Wire wire, Bytes const& bytes) {
    if (::send(sockets_[wire], bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error{"QEMU has gone"};
    }
}

Machine::Bytes Machine::receive(Wire wire, std::size_t size) {
    Bytes all;
    while (all.size() < size) {
        pollfd ready{.fd = sockets_[wire], .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, silence_ms) != 1) {
            break;
        }
        Bytes part(size - all.size());
        auto const count = ::recv(sockets_[wire], part.data(), part.size(), 0);
        if (count <= 0) {
            break;
        }
        all.insert(all.end(), part.begin(), part.begin() + count);
    }
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
