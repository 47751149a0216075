// Files that take the place of others only when they are whole.
#include "host/cli/unfinished_file.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cli {
namespace {

class AnUnfinishedFile : public testing::Test {
protected:
    AnUnfinishedFile() {
        std::string pattern = std::filesystem::temp_directory_path() / "sscard-file-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        path_ = folder_ / "keys.backup";
        std::ofstream{path_} << "old";
    }
    ~AnUnfinishedFile() override { std::filesystem::remove_all(folder_); }
    static std::string text_of(std::filesystem::path const& path) {
        std::ostringstream text;
        text << std::ifstream{path}.rdbuf();
        return text.str();
    }
    static std::ptrdiff_t count_of(std::filesystem::path const& folder) {
        return std::distance(std::filesystem::directory_iterator{folder}, {});
    }

    std::filesystem::path folder_{};
    std::filesystem::path path_{};
    std::array<std::uint8_t, 3> bytes_{'n', 'e', 'w'};
};

TEST_F(AnUnfinishedFile, LeavesTheOldOneUntilItIsFinished) {
    {
        UnfinishedFile file{path_};
        ASSERT_TRUE(file.is_open());
        EXPECT_EQ(text_of(path_), "old");
        EXPECT_TRUE(file.finish(bytes_));
        EXPECT_EQ(text_of(path_), "new");
    }
    EXPECT_EQ(text_of(path_), "new");
    EXPECT_EQ(count_of(folder_), 1);
}

TEST_F(AnUnfinishedFile, IsGoneWhereItIsNotFinished) {
    { UnfinishedFile const file{path_}; }
    EXPECT_EQ(text_of(path_), "old");
    EXPECT_EQ(count_of(folder_), 1);
}

TEST_F(AnUnfinishedFile, TellsWhereItCannotBeMadeOrPutIntoItsPlace) {
    EXPECT_FALSE(UnfinishedFile{folder_ / "no" / "file"}.is_open());
    std::filesystem::create_directory(folder_ / "taken");
    UnfinishedFile file{folder_ / "taken"};
    ASSERT_TRUE(file.is_open());
    EXPECT_FALSE(file.finish(bytes_));
}

TEST_F(AnUnfinishedFile, IsNobodyElsesToRead) {
    UnfinishedFile file{path_};
    ASSERT_TRUE(file.finish(bytes_));
    EXPECT_EQ(std::filesystem::status(path_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

} // namespace
} // namespace cli
