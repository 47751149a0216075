#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;

TEST(DiagnoseCommand, ShowsTheTraceAndEndsWithTheFaultsStatus) {
    Counter counter;
    counter.service.on<api::DiagnosisRequest>() = [](auto&, auto&) {
        api::Diagnosis diagnosis;
        diagnosis.readers = {{1, "Reader A", true, false, false, "3B00"}};
        diagnosis.reader = "Reader A";
        diagnosis.atr = "3B00";
        diagnosis.protocol = "T=0";
        diagnosis.trace = {
            {"00A40400", "SELECT", 15, 0, "6A82", "File not found.", "未找到文件。"}};
        diagnosis.fault = api::fault("foreign_card", "SIM card");
        return diagnosis;
    };
    auto const ran = counter.run({"diagnose"});
    EXPECT_EQ(ran.status, 6);
    EXPECT_TRUE(contains(ran.out, "1    00A40400  SELECT   15    0    6A82    File not found.\n"))
        << ran.out;
    EXPECT_TRUE(contains(ran.out, "not recognized"));
    EXPECT_TRUE(contains(ran.err, "This is not a social security card. [SIM card]"));
    auto const machine = counter.run({"diagnose", "--json"});
    EXPECT_EQ(machine.status, 6);
    EXPECT_EQ(json_of(machine.out)["fault"]["code"], "foreign_card");
}

} // namespace
