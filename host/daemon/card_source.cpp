#include "host/daemon/card_source.hpp"

#include "host/pcsc/pcsc_connection.hpp"
#include "host/pcsc/reader_control.hpp"

#include <optional>

namespace sscardd {
namespace {

using OpenedCard = apdu::Result<std::unique_ptr<apdu::CardConnection>>;

class PcscCardSource final : public CardSource {
public:
    OpenedCard open(std::string const& reader) override {
        return linked<apdu::CardConnection>(
            [&] { return pcsc::Connection::open(*context_, reader); });
    }
    apdu::Result<std::unique_ptr<apdu::ccid::ReaderFunctions>>
    open_reader(std::string const& reader) override {
        return linked<apdu::ccid::ReaderFunctions>(
            [&] { return pcsc::ReaderConnection::open(*context_, reader); });
    }

private:
    template <typename Opened, typename Open>
    apdu::Result<std::unique_ptr<Opened>> linked(Open const& open) {
        bool const was_linked = context_.has_value();
        auto opened = linked_once<Opened>(open);
        // A link from before a restart of the service is dead: once more with a new one.
        if (!opened.ok() && opened.error() == apdu::Error::service_gone && was_linked) {
            opened = linked_once<Opened>(open);
        }
        return opened;
    }

    template <typename Opened, typename Open>
    apdu::Result<std::unique_ptr<Opened>> linked_once(Open const& open) {
        if (!context_) {
            auto context = pcsc::Context::establish();
            if (!context.ok()) {
                return context.error();
            }
            context_ = std::move(context).value();
        }
        auto opened = open();
        if (!opened.ok()) {
            if (opened.error() == apdu::Error::service_gone) {
                context_.reset();
            }
            return opened.error();
        }
        return std::unique_ptr<Opened>{std::move(opened).value()};
    }

    std::optional<pcsc::Context> context_{};
};

} // namespace

std::unique_ptr<CardSource> pcsc_card_source() { return std::make_unique<PcscCardSource>(); }

} // namespace sscardd
