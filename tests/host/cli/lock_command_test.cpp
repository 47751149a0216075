#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

namespace {

using cli::contains;
using cli::Counter;

TEST(LockCommand, IsDoneOnlyWhenItIsMeant) {
    Counter counter;
    int blocked = 0;
    counter.service.on<api::CardBlockRequest>() = [&](auto&, auto&) {
        ++blocked;
        return api::Blocked{"card", "社会保障卡"};
    };
    auto const refused = counter.run({"card", "lock", "--card"});
    EXPECT_EQ(refused.status, 9);
    EXPECT_TRUE(contains(refused.err, "--permanently"));
    EXPECT_EQ(blocked, 0);
    EXPECT_EQ(counter.run({"card", "lock", "--card", "--permanently"}).status, 0);
    EXPECT_EQ(blocked, 1);
}

TEST(LockCommand, NamesOneApplicationOrTheCard) {
    Counter counter;
    counter.service.on<api::ApplicationBlockRequest>() = [](auto& request, auto&) {
        return api::Blocked{request.application, "社会保险信息区1"};
    };
    auto const ran = counter.run({"card", "lock", "--application", "DF03", "--permanently"});
    EXPECT_EQ(ran.out, "Blocked for good: DF03.\n");
    EXPECT_EQ(
        counter.run({"card", "lock", "--application", "DF03", "--permanently", "--lang", "zh"}).out,
        "已永久锁定：DF03 社会保险信息区1。\n");
    EXPECT_EQ(counter.run({"card", "lock", "--permanently"}).status, 2);
    EXPECT_EQ(
        counter.run({"card", "lock", "--card", "--application", "DF03", "--permanently"}).status,
        2);
}

TEST(LockCommand, TheBanksApplicationIsTheBanks) {
    auto const ran = Counter{}.run({"card", "lock", "--application", "bank", "--permanently"});
    EXPECT_EQ(ran.status, 9);
    EXPECT_TRUE(contains(ran.err, "counter of the bank"));
}

} // namespace
