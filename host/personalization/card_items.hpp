#pragma once

#include "apdu/card_layout.hpp"

#include <array>
#include <string>
#include <vector>

namespace personalization {

// The files and items of SSSE that personalization has rules for, by their numbers in the
// standard's tables. card.md §1.5.

inline constexpr std::uint16_t issuer_data_fid = 0xEF05;
inline constexpr std::uint16_t holder_data_fid = 0xEF06;
inline constexpr std::uint16_t photo_fid = 0xEF08;

namespace item_tag {

inline constexpr std::uint8_t card_id = 0x01;
inline constexpr std::uint8_t card_class = 0x02;
inline constexpr std::uint8_t spec_version = 0x03;
inline constexpr std::uint8_t initialising_body = 0x04;
inline constexpr std::uint8_t issue_date = 0x05;
inline constexpr std::uint8_t expiry_date = 0x06;
inline constexpr std::uint8_t card_number = 0x07;
inline constexpr std::uint8_t social_security_number = 0x08;
inline constexpr std::uint8_t name = 0x09;
inline constexpr std::uint8_t name_extension = 0x4E;
inline constexpr std::uint8_t sex = 0x0A;
inline constexpr std::uint8_t birth_place = 0x0C;
inline constexpr std::uint8_t birth_date = 0x0D;

} // namespace item_tag

/// One item of a file in SSSE.
struct SsseItem {
    std::uint16_t fid;
    std::uint8_t tag;
};

/// What a person's record must give.
inline constexpr auto required_items = std::to_array<SsseItem>({
    {issuer_data_fid, item_tag::card_class},
    {issuer_data_fid, item_tag::issue_date},
    {issuer_data_fid, item_tag::expiry_date},
    {issuer_data_fid, item_tag::card_number},
    {holder_data_fid, item_tag::social_security_number},
    {holder_data_fid, item_tag::name},
    {holder_data_fid, item_tag::sex},
    {holder_data_fid, item_tag::birth_date},
});

/// What the structure stage writes for good: items of the issuer's file that a person's record may
/// only repeat.
[[nodiscard]] constexpr bool is_made_by_structure(apdu::Directory directory, std::uint16_t fid,
                                                  std::uint8_t tag) {
    return directory == apdu::Directory::ssse && fid == issuer_data_fid &&
           (tag == item_tag::card_id || tag == item_tag::spec_version ||
            tag == item_tag::initialising_body);
}

/// The files and items that a person's record may name; the same on cards of 2.00 and 3.00.
[[nodiscard]] apdu::CardLayout const& record_layout();

/// True for a file that an office may write: neither the card's own, nor one that nobody writes.
[[nodiscard]] bool is_writable(apdu::ElementaryFile const& file);

/// A file of SSSE in the record's layout. require: there is one.
[[nodiscard]] apdu::ElementaryFile const& ssse_file(std::uint16_t fid);

/// A record of a cyclic file with nothing in it.
[[nodiscard]] std::vector<std::uint8_t> blank_cyclic_record(apdu::ElementaryFile const& file);

/// The item of that tag. require: there is one.
[[nodiscard]] apdu::Item const& item_of(apdu::ElementaryFile const& file, std::uint8_t tag);

/// The card identification code among the records of SSSE/EF05, 32 hex digits; empty where it is
/// not there.
[[nodiscard]] std::string card_id_text(apdu::ByteView issuer_data);

} // namespace personalization
