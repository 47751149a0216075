#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

/// What was done with master keys.
enum class Act : std::uint8_t {
    ceremony,
    rotation,
    destruction,
    backup,
    restore,
    initial_key,  ///< of a terminal, handed out
    generation,   ///< by an HSM, inside it
    provisioning, ///< of a terminal, with its transport key
};

/// How it ended.
enum class ActOutcome : std::uint8_t {
    done,
    aborted,     ///< by those who did it
    expired,     ///< nobody went on with it
    failed,      ///< the fault says why; nothing has changed
    interrupted, ///< the daemon ended in the middle of the last step: look whether it is done
};

/// "ceremony", "rotation" …
[[nodiscard]] std::string_view to_text(Act act);
/// "done", "aborted" …
[[nodiscard]] std::string_view to_text(ActOutcome outcome);

/// A custodian, and the check value of the part that they gave or were given; empty: none.
struct CustodianEntry {
    std::string name;
    std::string check_value{};
};

/// A key, by everything but itself.
struct KeyEntry {
    std::string name;
    std::string tier;
    std::string algorithm;
    std::optional<std::uint8_t> version;
    std::string check_value;
};

/// The minutes of one act. Never holds a key, a component or a share. Times are UTC.
struct Minutes {
    std::uint32_t number = 0; ///< from 1; given by the list
    Act act = Act::ceremony;
    ActOutcome outcome = ActOutcome::done;
    std::string fault{}; ///< code of the fault, where it failed
    std::string began_at{};
    std::string ended_at{};
    std::string operator_user{}; ///< of the operating system
    std::vector<CustodianEntry> custodians{};
    std::vector<std::string> witnesses{};
    std::string origin{}; ///< of the parts: "entered", "generated"
    std::vector<KeyEntry> keys{};
    bool test = false;     ///< test keys
    std::string remark{};  ///< a reason, or what the act needs besides
    std::string store{};   ///< back end and place of the keys
    std::string machine{}; ///< its host name
    std::string region{};  ///< of the office, as configured; empty: none
    std::string software{};
    std::string previous{}; ///< digest of the minutes before; empty: these are the first
};

} // namespace audit
