#pragma once

#include "apdu/card_layout.hpp"

#include <string>

namespace session {

/// A file of the 2.00 table.
inline apdu::FilePlace place_in_2_00(std::string_view path) {
    return *apdu::find_file(apdu::layout_of(apdu::SpecVersion::v2_00), path);
}
inline apdu::ElementaryFile const& file_in_2_00(std::string_view path) {
    return *place_in_2_00(path).file;
}

/// The same hex, that often.
inline std::string repeated(std::string_view hex, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += hex;
    }
    return text;
}

} // namespace session

/// What a made-up card answers: the printed sample of card.md §2.1 and a made-up holder, in hex.
namespace session::sample {

// The answer to SELECT SSSE. card.md §1.2.
inline std::string const ssse_name = "7378312E73682EC9E7BBE1B1A3D5CF";
inline std::string const select_ssse = "00A404000F" + ssse_name;
inline std::string const fci_des = "6F16 840F" + ssse_name + "A503 88011E";
inline std::string const fci_sm4 = "6F1C 840F" + ssse_name + "A509 88011E 9F0C03860103";
inline std::string const fci_ssf33 = "6F1C 840F" + ssse_name + "A509 88011E 9F0C03860102";

// SSSE/EF05.
inline std::string const card_id = "639900D15600000500BF7C7A48FB4966";
inline std::string const id_record = "0110" + card_id;
inline std::string const class_record = "020133";
inline std::string const version_2_00 = "0304 322E3030";
inline std::string const version_3_00 = "0304 332E3030";
inline std::string const body_record = "040C 915600000263990063990001";
inline std::string const issue_record = "0504 20240101";
inline std::string const expiry_record = "0604 20340101";
inline std::string const number_record = "0709 413030303030303258"; // A0000002X
inline std::string issuer_data(std::string const& version) {
    return id_record + class_record + version + body_record + issue_record + expiry_record +
           number_record;
}

// SSSE/EF06.
inline std::string const social_security_number_record =
    "0812 313130313031313930303031303130303134"; // 110101190001010014
inline std::string const name_record =
    "091E D5C5C8FD0000000000000000000000000000000000000000000000000000"; // 张三
inline std::string const name_extension_record = "4E14 0000000000000000000000000000000000000000";
inline std::string const holder_data = social_security_number_record + name_record +
                                       name_extension_record + "0A0131 0B0101 0C03110101 " +
                                       "0D0419000101";

} // namespace session::sample
