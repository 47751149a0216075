// Every way in which the file can be damaged, and who may look at it.
#include "tests/keys/sealed/strongroom.hpp"

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace keys::sealed;
using namespace keys::sealed::test;

constexpr std::size_t magic_size = 8;
constexpr std::size_t version_end = 10;

TEST(StoreDamage, AFileCutOffAtAnyByteIsTruncated) {
    Strongroom const room;
    room.make_store();
    auto const whole = room.bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        room.put({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        EXPECT_EQ(room.opened(), "truncated") << size;
    }
}

TEST(StoreDamage, ABitTurnedAnywhereIsTold) {
    Strongroom const room;
    room.make_store();
    auto const whole = room.bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string const expected = at < magic_size    ? "not_a_store"
                                     : at < version_end ? "version_unknown"
                                     : at < header_size ? "header_damaged"
                                                        : "damaged";
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto bytes = whole;
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << bit));
            room.put(bytes);
            EXPECT_EQ(room.opened(), expected) << "byte " << at << ", bit " << bit;
        }
    }
}

TEST(StoreDamage, AForgedTestMarkOpensNothing) {
    Strongroom const room;
    room.make_store(words(), true);
    auto header = parse_header(room.bytes()).value();
    header.is_test = false; // with a check value that fits
    auto bytes = room.bytes();
    apdu::copy_bytes(encode_header(header), bytes);
    room.put(bytes);
    EXPECT_FALSE(read_store_header(room.path()).value().is_test);
    EXPECT_EQ(room.opened(), "damaged");
}

TEST(StoreDamage, BytesBehindTheEndAreTold) {
    Strongroom const room;
    room.make_store();
    auto bytes = room.bytes();
    bytes.push_back(0);
    room.put(bytes);
    EXPECT_EQ(room.opened(), "damaged");
    room.put(std::vector<std::uint8_t>(1U << 20U));
    EXPECT_EQ(room.opened(), "not_a_store");
}

TEST(StoreDamage, ALaterFormatIsRefusedByItsNumber) {
    Strongroom const room;
    room.make_store();
    auto bytes = room.bytes();
    bytes[9] = 2;
    room.put(bytes);
    auto const refused = room.store().open(words());
    ASSERT_EQ(outcome_of(refused), "version_unknown");
    EXPECT_EQ(refused.error().detail, "2");
}

TEST(StoreDamage, WhatArgonMayCostIsBoundedBothWays) {
    Strongroom const room;
    room.make_store();
    auto const header = parse_header(room.bytes()).value();
    auto const with_cost = [&](ArgonCost const& cost) {
        auto changed = header;
        changed.cost = cost;
        auto bytes = room.bytes();
        apdu::copy_bytes(encode_header(changed), bytes);
        return outcome_of(parse_header(bytes));
    };
    EXPECT_EQ(with_cost(cost_min), "ok");
    EXPECT_EQ(with_cost(cost_default), "ok");
    EXPECT_EQ(with_cost(cost_max), "ok");
    EXPECT_EQ(with_cost({cost_min.memory_kib - 1, 1, 1}), "header_damaged");
    EXPECT_EQ(with_cost({cost_max.memory_kib + 1, 1, 1}), "header_damaged");
    EXPECT_EQ(with_cost({64, 0, 1}), "header_damaged");
    EXPECT_EQ(with_cost({64, cost_max.passes + 1, 1}), "header_damaged");
    EXPECT_EQ(with_cost({64, 1, 0}), "header_damaged");
    EXPECT_EQ(with_cost({64, 1, cost_max.lanes + 1}), "header_damaged");
}

TEST(StoreDamage, AMissingFileIsTold) {
    Strongroom const room;
    EXPECT_EQ(room.opened(), "missing");
}

TEST(StoreAccess, AStoreThatOthersMayReadOrWriteIsRefused) {
    Strongroom const room;
    room.make_store();
    for (mode_t const mode : {0640U, 0620U, 0604U, 0602U, 0666U, 0610U}) {
        ASSERT_EQ(::chmod(room.path().c_str(), mode), 0);
        EXPECT_EQ(room.opened(), "permissions") << std::oct << mode;
    }
    ASSERT_EQ(::chmod(room.path().c_str(), 0600), 0);
    EXPECT_EQ(room.opened(), "ok");
}

TEST(StoreAccess, AFolderInItsPlaceIsRefused) {
    Strongroom const room;
    std::filesystem::create_directory(room.path());
    EXPECT_EQ(room.opened(), "permissions");
}

TEST(StoreAccess, IsWrittenForItsOwnerAlone) {
    Strongroom const room;
    ::umask(0);
    room.make_store();
    struct stat found {};
    ASSERT_EQ(::stat(room.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
}

TEST(StoreAccess, ASecondProcessIsRefusedAndToldWhoHasIt) {
    Strongroom const room;
    room.make_store();
    std::array<int, 2> told_by_child{};
    std::array<int, 2> told_to_child{};
    ASSERT_EQ(::pipe(told_by_child.data()) + ::pipe(told_to_child.data()), 0);
    pid_t const child = ::fork();
    if (child == 0) {
        char const has = SealedStore::claim(room.path()).ok() ? 'y' : 'n';
        auto const held = SealedStore::claim(room.path());
        char ignored = 0;
        bool const talked =
            ::write(told_by_child[1], &has, 1) == 1 && ::read(told_to_child[0], &ignored, 1) == 1;
        ::_exit(talked ? 0 : 1);
    }
    char has = 0;
    ASSERT_EQ(::read(told_by_child[0], &has, 1), 1);
    EXPECT_EQ(has, 'y');
    auto const refused = SealedStore::claim(room.path());
    EXPECT_EQ(outcome_of(refused), "in_use");
    EXPECT_NE(refused.error().detail.find("process " + std::to_string(child)), std::string::npos)
        << refused.error().detail;
    EXPECT_EQ(::write(told_to_child[1], "e", 1), 1);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(room.opened(), "ok"); // the system let go with the process
    for (int const end : {told_by_child[0], told_by_child[1], told_to_child[0], told_to_child[1]}) {
        ::close(end);
    }
}

} // namespace
