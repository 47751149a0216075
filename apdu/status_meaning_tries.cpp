#include "apdu/status_meaning_rows.hpp"

#include "apdu/require.hpp"

#include <array>
#include <utility>

namespace apdu {
namespace {

constexpr std::size_t counts = 16; ///< of the x in 63Cx

/// `before`, the decimal `number` (under 100) and `after` as one text of static lifetime.
template <std::string_view const& before, std::size_t number, std::string_view const& after>
class NumberedText {
    static constexpr std::size_t digits = number < 10 ? 1 : 2;
    static constexpr auto text = [] {
        std::array<char, before.size() + digits + after.size()> out{};
        std::size_t at = 0;
        for (char const c : before) {
            out[at++] = c;
        }
        if (digits == 2) {
            out[at++] = static_cast<char>('0' + number / 10);
        }
        out[at++] = static_cast<char>('0' + number % 10);
        for (char const c : after) {
            out[at++] = c;
        }
        return out;
    }();

public:
    static constexpr std::string_view view{text.data(), text.size()};
};

template <std::string_view const& before, std::string_view const& after, std::size_t... number>
constexpr std::array<std::string_view, sizeof...(number)> numbered(std::index_sequence<number...>) {
    return {NumberedText<before, number, after>::view...};
}

template <std::string_view const& before, std::string_view const& after>
constexpr auto numbered_texts = numbered<before, after>(std::make_index_sequence<counts>{});

/// What 63Cx means for one subject: with none, one, and more tries left.
struct TriesRow {
    Subject subject;
    StatusMeaning none;
    StatusMeaning one;
    std::array<std::string_view, counts> more_en;
    std::string_view advice_en;
    std::array<std::string_view, counts> more_zh;
    std::string_view advice_zh;
};

constexpr std::string_view pin_en = "The PIN is not verified; ";
constexpr std::string_view pin_zh = "密码未通过核验，还可尝试";
constexpr std::string_view key_en = "The card does not accept the key; ";
constexpr std::string_view key_zh = "卡片不接受此密钥，还可尝试";
constexpr std::string_view transport_en = "The transport key is wrong; ";
constexpr std::string_view transport_zh = "传输密钥错误，还可尝试";
constexpr std::string_view any_en = "The card does not accept the PIN or key; ";
constexpr std::string_view any_zh = "卡片不接受此密码或密钥，还可尝试";
constexpr std::string_view left_en = " tries are left.";
constexpr std::string_view left_zh = "次。";

constexpr TriesRow pin{
    Subject::pin,
    {"The PIN is not verified and is now locked.",
     "Reset it: the holder comes in person with their ID card and this card to a window or a "
     "self-service terminal.",
     "密码未通过核验，现已锁定。", "请持卡人本人携带身份证和本卡，到窗口或自助终端重置密码。"},
    {"The PIN is not verified; one try is left.",
     "One more wrong PIN locks the card. If the holder is not sure, reset the PIN instead.",
     "密码未通过核验，只剩最后1次机会。",
     "再输错一次密码将被锁定；持卡人不能确定时，请改为重置密码。"},
    numbered_texts<pin_en, left_en>,
    "Ask the holder to enter the PIN again with care.",
    numbered_texts<pin_zh, left_zh>,
    "请持卡人核对后重新输入密码。",
};

constexpr TriesRow terminal_proof{
    Subject::terminal_proof,
    {"The card does not accept the key, and the key is now locked.",
     "It cannot be freed: replace the card. Check the key set before another card is tried.",
     "卡片不接受此密钥，该密钥现已锁定。", "无法解锁，请换卡。在试下一张卡之前，请先核对密钥组。"},
    {"The card does not accept the key; one try is left.",
     "Do not try again: one more failure locks the key for ever. Check the key set, the card's "
     "region, the key's version and the algorithm.",
     "卡片不接受此密钥，只剩最后1次机会。",
     "请勿再试，再失败一次该密钥将永久锁定。请核对密钥组、发卡地区、密钥版本和算法。"},
    numbered_texts<key_en, left_en>,
    "Do not repeat it with the same keys. Check the key set, the card's region, the key's version "
    "and the algorithm.",
    numbered_texts<key_zh, left_zh>,
    "请勿用同一密钥重试。请核对密钥组、发卡地区、密钥版本和算法。",
};

constexpr TriesRow structure_changing{
    Subject::structure_changing,
    {"The transport key is wrong and is now locked: the chip can no longer be made into a card.",
     "Put the chip aside. Check the transport key with the supplier before another chip is tried.",
     "传输密钥错误，现已锁定，此芯片不能再用于制卡。",
     "请将此芯片作废。试下一片之前，请与供应商核对传输密钥。"},
    {"The transport key is wrong; one try is left.",
     "Do not try again: one more failure ends the chip. Get the right transport key from the "
     "supplier.",
     "传输密钥错误，只剩最后1次机会。",
     "请勿再试，再失败一次芯片将作废。请向供应商索取正确的传输密钥。"},
    numbered_texts<transport_en, left_en>,
    "Do not try other keys at a guess. Get the right transport key from the supplier.",
    numbered_texts<transport_zh, left_zh>,
    "请勿猜测密钥再试，请向供应商索取正确的传输密钥。",
};

constexpr TriesRow any{
    Subject::any,
    {"The card does not accept the PIN or key, which is now locked.",
     "A locked PIN is reset at a window. A locked key cannot be freed: replace the card.",
     "卡片不接受此密码或密钥，现已锁定。", "密码锁定可在窗口重置；密钥锁定无法解除，请换卡。"},
    {"The card does not accept the PIN or key; one try is left.",
     "One more failure locks it. Find out first what was wrong.",
     "卡片不接受此密码或密钥，只剩最后1次机会。", "再失败一次将被锁定，请先查明原因。"},
    numbered_texts<any_en, left_en>,
    "Find out what was wrong before it is tried again.",
    numbered_texts<any_zh, left_zh>,
    "请先查明原因再重试。",
};

constexpr TriesRow const& row_of(Subject subject) {
    for (TriesRow const* const row : {&pin, &terminal_proof, &structure_changing}) {
        if (row->subject == subject) {
            return *row;
        }
    }
    return any;
}

} // namespace

StatusMeaning tries_left_meaning(Subject subject, std::uint8_t tries_left) {
    require(tries_left < counts);
    TriesRow const& row = row_of(subject);
    switch (tries_left) {
    case 0:
        return row.none;
    case 1:
        return row.one;
    default:
        return {row.more_en[tries_left], row.advice_en, row.more_zh[tries_left], row.advice_zh};
    }
}

} // namespace apdu
