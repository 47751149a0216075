// A PSAM's own keys, and the loading of others under them. card.md §3.3, §4.3.
#include "tests/host/virtual/psam_bench.hpp"

#include "keys/authentication_data.hpp"
#include "keys/data_encryption.hpp"
#include "keys/mac.hpp"
#include "keys/session_key.hpp"

namespace virtual_card {
namespace {

using keys::Algorithm;

/// Who loads keys: has the PSAM's own.
class APsamsLoader : public AVirtualPsam, public testing::WithParamInterface<Algorithm> {
protected:
    void SetUp() override { enter(GetParam()); }

    [[nodiscard]] bool is_sm4() const { return GetParam() == Algorithm::sm4; }
    [[nodiscard]] keys::CardKey own_key() const {
        return {is_sm4() ? keys::CipherKind::sm4 : keys::CipherKind::des3, psam_test_key};
    }
    keys::Challenge challenge() {
        auto const answer = apdu::bytes(send("0084000008"));
        keys::Challenge challenge{};
        apdu::copy_bytes(apdu::ByteView{answer}.first(8), challenge);
        return challenge;
    }
    std::string prove(std::uint8_t kid, std::uint8_t spoil = 0) {
        auto const original = challenge();
        auto const process = challenge();
        auto data = keys::authentication_data(cipher_, own_key(), process, original).value();
        data[0] ^= spoil;
        return send("008200" + hex_of(std::array{kid}) + "10" + hex_of(data) + hex_of(original));
    }
    /// CREATE (0) or CHANGE KEY (1) of the key with that usage and id, in that key file.
    std::string load(std::uint8_t p1, std::uint8_t file, keys::PsamKey place, std::uint8_t value,
                     std::uint8_t spoil = 0) {
        auto const answer = apdu::bytes(send("0084000004"));
        Bytes plain{place.usage, place.id, 0x01, std::uint8_t(is_sm4() ? 0x03 : 0x00), 0x33};
        plain.resize(plain.size() + 16, value);
        Bytes encrypted(keys::encrypted_size(own_key().kind(), plain.size()));
        EXPECT_TRUE(keys::encrypt_data(cipher_, own_key(), plain, encrypted).ok());
        Bytes command{0x84, 0xD4, p1, file, static_cast<std::uint8_t>(encrypted.size() + 4)};
        command.insert(command.end(), encrypted.begin(), encrypted.end());
        auto mac = keys::mac(cipher_, own_key(), command, apdu::ByteView{answer}.first(4)).value();
        mac[3] ^= spoil;
        command.insert(command.end(), mac.begin(), mac.end());
        return hex_of(psam_.exchange(command));
    }
    /// DELIVERY SESSION KEY with that key, of one dispersal, and one block encrypted by it.
    std::string encrypt_with(keys::PsamKey place) {
        std::string const block = is_sm4() ? "10" : "08";
        std::string const zeros(is_sm4() ? 32 : 16, '0');
        std::string const size = is_sm4() ? "18" : "10";
        std::string delivered = send("BFDE" + hex_of(std::array{place.usage, place.id}) + size +
                                     "1122334455667788" + zeros);
        if (delivered != "9000") {
            return delivered;
        }
        EXPECT_EQ(send("80FA0000" + block + zeros), "61" + block);
        return send("00C00000" + block);
    }
    /// What that key must give.
    std::string encrypted_by(std::uint8_t value) {
        keys::CardKey const root{own_key().kind(), Bytes(16, value)};
        auto const factor = apdu::bytes("1122334455667788");
        auto const key = keys::diversify(cipher_, root, apdu::ByteView{factor}.first<8>()).value();
        Bytes block(is_sm4() ? 16 : 8);
        auto const session = keys::session_key(cipher_, key, block).value();
        EXPECT_TRUE(cipher_.encrypt(session, block).ok());
        return hex_of(block) + "9000";
    }
};

INSTANTIATE_TEST_SUITE_P(Each, APsamsLoader, testing::Values(Algorithm::des3, Algorithm::sm4));

constexpr keys::PsamKey city_key{0x27, 0x9A};

TEST_P(APsamsLoader, LoadsAKeyThatWorksFromThenOnAndChangesIt) {
    EXPECT_EQ(encrypt_with(city_key), "6A88");
    ASSERT_EQ(prove(3), "9000");
    EXPECT_EQ(load(1, 0x13, city_key, 0x5A), "6A88") << "not there to be changed";
    EXPECT_EQ(load(0, 0x13, city_key, 0x5A), "9000");
    EXPECT_EQ(encrypt_with(city_key), encrypted_by(0x5A));
    EXPECT_EQ(load(0, 0x13, city_key, 0x5B), "6A80") << "there already";
    EXPECT_EQ(load(1, 0x13, city_key, 0x5B), "9000");
    psam_.reset();
    enter(GetParam());
    EXPECT_EQ(encrypt_with(city_key), encrypted_by(0x5B));
}

TEST_P(APsamsLoader, IsHeldToTheFileOfWhoHasProvedThemselves) {
    EXPECT_EQ(load(0, 0x13, city_key, 0x5A), "6982");
    ASSERT_EQ(prove(1), "9000");
    EXPECT_EQ(load(0, 0x13, city_key, 0x5A), "6982") << "the ministry's word is not the city's";
    EXPECT_EQ(load(0, 0x11, city_key, 0x5A), "6A80") << "a city's id in the ministry's file";
    EXPECT_EQ(load(0, 0x11, {0x29, 0x3F}, 0x5A), "9000");
    EXPECT_EQ(load(0, 0x14, city_key, 0x5A), "6A82");
    ASSERT_EQ(prove(2), "9000");
    EXPECT_EQ(load(0, 0x12, {0x47, 0x7F}, 0x5A), "9000");
    psam_.reset();
    enter(GetParam());
    EXPECT_EQ(load(1, 0x12, {0x47, 0x7F}, 0x5A), "6982") << "no right outlives a reset";
}

TEST_P(APsamsLoader, IsToldAWrongMacOrForm) {
    ASSERT_EQ(prove(3), "9000");
    EXPECT_EQ(load(0, 0x13, city_key, 0x5A, 1), "6988");
    std::string const size = is_sm4() ? "24" : "1C";
    std::string const digits(is_sm4() ? 72 : 56, '0');
    EXPECT_EQ(send("84D40013" + size + digits), "6985") << "no challenge just before";
    EXPECT_EQ(send("0084000004").size(), 12U);
    EXPECT_EQ(send("84D40013 08 0000000000000000"), "6700");
    EXPECT_EQ(send("84D40213" + size + digits), "6A86");
    EXPECT_EQ(send("80D40013" + size + digits), "6E00");
    EXPECT_EQ(encrypt_with(city_key), "6A88") << "nothing was loaded";
}

TEST_P(APsamsLoader, LocksAKeyOfItsOwnAfterThreeWrongProofs) {
    EXPECT_EQ(prove(3, 1), "63C2");
    EXPECT_EQ(prove(3, 1), "63C1");
    EXPECT_EQ(prove(3), "9000");
    EXPECT_EQ(prove(3, 1), "63C2") << "a right one gives all tries again";
    EXPECT_EQ(prove(3, 1), "63C1");
    EXPECT_EQ(prove(3, 1), "63C0");
    EXPECT_EQ(prove(3), "6983");
    EXPECT_EQ(prove(2), "9000");
    EXPECT_EQ(prove(4), "6A88");
    EXPECT_EQ(send("0082000310" + std::string(32, '0')), "6983");
    EXPECT_EQ(send("0082000210" + std::string(32, '0')), "6985") << "no challenges";
    EXPECT_EQ(send("0082000204 00000000"), "6700");
}

} // namespace
} // namespace virtual_card
