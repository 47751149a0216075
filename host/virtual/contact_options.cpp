#include "host/virtual/given_texts.hpp"

#include <charconv>

namespace virtual_card {
namespace {

constexpr unsigned ifsc_max = 254;
constexpr unsigned sockets = 2;

/// Turns the texts into values and gathers what is wrong with them.
class ContactReading {
public:
    ContactReading(GivenTexts const& given, std::vector<std::string>& wrong)
        : given_{given}, wrong_{wrong} {}

    ContactPlace place() {
        ContactPlace place{.path = given_.contacts, .obeys_stdin = given_.obeys_stdin};
        if (given_.socket == 0 || given_.socket > sockets) {
            wrong_.emplace_back("--socket: 1 or 2 is wanted");
        } else {
            place.socket = static_cast<std::uint8_t>(given_.socket - 1);
        }
        place.card.speaks_t1 = choose("--protocol", given_.protocol, "T0", "T1");
        place.card.is_inverse = choose("--convention", given_.convention, "direct", "inverse");
        place.card.has_crc = choose("--edc", given_.edc, "lrc", "crc");
        place.card.is_one_by_one = given_.one_by_one;
        place.card.rate_code = rate_code();
        if (given_.ifsc == 0 || given_.ifsc > ifsc_max) {
            wrong_.emplace_back("--ifsc: 1 to 254 is wanted");
        } else {
            place.card.ifsc = static_cast<std::uint8_t>(given_.ifsc);
        }
        place.entropy = entropy();
        return place;
    }

private:
    /// True for the second of two words.
    bool choose(std::string const& option, std::string const& text, std::string const& first,
                std::string const& second) {
        if (text != first && text != second) {
            wrong_.push_back(option + " " + text + ": " + first + " or " + second + " is wanted");
        }
        return text == second;
    }

    std::uint8_t rate_code() {
        unsigned code = 0;
        char const* const end = given_.ta1.data() + given_.ta1.size();
        auto const [stopped, error] = std::from_chars(given_.ta1.data(), end, code, 16);
        bool const is_byte = error == std::errc{} && stopped == end && code <= 0xFF;
        if (!is_byte || !apdu::clock_rate_of(static_cast<std::uint8_t>(code))) {
            wrong_.push_back("--ta1 " + given_.ta1 +
                             ": two hex digits of a Fi and a Di, such as 95");
        }
        return static_cast<std::uint8_t>(code);
    }

    EntropyAnswer entropy() {
        if (given_.entropy == "none") {
            return EntropyAnswer::none;
        }
        if (given_.entropy == "stuck") {
            return EntropyAnswer::stuck;
        }
        if (given_.entropy != "random") {
            wrong_.push_back("--entropy " + given_.entropy + ": random, stuck or none is wanted");
        }
        return EntropyAnswer::random;
    }

    GivenTexts const& given_;
    std::vector<std::string>& wrong_;
};

} // namespace

ContactPlace read_contact_place(GivenTexts const& given, std::vector<std::string>& wrong) {
    return ContactReading{given, wrong}.place();
}

} // namespace virtual_card
