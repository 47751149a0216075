#pragma once

#include "tests/host/virtual/card_bench.hpp"

#include "keys/key_writing.hpp"

namespace virtual_card {

// The commands of cos-t514.md §3, byte by byte as the facts give them; hex.

/// The SSSE's name.
inline constexpr std::string_view environment_name = "7378312E73682EC9E7BBE1B1A3D5CF";
/// DF01's AID.
inline constexpr std::string_view application_aid = "D15600000500";

[[nodiscard]] std::string create_mf_command(std::string_view algorithm = "01");
[[nodiscard]] std::string create_environment_command(std::string_view algorithm = "01");
/// DF01.
[[nodiscard]] std::string create_application_command(std::string_view algorithm = "01");

/// What CREATE EF says.
struct FileHeader {
    std::string_view size;
    std::string_view fid;
    std::string_view type;
    std::string_view sfi;
    std::string_view scw = "00";
    std::string_view record_length = "FF";
    std::string_view read = "0000";
    std::string_view write = "0000";
};
[[nodiscard]] std::string create_file_command(FileHeader const& header);
/// SF with room for 16 keys.
[[nodiscard]] std::string create_key_file_command();
/// FCI with room for a few records.
[[nodiscard]] std::string create_fci_file_command();

/// VERIFY TRANSPORT KEY by the key service's TK.
[[nodiscard]] std::string verify_transport_key_command(Bench& card);

/// WRITE KEY in the clear: the temporary MK.
[[nodiscard]] std::string write_temporary_mk(Bench& card);
/// WRITE KEY encrypted with MAC under the temporary MK; `p1` 01 for the directory's MK.
[[nodiscard]] std::string write_key(Bench& card, apdu::KeyName name, keys::KeyHeader header,
                                    std::uint8_t p1 = 0x00);
/// The PIN, likewise.
[[nodiscard]] std::string write_pin(Bench& card, keys::KeyHeader header, std::string_view digits);

/// A bare chip taken to an open MF with SF, key and FCI file, MK proved: step 1 of cos-t514.md §4.
void build_mf(Bench& card);
/// Then the SSSE with its keys, current: step 2.
void build_environment(Bench& card);

} // namespace virtual_card
