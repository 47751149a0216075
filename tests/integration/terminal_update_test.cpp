// A new image for the kiosk's terminal, by the command line through the stock pcscd and libccid.
// The terminal is QEMU's: only there an image is what runs.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace {

using integration::eventually;
using integration::Office;

/// What the build leaves of the image that the terminal runs.
std::filesystem::path build() {
    return std::filesystem::path{std::getenv("TERMINAL_PROGRAM")}.parent_path();
}

class UpdatedTerminal : public testing::Test {
protected:
    void SetUp() override {
        office_.insert(0, {"--version", "2.00", "--person", integration::person("zhang_san")});
        office_.start_daemon();
    }

    /// A file for an update to that version, signed by that key.
    [[nodiscard]] std::string update_file(unsigned version, std::string const& key) const {
        std::vector<std::string> command{"firmware/toolchain/sign-image", "--version",
                                         std::to_string(version), key,
                                         office_.folder() + "/update.image"};
        for (char const* const name : {"kiosk-terminal.elf", "kiosk-terminal-slot-1.elf"}) {
            std::filesystem::path const copy = std::filesystem::path{office_.folder()} / name;
            std::filesystem::copy_file(build() / name, copy,
                                       std::filesystem::copy_options::overwrite_existing);
            command.push_back(copy);
        }
        auto const signed_images = integration::run(command);
        EXPECT_EQ(signed_images.status, 0) << signed_images.err;
        return command[4];
    }
    [[nodiscard]] std::string builds_key() const { return build().parent_path() / "image_key.pem"; }
    [[nodiscard]] nlohmann::json health() const {
        auto const told = office_.sscard({"terminal", "health", "--reader", "1", "--json"});
        return nlohmann::json::parse(told.out, nullptr, false);
    }
    [[nodiscard]] bool runs(unsigned version) const {
        return eventually([&] {
            auto const now = health();
            return now.is_object() && now["image_version"] == version;
        });
    }
    [[nodiscard]] bool has_confirmed() const {
        return eventually([&] {
            auto const now = health();
            return now.is_object() && now["uptime_s"] > 10;
        });
    }

    Office office_{};
};

TEST_F(UpdatedTerminal, RunsEachNewImageFromItsOtherSlotAndServesCards) {
    for (unsigned const version : {2U, 3U}) {
        ASSERT_TRUE(has_confirmed());
        auto const updated = office_.answer(
            {"terminal", "update", update_file(version, builds_key()), "--reader", "1"});
        EXPECT_EQ(updated["image_version"], version);
        EXPECT_TRUE(runs(version)) << health();
        EXPECT_TRUE(eventually([&] { return office_.sscard({"card", "info"}).status == 0; }));
    }
}

TEST_F(UpdatedTerminal, TakesNoImageOfAnotherKeyOrAnOlderVersion) {
    ASSERT_TRUE(has_confirmed());
    auto const before = health()["image_version"];
    auto const older =
        office_.refusal({"terminal", "update", update_file(0, builds_key()), "--reader", "1"});
    EXPECT_EQ(older.fault["detail"], "version_low");
    std::string const key = office_.folder() + "/another_key.pem";
    ASSERT_EQ(integration::run({"firmware/toolchain/image-key", "--make", key}).status, 0);
    auto const foreign =
        office_.refusal({"terminal", "update", update_file(9, key), "--reader", "1"});
    EXPECT_EQ(foreign.fault["detail"], "not_signed");
    EXPECT_EQ(health()["image_version"], before);
}

} // namespace
