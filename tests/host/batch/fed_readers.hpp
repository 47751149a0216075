#pragma once

#include "host/api/record_messages.hpp"
#include "host/api/register_messages.hpp"

#include "tests/host/api/canned_service.hpp"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace batch {

/// 26 hex digits of a chip's historical bytes, made of a word.
inline std::string chip(std::string_view word) {
    std::string text{word};
    text.resize(26, '0');
    return text;
}

/// Readers with stacks of cards, as a person beside them would feed them: whenever a card is done
/// with, it is taken out and the next one put in.
class FedReaders {
public:
    struct Reader {
        std::vector<std::string> stack{}; ///< cards to come, the next one last
        bool is_empty = true;             ///< between two cards
    };

    FedReaders() {
        service.on<api::ReadersRequest>() = [this](auto&, auto&) { return readers_now(); };
        service.on<api::RecordCheckRequest>() = [](auto&, auto&) {
            return api::RecordCheck{"A00000011", {}};
        };
        service.on<api::CardListRequest>() = [this](auto& request, auto&) {
            return cards_of(request);
        };
        service.on<api::PersonalizeRequest>() = [this](auto& request, auto&) {
            return personalize(request);
        };
        service.on<api::CardVoidRequest>() = [this](auto& request, auto&) {
            std::lock_guard const lock{mutex};
            auto const& stack = readers[*request.reader].stack;
            if (!stack.empty() && request.expected_chip.value_or(stack.back()) != stack.back()) {
                return api::Outcome<api::Voided>{api::fault("card_removed")};
            }
            voided.push_back(*request.reader + " " + request.reason);
            take_out(*request.reader);
            return api::Outcome<api::Voided>{api::Voided{"card_block", "", ""}};
        };
    }

    /// What the n-th personalization of a chip ends with; "" is a card that is made.
    std::map<std::string, std::vector<std::string>> faults{};
    std::map<std::string, Reader> readers{};
    std::vector<std::string> made{};   ///< "chip person batch", in order
    std::vector<std::string> voided{}; ///< "reader reason"
    std::vector<api::RegisteredCard> registered{};
    std::set<std::string> replaced{}; ///< chips that were made as a replacement
    api::test::CannedService service{};
    std::mutex mutex{};

    /// Chips that are swapped for the next card between a look at the reader and the request.
    std::set<std::string> swapped_before_request{};
    /// What is before and behind the historical bytes in every answer to reset.
    std::pair<std::string, std::string> atr_around{"3B6D0000", ""};
    bool is_taken_out_after_fault = false; ///< also a card that is as good as before
    bool swaps_at_once = false; ///< a card that failed is swapped before anything else is asked
    bool settles_before_fault = false; ///< cards in making are live before a fault is told

    /// The card goes, and the next one comes.
    void take_out(std::string const& name) {
        readers[name].stack.pop_back();
        readers[name].is_empty = true;
    }

    [[nodiscard]] std::string socket() const { return server_.socket(); }

private:
    api::Outcome<api::ReaderList> readers_now() {
        std::lock_guard const lock{mutex};
        api::ReaderList list;
        for (auto& [name, reader] : readers) {
            if (reader.is_empty && !reader.stack.empty()) {
                reader.is_empty = false;
                list.readers.push_back({0, name, false, false, false, std::nullopt});
                continue;
            }
            bool const has_card = !reader.stack.empty();
            list.readers.push_back(
                {0, name, has_card, false, false,
                 has_card
                     ? std::optional{atr_around.first + reader.stack.back() + atr_around.second}
                     : std::nullopt});
        }
        return list;
    }

    api::Outcome<api::CardList> cards_of(api::CardListRequest const& request) {
        std::lock_guard const lock{mutex};
        api::CardList list;
        for (auto const& card : registered) {
            if (card.social_security_number == request.social_security_number &&
                (!request.state || card.state == *request.state)) {
                list.cards.push_back(card);
            }
        }
        return list;
    }

    api::Outcome<api::Personalized> personalize(api::PersonalizeRequest const& request) {
        std::lock_guard const lock{mutex};
        Reader& reader = readers.at(*request.reader);
        if (reader.stack.empty() || reader.is_empty) {
            return api::fault("no_card");
        }
        if (swapped_before_request.erase(reader.stack.back()) != 0) {
            reader.stack.pop_back();
        }
        std::string const card = reader.stack.back();
        if (request.expected_chip.value_or(card) != card) {
            return api::fault("card_removed");
        }
        auto& coming = faults[card];
        std::string const fault = coming.empty() ? "" : coming.front();
        if (!coming.empty()) {
            coming.erase(coming.begin());
        }
        bool const is_as_before = fault == "person_has_card" || fault == "record_invalid";
        bool const comes_again = fault == "card_removed" || fault == "card_mute" ||
                                 (is_as_before && !is_taken_out_after_fault) ||
                                 fault == "no_pcsc_service";
        if (fault == "card_removed") {
            reader.is_empty = true; // pulled, and put in again
            registered.push_back(in_making(card, person_of(*request.record)));
        } else if (!comes_again && (fault != "unexpected_status" || swaps_at_once)) {
            take_out(*request.reader);
        }
        if (settles_before_fault) {
            for (auto& entry : registered) {
                entry.state = "live";
            }
        }
        if (!fault.empty()) {
            return api::fault(fault);
        }
        made.push_back(card.substr(0, card.find('0')) + " " + person_of(*request.record) + " " +
                       request.batch.value_or(""));
        if (request.replacement) {
            replaced.insert(card);
        }
        return api::Personalized{
            "data", "id of " + card, "A00000011", "2.00", "3DES", "639900", 1, 1, true, {}};
    }

    static api::RegisteredCard in_making(std::string const& card, std::string const& person) {
        api::RegisteredCard entry;
        entry.state = "in_making";
        entry.reset_info = card;
        entry.social_security_number = person;
        return entry;
    }

    static std::string person_of(api::RecordText const& record) { return record.text; }

    api::test::RunningServer server_{service};
};

} // namespace batch
