#pragma once

#include "tests/integration/process.hpp"
#include "tests/integration/secret_search.hpp"
#include "tests/integration/sitting.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace integration {

/// Readers that the private pcscd of a test has.
inline constexpr std::size_t readers_max = 4;

/// A person's record of the trial office, as a path.
[[nodiscard]] std::string person(std::string const& name);

/// The trial office's key file.
[[nodiscard]] std::string key_file();

/// A file descriptor's content for `sscard --pin-fd 0`: one PIN a line.
[[nodiscard]] std::string typed(std::vector<std::string> const& pins);

/// True where the tests run beside the kiosk's terminal (private-pcscd --terminal): then reader 0
/// is its user slot, and 1 and 2 its SAM slots.
[[nodiscard]] bool has_terminal();
/// Its wires.
[[nodiscard]] std::string terminal_folder();

/// An office for one test: virtual cards in the readers of the private pcscd that the test program
/// runs beside, and a daemon. Whatever it started ends with it. Then each secret that `sscard` was
/// given is looked for in all that was written and said: the test fails where one is found.
class Office {
public:
    Office();
    Office(Office const&) = delete;
    Office& operator=(Office const&) = delete;
    ~Office();

    /// Instead of the key file: a sealed store in the office's folder, which is yet to be made.
    void keep_keys_in_store();
    /// Instead of the key file: at a centre or in an HSM, as those lines of [keys] say.
    void keep_keys_elsewhere(std::string const& lines);
    /// Lines of TOML for the daemon besides its key file and region; before start_daemon().
    void configure(std::string const& toml);
    /// Starts sscardd and waits until it answers and sees the cards that are in.
    void start_daemon();
    [[nodiscard]] Background& daemon();

    /// Puts a virtual card into a reader (from 0) and waits until pcscd, or the daemon where one
    /// runs, sees it. A reader's last card must have been seen to be gone. `options` are those of
    /// `sscard-virtual card`.
    void insert(std::size_t reader, Arguments options);
    /// Puts a PSAM into a reader before the daemon starts, which keeps that reader for it.
    /// `options` are those of `sscard-virtual psam`.
    void insert_psam(std::size_t reader, Arguments options = {});
    /// Takes the PSAM out.
    void remove_psam(std::size_t reader);
    /// Takes the card out and waits until that is seen.
    void remove(std::size_t reader);

    /// The name of a reader (from 0).
    [[nodiscard]] static std::string reader_name(std::size_t reader);

    /// Runs `sscard` against this office's daemon, in English unless `variables` say otherwise.
    [[nodiscard]] Finished sscard(Arguments arguments, std::string_view input = {},
                                  std::vector<std::string> variables = {}) const;
    /// The same at a terminal with a person.
    [[nodiscard]] Sitting sit(Arguments arguments, Person const& person) const;
    /// The same with --json; fails the test where it is refused, and gives its JSON.
    nlohmann::json answer(Arguments arguments, std::string_view input = {}) const;
    /// The same for a request that is refused: the code of its fault, and its exit status.
    struct Refusal {
        std::string code;
        int status;
        nlohmann::json fault;
    };
    [[nodiscard]] Refusal refusal(Arguments arguments, std::string_view input = {}) const;

    /// Waits until the daemon sees a card in that reader, or none.
    void expect_card(std::size_t reader, bool present) const;

    /// Every log of the office: daemon, cards and pcscd.
    [[nodiscard]] std::string logs() const;
    [[nodiscard]] std::string const& folder() const { return folder_; }

private:
    [[nodiscard]] bool has_daemon();
    void learn(Arguments const& arguments, std::string_view input) const;
    void expect_no_secret() const;
    void start_card(std::size_t reader, std::string const& kind, Arguments options);
    std::string folder_;
    mutable SecretSearch secrets_{}; ///< that were given to commands
    mutable std::string said_{};     ///< by commands
    std::string keys_{};
    std::string configuration_{};
    std::optional<Background> daemon_{};
    std::array<std::optional<Background>, readers_max> cards_{};
    std::optional<std::size_t> psam_reader_{};
};

} // namespace integration
