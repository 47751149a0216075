#include "host/personalization/file_reads.hpp"
#include "host/personalization/plan.hpp"

#include "host/session/hex_text.hpp"
#include "host/session/record_reference.hpp"

#include "keys/key_table.hpp"

#include <algorithm>

namespace personalization {
namespace {

using session::RecordReference;

constexpr std::size_t mac_size = 4;
/// Pieces in which host/session writes transparent files.
constexpr std::size_t update_piece_size = 0x80;

std::string spaced(apdu::ByteView bytes) {
    std::string text;
    for (std::uint8_t const byte : bytes) {
        text += (text.empty() ? "" : " ") + session::hex_text(apdu::ByteView{&byte, 1});
    }
    return text;
}
std::string spaced(std::initializer_list<std::uint8_t> bytes) {
    return spaced(apdu::ByteView{bytes.begin(), bytes.size()});
}
std::string spaced(CommandHeader const& header) {
    return spaced(
        {header.cla.value(), static_cast<std::uint8_t>(header.ins), header.p1, header.p2});
}
std::string size_text(std::size_t size) { return spaced({static_cast<std::uint8_t>(size)}); }

std::string text_of(keys::KeyReference key) {
    return std::string{apdu::to_text(key.name)} + " " + std::to_string(key.version);
}

std::string with_data(std::string const& header, apdu::ByteView data) {
    return data.empty() ? header : header + " " + size_text(data.size()) + " " + spaced(data);
}

std::string get_challenge(std::uint8_t size) { return spaced({0x00, 0x84, 0x00, 0x00, size}); }

/// Bytes of `size` bytes behind their length, encrypted. card.md §3.5.
std::size_t encrypted_size(std::size_t size, keys::Algorithm algorithm) {
    std::size_t const block = keys::block_size(algorithm);
    return (size + 1 + block - 1) / block * block;
}

std::uint8_t record_p2(apdu::FilePlace place, RecordReference reference) {
    return static_cast<std::uint8_t>((place.file->sfi() << 3U) |
                                     static_cast<std::uint8_t>(reference));
}

/// The commands of one step, one string each.
class Commands {
public:
    Commands(StepSubject const& subject, keys::Algorithm algorithm)
        : subject_{subject}, algorithm_{algorithm} {}

    using Lines = std::vector<std::string>;

