#include "host/virtual/contact_options.hpp"

#include "host/virtual/json_members.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::uint32_t sam_clock_hz = 4'800'000;
constexpr unsigned signs_max = 1000;

using Wrong = std::vector<std::string>;

void read_protocol(GivenTexts const& given, CardOptions const& options, ContactSettings& settings,
                   Wrong& wrong) {
    if (given.protocol != "T0" && given.protocol != "T1") {
        wrong.push_back("--protocol " + given.protocol + ": T0 or T1 is wanted");
    }
    bool const is_t1 = given.protocol == "T1";
    settings.protocol = is_t1 ? ContactProtocol::t1 : ContactProtocol::t0;
    bool const is_ours =
        options.form != StartingForm::psam && options.form != StartingForm::foreign;
    if (is_t1 && !is_ours) {
        wrong.emplace_back("--protocol T1: only social security cards have it");
    }
    if (given.edc != "lrc" && given.edc != "crc") {
        wrong.push_back("--edc " + given.edc + ": lrc or crc is wanted");
    }
    settings.t1.code = given.edc == "crc" ? BlockCode::crc : BlockCode::lrc;
    if (given.ifsc == 0 || given.ifsc > information_size_max) {
        wrong.push_back("--ifsc " + std::to_string(given.ifsc) + ": 1 to 254 is wanted");
    }
    settings.t1.ifsc = static_cast<std::uint8_t>(std::min(given.ifsc, 0xFFU));
}

void read_line(GivenTexts const& given, ContactSettings& settings, Wrong& wrong) {
    if (given.convention != "direct" && given.convention != "inverse") {
        wrong.push_back("--convention " + given.convention + ": direct or inverse is wanted");
    }
    settings.convention =
        given.convention == "inverse" ? ContactConvention::inverse : ContactConvention::direct;
    if (!given.ta1.empty()) {
        auto const bytes = bytes_from_hex(given.ta1);
        if (!bytes || bytes->size() != 1 || !apdu::clock_rate_of(bytes->front())) {
            wrong.push_back("--ta1 " + given.ta1 + ": two digits for Fi and Di are wanted");
        } else {
            settings.ta1 = bytes->front();
        }
    }
    if (given.signs > signs_max) {
        wrong.push_back("--signs " + std::to_string(given.signs) + ": up to 1000 are possible");
    }
    settings.signs_before_answer = given.signs;
    settings.is_byte_by_byte = given.byte_by_byte;
}

} // namespace

void read_contact_options(GivenTexts const& given, CardOptions& options, Wrong& wrong) {
    options.contacts = given.contacts;
    if (given.sam_slot != 1 && given.sam_slot != 2) {
        wrong.push_back("--sam-slot " + std::to_string(given.sam_slot) + ": 1 or 2 is wanted");
    }
    if (given.contacts.empty()) {
        return;
    }
    if (!given.endpoints.empty() || given.count != 1) {
        wrong.emplace_back("--contacts: one card, and no --vpcd");
    }
    ContactSettings& settings = options.contact_settings;
    read_protocol(given, options, settings, wrong);
    read_line(given, settings, wrong);
    if (options.form == StartingForm::psam) {
        settings.clock_hz = sam_clock_hz;
        settings.socket = given.sam_slot == 2 ? 1 : 0;
    }
    if (options.line_time) {
        settings.is_paced = true;
        settings.command_work = options.line_time->command_work;
        settings.write_work = options.line_time->write_work;
    }
}

} // namespace virtual_card
