#pragma once

#include "host/pcsc/pcsc_context.hpp"

#include "apdu/ccid/reader_functions.hpp"

#include <memory>
#include <optional>
#include <string>

namespace pcsc {

/// What a reader does besides carrying commands, by SCardControl. PC/SC part 10 §2.
class ReaderControl final : public apdu::ccid::ReaderFunctions {
public:
    /// Over a connection that outlives it.
    explicit ReaderControl(long handle) : handle_{handle} {}

    [[nodiscard]] apdu::Result<std::size_t> escape(apdu::ByteView command,
                                                   apdu::ByteSpan answer) override;
    [[nodiscard]] apdu::Result<std::size_t>
    transmit_at_pad(apdu::ccid::PinOperation const& operation, apdu::ByteSpan response) override;

private:
    [[nodiscard]] std::optional<std::uint32_t> control_code(std::uint8_t feature) const;
    [[nodiscard]] apdu::Result<std::size_t> control(std::uint8_t feature, apdu::ByteView command,
                                                    apdu::ByteSpan answer) const;

    long handle_;
};

/// A reader whether or not a card is in it. Connected while the object lives; others may use the
/// reader meanwhile.
class ReaderConnection final : public apdu::ccid::ReaderFunctions {
public:
    /// `context` must outlive it. Errors: sharing_violation, reader_gone, service_gone.
    [[nodiscard]] static apdu::Result<std::unique_ptr<ReaderConnection>>
    open(Context const& context, std::string const& reader);
    ReaderConnection(ReaderConnection const&) = delete;
    ReaderConnection& operator=(ReaderConnection const&) = delete;
    ~ReaderConnection() override;

    [[nodiscard]] apdu::Result<std::size_t> escape(apdu::ByteView command,
                                                   apdu::ByteSpan answer) override {
        return control_.escape(command, answer);
    }
    [[nodiscard]] apdu::Result<std::size_t>
    transmit_at_pad(apdu::ccid::PinOperation const& operation, apdu::ByteSpan response) override {
        return control_.transmit_at_pad(operation, response);
    }

private:
    explicit ReaderConnection(long handle) : handle_{handle}, control_{handle} {}
    long handle_;
    ReaderControl control_;
};

} // namespace pcsc
