#include "host/pcsc/reader_control.hpp"

#include "host/pcsc/pcsc_error.hpp"

#include <array>
#include <reader.h>
#include <vector>
#include <winscard.h>

namespace pcsc {
namespace {

constexpr std::size_t features_size_max = 256;
constexpr std::size_t feature_size = 6; ///< tag, length 4, code

void add(std::vector<std::uint8_t>& out, std::uint32_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

/// PIN_VERIFY_STRUCTURE or PIN_MODIFY_STRUCTURE: the fields of CCID, a second timeout, and the
/// command's length before the command. All messages' indices are there.
std::vector<std::uint8_t> structure_of(apdu::ccid::PinOperation const& operation) {
    std::vector<std::uint8_t> out{operation.timeout_s, operation.timeout_s};
    auto const format = operation.format_fields();
    out.insert(out.end(), format.begin(), format.end());
    if (operation.change) {
        out.push_back(operation.change->old_at);
        out.push_back(operation.change->new_at);
    }
    out.push_back(operation.digits_max);
    out.push_back(operation.digits_min);
    if (operation.change) {
        out.push_back(operation.confirmation_field());
    }
    out.push_back(operation.end_field());
    out.push_back(operation.messages);
    add(out, operation.language, 2);
    std::size_t const indices = operation.change ? operation.message_indices.size() : 1;
    out.insert(out.end(), operation.message_indices.begin(),
               operation.message_indices.begin() + static_cast<std::ptrdiff_t>(indices));
    out.insert(out.end(), operation.prologue.begin(), operation.prologue.end());
    add(out, static_cast<std::uint32_t>(operation.command.size()), 4);
    out.insert(out.end(), operation.command.begin(), operation.command.end());
    return out;
}

} // namespace

std::optional<std::uint32_t> ReaderControl::control_code(std::uint8_t feature) const {
    std::array<std::uint8_t, features_size_max> features{};
    DWORD size = 0;
    LONG const code = SCardControl(handle_, CM_IOCTL_GET_FEATURE_REQUEST, nullptr, 0,
                                   features.data(), features.size(), &size);
    if (code != SCARD_S_SUCCESS) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at + feature_size <= size; at += feature_size) {
        if (features[at] == feature) {
            std::uint32_t value = 0;
            for (std::size_t i = 2; i < feature_size; ++i) {
                value = (value << 8U) | features[at + i];
            }
            return value;
        }
    }
    return std::nullopt;
}

apdu::Result<std::size_t> ReaderControl::control(std::uint8_t feature, apdu::ByteView command,
                                                 apdu::ByteSpan answer) const {
    auto const control = control_code(feature);
    if (!control) {
        return apdu::Error::not_found;
    }
    DWORD size = 0;
    LONG const code = SCardControl(handle_, *control, command.data(), command.size(), answer.data(),
                                   answer.size(), &size);
    if (code == SCARD_S_SUCCESS) {
        return static_cast<std::size_t>(size);
    }
    return error_of(code);
}

apdu::Result<std::size_t> ReaderControl::escape(apdu::ByteView command, apdu::ByteSpan answer) {
    auto const size = control(FEATURE_CCID_ESC_COMMAND, command, answer);
    // A reader that does not know the command is told of like one that does not answer.
    bool const is_refused = !size.ok() && size.error() == apdu::Error::card_mute;
    return is_refused ? apdu::Error::not_found : size;
}

apdu::Result<std::size_t> ReaderControl::transmit_at_pad(apdu::ccid::PinOperation const& operation,
                                                         apdu::ByteSpan response) {
    std::uint8_t const feature =
        operation.change ? FEATURE_MODIFY_PIN_DIRECT : FEATURE_VERIFY_PIN_DIRECT;
    return control(feature, structure_of(operation), response);
}

apdu::Result<std::unique_ptr<ReaderConnection>> ReaderConnection::open(Context const& context,
                                                                       std::string const& reader) {
    SCARDHANDLE handle = 0;
    DWORD active = 0;
    LONG const code =
        SCardConnect(context.handle(), reader.c_str(), SCARD_SHARE_DIRECT, 0, &handle, &active);
    if (code != SCARD_S_SUCCESS) {
        return error_of(code);
    }
    return std::unique_ptr<ReaderConnection>{new ReaderConnection{handle}};
}

ReaderConnection::~ReaderConnection() { SCardDisconnect(handle_, SCARD_LEAVE_CARD); }

} // namespace pcsc
