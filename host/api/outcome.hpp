#pragma once

#include "host/api/fault.hpp"

#include <cstdlib>
#include <utility>
#include <variant>

namespace api {

/// The reply to a request, or the fault in its place.
template <typename T>
class [[nodiscard]] Outcome {
public:
    Outcome(T value) : content_{std::in_place_index<0>, std::move(value)} {}
    Outcome(Fault fault) : content_{std::in_place_index<1>, std::move(fault)} {}

    [[nodiscard]] bool ok() const { return content_.index() == 0; }

    /// The reply. Precondition: ok().
    [[nodiscard]] T const& value() const& {
        expect(ok());
        return *std::get_if<0>(&content_);
    }
    /// Moves the reply out. Precondition: ok().
    [[nodiscard]] T value() && {
        expect(ok());
        return std::move(*std::get_if<0>(&content_));
    }
    /// The fault. Precondition: !ok().
    [[nodiscard]] Fault const& error() const {
        expect(!ok());
        return *std::get_if<1>(&content_);
    }

private:
    static void expect(bool fact) {
        if (!fact) {
            std::abort(); // a bug of ours
        }
    }
    std::variant<T, Fault> content_;
};

} // namespace api
