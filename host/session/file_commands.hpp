#pragma once

#include "host/session/card_channel.hpp"
#include "host/session/record_reference.hpp"

#include "apdu/card_layout.hpp"

#include <optional>
#include <span>

namespace session {

/// How a card lets the records of a file be addressed; a card may know fewer ways than the
/// standard. card.md §1.5.
enum class RecordAddressing : std::uint8_t {
    by_sfi,        ///< "from P1 to last" and by number, with the SFI in P2: one command a file
    by_selection,  ///< SELECT of the file first, then the same without SFI
    by_identifier, ///< SELECT, then record by record, P1 = tag: what field drivers do
};

/// The commands on elementary files of the current directory. The quickest way is tried first; the
/// one that the card answers is kept for as long as the object lives. Rights are the caller's
/// business. Faults of all: those of CardChannel; unexpected_status, key_locked,
/// application_blocked with the card's word (the detail is the file's path).
class FileCommands {
public:
    explicit FileCommands(CardChannel& channel) : channel_{&channel} {}

    /// All records of a variable or fixed record file, one after the other, heads included; of a
    /// cyclic file, newest first. Empty when the file holds none. Faults also: answer_malformed
    /// (records that are none).
    [[nodiscard]] Outcome<std::vector<std::uint8_t>> read_records(apdu::FilePlace place);

    /// One record by its number, from 1. Faults also: answer_malformed.
    [[nodiscard]] Outcome<std::vector<std::uint8_t>> read_record(apdu::FilePlace place,
                                                                 std::uint8_t number);

    /// The bytes of a transparent file, as many as the card has, at most the table's size.
    [[nodiscard]] Outcome<std::vector<std::uint8_t>> read_binary(apdu::FilePlace place);

    /// UPDATE RECORD by number, from 1.
    [[nodiscard]] Outcome<apdu::Done> update_record(apdu::FilePlace place, std::uint8_t number,
                                                    apdu::ByteView record);

    /// UPDATE RECORD "previous": a new record of a cyclic file.
    [[nodiscard]] Outcome<apdu::Done> append_record(apdu::FilePlace place, apdu::ByteView record);

    /// UPDATE BINARY in pieces, from offset 0.
    [[nodiscard]] Outcome<apdu::Done> update_binary(apdu::FilePlace place, apdu::ByteView content);

    /// Another directory is current now, or may be.
    void forget_selection() { selected_.reset(); }

    /// The way that this card's records are read; nothing before the first reading.
    [[nodiscard]] std::optional<RecordAddressing> reading() const { return reading_; }

private:
    /// What the card said in the end, and to which command.
    struct Reply {
        std::vector<std::uint8_t> data;
        apdu::StatusWord status;
        apdu::Ins ins;
    };

    template <typename Attempt, typename Convincing>
    Outcome<Reply> by_ladder(std::optional<RecordAddressing>& learned,
                             std::span<RecordAddressing const> ladder, Attempt const& attempt,
                             Convincing const& is_convincing);
    Outcome<Reply> read_all(apdu::ElementaryFile const& file, RecordAddressing addressing);
    Outcome<Reply> read_to_last(apdu::ElementaryFile const& file, RecordAddressing addressing);
    Outcome<Reply> read_each_number(apdu::ElementaryFile const& file);
    Outcome<Reply> read_each_identifier(apdu::ElementaryFile const& file);
    Outcome<Reply> read_one(apdu::ElementaryFile const& file, std::uint8_t number,
                            RecordAddressing addressing);
    Outcome<Reply> read_identified(apdu::ElementaryFile const& file, std::uint8_t tag,
                                   std::size_t occurrence, std::size_t ne);
    Outcome<Reply> record_command(apdu::ElementaryFile const& file, RecordAddressing addressing,
                                  apdu::Command const& command);
    Outcome<Reply> update(apdu::ElementaryFile const& file, std::uint8_t p1,
                          RecordReference reference, apdu::ByteView record);
    Outcome<Reply> select(apdu::ElementaryFile const& file);
    Outcome<Reply> send(apdu::Command const& command);

    CardChannel* channel_;
    std::optional<RecordAddressing> reading_{};
    std::optional<RecordAddressing> writing_{};
    std::optional<std::uint16_t> selected_{}; ///< FID of the current EF, where known
};

} // namespace session
