#pragma once

#include "host/audit/minutes_book.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace audit::test {

/// Minutes of a made-up ceremony.
inline Minutes a_ceremony() {
    Minutes minutes;
    minutes.began_at = "2026-11-26T08:00:00Z";
    minutes.ended_at = "2026-11-26T08:20:00Z";
    minutes.operator_user = "operator";
    minutes.custodians = {{"张三", "2677F4"}, {"李四", "08D7B4"}};
    minutes.witnesses = {"王五"};
    minutes.origin = "entered";
    minutes.keys = {{"UKSSSE", "ministry", "SM4", 1, "A1B2C3"},
                    {"BK", "city", "3DES", {}, "00FF00"}};
    minutes.store = "sealed_store /var/lib/sscard/keys";
    minutes.machine = "office-1";
    minutes.region = "639900";
    minutes.software = "sscard 0.1.0";
    return minutes;
}

/// "ok", or the fault's detail.
template <typename T>
std::string outcome_of(AuditResult<T> const& result) {
    return result.ok() ? "ok" : "fault: " + result.error().detail;
}

/// A folder of minutes of a test's own, gone with the object.
class MinutesFolder {
public:
    MinutesFolder() {
        std::string path = std::filesystem::temp_directory_path() / "sscard-minutes.XXXXXX";
        path_ = mkdtemp(path.data());
    }
    MinutesFolder(MinutesFolder const&) = delete;
    MinutesFolder& operator=(MinutesFolder const&) = delete;
    ~MinutesFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path path(std::string const& name) const {
        return path_ / "minutes" / name;
    }
    [[nodiscard]] MinutesBook book() const { return MinutesBook::open(path_ / "minutes").value(); }
    /// A book with so many minutes.
    [[nodiscard]] MinutesBook book_of(int count) const {
        MinutesBook made = book();
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(outcome_of(made.add(a_ceremony())), "ok");
        }
        return made;
    }
    [[nodiscard]] std::string text(std::string const& name) const {
        std::ifstream file{path(name)};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    void put(std::string const& name, std::string const& text) const {
        std::ofstream{path(name)} << text;
    }

private:
    std::filesystem::path path_{};
};

/// "2 missing, 0 head_wrong".
inline std::string findings_of(MinutesBook const& book) {
    std::string text;
    for (BookFinding const& one : book.check()) {
        text += (text.empty() ? "" : ", ") + std::to_string(one.number) + ' ';
        text += to_text(one.what);
    }
    return text;
}

} // namespace audit::test
