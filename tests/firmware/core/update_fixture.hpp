#pragma once

#include "firmware/core/update.hpp"

#include "tests/firmware/image_signer.hpp"
#include "tests/firmware/remembered_signature.hpp"
#include "tests/firmware/simulated_flash.hpp"

#include <gtest/gtest.h>

namespace terminal {

inline constexpr std::uint32_t sample_board = 0x514;

/// A signed image.
struct SignedImage {
    std::vector<std::uint8_t> bytes;
    ImageHeader header;
};

/// A terminal from a start on.
struct StartedTerminal {
    StartedTerminal(SimulatedFlash& flash, keys::ImagePublicKey const& key)
        : slots{flash, back_end, {sample_board, key}}, record{flash} {
        record.load();
    }

    RememberedSignature back_end;
    ImageSlots slots;
    BootRecord record;
};

/// Images of a terminal that runs version 5 from its first slot. Slots are of 4 small pages.
class UpdateTest : public testing::Test {
public:
    static constexpr std::size_t page_size = 512;
    static constexpr std::size_t slot_size = 4 * page_size;

    UpdateTest() { put_image(ImageSlot::first, running); }

    /// Linked for a slot: the one that an update goes into at first.
    SignedImage image(std::uint32_t version, std::size_t size,
                      ImageSlot slot = ImageSlot::second) const {
        std::vector<std::uint8_t> bytes(size);
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = static_cast<std::uint8_t>(i * 7 + version);
        }
        return {bytes,
                signer.header(bytes, sample_board, version, static_cast<std::uint8_t>(slot))};
    }

    /// As a factory does, into an erased slot.
    void put_image(ImageSlot slot, SignedImage const& wanted) {
        std::uint32_t const start = slot == ImageSlot::first ? 0 : slot_size;
        ASSERT_TRUE(flash.write(start, apdu::ccid::write_image_header(wanted.header)));
        std::vector<std::uint8_t> padded = wanted.bytes;
        padded.resize((padded.size() + 7) / 8 * 8);
        for (std::size_t at = 0; at < padded.size(); at += 8) {
            ASSERT_TRUE(flash.write(static_cast<std::uint32_t>(start + 512 + at),
                                    apdu::ByteView{padded}.subspan(at, 8)));
        }
    }

    StartedTerminal started(SimulatedFlash& from) const { return {from, signer.public_key()}; }

    static std::optional<ImageSlot> choose(StartedTerminal& terminal) {
        return choose_slot(terminal.slots, terminal.record);
    }

    /// The whole update by chunks; false where a part of it failed.
    static bool do_update(Update& update, SignedImage const& wanted, std::size_t chunk = 37) {
        bool is_well = update.begin(apdu::ccid::write_image_header(wanted.header)).ok();
        apdu::ByteView rest{wanted.bytes};
        while (is_well && !rest.empty()) {
            auto const part = rest.first(std::min(chunk, rest.size()));
            is_well = update.write(part).ok();
            rest = rest.subspan(part.size());
        }
        return is_well && update.finish().ok();
    }

    ImageSigner signer;
    SimulatedFlash flash{page_size, 10};
    SignedImage const running = image(5, 701, ImageSlot::first);
    SignedImage const newer = image(6, 603);
};

} // namespace terminal
