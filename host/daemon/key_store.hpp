#pragma once

#include "host/daemon/reader_lane.hpp"

#include "keys/file/key_file.hpp"

#include <string>
#include <variant>
#include <vector>

namespace sscardd {

/// The master keys of this daemon, shared by all lanes.
class KeyStore {
public:
    /// No keys.
    KeyStore() = default;
    explicit KeyStore(keys::file::KeyFile keys) : keys_{std::move(keys)} {}

    /// Makes one lane's key service over these keys; the store must outlive it.
    [[nodiscard]] KeyServiceMaker maker() const;

    [[nodiscard]] bool is_empty() const { return !keys_; }
    /// The keys are marked as ones for tests.
    [[nodiscard]] bool is_test() const { return keys_ && keys_->is_test; }

private:
    std::optional<keys::file::KeyFile> keys_{};
};

/// The keys of a key file (keys/file/key_file.hpp), which lie in the clear there. An empty path: no
/// keys. Gives lines that tell what is wrong with the file instead.
[[nodiscard]] std::variant<KeyStore, std::vector<std::string>>
open_key_store(std::string const& key_file);

} // namespace sscardd
