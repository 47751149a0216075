#pragma once

#include "apdu/card_connection.hpp"
#include "apdu/ccid/reader_functions.hpp"

#include <functional>
#include <memory>
#include <string>

namespace sscardd {

/// Where a lane gets its connections to cards from; used by one thread.
class CardSource {
public:
    CardSource() = default;
    CardSource(CardSource const&) = delete;
    CardSource& operator=(CardSource const&) = delete;
    virtual ~CardSource() = default;

    /// Connects to the card in that reader; the source must outlive the connection. Errors:
    /// card_absent, card_removed, card_mute, sharing_violation, reader_gone, service_gone.
    [[nodiscard]] virtual apdu::Result<std::unique_ptr<apdu::CardConnection>>
    open(std::string const& reader) = 0;

    /// Connects to the reader itself, whether or not a card is in it; the source must outlive what
    /// it gives. Errors: not_found (this source has no such way), sharing_violation, reader_gone,
    /// service_gone.
    [[nodiscard]] virtual apdu::Result<std::unique_ptr<apdu::ccid::ReaderFunctions>>
    open_reader(std::string const& /*reader*/) {
        return apdu::Error::not_found;
    }
};

/// Makes a source for the thread that calls it.
using CardSourceMaker = std::function<std::unique_ptr<CardSource>()>;

/// Cards in the readers of the PC/SC service; finds the service again after it was away.
[[nodiscard]] std::unique_ptr<CardSource> pcsc_card_source();

} // namespace sscardd