    Lines operator()(ResetCard const& /*action*/) const { return {"<reset>"}; }
    Lines operator()(PlainCommand const& action) const {
        return {with_data(spaced(action.header), action.data)};
    }
    Lines operator()(VerifyTransportKey const& action) const {
        return {spaced(action.header) + " 08 <proof of TK>"};
    }
    Lines operator()(WriteTemporaryMk const& action) const {
        return {"00 D4 01 00 18 " + spaced(action.header) + " <TMK>"};
    }
    Lines operator()(WriteKey const& action) const {
        std::uint8_t const key_size = action.load.header.back();
        return write_key(action.load.p1, action.load.header, key_size, text_of(action.load.key),
                         action.load.under);
    }
    Lines operator()(WritePin const& action) const {
        // A PIN is filled up to 16 bytes.
        return write_key(0x00, action.header, 16, "default PIN", action.under);
    }
    Lines operator()(AuthenticateMk const& action) const {
        return {get_challenge(8), spaced(action.header) + " 10 <authentication by " +
                                      text_of(action.mk) + "> <challenge>"};
    }
    Lines operator()(CheckGenuine const& action) const {
        return {"00 88 00 00 " + authentication_field("random numbers", action.version) + " 08"};
    }
    Lines operator()(Authenticate const& action) const {
        std::uint8_t const id = keys::key_row(action.key.name).card_id.value_or(0);
        return {get_challenge(8), get_challenge(8),
                spaced({0x00, 0x82, 0x00, id}) + " " +
                    authentication_field("authentication by " + text_of(action.key) + "> <original",
                                         action.key.version)};
    }
    Lines operator()(CheckPinTries const& /*action*/) const { return {"00 20 00 00"}; }
    Lines operator()(VerifyPin const& action) const {
        return {action.pin == PinChoice::default_pin ? "00 20 00 00 <default PIN>"
                                                     : "00 20 00 00 <holder's PIN>"};
    }
    Lines operator()(ResetPin const& action) const {
        std::size_t const size = encrypted_size(6, algorithm_) + mac_size; // PINs of 2 to 6 bytes
        std::string const pin =
            action.pin == PinChoice::default_pin ? "default PIN" : "holder's PIN";
        return {get_challenge(8),
                "84 24 00 01 " + size_text(size) + " <encrypted " + pin + "> <MAC by STKSSSE>"};
    }
    Lines operator()(WriteRecord const& action) const {
        return {with_data(
            spaced({0x00, 0xDC, action.number, record_p2(*subject_.file, RecordReference::number)}),
            action.bytes)};
    }
    Lines operator()(AppendRecord const& action) const {
        return {with_data(
            spaced({0x00, 0xDC, 0x00, record_p2(*subject_.file, RecordReference::previous)}),
            action.bytes)};
    }
    Lines operator()(WriteBinary const& action) const {
        Lines lines{select_file()};
        apdu::ByteView const content{action.bytes};
        for (std::size_t at = 0; at < content.size(); at += update_piece_size) {
            lines.push_back(
                with_data(spaced({0x00, 0xD6, static_cast<std::uint8_t>(at >> 8U),
                                  static_cast<std::uint8_t>(at)}),
                          content.subspan(at, std::min(update_piece_size, content.size() - at))));
        }
        return lines;
    }
    Lines operator()(ReadBack const& action) const {
        apdu::ElementaryFile const& file = *subject_.file->file;
        if (file.type == apdu::FileType::transparent) {
            return read_binary(action.binary.size());
        }
        return are_read_singly(action.records.size(), file) ? read_singly(action.records)
                                                            : read_all();
    }
    Lines operator()(ExpectUnpersonalized const& /*action*/) const { return read_all(); }

private:
    /// Lc and what the data field has in it: the version too where it is not the first.
    [[nodiscard]] static std::string authentication_field(std::string const& what,
                                                          std::uint8_t version) {
        return version == 1 ? "10 <" + what + ">" : "11 <" + what + "> " + spaced({version});
    }
    [[nodiscard]] Lines write_key(std::uint8_t p1, std::array<std::uint8_t, 8> const& header,
                                  std::size_t body_size, std::string const& what,
                                  keys::KeyReference under) const {
        std::size_t const size = encrypted_size(header.size() + body_size, algorithm_) + mac_size;
        return {get_challenge(4), spaced({0x84, 0xD4, p1, 0x00}) + " " + size_text(size) + " <" +
                                      size_text(header.size() + body_size) + " " + spaced(header) +
                                      " " + what + ", encrypted by " + text_of(under) + "> <MAC>"};
    }
    [[nodiscard]] std::string select_file() const {
        std::uint16_t const fid = subject_.file->file->fid;
        return spaced({0x00, 0xA4, 0x02, 0x00, 0x02, static_cast<std::uint8_t>(fid >> 8U),
                       static_cast<std::uint8_t>(fid)});
    }
    [[nodiscard]] Lines read_binary(std::size_t size) const {
        Lines lines{select_file()};
        for (std::size_t at = 0; at < size; at += apdu::short_ne_max) {
            lines.push_back(spaced(
                {0x00, 0xB0, static_cast<std::uint8_t>(at >> 8U), static_cast<std::uint8_t>(at),
                 static_cast<std::uint8_t>(std::min(apdu::short_ne_max, size - at))}));
        }
        return lines;
    }
    [[nodiscard]] std::string read_record(std::uint8_t number, RecordReference reference,
                                          std::size_t size) const {
        return spaced({0x00, 0xB2, number, record_p2(*subject_.file, reference),
                       static_cast<std::uint8_t>(size)});
    }
    [[nodiscard]] Lines read_singly(std::vector<RecordContent> const& records) const {
        Lines lines;
        for (RecordContent const& record : records) {
            lines.push_back(
                read_record(record.number, RecordReference::number, record.bytes.size()));
        }
        return lines;
    }
    [[nodiscard]] Lines read_all() const {
        Lines lines;
        for (RecordRead const& read : reads_of_all(*subject_.file->file)) {
            lines.push_back(read_record(read.number, RecordReference::number_to_last, read.size));
        }
        return lines;
    }

    StepSubject const& subject_;
    keys::Algorithm algorithm_;
};

} // namespace

std::vector<PlanLine> describe(Plan const& plan) {
    std::vector<PlanLine> lines;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        Step const& step = plan.steps[i];
        Label const label = label_of(step);
        for (std::string& command :
             std::visit(Commands{step.subject, plan.card.algorithm}, step.action)) {
            lines.push_back({i + 1, std::move(command), label});
        }
    }
    return lines;
}

} // namespace personalization
