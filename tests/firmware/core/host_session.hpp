#pragma once

#include "tests/firmware/core/kiosk.hpp"

#include "apdu/t1/terminal.hpp"

namespace terminal {

/// What a host got for a command.
struct HostAnswer {
    apdu::ccid::IccStatus icc = apdu::ccid::IccStatus::absent;
    bool has_failed = true;
    std::uint8_t error = 0;
    Bytes data{};

    friend bool operator==(HostAnswer const&, HostAnswer const&) = default;
};

/// A host behind the link of the PIN pad, as the stock driver is one, which watches over what
/// comes: one echo and one answer for each command, in time, and nothing else on either link.
class WatchfulHost {
public:
    explicit WatchfulHost(Kiosk& kiosk) : kiosk_{kiosk} {}

    /// Sends a command, presses the keys once it is taken, and waits for the answer; then asks for
    /// the slot's status, which must be right at once.
    HostAnswer ask(apdu::ccid::CommandType type, Bytes const& data = {},
                   std::array<std::uint8_t, 3> specific = {}, std::string_view keys = {});
    /// As soon as so many characters were on the card's line, a command that is not answered yet is
    /// given up for this one; its own answer is then a failure, `aborted`.
    void interrupt_at(std::size_t characters, apdu::ccid::CommandType type) {
        interruption_ = {characters, type};
    }
    [[nodiscard]] bool is_interruption_over() const { return !interruption_; }
    /// Whether that was a reset, after which all begins anew.
    [[nodiscard]] bool has_reset() const { return has_reset_; }
    void forget_reset() { has_reset_ = false; }

    /// What was wrong so far, each in words.
    [[nodiscard]] std::vector<std::string> const& wrong() const { return wrong_; }
    void refuse_if(bool is_wrong, std::string text);
    /// The longest that a command took.
    [[nodiscard]] std::uint64_t longest_us() const { return longest_us_; }

private:
    /// A command that comes before the answer to the one before.
    struct Interruption {
        std::size_t at;
        apdu::ccid::CommandType type;
    };

    HostAnswer exchange(apdu::ccid::CommandType type, Bytes const& data,
                        std::array<std::uint8_t, 3> specific, std::string_view keys);
    [[nodiscard]] bool is_interrupted() const {
        return interruption_ && kiosk_.line.size() >= interruption_->at;
    }
    Bytes next_frame(std::uint64_t until_us, bool may_wait);
    void expect_silence();

    Kiosk& kiosk_;
    std::uint8_t sequence_ = 0;
    Bytes come_{}; ///< from the terminal, not looked at
    std::optional<Interruption> interruption_{};
    bool has_reset_ = false;
    std::vector<std::string> wrong_{};
    std::uint64_t longest_us_ = 0;
};

/// One visit of a card: reset, PPS, parameters, commands with answers that are fetched or chained,
/// a PIN typed at the terminal, a command after it, power off. Each answer is held against what the
/// card's chip said.
class HostSession {
public:
    /// How a line can be that brings a card's answers.
    enum class Line : std::uint8_t {
        exact, ///< what comes with right parity is what was sent
        coded, ///< what comes with right codes is
        open,  ///< it may be anything, with right codes by chance
    };
    /// A part of the session.
    struct Part {
        std::string name;
        bool has_failed;
        Bytes answer;           ///< of the card
        std::size_t characters; ///< on the line until its end

        friend bool operator==(Part const&, Part const&) = default;
    };

    HostSession(Kiosk& kiosk, CardKind const& kind, Line line)
        : kiosk_{kiosk}, kind_{kind}, line_{line} {}

    /// All of it, whatever fails on the way.
    std::vector<Part> run();
    [[nodiscard]] WatchfulHost& host() { return host_; }

private:
    void power_on();
    void negotiate();
    void set_parameters();
    void command(std::string name, Bytes const& whole);
    void verify();
    void power_off();
    HostAnswer transfer(Bytes const& bytes, std::uint8_t multiplier = 0);
    std::optional<Bytes> by_t0(Bytes whole);
    std::optional<Bytes> by_t1(Bytes const& whole);
    HostAnswer secure(Bytes const& prologue);
    void end_part(std::string name, std::optional<Bytes> const& answer);
    void check_failure(HostAnswer const& answer, Bytes const& errors);
    void check_answer(Bytes const& command, Bytes const& answer, std::size_t line_start);

    Kiosk& kiosk_;
    CardKind const& kind_;
    Line line_;
    WatchfulHost host_{kiosk_};
    std::vector<Part> parts_{};
    std::uint8_t rate_code_ = 0x11;
    std::optional<apdu::t1::Terminal> t1_{};
};

} // namespace terminal
