#pragma once

#include "host/session/fault.hpp"

#include "apdu/card_layout.hpp"

#include <span>
#include <string>
#include <vector>

namespace session {

/// One item of a file as people and programs read it.
struct ItemText {
    std::string name{};         ///< the file table's; "tag_5A" for what the table does not have
    std::string label_zh{};     ///< the standard's; empty where unknown
    std::uint8_t tag = 0;       ///< of the record; 0 for a field of a cyclic record
    std::size_t occurrence = 1; ///< which of the records of that item; a cyclic record's number
    std::string text{};         ///< as item_text(); hex for what the table does not have
    std::string meaning_en{};   ///< of a code that its code table has
    std::string meaning_zh{};
    std::vector<ItemText> parts{}; ///< of a constructed item, and the fields of a cyclic record

    friend bool operator==(ItemText const&, ItemText const&) = default;
};

/// The name of a cyclic file's records, and of a transparent file's one item, in ItemText.
inline constexpr std::string_view cyclic_record_name = "record";
inline constexpr std::string_view content_name = "content";

/// The items of a file's content (as read_file() gives it) in the order of the card. Records that
/// are missing, come twice or are not in the table are told as they are; the content of a
/// transparent file is told in hex. Fault: answer_malformed (a cut record).
[[nodiscard]] Outcome<std::vector<ItemText>> file_text(apdu::ElementaryFile const& file,
                                                       apdu::ByteView content);

} // namespace session
