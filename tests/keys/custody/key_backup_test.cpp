// A backup that any k of its n custodians open.
#include "keys/custody/key_backup.hpp"

#include "tests/keys/sealed/strongroom.hpp"

#include <bit>

namespace {

using namespace keys;
using namespace keys::custody;
using sealed::test::three_keys;
using sealed::test::told;

std::vector<MasterKey> const& the_keys() {
    static std::vector<MasterKey> const keys = three_keys();
    return keys;
}

NewBackup backup(std::size_t needed, std::size_t count, bool is_test = true) {
    return NewBackup::make({the_keys(), is_test}, needed, count).value();
}

OpenedBackup opened(NewBackup const& from) { return OpenedBackup::begin(from.file()).value(); }

template <typename T>
std::optional<CustodyFault> refusal_of(CustodyResult<T> const& result) {
    return result.ok() ? std::nullopt : std::optional{result.error()};
}

TEST(KeyBackup, EverySubsetOfEnoughSharesOpensIt) {
    for (std::size_t count = 2; count <= 6; ++count) {
        for (std::size_t needed = 2; needed <= count; ++needed) {
            NewBackup const made = backup(needed, count);
            for (unsigned subset = 0; subset < 1U << count; ++subset) {
                if (static_cast<std::size_t>(std::popcount(subset)) != needed) {
                    continue;
                }
                OpenedBackup again = opened(made);
                std::size_t place = 0;
                for (std::size_t i = 0; i < count; ++i) {
                    if ((subset >> i & 1U) != 0) {
                        EXPECT_EQ(refusal_of(again.open()), CustodyFault::part_missing);
                        EXPECT_TRUE(again.take(place++, made.text_of(i), {}).ok());
                    }
                }
                auto const keys = again.open();
                ASSERT_TRUE(keys.ok()) << needed << " of " << count << ": " << subset;
                EXPECT_EQ(told(keys.value()->masters()), told({the_keys(), true}));
            }
        }
    }
}

TEST(KeyBackup, HasTheKeysOfTerminalsToo) {
    auto const terminals = sealed::test::terminal_keys();
    MasterKeySet const all{the_keys(), true, {terminals.bdks, terminals.transport_keys}};
    NewBackup const made = NewBackup::make(all, 2, 2).value();
    OpenedBackup again = opened(made);
    EXPECT_TRUE(again.take(0, made.text_of(0), {}).ok());
    EXPECT_TRUE(again.take(1, made.text_of(1), {}).ok());
    EXPECT_EQ(told(again.open().value()->masters()), told(all));
}

TEST(KeyBackup, TooFewSharesGiveAnotherSecret) {
    std::array<std::uint8_t, shared_secret_size> const secret{1, 2, 3};
    auto const shares = split(secret, 3, 3);
    ASSERT_TRUE(shares.ok());
    auto const at = [&](std::uint8_t number) {
        return Share{number, shares.value().bytes().subspan((number - 1U) * shared_secret_size,
                                                            shared_secret_size)};
    };
    std::vector<Share> const all{at(1), at(2), at(3)};
    std::vector<Share> const few{at(1), at(2)};
    EXPECT_TRUE(apdu::equal_bytes(joined_secret(all).value().bytes(), secret));
    EXPECT_FALSE(apdu::equal_bytes(joined_secret(few).value().bytes(), secret));
}

TEST(KeyBackup, SharesAreOthersEachTime) {
    std::array<std::uint8_t, shared_secret_size> const secret{};
    auto const one = split(secret, 2, 3);
    auto const other = split(secret, 2, 3);
    EXPECT_FALSE(apdu::equal_bytes(one.value().bytes(), other.value().bytes()));
    EXPECT_NE(backup(2, 2).file(), backup(2, 2).file());
}

TEST(KeyBackup, WrongSharesAreToldApart) {
    NewBackup const made = backup(2, 3);
    NewBackup const other = backup(2, 3);
    OpenedBackup again = opened(made);
    EXPECT_EQ(refusal_of(again.take(0, other.text_of(0), {})), CustodyFault::part_foreign);
    EXPECT_EQ(refusal_of(again.take(0, "01 02", {})), CustodyFault::part_malformed);
    std::string mistyped = made.text_of(0);
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    EXPECT_EQ(refusal_of(again.take(0, mistyped, made.check_value(0))),
              CustodyFault::check_value_differs);
    EXPECT_EQ(refusal_of(again.take(0, mistyped, {})), CustodyFault::part_foreign);
    EXPECT_TRUE(again.take(0, made.text_of(2), made.check_value(2)).ok());
    EXPECT_EQ(refusal_of(again.take(1, made.text_of(2), {})), CustodyFault::part_repeated);
    EXPECT_TRUE(again.take(0, made.text_of(2), {}).ok()) << "in the place of itself";
}

TEST(KeyBackup, IsMadeWhenEverySheetIsProved) {
    NewBackup made = backup(2, 2);
    EXPECT_EQ(refusal_of(made.compare(0, made.text_of(1), {})), CustodyFault::part_not_shown);
    EXPECT_TRUE(made.compare(0, made.text_of(0), made.check_value(0)).ok());
    EXPECT_FALSE(made.is_written_down());
    EXPECT_TRUE(made.compare(1, made.text_of(1), {}).ok());
    EXPECT_TRUE(made.is_written_down());
}

TEST(KeyBackup, NoByteOfItsFileCanBeChangedOrCutOff) {
    NewBackup const made = backup(2, 3);
    for (std::size_t i = 0; i < made.file().size(); ++i) {
        auto file = made.file();
        file[i] ^= 0x01U;
        auto again = OpenedBackup::begin(file);
        if (again.ok() && again.value().take(0, made.text_of(0), {}).ok() &&
            again.value().take(1, made.text_of(1), {}).ok()) {
            EXPECT_FALSE(again.value().open().ok()) << i;
        }
        file.resize(i);
        auto cut = OpenedBackup::begin(file);
        if (cut.ok() && cut.value().take(0, made.text_of(0), {}).ok() &&
            cut.value().take(1, made.text_of(1), {}).ok()) {
            EXPECT_EQ(refusal_of(cut.value().open()), CustodyFault::backup_damaged) << i;
        }
    }
}

} // namespace
