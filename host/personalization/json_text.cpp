#include "host/personalization/json_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace personalization {
namespace {

/// Follows the parser through the text, so that a member that comes twice is found with its place:
/// the parser itself keeps the last one without a word.
class MemberWatch {
public:
    explicit MemberWatch(std::vector<session::Problem>& problems) : problems_{problems} {}

    /// False: the parser leaves the value out.
    bool operator()(Json::parse_event_t event, Json const& parsed) {
        switch (event) {
        case Json::parse_event_t::object_start:
        case Json::parse_event_t::array_start:
            return open(event);
        case Json::parse_event_t::key:
            on_member(parsed.get_ref<std::string const&>());
            return true;
        case Json::parse_event_t::object_end:
        case Json::parse_event_t::array_end:
            levels_.pop_back();
            after_value();
            return true;
        case Json::parse_event_t::value:
            after_value();
            return true;
        }
        return true;
    }

    [[nodiscard]] bool too_deep() const { return too_deep_; }

private:
    struct Level {
        bool is_array;
        std::size_t index = 0;
        std::string member{};
        std::set<std::string> seen{};
    };

    bool open(Json::parse_event_t event) {
        levels_.push_back({.is_array = event == Json::parse_event_t::array_start});
        too_deep_ = too_deep_ || levels_.size() > json_depth_max;
        return !too_deep_;
    }
    void on_member(std::string const& name) {
        Level& level = levels_.back();
        level.member = name;
        if (!level.seen.insert(name).second && !too_deep_) {
            problems_.push_back({pointer(), "duplicate_key", "\"" + name + "\" is given twice"});
        }
    }
    void after_value() {
        if (!levels_.empty() && levels_.back().is_array) {
            ++levels_.back().index;
        }
    }
    [[nodiscard]] std::string pointer() const {
        std::string pointer;
        for (Level const& level : levels_) {
            pointer = level.is_array ? below(pointer, level.index) : below(pointer, level.member);
        }
        return pointer;
    }

    std::vector<session::Problem>& problems_;
    std::vector<Level> levels_{};
    bool too_deep_ = false;
};

std::string place_of(std::string_view text, std::size_t at) {
    std::string_view const before = text.substr(0, std::min(at, text.size()));
    auto const lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    std::size_t const line_start = before.rfind('\n');
    std::size_t const column =
        line_start == std::string_view::npos ? before.size() : before.size() - line_start - 1;
    return "line " + std::to_string(lines + 1) + ", column " + std::to_string(column);
}

} // namespace

JsonText parse_json(std::string_view text) {
    JsonText result{Json(Json::value_t::discarded), {}};
    if (text.size() > json_text_size_max) {
        result.problems.push_back({"", "too_long",
                                   std::to_string(text.size()) + " bytes, at most " +
                                       std::to_string(json_text_size_max)});
        return result;
    }
    MemberWatch watch{result.problems};
    try {
        result.value = Json::parse(text, [&watch](int /*depth*/, Json::parse_event_t event,
                                                  Json& parsed) { return watch(event, parsed); });
    } catch (Json::parse_error const& error) {
        result.problems.push_back({"", "not_json", "no JSON at " + place_of(text, error.byte)});
        result.value = Json(Json::value_t::discarded);
    } catch (Json::exception const&) { // a number that no type can hold
        result.problems.push_back({"", "not_json", "a number that is too large"});
        result.value = Json(Json::value_t::discarded);
    }
    if (watch.too_deep()) {
        result.problems.push_back(
            {"", "too_deep", "nested over " + std::to_string(json_depth_max) + " deep"});
        result.value = Json(Json::value_t::discarded);
    }
    return result;
}

std::string below(std::string_view pointer, std::string_view name) {
    std::string whole{pointer};
    whole += '/';
    for (char const character : name) {
        if (character == '~') {
            whole += "~0";
        } else if (character == '/') {
            whole += "~1";
        } else {
            whole += character;
        }
    }
    return whole;
}

std::string below(std::string_view pointer, std::size_t index) {
    return below(pointer, std::string_view{std::to_string(index)});
}

} // namespace personalization
