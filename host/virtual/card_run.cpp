#include "host/virtual/card_run.hpp"

#include "host/virtual/contact_run.hpp"
#include "host/virtual/inserted_card.hpp"
#include "host/virtual/state_file.hpp"
#include "host/virtual/t0_card.hpp"
#include "host/virtual/whole_apdu_card.hpp"

#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <mutex>
#include <thread>

namespace virtual_card {
namespace {

using Problems = std::vector<std::string>;

/// Lines of several cards, one at a time.
std::mutex printing;

void print(std::ostream& stream, std::string const& line) {
    std::lock_guard const lock{printing};
    stream << line << std::endl;
}

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

/// The card behind its protocol.
std::unique_ptr<PhysicalCard> carried(Card& card, CardOptions const& options) {
    if (options.contact_settings.protocol == ContactProtocol::t1) {
        return std::make_unique<WholeApduCard>(card);
    }
    return std::make_unique<T0Card>(card);
}

/// A card with all that it works with.
class RunningCard {
public:
    RunningCard(CardMemory memory, std::unique_ptr<StateFile> state, CardOptions const& options)
        : state_{std::move(state)}, card_{std::make_unique<Card>(
                                        std::move(memory),
                                        Card::Surroundings{cipher_, random_, state_.get(),
                                                           options.anti_tearing})},
          contacts_{carried(*card_, options)}, faulty_{*contacts_, options.faults} {}

    RunningCard(PsamMemory memory, std::vector<Fault> faults)
        : contacts_{std::make_unique<Psam>(std::move(memory), cipher_, random_seed())},
          faulty_{*contacts_, std::move(faults)} {}

    RunningCard(ForeignKind kind, std::vector<Fault> faults)
        : contacts_{std::make_unique<ForeignCard>(kind)}, faulty_{*contacts_, std::move(faults)} {}

    [[nodiscard]] FaultyCard& faulty() { return faulty_; }

private:
    keys::openssl::EvpCipher cipher_{};
    SeededRandom random_{random_seed()};
    std::unique_ptr<StateFile> state_{};
    std::unique_ptr<Card> card_{};
    std::unique_ptr<PhysicalCard> contacts_;
    FaultyCard faulty_;
};

apdu::Result<std::string, Problems> read_text(std::filesystem::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream) {
        return Problems{path.string() + ": cannot be read"};
    }
    return text;
}

MakingResult make(CardOptions const& options, std::size_t number,
                  keys::MasterKeySet const& masters) {
    CardPlan const plan = options.plan_of(number);
    switch (options.form) {
    case StartingForm::bare:
        return make_bare(plan, masters);
    case StartingForm::blank:
        return make_blank(plan, masters);
    case StartingForm::personalized: {
        auto const& path = options.persons[std::min(number, options.persons.size() - 1)];
        auto const record = read_text(path);
        return record.ok() ? make_personalized(plan, masters, record.value())
                           : MakingResult{record.error()};
    }
    case StartingForm::none:
    case StartingForm::foreign:
    case StartingForm::psam:
        break;
    }
    return Problems{"no state file to go on from; say --bare, --blank or --person"};
}

/// The keys of the file; none where none is named.
apdu::Result<keys::file::KeyFile, Problems> read_keys(std::filesystem::path const& path) {
    if (path.empty()) {
        return keys::file::KeyFile{{}, false};
    }
    auto file = keys::file::read_key_file(path);
    if (file.ok()) {
        return std::move(file).value();
    }
    Problems problems;
    for (auto const& fault : file.error()) {
        problems.push_back(path.string() + " " + fault.where + ": " +
                           std::string{keys::file::to_text(fault.code)} + " " + fault.detail);
    }
    return problems;
}

void tell_missing(std::vector<std::string> const& missing, std::string const& place) {
    if (missing.empty()) {
        return;
    }
    std::string line = place + ": not on the card, no master at hand:";
    for (std::string const& name : missing) {
        line += " " + name + (&name == &missing.back() ? "" : ",");
    }
    print(std::cerr, line);
}

apdu::Result<CardMemory, Problems> memory_for(CardOptions const& options, std::size_t number,
                                              StateFile* state, keys::MasterKeySet const& masters) {
    if (state != nullptr && state->exists()) {
        auto memory = state->load();
        if (!memory.ok()) {
            return Problems{memory.error()};
        }
        return std::move(memory).value();
    }
    auto made = make(options, number, masters);
    if (!made.ok()) {
        return made.error();
    }
    tell_missing(made.value().missing_keys, options.endpoints[number].text());
    if (state != nullptr && !state->commit(made.value().memory)) {
        return Problems{options.state_of(number).string() + ": cannot be written"};
    }
    return std::move(made).value().memory;
}

using RunningCards = std::vector<std::unique_ptr<RunningCard>>;

apdu::Result<RunningCards, Problems> make_all(CardOptions const& options) {
    auto const keys = read_keys(options.keys);
    if (!keys.ok()) {
        return keys.error();
    }
    RunningCards cards;
    for (std::size_t i = 0; i < options.endpoints.size(); ++i) {
        if (options.form == StartingForm::foreign) {
            cards.push_back(std::make_unique<RunningCard>(options.foreign, options.faults));
            continue;
        }
        if (options.form == StartingForm::psam) {
            auto memory = make_psam(options.psam, keys.value().masters());
            if (!memory.ok()) {
                return Problems{memory.error()};
            }
            cards.push_back(
                std::make_unique<RunningCard>(std::move(memory).value(), options.faults));
            continue;
        }
        auto const path = options.state_of(i);
        auto state = path.empty() ? nullptr : std::make_unique<StateFile>(path);
        auto memory = memory_for(options, i, state.get(), keys.value().masters());
        if (!memory.ok()) {
            return memory.error();
        }
        cards.push_back(
            std::make_unique<RunningCard>(std::move(memory).value(), std::move(state), options));
    }
    return cards;
}

std::string text_of(ExchangeTrace const& trace) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string line;
    for (std::uint8_t const byte : trace.header) {
        line += digits[byte >> 4U];
        line += digits[byte & 0x0FU];
        line += ' ';
    }
    line += "(" + std::to_string(trace.command_size) + " bytes) -> ";
    if (!trace.status) {
        return line + "no answer";
    }
    for (int shift = 12; shift >= 0; shift -= 4) {
        line += digits[(trace.status->value() >> shift) & 0x0FU];
    }
    return line + " (" + std::to_string(trace.response_size) + " bytes)";
}

