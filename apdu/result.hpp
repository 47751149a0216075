#pragma once

#include "apdu/error.hpp"
#include "apdu/require.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace apdu {

/// The value of a Result that has nothing to say but that it went well.
struct Done {};

/// A value, or the reason why there is none. `E` is apdu::Error unless a layer knows more.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
    static_assert(!std::is_same_v<T, E>);

public:
    constexpr Result(T value) : content_{std::in_place_index<0>, std::move(value)} {}
    constexpr Result(E error) : content_{std::in_place_index<1>, std::move(error)} {}

    [[nodiscard]] constexpr bool ok() const { return content_.index() == 0; }

    /// require: !ok()
    [[nodiscard]] constexpr E const& error() const {
        require(!ok());
        return *std::get_if<1>(&content_);
    }

    /// require: ok()
    [[nodiscard]] constexpr T const& value() const& {
        require(ok());
        return *std::get_if<0>(&content_);
    }

    /// require: ok()
    [[nodiscard]] constexpr T& value() & {
        require(ok());
        return *std::get_if<0>(&content_);
    }

    /// Moves the value out, so that secrets move and never copy. require: ok()
    [[nodiscard]] constexpr T value() && {
        require(ok());
        return std::move(*std::get_if<0>(&content_));
    }

private:
    std::variant<T, E> content_;
};

} // namespace apdu
