#pragma once

#include "host/api/reader_messages.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace batch {

/// What was last seen in the readers, for the threads that work at them.
class Readers {
public:
    /// Takes the daemon's news.
    void update(api::ReaderList const& list);

    /// A reader's card as its historical bytes in hex, "" for one that is mute; nothing where there
    /// is no card, or the reader is away.
    [[nodiscard]] std::optional<std::string> chip_in(std::string const& reader) const;

    /// All readers that there are now.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    mutable std::mutex mutex_{};
    std::map<std::string, std::optional<std::string>> chips_{};
};

} // namespace batch
