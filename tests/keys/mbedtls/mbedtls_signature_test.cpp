#include "keys/mbedtls/mbedtls_signature.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keys {
namespace {

using apdu::TestVector;

/// A signature with what it is of and by.
struct Signed {
    ImagePublicKey key;
    Sha256Digest digest;
    ImageSignatureBytes signature;
};

Sha256Digest digest_of(ImageSignature& back_end, apdu::ByteView message) {
    back_end.begin_digest();
    back_end.add_to_digest(message);
    return back_end.end_digest();
}

std::array<std::uint8_t, 64> pair_at(TestVector const& vector, char const* first,
                                     char const* second) {
    Bytes both = bytes_at(vector, first);
    Bytes const rest = bytes_at(vector, second);
    both.insert(both.end(), rest.begin(), rest.end());
    return array_of<64>(both);
}

Signed signed_in(TestVector const& vector) {
    mbedtls::MbedtlsSignature back_end;
    return {pair_at(vector, "X", "Y"), digest_of(back_end, bytes_at(vector, "Message")),
            pair_at(vector, "R", "S")};
}

bool is_good(Signed const& what) {
    mbedtls::MbedtlsSignature back_end;
    return back_end.is_signed(what.key, what.digest, what.signature);
}

/// The one of RFC 6979.
Signed sample() { return signed_in(apdu::read_vectors("ecdsa_p256.vec").front()); }

void put_number(Bytes const& number, std::size_t at, ImageSignatureBytes& signature) {
    std::copy(number.begin(), number.end(), signature.begin() + static_cast<std::ptrdiff_t>(at));
}

TEST(MbedtlsSignature, ComputesTheStandardsDigests) {
    mbedtls::MbedtlsSignature back_end;
    for (TestVector const& vector : apdu::read_vectors("sha_256.vec")) {
        EXPECT_EQ(apdu::copy_of(digest_of(back_end, bytes_at(vector, "Message"))),
                  bytes_at(vector, "Digest"));
    }
}

TEST(MbedtlsSignature, ADigestDoesNotDependOnThePieces) {
    mbedtls::MbedtlsSignature back_end;
    Bytes const message(1000, 0x5A);
    for (std::size_t const piece : {1U, 63U, 64U, 65U, 999U}) {
        back_end.begin_digest();
        back_end.add_to_digest(Bytes(77, 0xEE)); // forgotten
        back_end.begin_digest();
        for (apdu::ByteView rest = message; !rest.empty();) {
            auto const part = rest.first(std::min(piece, rest.size()));
            back_end.add_to_digest(part);
            rest = rest.subspan(part.size());
        }
        Sha256Digest const digest = back_end.end_digest();
        EXPECT_EQ(digest, digest_of(back_end, message)) << piece;
    }
}

TEST(MbedtlsSignature, TakesThePublishedSignatures) {
    for (TestVector const& vector : apdu::read_vectors("ecdsa_p256.vec")) {
        EXPECT_TRUE(is_good(signed_in(vector)));
    }
}

TEST(MbedtlsSignature, RefusesAChangedBitAnywhere) {
    Signed const good = sample();
    for (std::size_t bit = 0; bit < 8 * good.signature.size(); bit += 7) {
        auto const mask = static_cast<std::uint8_t>(1U << bit % 8);
        Signed changed = good;
        changed.signature[bit / 8] ^= mask;
        EXPECT_FALSE(is_good(changed)) << bit;
        changed = good;
        changed.key[bit / 8] ^= mask;
        EXPECT_FALSE(is_good(changed)) << bit;
        changed = good;
        changed.digest[bit / 8 % changed.digest.size()] ^= mask;
        EXPECT_FALSE(is_good(changed)) << bit;
    }
}

TEST(MbedtlsSignature, RefusesNumbersThatAreNotFrom1ToTheOrder) {
    Bytes const order =
        apdu::bytes("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    Signed const good = sample();
    for (Bytes const& number : {Bytes(32), order, Bytes(32, 0xFF)}) {
        for (std::size_t const at : {0U, 32U}) {
            Signed bad = good;
            put_number(number, at, bad.signature);
            EXPECT_FALSE(is_good(bad));
        }
        Signed bad = good;
        put_number(number, 0, bad.signature);
        put_number(number, 32, bad.signature);
        EXPECT_FALSE(is_good(bad));
    }
}

TEST(MbedtlsSignature, RefusesAKeyThatIsNoPoint) {
    Signed bad = sample();
    bad.key = {};
    EXPECT_FALSE(is_good(bad));
    bad.key.fill(0xFF);
    EXPECT_FALSE(is_good(bad));
}

} // namespace
} // namespace keys
