#include "apdu/status_meaning.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace apdu {
namespace {

constexpr auto commands = std::to_array<Ins>({
    Ins::card_block,     Ins::application_block,
    Ins::verify,         Ins::pin_change_unblock,
    Ins::get_balance,    Ins::initialize,
    Ins::change_pin,     Ins::external_authenticate,
    Ins::get_challenge,  Ins::internal_authenticate,
    Ins::select,         Ins::read_binary,
    Ins::read_record,    Ins::get_response,
    Ins::update_binary,  Ins::update_record,
    Ins::t514_write_key, Ins::t514_structure,
    Ins::t514_delete,
});

// card.md §4.2, all of it but 61xx, 63Cx and 6Cxx.
constexpr auto card_status_words = std::to_array<std::uint16_t>({
    0x9000, 0x6581, 0x6700, 0x6901, 0x6981, 0x6982, 0x6983, 0x6984, 0x6985, 0x6986,
    0x6988, 0x6A80, 0x6A81, 0x6A82, 0x6A83, 0x6A84, 0x6A85, 0x6A86, 0x6A88, 0x6B00,
    0x6D00, 0x6E00, 0x6F00, 0x9302, 0x9303, 0x9401, 0x9402, 0x9403, 0x9406,
});

bool is_ascii(std::string_view text) {
    for (char const c : text) {
        if (static_cast<unsigned char>(c) > 0x7E) {
            return false;
        }
    }
    return true;
}

bool ends_as_sentence(std::string_view text, std::string_view stop) {
    return text.ends_with(stop) || text.ends_with(")") || text.ends_with("）");
}

void expect_told(StatusMeaning const& meaning, unsigned value) {
    EXPECT_TRUE(is_ascii(meaning.meaning_en) && is_ascii(meaning.advice_en)) << std::hex << value;
    EXPECT_FALSE(is_ascii(meaning.meaning_zh)) << std::hex << value;
    EXPECT_FALSE(is_ascii(meaning.advice_zh)) << std::hex << value;
    for (std::string_view const text : {meaning.meaning_en, meaning.advice_en}) {
        EXPECT_TRUE(ends_as_sentence(text, ".")) << std::hex << value << text;
    }
    for (std::string_view const text : {meaning.meaning_zh, meaning.advice_zh}) {
        EXPECT_TRUE(ends_as_sentence(text, "。")) << std::hex << value << text;
    }
}

std::string_view en(std::uint16_t status, Ins ins) {
    return meaning_of(StatusWord{status}, ins).meaning_en;
}
std::string_view zh(std::uint16_t status, Ins ins) {
    return meaning_of(StatusWord{status}, ins).meaning_zh;
}
bool says(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

TEST(StatusMeaning, EveryValueIsToldInBothLanguagesForEveryCommand) {
    for (Ins const ins : commands) {
        for (unsigned value = 0; value <= 0xFFFF; ++value) {
            auto const meaning = meaning_of(StatusWord{static_cast<std::uint16_t>(value)}, ins);
            ASSERT_FALSE(meaning.meaning_en.empty()) << std::hex << value;
            ASSERT_FALSE(meaning.advice_en.empty()) << std::hex << value;
            ASSERT_FALSE(meaning.meaning_zh.empty()) << std::hex << value;
            ASSERT_FALSE(meaning.advice_zh.empty()) << std::hex << value;
        }
    }
}

TEST(StatusMeaning, EveryWordOfTheCardIsToldInSentencesForEveryCommand) {
    for (Ins const ins : commands) {
        for (std::uint16_t const value : card_status_words) {
            expect_told(meaning_of(StatusWord{value}, ins), value);
        }
        for (std::uint16_t x = 0; x <= 0x0F; ++x) {
            expect_told(meaning_of(StatusWord{static_cast<std::uint16_t>(0x63C0 + x)}, ins), x);
        }
    }
}

TEST(StatusMeaning, EveryClassOfUnknownWordsIsToldInSentences) {
    for (unsigned sw1 = 0; sw1 <= 0xFF; ++sw1) {
        expect_told(meaning_of(StatusWord{static_cast<std::uint8_t>(sw1), 0x77}, Ins::select), sw1);
    }
}

TEST(StatusMeaning, NoTwoWordsOfTheCardAreToldAlikeToGetChallenge) {
    for (std::uint16_t const one : card_status_words) {
        for (std::uint16_t const other : card_status_words) {
            if (one != other) {
                EXPECT_NE(en(one, Ins::get_challenge), en(other, Ins::get_challenge))
                    << std::hex << one << " " << other;
                EXPECT_NE(zh(one, Ins::get_challenge), zh(other, Ins::get_challenge));
            }
        }
    }
}

TEST(StatusMeaning, A63CxToVerifyAndChangePinSpeaksOfThePin) {
    for (Ins const ins : {Ins::verify, Ins::change_pin}) {
        EXPECT_EQ(en(0x63C3, ins), "The PIN is not verified; 3 tries are left.");
        EXPECT_EQ(zh(0x63C3, ins), "密码未通过核验，还可尝试3次。");
    }
}

TEST(StatusMeaning, A63CxToExternalAuthenticateSpeaksOfTheKey) {
    EXPECT_EQ(en(0x63C2, Ins::external_authenticate),
              "The card does not accept the key; 2 tries are left.");
    EXPECT_EQ(zh(0x63C2, Ins::external_authenticate), "卡片不接受此密钥，还可尝试2次。");
}

TEST(StatusMeaning, A63CxToVerifyTransportKeySpeaksOfTheTransportKey) {
    EXPECT_EQ(en(0x63C2, Ins::t514_structure), "The transport key is wrong; 2 tries are left.");
}

TEST(StatusMeaning, TheNumberOfTriesIsTold) {
    for (unsigned x = 2; x <= 15; ++x) {
        auto const status = static_cast<std::uint16_t>(0x63C0 + x);
        std::string const count = std::to_string(x);
        for (Ins const ins :
             {Ins::verify, Ins::external_authenticate, Ins::t514_structure, Ins::get_challenge}) {
            EXPECT_TRUE(says(en(status, ins), std::string{" "} + count + " tries")) << x;
            EXPECT_TRUE(says(zh(status, ins), std::string{"尝试"} + count + "次")) << x;
        }
    }
}

TEST(StatusMeaning, TheLastTryIsWarnedOf) {
    for (Ins const ins : {Ins::verify, Ins::external_authenticate, Ins::t514_structure}) {
        EXPECT_TRUE(says(en(0x63C1, ins), "one try is left"));
        EXPECT_TRUE(says(zh(0x63C1, ins), "最后1次"));
    }
}

TEST(StatusMeaning, NoTryLeftMeansLocked) {
    for (Ins const ins : {Ins::verify, Ins::external_authenticate, Ins::t514_structure}) {
        EXPECT_TRUE(says(en(0x63C0, ins), "locked"));
        EXPECT_TRUE(says(zh(0x63C0, ins), "锁定"));
    }
}

TEST(StatusMeaning, ALockedPinIsResetAndALockedKeyMeansANewCard) {
    auto const pin = meaning_of(sw::locked, Ins::verify);
    EXPECT_TRUE(says(pin.meaning_en, "PIN"));
    EXPECT_TRUE(says(pin.advice_en, "Reset"));
    EXPECT_TRUE(says(pin.advice_zh, "身份证"));
    auto const key = meaning_of(sw::locked, Ins::external_authenticate);
    EXPECT_FALSE(says(key.meaning_en, "PIN"));
    EXPECT_TRUE(says(key.advice_en, "replace the card"));
    EXPECT_TRUE(says(key.advice_zh, "换卡"));
}

TEST(StatusMeaning, A6A81IsABlockedCardToSelectAndVerify) {
    for (Ins const ins : {Ins::select, Ins::verify, Ins::change_pin, Ins::pin_change_unblock,
                          Ins::internal_authenticate, Ins::external_authenticate}) {
        EXPECT_TRUE(says(en(0x6A81, ins), "blocked")) << static_cast<int>(ins);
    }
}

TEST(StatusMeaning, A6A81IsAnUnknownFunctionToOtherCommands) {
    for (Ins const ins : {Ins::read_record, Ins::update_binary, Ins::t514_structure}) {
        EXPECT_TRUE(says(en(0x6A81, ins), "does not know this function"));
    }
}

TEST(StatusMeaning, A6985AsksForAChallengeWhereOneIsNeeded) {
    for (Ins const ins : {Ins::external_authenticate, Ins::pin_change_unblock, Ins::update_record,
                          Ins::card_block, Ins::t514_write_key}) {
        EXPECT_TRUE(says(en(0x6985, ins), "challenge")) << static_cast<int>(ins);
        EXPECT_TRUE(says(zh(0x6985, ins), "随机数"));
    }
    EXPECT_FALSE(says(en(0x6985, Ins::read_record), "challenge"));
}

TEST(StatusMeaning, A6982NamesWhatOpensTheFile) {
    EXPECT_TRUE(says(en(0x6982, Ins::read_record), "read key"));
    EXPECT_TRUE(says(en(0x6982, Ins::update_record), "update key"));
    EXPECT_TRUE(says(en(0x6982, Ins::pin_change_unblock), "PUK"));
    EXPECT_TRUE(says(en(0x6982, Ins::t514_write_key), "MK"));
}

TEST(StatusMeaning, A9303IsABlockedApplication) {
    EXPECT_TRUE(says(en(0x9303, Ins::select), "blocked for ever"));
    EXPECT_TRUE(says(meaning_of(sw::application_blocked, Ins::select).advice_en, "replace"));
}

TEST(StatusMeaning, A6A82ToSelectMayBeACardOfAnotherKind) {
    EXPECT_TRUE(says(meaning_of(sw::file_not_found, Ins::select).advice_en, "bank card"));
    EXPECT_TRUE(says(meaning_of(sw::file_not_found, Ins::select).advice_zh, "银行卡"));
}

TEST(StatusMeaning, A6A88ToExternalAuthenticateIsAMissingKeyOrVersion) {
    EXPECT_TRUE(says(en(0x6A88, Ins::external_authenticate), "no such key"));
}

TEST(StatusMeaning, UnknownWordsAreToldByTheirClass) {
    EXPECT_TRUE(says(en(0x6A99, Ins::select), "parameters or data"));
    EXPECT_TRUE(says(en(0x6999, Ins::select), "does not allow"));
    EXPECT_TRUE(says(en(0x6112, Ins::select), "more data"));
    EXPECT_TRUE(says(en(0x6C12, Ins::select), "how many bytes"));
}

TEST(StatusMeaning, WhatIsNoStatusWordIsToldSo) {
    EXPECT_TRUE(says(en(0x0000, Ins::select), "no status word"));
    EXPECT_TRUE(says(en(0xFFFF, Ins::select), "no status word"));
    EXPECT_TRUE(says(en(0x6000, Ins::select), "no status word"));
}

} // namespace
} // namespace apdu
