// A PSAM, as a terminal meets it. card.md §3.3, §4.3.
#include "tests/host/virtual/psam_bench.hpp"

#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/psam/psam_key_service.hpp"
#include "keys/software_key_service.hpp"

namespace virtual_card {
namespace {

using apdu::KeyName;
using keys::Algorithm;

/// A PSAM as a reader has it.
class PsamInReader final : public apdu::CardConnection {
public:
    explicit PsamInReader(PhysicalCard& card) : card_{card} { card_.reset(); }
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        Bytes const answer = card_.exchange(command);
        apdu::copy_bytes(answer, response);
        return answer.size();
    }
    apdu::Result<apdu::Done> reset() override {
        card_.reset();
        return apdu::Done{};
    }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

private:
    PhysicalCard& card_;
};

/// RKSSSE, one level, MACs and encryption; the factor of a card and a process factor.
constexpr auto* factors = "1122334455667788 0102030405060708";
std::string delivery_of(keys::PsamKey key) {
    return "BFDE" + hex_of(std::array{key.usage, key.id}) + "10" + factors;
}
keys::PsamKey const reading_key = *keys::key_row(KeyName::rk_ssse).psam;

TEST_F(AVirtualPsam, TellsItsNumbers) {
    EXPECT_EQ(hex_of(psam_.atr()), "3B6400005053414D");
    EXPECT_EQ(send("00A4000002 3F00"), "9000");
    EXPECT_EQ(send("00A4020002 0016"), "9000");
    EXPECT_EQ(send("00B0000006"), "6399000000019000");
    EXPECT_EQ(send("00B0000000"), "6C06");
    EXPECT_EQ(send("00B0000007"), "6C06");
    EXPECT_EQ(send("00B0000600"), "6B00");
    EXPECT_EQ(send("00A4020002 001A"), "6A82") << "the application's";
    enter();
    EXPECT_EQ(send("00A4020002 001A"), "9000");
    EXPECT_EQ(send("00B000000A"), "010120200101204001019000");
    EXPECT_EQ(send("0084000004").size(), 12U);
    EXPECT_EQ(send("00A4020002 0019"), "9000");
    EXPECT_EQ(send("00B0000004"), "000000009000") << "no purchase yet";
    EXPECT_EQ(send("00E0000000"), "6D00");
    EXPECT_EQ(send("80DE000000"), "6E00");
}

TEST_F(AVirtualPsam, ServesItsOwnProvinceOnly) {
    EXPECT_EQ(send("BFEC000001 63"), "6985") << "no application yet";
    enter();
    EXPECT_EQ(send("BFEC000001 64"), "6A80");
    EXPECT_EQ(send(delivery_of(reading_key)), "6985") << "and is not ready any more";
}

TEST_F(AVirtualPsam, RefusesKeysAndLevelsThatItHasNot) {
    enter();
    EXPECT_EQ(send(delivery_of({reading_key.usage, 0xFE})), "6A88");
    EXPECT_EQ(send(delivery_of({keys::usage_with(reading_key.usage, 2), reading_key.id})), "6A80");
    EXPECT_EQ(send(delivery_of(reading_key)), "9000");
}

TEST_F(AVirtualPsam, UsesASessionKeyForOneRunOfBlocks) {
    EXPECT_EQ(send("80FA000008 0000000000000000"), "6901");
    enter();
    EXPECT_EQ(send(delivery_of(reading_key)), "9000");
    EXPECT_EQ(send("80FA000007 00000000000000"), "6700");
    EXPECT_EQ(send("80FA020008 0000000000000000"), "6108");
    EXPECT_EQ(send("00C0000008").size(), 20U);
    EXPECT_EQ(send("80FA000008 0000000000000000"), "6108");
    EXPECT_EQ(send("80FA000008 0000000000000000"), "6901");
    EXPECT_EQ(send(delivery_of(reading_key)), "9000");
    EXPECT_EQ(send("0084000004").size(), 12U);
    EXPECT_EQ(send("80FA000008 0000000000000000"), "6901") << "the next command's or nobody's";
}

/// By the key service, against the same masters in software.
struct Case {
    Algorithm algorithm;
    keys::Tier tier;
};

class APsamAndItsService : public testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Each, APsamAndItsService,
                         testing::Values(Case{Algorithm::des3, keys::Tier::city},
                                         Case{Algorithm::sm4, keys::Tier::city},
                                         Case{Algorithm::des3, keys::Tier::province},
                                         Case{Algorithm::sm4, keys::Tier::province}));

TEST_P(APsamAndItsService, GiveWhatTheSameKeysGiveInSoftware) {
    PsamPlan plan;
    plan.tier = GetParam().tier;
    keys::openssl::EvpCipher cipher;
    Psam psam{make_psam(plan, test_masters()).value(), cipher, 1};
    PsamInReader reader{psam};
    keys::psam::PsamCard card{reader};
    keys::psam::PsamSettings settings;
    settings.dispersals = plan.tier == keys::Tier::city ? 1 : 2;
    keys::psam::PsamKeyService service{card, settings};
    keys::openssl::EvpCipher own;
    keys::SoftwareKeyService software{own, test_masters()};
    keys::CardIdentity const identity{GetParam().algorithm, {0x63, 0x99, 0x00}, {1, 2, 3}};
    keys::Challenge const process{1, 2, 3, 4, 5, 6, 7, 8};
    keys::Challenge const original{8, 7, 6, 5, 4, 3, 2, 1};
    apdu::Command const update{apdu::Cla::interindustry_secure, apdu::Ins::update_binary, 0, 0};
    Bytes const long_data(90, 0x33);
    std::size_t proofs = 0;
    std::size_t macs = 0;
    for (keys::KeyRow const& row : keys::key_table()) {
        keys::KeyReference const key{row.name};
        auto const place = keys::psam::psam_key_of(settings, row.name);
        if (!service.has(identity.algorithm, key)) {
            continue;
        }
        if (keys::psam::can_encrypt(*place)) {
            auto const proof = service.external_authentication(identity, key, process, original);
            ASSERT_TRUE(proof.ok()) << apdu::to_text(row.name);
            EXPECT_EQ(proof.value(),
                      software.external_authentication(identity, key, process, original).value())
                << apdu::to_text(row.name);
            ++proofs;
        }
        if (keys::psam::can_mac(*place)) {
            auto const maced = service.maced_command(identity, key, process, update, long_data);
            auto const same = software.maced_command(identity, key, process, update, long_data);
            ASSERT_TRUE(maced.ok() && same.ok()) << apdu::to_text(row.name);
            EXPECT_EQ(maced.value().bytes, same.value().bytes) << apdu::to_text(row.name);
            ++macs;
        }
    }
    EXPECT_GT(proofs, 20U);
    EXPECT_GT(macs, 3U);
}

TEST(APsamsMaking, HasWhatIsWanted) {
    PsamPlan plan;
    plan.has_sm4 = false;
    plan.without_keys = {KeyName::rk_ssse};
    plan.enciphering_keys = {KeyName::stk_ssse};
    auto const made = make_psam(plan, test_masters());
    ASSERT_TRUE(made.ok());
    EXPECT_FALSE(made.value().second);
    for (PsamStoredKey const& key : made.value().first->keys) {
        EXPECT_NE(key.place.id, reading_key.id);
        if (key.place.id == keys::key_row(KeyName::stk_ssse).psam->id) {
            EXPECT_EQ(key.place.usage, 0x28); // else 26
        }
    }
    EXPECT_FALSE(make_psam({}, {{}, true}).ok()) << "no key at all";
}

} // namespace
} // namespace virtual_card
