#include "host/daemon/reader_holds.hpp"

#include "host/daemon/moment_text.hpp"

#include <fmt/format.h>

namespace sscardd {

std::vector<pcsc::ServiceClient> pcsc_service_clients() {
    return pcsc::socket_clients(pcsc::service_socket());
}

void ReaderHolds::update(pcsc::ReaderList const& list) {
    std::lock_guard const lock{mutex_};
    std::map<std::string, Moment> before;
    before.swap(in_use_since_);
    for (pcsc::ReaderState const& reader : list.readers) {
        if (reader.in_use) {
            auto const known = before.find(reader.name);
            in_use_since_[reader.name] =
                known == before.end() ? std::chrono::system_clock::now() : known->second;
        }
    }
}

std::optional<ReaderHolds::Moment> ReaderHolds::since(std::string const& reader) const {
    std::lock_guard const lock{mutex_};
    auto const found = in_use_since_.find(reader);
    return found == in_use_since_.end() ? std::nullopt : std::optional{found->second};
}

api::ReaderHold ReaderHolds::on(std::string const& reader) const {
    api::ReaderHold hold;
    for (pcsc::ServiceClient const& client : clients_()) {
        hold.programs.push_back({static_cast<std::uint32_t>(client.pid), client.program});
    }
    if (auto const moment = since(reader)) {
        hold.since = moment_text(*moment);
    }
    return hold;
}

std::string ReaderHolds::detail(std::string const& reader) const {
    std::string text;
    if (auto const moment = since(reader)) {
        auto const time = std::chrono::system_clock::now() - *moment;
        text = fmt::format("for {} s ",
                           std::chrono::duration_cast<std::chrono::seconds>(time).count());
    }
    std::string programs;
    for (pcsc::ServiceClient const& client : clients_()) {
        programs +=
            fmt::format("{}{}, pid {}", programs.empty() ? "" : " or ", client.program, client.pid);
    }
    return fmt::format("{} ({}by {})", reader, text,
                       programs.empty() ? "a process that sscardd may not look at" : programs);
}

} // namespace sscardd
