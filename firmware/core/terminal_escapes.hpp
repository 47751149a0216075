#pragma once

#include "firmware/core/driver_escapes.hpp"
#include "firmware/core/pin_capture.hpp"
#include "firmware/core/terminal_records.hpp"
#include "firmware/core/update.hpp"
#include "firmware/hal/board.hpp"

namespace terminal {

/// What a terminal says of itself.
struct Identity {
    std::string_view model;       ///< "KioskTerm"
    std::string_view version;     ///< "1.0.0"
    std::string_view board;       ///< "stm32l476"
    std::string_view driver_name; ///< for the stock driver: "KioskTerm-1.0"
};

/// Escapes of a terminal on one of its links: those of the stock driver, and its own
/// (apdu/ccid/terminal_escape.hpp), of which those that change something work on the link of the
/// PIN pad only.
class TerminalEscapes final : public EscapeCommands {
public:
    /// What they work with; all must outlive it.
    struct Parts {
        hal::Board const& board;
        Identity const& identity;
        KeyStorage& keys;
        RandomBits& random;
        keys::AesCipher& aes;
        Update& update;
        PinCapture* capture; ///< null: the link of the SAMs
        std::span<Slot const* const> slots;
        std::span<HostLink const* const> links;
    };

    explicit TerminalEscapes(Parts const& parts) : parts_{parts} {}

    State begin(apdu::ByteView data) override;
    State step() override;
    [[nodiscard]] apdu::ByteView answer() const override {
        return apdu::ByteView{answer_}.first(size_);
    }
    void clear() override;
    /// The host wants a new start, once its answer has left.
    [[nodiscard]] bool wants_restart() const { return restarts_; }

private:
    using Status = apdu::ccid::TerminalStatus;

    [[nodiscard]] State begin_own(std::uint8_t function, apdu::ByteView data);
    [[nodiscard]] State change(std::uint8_t function, apdu::ByteView data);
    [[nodiscard]] State begin_capture(apdu::ByteView data);
    [[nodiscard]] Status load_initial_key(apdu::ByteView data);
    [[nodiscard]] Status provision(apdu::ByteView data);
    [[nodiscard]] Status clear_tamper();
    [[nodiscard]] Status update(std::uint8_t function, apdu::ByteView data);
    void tell_staged();
    void tell_identity();
    void tell_health();
    [[nodiscard]] State done(Status status);

    Parts parts_;
    bool is_capturing_ = false;
    bool restarts_ = false;
    std::array<std::uint8_t, apdu::ccid::data_size_max> answer_{};
    std::size_t size_ = 0;
};

} // namespace terminal
