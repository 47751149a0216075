#pragma once

#include "keys/secret_bytes.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keys::remote {

/// Text or bytes of any size that may hold a secret: move-only; wiped when moved from and when
/// destroyed.
template <typename Container>
class Wiped {
public:
    Wiped() = default;
    /// Takes the content; what it was moved out of is wiped.
    explicit Wiped(Container content) : content_{content} { wipe_content(content); }
    Wiped(Wiped const&) = delete;
    Wiped& operator=(Wiped const&) = delete;
    // A short string that is moved leaves its characters behind: so it is copied and wiped.
    Wiped(Wiped&& from) noexcept {
        content_ = from.content_;
        from.wipe_all();
    }
    Wiped& operator=(Wiped&& from) noexcept {
        if (this != &from) {
            wipe_all();
            content_ = from.content_;
            from.wipe_all();
        }
        return *this;
    }
    ~Wiped() { wipe_all(); }

    /// The content itself, to be sent or read, never logged.
    [[nodiscard]] Container const& content() const { return content_; }

private:
    static void wipe_content(Container& content) {
        wipe({reinterpret_cast<std::uint8_t*>(content.data()), content.size()});
        content.clear();
    }
    void wipe_all() { wipe_content(content_); }
    Container content_{};
};

using WipedText = Wiped<std::string>;
using WipedBytes = Wiped<std::vector<std::uint8_t>>;

} // namespace keys::remote
