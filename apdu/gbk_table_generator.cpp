// Runs while the project is built: asks the C library's iconv for every code of GB 18030 and GBK
// and writes the tables that gbk.cpp uses. Usage: gbk_table_generator FILE

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iconv.h>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;
constexpr std::uint32_t lead_count = 126;  // 81 … FE, as the third byte of four
constexpr std::uint32_t trail_count = 190; // 40 … FE without 7F
constexpr std::uint32_t digit_count = 10;  // 30 … 39
constexpr std::uint32_t two_byte_count = lead_count * trail_count;
constexpr std::uint32_t four_byte_count = lead_count * digit_count * lead_count * digit_count;

[[noreturn]] void fail(char const* what, std::uint32_t where) {
    std::fprintf(stderr, "gbk_table_generator: %s (%X)\n", what, static_cast<unsigned>(where));
    std::exit(EXIT_FAILURE);
}

/// One direction of the C library's conversion, used for one character at a time.
class Conversion {
public:
    Conversion(char const* to, char const* from) : handle_{iconv_open(to, from)} {
        if (reinterpret_cast<std::intptr_t>(handle_) == -1) {
            fail("the C library cannot convert", 0);
        }
    }
    Conversion(Conversion const&) = delete;
    Conversion& operator=(Conversion const&) = delete;
    ~Conversion() { iconv_close(handle_); }

    /// Bytes written to `out`; 0 when there is no such character.
    std::size_t convert(std::span<char> in, std::span<char> out) const {
        char* from = in.data();
        std::size_t from_left = in.size();
        char* to = out.data();
        std::size_t to_left = out.size();
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        std::size_t const result = iconv(handle_, &from, &from_left, &to, &to_left);
        bool const is_whole = result == 0 && from_left == 0;
        return is_whole ? out.size() - to_left : 0;
    }

private:
    iconv_t handle_;
};

/// A character set of the C library, asked code by code.
class CharacterSet {
public:
    explicit CharacterSet(char const* name)
        : decode_{"UTF-32LE", name}, encode_{name, "UTF-32LE"} {}

    /// The code point of one character's bytes, or `none`. Fails when the way back gives neither
    /// the same bytes nor a shorter code: six characters of four bytes have one of two bytes as
    /// well.
    std::uint32_t code_point_of(std::span<char> code) const {
        std::array<char, 16> text{};
        if (decode_.convert(code, text) != 4) {
            return none;
        }
        std::uint32_t code_point = 0;
        for (std::size_t i = 4; i > 0; --i) {
            code_point = (code_point << 8U) | static_cast<unsigned char>(text[i - 1]);
        }
        std::array<char, 16> back{};
        std::size_t const size = encode_.convert(std::span{text}.first(4), back);
        bool const is_same = std::ranges::equal(code, std::span{back}.first(size));
        if (!is_same && !(code.size() == 4 && size == 2)) {
            fail("a character has two codes", code_point);
        }
        return code_point;
    }

private:
    Conversion decode_;
    Conversion encode_;
};

std::uint32_t decode_two_bytes(CharacterSet const& set, std::uint32_t index) {
    std::uint32_t const trail = index % trail_count;
    std::array<char, 2> code{static_cast<char>(0x81U + index / trail_count),
                             static_cast<char>(0x40U + trail + (trail >= 0x3FU ? 1U : 0U))};
    return set.code_point_of(code);
}

std::uint32_t decode_four_bytes(CharacterSet const& set, std::uint32_t index) {
    std::array<char, 4> code{};
    code[3] = static_cast<char>(0x30U + index % digit_count);
    index /= digit_count;
    code[2] = static_cast<char>(0x81U + index % lead_count);
    index /= lead_count;
    code[1] = static_cast<char>(0x30U + index % digit_count);
    code[0] = static_cast<char>(0x81U + index / digit_count);
    return set.code_point_of(code);
}

/// Codes of four bytes that follow each other, and so do their code points.
struct Run {
    std::uint32_t first_index;
    std::uint32_t first_code_point;
    std::uint32_t count;
};

