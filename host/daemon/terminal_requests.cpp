// What the daemon does with the kiosk's terminals themselves.
#include "host/daemon/at_card.hpp"
#include "host/daemon/card_service.hpp"

#include "host/api/base64.hpp"
#include "host/api/terminal_words.hpp"
#include "host/session/terminal.hpp"

#include <algorithm>
#include <array>

namespace sscardd {
namespace {

using session::Outcome;

template <std::size_t size>
std::string word_of(std::array<api::TerminalWord, size> const& words, std::uint8_t number) {
    return std::string{words[std::min<std::size_t>(number, size - 1)].word};
}

api::KioskTerminal message_of(std::string reader, session::TerminalIdentity identity) {
    return {std::move(reader),         std::move(identity.model), std::move(identity.version),
            std::move(identity.board), std::move(identity.chip),  std::move(identity.initial_key)};
}

api::TerminalHealth message_of(session::TerminalHealth const& health) {
    api::TerminalHealth message{.uptime_s = health.uptime_s,
                                .start_reason =
                                    word_of(api::terminal_start_reasons, health.start_reason),
                                .tampered = health.is_tampered,
                                .keys = word_of(api::terminal_key_states, health.keys),
                                .random = health.is_random_working,
                                .image_version = health.image_version};
    for (auto const& counts : health.counts) {
        message.counts.push_back({counts.of, counts.counts});
    }
    return message;
}

/// Has `ask` ask the terminal something that has a reply.
template <typename Reply>
api::Outcome<Reply>
reply_of(ReaderLanes const& lanes, std::optional<std::string> const& reader, api::Caller& caller,
         char const* operation,
         std::function<Outcome<Reply>(apdu::ccid::ReaderFunctions&, LaneJob&)> const& ask) {
    auto const reply = std::make_shared<Reply>();
    auto const done = at_reader_itself(
        lanes, reader, caller, operation,
        [reply, ask](apdu::ccid::ReaderFunctions& terminal, LaneJob& job) -> Outcome<apdu::Done> {
            auto answer = ask(terminal, job);
            if (!answer.ok()) {
                return answer.error();
            }
            *reply = std::move(answer).value();
            return apdu::Done{};
        });
    if (!done.ok()) {
        return done.error();
    }
    auto const lane = lanes.choose(reader);
    if (lane.ok()) {
        reply->reader = lane.value()->reader();
    }
    return std::move(*reply);
}

Outcome<api::TerminalHealth> health_of(apdu::ccid::ReaderFunctions& terminal) {
    auto const health = session::ask_health(terminal);
    return health.ok() ? Outcome<api::TerminalHealth>{message_of(health.value())} : health.error();
}

} // namespace

api::Outcome<api::TerminalList> CardService::serve(api::TerminalListRequest /*request*/,
                                                   api::Caller& caller) {
    auto const readers = lanes_.readers();
    if (!readers.ok()) {
        return readers.error();
    }
    api::TerminalList list;
    for (api::Reader const& reader : readers.value().readers) {
        auto const identity = std::make_shared<session::TerminalIdentity>();
        auto const done = at_reader_itself(
            lanes_, reader.name, caller, "terminal list",
            [identity](apdu::ccid::ReaderFunctions& terminal, LaneJob&) -> Outcome<apdu::Done> {
                auto answer = session::identify_terminal(terminal);
                if (!answer.ok()) {
                    return answer.error();
                }
                *identity = std::move(answer).value();
                return apdu::Done{};
            });
        if (done.ok()) { // other readers do not know what they are asked
            list.terminals.push_back(message_of(reader.name, std::move(*identity)));
        }
    }
    return list;
}

api::Outcome<api::TerminalHealth> CardService::serve(api::TerminalHealthRequest request,
                                                     api::Caller& caller) {
    return reply_of<api::TerminalHealth>(
        lanes_, request.reader, caller, "terminal health",
        [](apdu::ccid::ReaderFunctions& terminal, LaneJob&) { return health_of(terminal); });
}

api::Outcome<api::TerminalHealth> CardService::serve(api::TerminalKeyLoadRequest request,
                                                     api::Caller& caller) {
    return reply_of<api::TerminalHealth>(
        lanes_, request.reader, caller, "terminal load-key",
        [block = request.key_block](apdu::ccid::ReaderFunctions& terminal,
                                    LaneJob&) -> Outcome<api::TerminalHealth> {
            auto const loaded = session::load_initial_key(terminal, block);
            return loaded.ok() ? health_of(terminal) : Outcome<api::TerminalHealth>{loaded.error()};
        });
}

api::Outcome<api::TerminalHealth> CardService::serve(api::TerminalWipeRequest request,
                                                     api::Caller& caller) {
    return reply_of<api::TerminalHealth>(
        lanes_, request.reader, caller, "terminal wipe",
        [](apdu::ccid::ReaderFunctions& terminal, LaneJob&) -> Outcome<api::TerminalHealth> {
            auto const wiped = session::wipe_terminal(terminal);
            return wiped.ok() ? health_of(terminal) : Outcome<api::TerminalHealth>{wiped.error()};
        });
}

api::Outcome<api::TerminalUpdated> CardService::serve(api::TerminalUpdateRequest request,
                                                      api::Caller& caller) {
    auto const image = api::bytes_of_base64(request.image);
    if (!image) {
        api::Fault invalid = api::fault(api::code::request_invalid);
        invalid.problems.push_back({"/image", "malformed", "base64"});
        return invalid;
    }
    return reply_of<api::TerminalUpdated>(
        lanes_, request.reader, caller, "terminal update",
        [image = *image](apdu::ccid::ReaderFunctions& terminal,
                         LaneJob& job) -> Outcome<api::TerminalUpdated> {
            auto const header = session::update_terminal(
                terminal, image, [&job](std::size_t sent, std::size_t size) {
                    job.tell({static_cast<std::uint32_t>(sent), static_cast<std::uint32_t>(size),
                              "send the image", "发送固件"});
                });
            if (!header.ok()) {
                return header.error();
            }
            return api::TerminalUpdated{.bytes = header.value().size,
                                        .image_version = header.value().version};
        });
}

} // namespace sscardd
