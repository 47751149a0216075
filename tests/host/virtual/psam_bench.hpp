#pragma once

#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/psam_making.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace virtual_card {

/// A PSAM on the bench: commands and answers in hex.
class AVirtualPsam : public testing::Test {
protected:
    explicit AVirtualPsam(PsamPlan const& plan = {}) : psam_{made(plan), cipher_, 1} {}

    static PsamMemory made(PsamPlan const& plan) { return make_psam(plan, test_masters()).value(); }
    std::string send(std::string const& command) {
        return hex_of(psam_.exchange(apdu::bytes(command)));
    }
    /// In the environment of 3DES cards or the other, ready for cards of its province.
    void enter(keys::Algorithm algorithm = keys::Algorithm::des3) {
        bool const is_first = algorithm == keys::Algorithm::des3;
        EXPECT_EQ(send(std::string{"00A404000F 7378"} + (is_first ? "31" : "32") +
                       "2E73682EC9E7BBE1B1A3D5CF")
                      .substr(0, 2),
                  "61");
        EXPECT_EQ(send("00A4040006 D15600000590").substr(0, 2), "61");
        EXPECT_EQ(send("BFEC000001 63"), "9000");
    }

    keys::openssl::EvpCipher cipher_{};
    Psam psam_;
};

} // namespace virtual_card
