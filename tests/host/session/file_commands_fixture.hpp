#pragma once

#include "host/session/file_commands.hpp"

#include "tests/host/session/sample_card.hpp"
#include "tests/host/session/scripted_connection.hpp"

#include <gtest/gtest.h>

namespace session {

/// Commands on files against a script.
class FileCommandsTest : public ::testing::Test {
public:
    std::vector<std::uint8_t> read(std::string_view path) {
        auto const content = files.read_records(place_in_2_00(path));
        EXPECT_TRUE(content.ok()) << to_text(content.error().code);
        return content.ok() ? content.value() : std::vector<std::uint8_t>{};
    }
    /// The card answers the quickest way.
    void learn_by_sfi() {
        card.line("00B2012D40", issuer + "9000");
        read("SSSE/EF05");
    }
    void learn_by_selection() {
        card.line("00B2012D40", "6A86")
            .line("00A4020002EF05", "9000")
            .line("00B2010540", issuer + "9000");
        read("SSSE/EF05");
    }
    void learn_by_identifier() {
        card.line("00B2012D40", "6A86")
            .line("00A4020002EF05", "9000")
            .line("00B2010540", "6A86")
            .line("00B2010012", sample::id_record + "9000")
            .line("00B2020003", sample::class_record + "9000")
            .line("00B2030006", sample::version_2_00 + "9000")
            .line("00B204000E", sample::body_record + "9000")
            .line("00B2050006", sample::issue_record + "9000")
            .line("00B2060006", sample::expiry_record + "9000")
            .line("00B207000B", sample::number_record + "9000");
        read("SSSE/EF05");
    }

    std::string issuer = sample::issuer_data(sample::version_2_00);
    ScriptedConnection card;
    CardChannel channel{card};
    FileCommands files{channel};
};

} // namespace session
