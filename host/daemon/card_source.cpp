#include "host/daemon/card_source.hpp"

#include "host/pcsc/pcsc_connection.hpp"

#include <optional>

namespace sscardd {
namespace {

using OpenedCard = apdu::Result<std::unique_ptr<apdu::CardConnection>>;

class PcscCardSource final : public CardSource {
public:
    OpenedCard open(std::string const& reader) override {
        bool const was_linked = context_.has_value();
        OpenedCard opened = open_once(reader);
        // A link from before a restart of the service is dead: once more with a new one.
        if (!opened.ok() && opened.error() == apdu::Error::service_gone && was_linked) {
            opened = open_once(reader);
        }
        return opened;
    }

private:
    OpenedCard open_once(std::string const& reader) {
        if (!context_) {
            auto context = pcsc::Context::establish();
            if (!context.ok()) {
                return context.error();
            }
            context_ = std::move(context).value();
        }
        auto connection = pcsc::Connection::open(*context_, reader);
        if (!connection.ok()) {
            if (connection.error() == apdu::Error::service_gone) {
                context_.reset();
            }
            return connection.error();
        }
        return std::unique_ptr<apdu::CardConnection>{std::move(connection).value()};
    }

    std::optional<pcsc::Context> context_{};
};

} // namespace

std::unique_ptr<CardSource> pcsc_card_source() { return std::make_unique<PcscCardSource>(); }

} // namespace sscardd
