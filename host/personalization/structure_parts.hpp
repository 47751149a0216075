#pragma once

#include "host/personalization/structure_plan.hpp"

namespace personalization {

// What the structure stage builds in one directory. Each returns its steps in order; the directory
// is the current one. cos-t514.md §3–4.

using Steps = std::vector<Step>;

/// SF, with room for the keys to come.
[[nodiscard]] Steps key_file_steps(StructureOrder const& order, apdu::Directory directory);
/// The temporary MK, in the clear.
[[nodiscard]] Steps temporary_mk_steps(StructureOrder const& order, apdu::Directory directory);
/// The directory's keys under the temporary MK: all of version 1, then 2, then 3.
[[nodiscard]] Steps key_steps(StructureOrder const& order, apdu::Directory directory,
                              keys::KeyService const& keys);
/// The default PIN.
[[nodiscard]] Steps pin_steps(StructureOrder const& order, apdu::Directory directory);
/// The card's own MK in place of the temporary one.
[[nodiscard]] Steps own_mk_steps(StructureOrder const& order, apdu::Directory directory);
[[nodiscard]] Steps authenticate_mk_steps(StructureOrder const& order, apdu::Directory directory);

/// DIR with a record for each of `applications`.
[[nodiscard]] Steps directory_file_steps(StructureOrder const& order, apdu::Directory directory,
                                         std::span<apdu::DedicatedFile const> applications);
/// FCI with a record for the directory itself and one for each of `applications`.
[[nodiscard]] Steps fci_file_steps(StructureOrder const& order,
                                   apdu::DedicatedFile const& directory,
                                   std::span<apdu::DedicatedFile const> applications);
/// TF.
[[nodiscard]] Steps transaction_file_steps(StructureOrder const& order, apdu::Directory directory);

/// The elementary files: each created, selected and filled with its unpersonalized form; in
/// SSSE/EF05 card id, version and initialising body. The operating system's own are left out, and
/// files that nobody writes from outside stay empty.
[[nodiscard]] Steps file_steps(StructureOrder const& order, apdu::DedicatedFile const& directory);

/// Reads the settled items of SSSE/EF05 and compares them.
[[nodiscard]] Steps read_back_steps(StructureOrder const& order,
                                    apdu::DedicatedFile const& directory);

/// SELECT by FID.
[[nodiscard]] Step select_step(Purpose purpose, StepSubject subject, std::uint16_t fid);

} // namespace personalization