Insertion insertion_of(CardOptions const& options, std::size_t number) {
    Endpoint const& endpoint = options.endpoints[number];
    std::string const place = endpoint.text();
    Insertion insertion{endpoint, options.back_after, options.line_time, {}};
    insertion.events.attached = [place] { print(std::cout, "attached: " + place); };
    insertion.events.detached = [place](std::string_view why) {
        print(std::cout, "detached: " + place + ": " + std::string{why});
    };
    insertion.events.waiting = [place] { print(std::cerr, "waiting for vpcd at " + place); };
    if (options.traces) {
        insertion.events.exchanged = [place](ExchangeTrace const& trace) {
            print(std::cerr, place + " " + text_of(trace));
        };
    }
    return insertion;
}

int run_at_contacts(FaultyCard& card, CardOptions const& options, StopEvent const& stop) {
    ContactPlace place{options.contacts, options.contact_settings, options.faults,
                       options.back_after, STDIN_FILENO};
    place.told = [](std::string const& line) { print(std::cout, line); };
    place.refused = [](std::string const& line) { print(std::cerr, "contacts: " + line); };
    if (options.traces) {
        place.exchanged = [](apdu::ByteView command, ExchangeOutcome const& outcome) {
            print(std::cerr, text_of(trace_of(command, outcome)));
        };
    }
    if (!keep_at_contacts(card, place, stop)) {
        print(std::cerr, "sscard-virtual: nobody listens at " + options.contacts.string());
        return exit_no_card;
    }
    return exit_ended;
}

} // namespace

int run_cards(CardOptions const& options, StopEvent& stop) {
    auto cards = make_all(options);
    if (!cards.ok()) {
        for (std::string const& problem : cards.error()) {
            print(std::cerr, "sscard-virtual: " + problem);
        }
        return exit_no_card;
    }
    if (!options.contacts.empty()) {
        return run_at_contacts(cards.value().front()->faulty(), options, stop);
    }
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < cards.value().size(); ++i) {
        FaultyCard& card = cards.value()[i]->faulty();
        threads.emplace_back([&card, &stop, insertion = insertion_of(options, i)] {
            keep_inserted(card, insertion, stop);
        });
    }
    (void)stop.wait(std::nullopt);
    return exit_ended;
}

} // namespace virtual_card
