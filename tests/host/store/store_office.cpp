#include "tests/host/store/store_office.hpp"

#include "host/session/hex_text.hpp"

#include <fstream>
#include <iterator>

namespace store {

using personalization::Making;

personalization::HistoricalBytes chip_bytes(std::uint8_t last) {
    return {0x00, 0x81, 0x54, 0x44, 0x4B, 0x86, 0x60, 0x41, 0x10, 0x00, 0x00, 0x00, last};
}

std::string chip_text(std::uint8_t last) { return session::hex_text(chip_bytes(last)); }

Making making_for(std::uint8_t chip, std::string_view person) {
    return Making{.chip = chip_bytes(chip),
                  .wanted = chip_bytes(chip),
                  .stage = personalization::Stage::both,
                  .version = apdu::SpecVersion::v3_00,
                  .algorithm = keys::Algorithm::sm4,
                  .region = "639900",
                  .profile = "t514",
                  .card_id = "6399001001000000000000000000" + chip_text(chip).substr(22),
                  .record = {"0123456789abcdef", "A1234567" + std::to_string(chip)},
                  .person = std::string{person}};
}

personalization::CommandAhead command_ahead(std::size_t number) {
    return {.number = number, .step = number / 2, .ins = apdu::Ins::update_record};
}

StoreOffice::StoreOffice() {
    // In memory where possible: the exhaustive tests wait for the disk thousands of times.
    std::string name = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : testing::TempDir();
    name += "/sscard-store-XXXXXX";
    directory_ = mkdtemp(name.data());
    open();
}

StoreOffice::~StoreOffice() {
    close();
    std::filesystem::remove_all(directory_);
}

void StoreOffice::open() {
    close();
    auto cards = CardRegister::open(register_file(), [this] { return now; });
    apdu::require(cards.ok());
    cards_ = std::move(cards).value();
    auto makings = CardMakings::open(*cards_, directory_ / "makings");
    apdu::require(makings.ok());
    makings_ = std::move(makings).value();
}

void StoreOffice::close() {
    makings_.reset();
    cards_.reset();
}

std::filesystem::path StoreOffice::journal(std::uint8_t chip) const {
    return directory_ / "makings" / (chip_text(chip) + ".journal");
}

std::optional<CardEntry> StoreOffice::entry_of(std::uint8_t chip) const {
    auto const found = cards_->find(chip_text(chip));
    apdu::require(found.ok());
    return found.value();
}

std::optional<CardState> StoreOffice::state_of(std::uint8_t chip) const {
    auto const entry = entry_of(chip);
    return entry ? std::optional{entry->state} : std::nullopt;
}

std::string content_of_file(std::filesystem::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_content(std::filesystem::path const& path, std::string_view text) {
    std::ofstream stream{path, std::ios::binary};
    stream << text;
}

} // namespace store
