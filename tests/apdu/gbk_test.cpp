#include "apdu/gbk.hpp"

#include "apdu/utf8.hpp"
#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <iconv.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace apdu {
namespace {

constexpr char32_t code_point_end = 0x110000;
constexpr char32_t surrogates_begin = 0xD800;
constexpr char32_t surrogates_end = 0xE000;

/// The C library's own conversion of one character: what the tables must agree with.
class Iconv {
public:
    Iconv(char const* to, char const* from) : handle_{iconv_open(to, from)} {
        if (reinterpret_cast<std::intptr_t>(handle_) == -1) {
            throw std::runtime_error{"no such conversion"};
        }
    }
    Iconv(Iconv const&) = delete;
    Iconv& operator=(Iconv const&) = delete;
    ~Iconv() { iconv_close(handle_); }

    std::optional<std::string> operator()(std::string_view text) const {
        std::array<char, 16> in{};
        std::array<char, 16> out{};
        text.copy(in.data(), in.size());
        char* from = in.data();
        std::size_t from_left = text.size();
        char* to = out.data();
        std::size_t to_left = out.size();
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        if (iconv(handle_, &from, &from_left, &to, &to_left) != 0 || from_left != 0) {
            return std::nullopt;
        }
        if (to_left == out.size()) { // what it cannot write but drops without a word: U+E0000 …
            return std::nullopt;
        }
        return std::string{out.data(), out.size() - to_left};
    }

private:
    iconv_t handle_;
};

std::string utf8_of(char32_t code_point) {
    std::array<char, utf8_character_size_max> text{};
    return {text.data(), write_utf8(code_point, text)};
}

std::optional<std::string> card_text(std::string_view utf8, TextProfile profile) {
    std::array<std::uint8_t, 128> out{};
    Result<std::size_t> const size = utf8_to_card_text(utf8, profile, out);
    if (!size.ok()) {
        return std::nullopt;
    }
    return std::string{out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size.value())};
}

std::optional<std::string> utf8_text(std::string_view card) {
    std::vector<std::uint8_t> const in{card.begin(), card.end()};
    std::array<char, 128> out{};
    Result<std::size_t> const size = card_text_to_utf8(in, out);
    if (!size.ok()) {
        return std::nullopt;
    }
    return std::string{out.data(), size.value()};
}

/// Counts what differs and names the first, so that a million failures stay readable.
class Differences {
public:
    void add(std::string_view where) {
        first_ = count_ == 0 ? std::string{where} : first_;
        ++count_;
    }
    [[nodiscard]] std::string text() const {
        return count_ == 0 ? "none" : std::to_string(count_) + ", first " + first_;
    }

private:
    std::size_t count_ = 0;
    std::string first_;
};

std::string compare_encoding(char const* set, TextProfile profile, char32_t but_for = 0) {
    Iconv const iconv_encode{set, "UTF-8"};
    Differences differences;
    for (char32_t code_point = 0; code_point < code_point_end; ++code_point) {
        bool const is_surrogate = code_point >= surrogates_begin && code_point < surrogates_end;
        if (is_surrogate || code_point == but_for) {
            continue;
        }
        std::string const utf8 = utf8_of(code_point);
        if (card_text(utf8, profile) != iconv_encode(utf8)) {
            differences.add(std::to_string(static_cast<unsigned>(code_point)));
        }
    }
    return differences.text();
}

TEST(Gbk, EveryCodePointIsEncodedInGb18030AsIconvDoes) {
    EXPECT_EQ(compare_encoding("GB18030", TextProfile::gb18030), "none");
}

TEST(Gbk, EveryCodePointIsEncodedInGbkAsIconvDoesButTheEuroSign) {
    EXPECT_EQ(compare_encoding("GBK", TextProfile::gbk, U'€'), "none");
    EXPECT_EQ(card_text("€", TextProfile::gbk), std::nullopt);
}

TEST(Gbk, EveryCodeOfOneAndTwoBytesIsDecodedAsIconvDoes) {
    Iconv const decode{"UTF-8", "GB18030"};
    Differences differences;
    for (unsigned first = 0; first < 0x100; ++first) {
        std::string code{static_cast<char>(first)};
        if (utf8_text(code) != decode(code)) {
            differences.add(std::to_string(first));
        }
        for (unsigned second = 0; second < 0x100; ++second) {
            code = {static_cast<char>(first), static_cast<char>(second)};
            if (utf8_text(code) != decode(code)) {
                differences.add(std::to_string(first * 0x100 + second));
            }
        }
    }
    EXPECT_EQ(differences.text(), "none");
}