std::vector<Run> four_byte_runs(CharacterSet const& gb18030) {
    std::vector<Run> runs;
    for (std::uint32_t index = 0; index < four_byte_count; ++index) {
        std::uint32_t const code_point = decode_four_bytes(gb18030, index);
        if (code_point == none) {
            continue;
        }
        bool const continues = !runs.empty() &&
                               runs.back().first_index + runs.back().count == index &&
                               runs.back().first_code_point + runs.back().count == code_point;
        if (continues) {
            ++runs.back().count;
        } else {
            runs.push_back({index, code_point, 1});
        }
    }
    return runs;
}

template <typename T>
void write_numbers(std::FILE* file, char const* type, char const* name,
                   std::vector<T> const& numbers) {
    std::fprintf(file, "inline constexpr std::array<%s, %zu> %s{{", type, numbers.size(), name);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::fprintf(file, "%s0x%X,", i % 12 == 0 ? "\n    " : " ",
                     static_cast<unsigned>(numbers[i]));
    }
    std::fputs("\n}};\n", file);
}

void write_two_byte_tables(std::FILE* file, CharacterSet const& gb18030, CharacterSet const& gbk) {
    std::vector<std::uint32_t> code_points(two_byte_count);
    std::vector<std::uint8_t> is_gbk((two_byte_count + 7) / 8);
    for (std::uint32_t index = 0; index < two_byte_count; ++index) {
        code_points[index] = decode_two_bytes(gb18030, index);
        if (code_points[index] == none) {
            fail("GB 18030 lacks a code of two bytes", index);
        }
        std::uint32_t const in_gbk = decode_two_bytes(gbk, index);
        if (in_gbk == none) {
            continue;
        }
        if (in_gbk != code_points[index]) {
            fail("GBK and GB 18030 differ", index);
        }
        is_gbk[index / 8] = static_cast<std::uint8_t>(is_gbk[index / 8] | (1U << (index % 8)));
    }
    std::vector<std::uint32_t> order(two_byte_count);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t index) { return code_points[index]; });
    write_numbers(file, "char32_t", "two_byte_code_points", code_points);
    write_numbers(file, "std::uint16_t", "two_byte_order", order);
    write_numbers(file, "std::uint8_t", "two_byte_is_gbk", is_gbk);
}

void write_four_byte_runs(std::FILE* file, std::vector<Run> runs) {
    std::ranges::sort(runs, {}, &Run::first_code_point);
    std::fprintf(file, "inline constexpr std::array<Run, %zu> four_byte_runs{{\n", runs.size());
    for (Run const& run : runs) {
        std::fprintf(file, "    {0x%X, 0x%X, %u},\n", static_cast<unsigned>(run.first_index),
                     static_cast<unsigned>(run.first_code_point), static_cast<unsigned>(run.count));
    }
    std::fputs("}};\n", file);
}

constexpr char const* head = R"(#pragma once
// Made by gbk_table_generator from the C library's iconv while the project is built.

#include <array>
#include <cstdint>

namespace apdu::gbk_tables {

// two_byte_code_points: of the codes 8140 … FEFE, row by row of 190. two_byte_order: the same codes
// by rising code point. two_byte_is_gbk: one bit a code, set for a code of GBK.

/// Codes of four bytes that follow each other, and so do their code points.
struct Run {
    std::uint32_t first_index; ///< counted from 81308130
    char32_t first_code_point;
    std::uint32_t count;
};

)";

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: gbk_table_generator FILE\n", stderr);
        return EXIT_FAILURE;
    }
    CharacterSet const gb18030{"GB18030"};
    CharacterSet const gbk{"GBK"};
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file{std::fopen(argv[1], "w"),
                                                               &std::fclose};
    if (file == nullptr) {
        fail("cannot write the table", 0);
    }
    std::fputs(head, file.get());
    write_two_byte_tables(file.get(), gb18030, gbk);
    write_four_byte_runs(file.get(), four_byte_runs(gb18030));
    std::fputs("\n} // namespace apdu::gbk_tables\n", file.get());
    return std::fflush(file.get()) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
