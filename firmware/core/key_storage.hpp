#pragma once

#include "firmware/hal/flash.hpp"

#include "keys/initial_key_block.hpp"
#include "keys/terminal_record.hpp"

namespace terminal {

/// How far a terminal's keys are.
enum class KeyState : std::uint8_t {
    empty,       ///< it has none
    provisioned, ///< it has an identity and a transport key
    loaded,      ///< and an initial key: PINs can be encrypted
    exhausted,   ///< every transaction counter is used
    damaged,     ///< not loaded yet; or the flash fails, or changed what was in it
};

/// Why a request to the keys was not carried out.
enum class KeyStorageFault : std::uint8_t {
    wrong_state,     ///< not in this state
    malformed,       ///< a key block that is none for this transport key
    other_terminal,  ///< an initial key for another terminal
    exhausted,       ///< no transaction is left
    back_end_failed, ///< the cipher did not do its part
    flash_failed,    ///< nothing could be stored: no key is given out
};

/// A terminal's keys, in RAM and in a flash of its own. One page holds one record; each change
/// writes a new record into the next page and then erases the old one, so that a loss of power at
/// any call leaves the keys as before or as after. A PIN key is given out only once the state
/// without it is stored and the one with it erased. About 1.3 kB.
class KeyStorage {
public:
    template <typename T>
    using Result = apdu::Result<T, KeyStorageFault>;

    static constexpr std::size_t pages_max = 64;

    /// `flash` must outlive it. require: 2 to pages_max pages that hold a record each.
    explicit KeyStorage(hal::Flash& flash);

    /// Finds the newest record and erases whatever else there is; due once, at the start.
    KeyState load();

    /// As the last request left it.
    [[nodiscard]] KeyState state() const;
    /// Nothing where there are no keys.
    [[nodiscard]] std::optional<keys::InitialKeyId> id() const;

    /// Gives an empty terminal its identity and transport key. Faults: wrong_state, flash_failed.
    [[nodiscard]] Result<apdu::Done> provision(keys::InitialKeyId const& id,
                                               keys::KeyBlockKey transport);

    /// Takes the initial key out of a key block, once: an id has one initial key, and loading it
    /// again would give its keys out again. Faults: wrong_state, malformed, other_terminal,
    /// back_end_failed, flash_failed; it is provisioned then as before.
    [[nodiscard]] Result<apdu::Done> load_initial_key(keys::AesCipher& cipher,
                                                      std::string_view key_block);

    /// The PIN key of the next transaction, as large as the initial key. Faults: wrong_state,
    /// exhausted, back_end_failed, flash_failed; that transaction's key is lost then.
    [[nodiscard]] Result<keys::TransactionKey> next_pin_key(keys::AesCipher& cipher);

    /// Forgets everything; in any state. False: the flash failed, and it is damaged.
    [[nodiscard]] bool erase_all();

private:
    /// A record that load() takes.
    struct Newest {
        std::optional<std::size_t> page;
        std::uint32_t sequence = 0;
        bool is_sealed = false;
        bool is_any_broken = false;
    };

    [[nodiscard]] Newest find_newest();
    [[nodiscard]] bool erase(std::size_t page);
    [[nodiscard]] bool erase_all_but(std::optional<std::size_t> kept);
    [[nodiscard]] bool store();
    [[nodiscard]] bool write(std::size_t page);

    hal::Flash& flash_;
    bool is_damaged_ = true;
    std::optional<keys::TerminalKeys> keys_;
    std::optional<std::size_t> page_; ///< of the newest record
    std::uint32_t sequence_ = 0;      ///< of the record that was written last
    std::uint64_t erased_ = 0;        ///< a bit for each page that was erased since the start
};

} // namespace terminal
