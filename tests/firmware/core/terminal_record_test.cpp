#include "tests/firmware/core/key_storage_fixture.hpp"

namespace terminal {
namespace {

/// A place in memory.
class MemoryPlace final : public keys::RecordPlace {
public:
    void read(std::size_t offset, apdu::ByteSpan out) override {
        apdu::copy_bytes(apdu::ByteView{bytes}.subspan(offset, out.size()), out);
    }
    bool write(std::size_t offset, apdu::ByteView from) override {
        apdu::copy_bytes(from, apdu::ByteSpan{bytes}.subspan(offset));
        return true;
    }

    Bytes bytes = Bytes(keys::terminal_record_size, 0xFF);
};

TEST(TerminalRecord, IsReadAsItWasWrittenForEachSize) {
    keys::openssl::EvpAes cipher;
    for (auto const size : {keys::AesSize::aes128, keys::AesSize::aes192, keys::AesSize::aes256}) {
        Bytes const bytes(keys::bytes_of(size), 0x21);
        std::optional<keys::TerminalKeys> kept;
        kept.emplace(sample_id, keys::KeyBlockKey{size, bytes});
        ASSERT_TRUE(kept->dukpt.reload(cipher, keys::InitialKey{size, bytes}).ok());
        kept->initial_size = size;
        MemoryPlace first;
        ASSERT_TRUE(keys::write_record(first, *kept, 9));
        EXPECT_EQ(keys::find_record(first).sequence, 9U);
        ASSERT_TRUE(keys::read_record(first, kept));
        MemoryPlace second;
        ASSERT_TRUE(keys::write_record(second, *kept, 9));
        EXPECT_EQ(first.bytes, second.bytes);
    }
}

TEST(TerminalRecord, EveryChangedBitBreaksIt) {
    std::optional<keys::TerminalKeys> kept;
    kept.emplace(sample_id, sample_transport_key());
    MemoryPlace place;
    ASSERT_TRUE(keys::write_record(place, *kept, 1));
    EXPECT_EQ(keys::find_record(place).condition, keys::RecordCondition::sealed);
    for (std::size_t bit = 0; bit < 8 * place.bytes.size(); ++bit) {
        auto const mask = static_cast<std::uint8_t>(1U << bit % 8);
        place.bytes[bit / 8] ^= mask;
        auto const found = keys::find_record(place).condition;
        bool const is_seal = bit / 8 >= keys::terminal_record_size - 8;
        ASSERT_EQ(found, is_seal ? keys::RecordCondition::unsealed : keys::RecordCondition::broken);
        place.bytes[bit / 8] ^= mask;
    }
}

} // namespace
} // namespace terminal
