#pragma once

#include "host/api/reader_messages.hpp"
#include "host/pcsc/reader_watch.hpp"
#include "host/pcsc/service_clients.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace sscardd {

/// Tells which other processes are connected to the PC/SC service.
using ServiceClients = std::function<std::vector<pcsc::ServiceClient>()>;

/// The other processes that are connected to this machine's PC/SC service.
[[nodiscard]] std::vector<pcsc::ServiceClient> pcsc_service_clients();

/// Who holds the readers, and since when they are held. For any thread.
class ReaderHolds {
public:
    explicit ReaderHolds(ServiceClients clients) : clients_{std::move(clients)} {}

    /// Takes over what the PC/SC service says of its readers.
    void update(pcsc::ReaderList const& list);

    /// The hold on a reader that somebody else uses.
    [[nodiscard]] api::ReaderHold on(std::string const& reader) const;

    /// The same for a fault's detail: "READER (for 12 s by opensc-tool, pid 4711)".
    [[nodiscard]] std::string detail(std::string const& reader) const;

private:
    using Moment = std::chrono::system_clock::time_point;
    [[nodiscard]] std::optional<Moment> since(std::string const& reader) const;

    ServiceClients clients_;
    mutable std::mutex mutex_{};
    std::map<std::string, Moment> in_use_since_{};
};

} // namespace sscardd
