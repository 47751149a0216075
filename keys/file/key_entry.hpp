#pragma once

#include "keys/file/key_file.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace keys::file {

/// Reads one entry of a key file that stands at the JSON pointer `where`; lists what is wrong with
/// it in `faults` and then gives nothing. `allows_weak_keys`: the file is marked as a test's.
[[nodiscard]] std::optional<MasterKey> read_entry(nlohmann::json const& entry,
                                                  std::string const& where, bool allows_weak_keys,
                                                  std::vector<KeyFileFault>& faults);

/// Lists every member of `object` that is none of `known` in `faults`.
void list_unknown_members(nlohmann::json const& object, std::string const& where,
                          std::span<std::string_view const> known,
                          std::vector<KeyFileFault>& faults);

} // namespace keys::file
