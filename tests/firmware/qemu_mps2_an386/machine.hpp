#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

/// QEMU with the terminal's image, and the test at the other end of its wires.
class Machine {
public:
    using Bytes = std::vector<std::uint8_t>;

    /// The image's UARTs, in their order.
    enum Wire : unsigned { pad_host, sam_host, card, sams, pad, wires };

    /// Starts it, and connects all wires before its image runs. Its flash is in that file, which
    /// outlives it, and is made where it is not there; or in memory. Throws where QEMU does not
    /// come up.
    explicit Machine(std::string const& flash_file = {});
    Machine(Machine const&) = delete;
    Machine& operator=(Machine const&) = delete;
    ~Machine();

    void send(Wire wire, Bytes const& bytes);
    /// What comes until `size` bytes are there, or a time without any has passed.
    Bytes receive(Wire wire, std::size_t size);

    /// Its power goes: nothing of it is left but what is in its flash file.
    void cut_power() { stop(); }

    /// Sends a CCID command in its frame. @returns the message of the answer, echoes left out.
    Bytes ask(Wire host, Bytes const& message);

private:
    void stop();
    int connect(Wire wire) const;
    [[nodiscard]] std::string path_of(unsigned wire) const;

    std::string folder_;
    pid_t process_ = -1;
    std::vector<int> sockets_;
};
