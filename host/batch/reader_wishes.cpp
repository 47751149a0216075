#include "host/batch/reader_wishes.hpp"

#include <algorithm>

namespace batch {
namespace {

bool has_part(std::string const& reader, std::string const& part) {
    return reader.find(part) != std::string::npos;
}

std::string joined(std::vector<std::string> const& texts) {
    std::string all;
    for (std::string const& text : texts) {
        all += (all.empty() ? "" : "; ") + text;
    }
    return all;
}

} // namespace

bool ReaderWishes::fit(std::string const& reader) const {
    return parts_.empty() || std::any_of(parts_.begin(), parts_.end(),
                                         [&](auto const& part) { return has_part(reader, part); });
}

std::optional<api::Fault> ReaderWishes::missing(std::vector<std::string> const& readers) const {
    if (readers.empty()) {
        return api::fault("no_reader", joined(parts_));
    }
    std::vector<std::string> unmet;
    std::copy_if(parts_.begin(), parts_.end(), std::back_inserter(unmet), [&](auto const& part) {
        return std::none_of(readers.begin(), readers.end(),
                            [&](auto const& reader) { return has_part(reader, part); });
    });
    if (unmet.empty()) {
        return std::nullopt;
    }
    return api::fault("unknown_reader", joined(unmet) + " (" + joined(readers) + ")");
}

} // namespace batch
