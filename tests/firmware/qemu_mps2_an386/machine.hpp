#pragma once

#include "tests/firmware/qemu_mps2_an386/inherited_socket.hpp"

#include <sys/socket.h>
#include <sys/types.h>

#include <cstdint>
#include <vector>

/// QEMU with the terminal's image, and the test at the other end of its wires.
class Machine {
public:
    using Bytes = std::vector<std::uint8_t>;

    /// The image's UARTs, in their order.
    enum Wire : unsigned { pad_host, sam_host, card, sams, pad, wires };

    /// Starts it, all wires connected. `options`: more of QEMU's. Throws std::system_error.
    explicit Machine(std::string const& image, std::vector<std::string> const& options = {});
    Machine(Machine const&) = delete;
    Machine& operator=(Machine const&) = delete;
    ~Machine();

    /// The option of a flash that outlives it, in that file, which is made where it is not there;
    /// else it is in memory.
    static std::vector<std::string> flash_in(std::string const& file);

    void send(Wire wire, Bytes const& bytes);
    /// What comes until `size` bytes are there, or a time without any has passed.
    Bytes receive(Wire wire, std::size_t size);
    /// What has come.
    Bytes receive(Wire wire);

    /// Its power goes: nothing of it is left but what is in its flash file.
    void cut_power() { stop(); }

    /// Sends a CCID command in its frame. @returns the message of the answer, echoes left out.
    Bytes ask(Wire host, Bytes const& message);

private:
    void stop();

    std::array<InheritedSocket, wires> sockets_{
        InheritedSocket{SOCK_STREAM}, InheritedSocket{SOCK_STREAM}, InheritedSocket{SOCK_STREAM},
        InheritedSocket{SOCK_STREAM}, InheritedSocket{SOCK_STREAM}};
    pid_t process_ = -1;
};
