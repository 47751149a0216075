#pragma once

#include "keys/exchange_values.hpp"
#include "keys/key_fault.hpp"
#include "keys/psam/psam_channel.hpp"
#include "keys/psam/psam_facts.hpp"
#include "keys/psam/psam_settings.hpp"

namespace keys::psam {

/// A result, or why a PSAM did not do what it was asked for.
template <typename T>
using PsamResult = apdu::Result<T, KeyFaultReason>;

/// The key of the PSAM that a session key comes from, and the way to it.
struct SessionOrder {
    Algorithm algorithm;
    std::uint8_t province; ///< the card id's first byte
    PsamKey key;
    apdu::ByteView factors; ///< card ‖ city ‖ province: as many as the usage byte has dispersals
    Challenge process;
};

/// A SAM card with the keys of an office, as it is spoken to. One user at a time. Faults of each
/// call beside those that it names: back_end_lost (an exchange failed; from then on nothing more is
/// sent: what is in the slot may be another PSAM), back_end_failed (another refusal, or an answer
/// of another size). card.md §3.3, §4.3.
class PsamCard {
public:
    /// `connection` must outlive the object.
    explicit PsamCard(apdu::CardConnection& connection) : channel_{connection} {}

    /// Reads what the PSAM says of itself, once. Fault: back_end_absent, the card has neither of a
    /// PSAM's environments.
    [[nodiscard]] PsamResult<PsamFacts> facts();

    /// DELIVERY SESSION KEY, in the environment of that algorithm and after INITIALIZE ENVIRONMENT.
    /// Faults: algorithm_unsupported (no environment for it), key_missing (6A88), level_too_low
    /// (6A80: the province, or the number of dispersals), key_locked (6983).
    [[nodiscard]] PsamResult<apdu::Done> deliver(SessionOrder const& order);

    /// After deliver(), which it uses up: encrypts whole blocks in place, at most 8.
    [[nodiscard]] PsamResult<apdu::Done> encrypt(apdu::ByteSpan blocks);

    /// After deliver(), which it uses up: the MAC over `message`, padded 80 00… as mac() does it.
    [[nodiscard]] PsamResult<Mac> mac(apdu::ByteView message);

    /// Asks it for a random number; false where it is lost.
    [[nodiscard]] bool is_there();
    [[nodiscard]] bool is_lost() const { return is_lost_; }

    /// The word of its last refusal, for a log; nothing: it has refused nothing yet.
    [[nodiscard]] std::optional<apdu::StatusWord> last_refusal() const { return refusal_; }

private:
    /// Where a PSAM keeps the keys for the cards of one algorithm.
    enum class Environment : std::uint8_t { first, second };

    [[nodiscard]] PsamResult<PsamAnswer> send(apdu::Command const& command);
    /// The reason of a refusal that means nothing special where it came.
    [[nodiscard]] KeyFaultReason refused(apdu::StatusWord status);
    [[nodiscard]] PsamResult<apdu::Done> read_facts();
    [[nodiscard]] PsamResult<apdu::Done> read_environment(Environment environment);
    [[nodiscard]] PsamResult<PsamAnswer> read_file(std::uint16_t fid, std::size_t size);
    [[nodiscard]] PsamResult<apdu::Done> enter(Algorithm algorithm, std::uint8_t province);
    [[nodiscard]] PsamResult<PsamAnswer> cipher(std::uint8_t p1, apdu::ByteView data,
                                                std::size_t ne);

    PsamChannel channel_;
    bool is_lost_ = false;
    std::optional<apdu::StatusWord> refusal_{};
    std::optional<PsamFacts> facts_{};
    std::optional<Environment> of_des3_{};
    std::optional<Environment> of_sm4_{};
    std::optional<Algorithm> entered_{};     ///< whose environment is selected
    std::optional<std::uint8_t> province_{}; ///< that it was initialized for
    std::size_t block_ = 8;                  ///< bytes, of the delivered session key
};

} // namespace keys::psam
