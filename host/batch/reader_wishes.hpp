#pragma once

#include "host/api/fault.hpp"

#include <optional>
#include <string>
#include <vector>

namespace batch {

/// At which readers a batch is to work: those that have one of some texts in their names, or any.
class ReaderWishes {
public:
    /// `parts`: of names; empty: any reader.
    explicit ReaderWishes(std::vector<std::string> parts) : parts_{std::move(parts)} {}

    /// True when the reader is one to work at.
    [[nodiscard]] bool fit(std::string const& reader) const;

    /// What is missing among the readers that there are: no_reader, or unknown_reader, whose detail
    /// tells the wishes that fit none of them, and the readers' names.
    [[nodiscard]] std::optional<api::Fault> missing(std::vector<std::string> const& readers) const;

private:
    std::vector<std::string> parts_;
};

} // namespace batch
