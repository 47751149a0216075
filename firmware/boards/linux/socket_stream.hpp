#pragma once

#include "firmware/boards/streams/byte_stream.hpp"

#include <array>
#include <string>

namespace linux_board {

/// A stream as a unix socket that listens: one peer at a time, the newest has it.
class SocketStream final : public streams::ByteStream {
public:
    /// Listens at `path`, in the place of an older socket. Throws std::system_error.
    explicit SocketStream(std::string path);
    ~SocketStream() override;

    [[nodiscard]] std::optional<std::uint8_t> receive() override;
    [[nodiscard]] bool send(std::uint8_t byte) override;
    [[nodiscard]] unsigned peers() const override { return peers_; }

    /// To wait for what comes: the peer's, and the one where peers come.
    [[nodiscard]] int descriptor() const { return peer_; }
    [[nodiscard]] int listening() const { return listening_; }

private:
    void accept_peer();
    void drop_peer();

    std::string path_;
    int listening_ = -1;
    int peer_ = -1;
    unsigned peers_ = 0;
    unsigned until_look_ = 0; ///< calls until it looks for a new peer again
    std::array<std::uint8_t, 512> come_{};
    std::size_t come_size_ = 0;
    std::size_t taken_ = 0;
};

} // namespace linux_board
