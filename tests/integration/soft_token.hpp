#pragma once

#include "tests/integration/office.hpp"

namespace integration {

/// A token of SoftHSM2 in an office's folder, made as an operator makes it; for programs that start
/// afterwards. One at a time.
class SoftToken {
public:
    explicit SoftToken(Office& office, std::string pin = "90210481");

    [[nodiscard]] std::string const& pin() const { return pin_; }
    /// The lines of [keys] that name the token, cards' keys being let out where that is wanted.
    [[nodiscard]] static std::string lines(bool card_keys_may_leave = true);

private:
    std::string pin_;
};

/// The trial keys for cards of 3DES, as a file in the office's folder: SoftHSM2 has no SM4.
[[nodiscard]] std::string key_file_of_des3(Office const& office);

/// Gives the PIN of the HSM, or the passphrase of a store, on standard input.
[[nodiscard]] Arguments unlock_command();

} // namespace integration