TEST(Gbk, EveryCodeOfFourBytesIsDecodedAsIconvDoes) {
    Iconv const decode{"UTF-8", "GB18030"};
    Differences differences;
    for (unsigned first = 0x81; first <= 0xFE; ++first) {
        for (unsigned second = 0x30; second <= 0x39; ++second) {
            for (unsigned third = 0x81; third <= 0xFE; ++third) {
                for (unsigned fourth = 0x30; fourth <= 0x39; ++fourth) {
                    std::string const code{static_cast<char>(first), static_cast<char>(second),
                                           static_cast<char>(third), static_cast<char>(fourth)};
                    if (utf8_text(code) != decode(code)) {
                        differences.add(std::to_string((first << 8U) + second) + " " +
                                        std::to_string((third << 8U) + fourth));
                    }
                }
            }
        }
    }
    EXPECT_EQ(differences.text(), "none");
}

TEST(Gbk, SurrogatesAreNoText) {
    EXPECT_EQ(card_text("\xED\xA0\x80", TextProfile::gb18030), std::nullopt);
    EXPECT_EQ(card_text("\xED\xBF\xBF", TextProfile::gb18030), std::nullopt);
}

TEST(Gbk, NamesComeBack) {
    for (char const* const name : {"张三", "古丽·买买提", "欧阳𠮷", "O'Brien", "镕", "〇", "喆"}) {
        auto const card = card_text(name, TextProfile::gb18030);
        ASSERT_TRUE(card.has_value()) << name;
        EXPECT_EQ(utf8_text(*card), name);
    }
}

TEST(Gbk, TheProfileOfGbkLacksWhatTakesFourBytes) {
    EXPECT_EQ(card_text("䶮", TextProfile::gbk), std::nullopt);
    EXPECT_EQ(card_text("䶮", TextProfile::gb18030), "\xFE\x9F");
    EXPECT_EQ(card_text("𠮷", TextProfile::gbk), std::nullopt);
    EXPECT_EQ(card_text("𠮷", TextProfile::gb18030), "\x95\x34\xB2\x35");
}

TEST(Gbk, ErrorsAreTold) {
    std::array<std::uint8_t, 4> out{1, 2, 3, 4};
    EXPECT_EQ(utf8_to_card_text("\xFF", TextProfile::gbk, out).error(), Error::bad_encoding);
    EXPECT_EQ(utf8_to_card_text("𠮷", TextProfile::gbk, out).error(), Error::not_encodable);
    EXPECT_EQ(utf8_to_card_text("张三A", TextProfile::gbk, out).error(), Error::buffer_too_small);
    EXPECT_EQ(out, (std::array<std::uint8_t, 4>{1, 2, 3, 4}));
}

TEST(Gbk, ReadingTellsErrorsAndLeavesTheBuffer) {
    std::array<char, 2> out{'x', 'y'};
    for (char const* const code : {"80", "FF", "D5", "D57F", "D5FF", "8130", "813081", "81308180",
                                   "8130FF30", "8431A530", "E3329A36", "FE39FE39"}) {
        EXPECT_EQ(card_text_to_utf8(bytes(code), out).error(), Error::bad_encoding) << code;
    }
    EXPECT_EQ(card_text_to_utf8(bytes("D5C5"), out).error(), Error::buffer_too_small);
    EXPECT_EQ(out, (std::array<char, 2>{'x', 'y'}));
}

TEST(Gbk, NothingGivesNothing) {
    EXPECT_EQ(card_text("", TextProfile::gbk), "");
    EXPECT_EQ(utf8_text(""), "");
}

TEST(Gbk, AByteGivesAtMostTwoBytesOfUtf8) {
    EXPECT_EQ(utf8_text("\xFE\x51").value().size(), 4U);
    EXPECT_EQ(utf8_text("\xD5\xC5").value().size(), 3U);
}

TEST(Gbk, TheFirstCharacterThatIsLackingIsNamed) {
    EXPECT_EQ(first_not_encodable("张𠮷䶮", TextProfile::gbk), "𠮷");
    EXPECT_EQ(first_not_encodable("张𠮷䶮", TextProfile::gb18030), "");
    EXPECT_EQ(first_not_encodable("张三", TextProfile::gbk), "");
    EXPECT_EQ(first_not_encodable("张\xFF𠮷", TextProfile::gbk), "");
}

} // namespace
} // namespace apdu
