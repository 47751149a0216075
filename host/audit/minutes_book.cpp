#include "host/audit/minutes_book.hpp"

#include "host/store/durable_file.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>

namespace audit {
namespace {

namespace fs = std::filesystem;

/// More than an office ever has; the loop over them is bounded.
constexpr std::uint32_t minutes_max = 999'999;

std::string head_to_sign(std::uint32_t count, std::string const& last) {
    return "sscard minutes head " + std::to_string(count) + ' ' + last;
}

AuditFault not_written(session::Fault const& fault) {
    return {AuditFaultCode::not_written, fault.detail};
}

} // namespace

std::string_view to_text(BookFinding::What what) {
    constexpr auto names = std::to_array<std::string_view>(
        {"missing", "damaged", "not_signed", "chain_broken", "head_wrong"});
    return names.at(static_cast<std::size_t>(what));
}

fs::path MinutesBook::path_of(std::uint32_t number) const {
    std::string digits = std::to_string(number);
    digits.insert(0, 6 - std::min<std::size_t>(6, digits.size()), '0');
    return folder_ / (digits + ".json");
}

AuditResult<MinutesBook> MinutesBook::open(fs::path folder) {
    std::error_code error;
    if (fs::create_directory(folder, error)) {
        fs::permissions(folder, fs::perms::owner_all, error);
    }
    if (error) {
        return AuditFault{AuditFaultCode::not_written, folder.string() + ": " + error.message()};
    }
    auto key = SigningKey::open(folder / "signing_key.pem");
    if (!key.ok()) {
        return key.error();
    }
    MinutesBook book{std::move(folder), std::move(key).value()};
    if (auto const counted = book.count_files(); !counted.ok()) {
        return counted.error();
    }
    if (auto const settled = book.settle(); !settled.ok()) {
        return settled.error();
    }
    return book;
}

AuditResult<std::optional<SignedMinutes>> MinutesBook::read(fs::path const& path) const {
    auto const text = store::read_file(path);
    if (!text.ok()) {
        return AuditFault{AuditFaultCode::damaged, text.error().detail};
    }
    if (!text.value()) {
        return std::optional<SignedMinutes>{};
    }
    auto parsed = parse_minutes(*text.value());
    if (!parsed.ok()) {
        return AuditFault{AuditFaultCode::damaged, path.string()};
    }
    return std::optional{std::move(parsed).value()};
}

AuditResult<std::optional<SignedMinutes>> MinutesBook::find(std::uint32_t number) const {
    return read(path_of(number));
}

std::optional<MinutesBook::Head> MinutesBook::head(fs::path const& path) const {
    auto const text = store::read_file(path);
    if (!text.ok() || !text.value()) {
        return std::nullopt;
    }
    try {
        auto const json = nlohmann::json::parse(*text.value());
        Head read{json.at("count").get<std::uint32_t>(), json.at("last")};
        std::string const signature = json.at("signature");
        bool const is_ours =
            audit::has_signed(key_.public_key(), head_to_sign(read.count, read.last), signature);
        return is_ours ? std::optional{std::move(read)} : std::nullopt;
    } catch (nlohmann::json::exception const&) {
        return std::nullopt;
    }
}

AuditResult<apdu::Done> MinutesBook::count_files() {
    // What a gap hides counts too: numbers are never given twice.
    auto const told = head(folder_ / "head.json");
    count_ = told ? told->count : 0;
    last_ = told ? told->last : std::string{};
    std::error_code ignored;
    while (count_ < minutes_max && fs::exists(path_of(count_ + 1), ignored)) {
        ++count_;
        auto const minutes = find(count_);
        if (!minutes.ok()) {
            return minutes.error();
        }
        last_ = minutes.value()->digest();
    }
    return apdu::Done{};
}

AuditResult<apdu::Done> MinutesBook::settle() {
    auto const draft_head = head(folder_ / "head.draft");
    if (draft_head && draft_head->count == count_ && draft_head->last == last_) {
        // Killed between the two names of keep_draft().
        auto const renamed = store::rename_file(folder_ / "head.draft", folder_ / "head.json");
        return renamed.ok() ? AuditResult<apdu::Done>{apdu::Done{}} : not_written(renamed.error());
    }
    auto const left = read(folder_ / "minutes.draft");
    if (!left.ok() || !left.value()) {
        drop_draft(); // not written to its end: the act was not begun
        return apdu::Done{};
    }
    Minutes minutes = left.value()->minutes;
    minutes.outcome = ActOutcome::interrupted;
    auto const added = add(std::move(minutes));
    return added.ok() ? AuditResult<apdu::Done>{apdu::Done{}} : added.error();
}

AuditResult<apdu::Done> MinutesBook::write(fs::path const& path, std::string const& text) const {
    auto const file = store::open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() || !store::write_all(file.number(), text) || ::fsync(file.number()) != 0) {
        return not_written(store::file_fault(path));
    }
    return apdu::Done{};
}

AuditResult<SignedMinutes> MinutesBook::draft(Minutes minutes) {
    minutes.number = count_ + 1;
    minutes.previous = last_;
    SignedMinutes made{minutes, text_to_sign(minutes), key_.public_key(), {}};
    auto signature = key_.sign(made.signed_text);
    auto const head_signature = key_.sign(head_to_sign(minutes.number, made.digest()));
    if (!signature.ok() || !head_signature.ok()) {
        return AuditFault{AuditFaultCode::failed, "Ed25519"};
    }
    made.signature = std::move(signature).value();
    nlohmann::json const head{
        {"count", minutes.number}, {"last", made.digest()}, {"signature", head_signature.value()}};
    auto written = write(folder_ / "head.draft", head.dump() + "\n");
    if (written.ok()) {
        written = write(folder_ / "minutes.draft", file_text(made));
    }
    if (written.ok() && !store::sync_directory(folder_)) {
        written = not_written(store::file_fault(folder_));
    }
    if (!written.ok()) {
        drop_draft();
        return written.error();
    }
    return made;
}

void MinutesBook::drop_draft() {
    (void)store::remove_file(folder_ / "minutes.draft");
    (void)store::remove_file(folder_ / "head.draft");
}

AuditResult<apdu::Done> MinutesBook::keep_draft() {
    auto const minutes = read(folder_ / "minutes.draft");
    apdu::require(minutes.ok() && minutes.value().has_value());
    auto named = store::rename_file(folder_ / "minutes.draft", path_of(count_ + 1));
    if (named.ok()) {
        ++count_;
        last_ = minutes.value()->digest();
        named = store::rename_file(folder_ / "head.draft", folder_ / "head.json");
    }
    return named.ok() ? AuditResult<apdu::Done>{apdu::Done{}} : not_written(named.error());
}

AuditResult<SignedMinutes> MinutesBook::add(Minutes minutes) {
    auto made = draft(std::move(minutes));
    if (!made.ok()) {
        return made;
    }
    if (auto const kept = keep_draft(); !kept.ok()) {
        return kept.error();
    }
    return made;
}

bool MinutesBook::has_signed(SignedMinutes const& minutes) const {
    return minutes.public_key == key_.public_key() &&
           audit::has_signed(minutes.public_key, minutes.signed_text, minutes.signature);
}

std::vector<BookFinding> MinutesBook::check() const {
    using What = BookFinding::What;
    std::vector<BookFinding> found;
    std::string before;
    for (std::uint32_t number = 1; number <= count_; ++number) {
        auto const minutes = find(number);
        if (!minutes.ok() || !minutes.value()) {
            found.push_back({number, minutes.ok() ? What::missing : What::damaged});
            before.clear();
            continue;
        }
        SignedMinutes const& one = *minutes.value();
        if (!has_signed(one)) {
            found.push_back({number, What::not_signed});
        } else if (one.minutes.number != number || one.minutes.previous != before) {
            found.push_back({number, What::chain_broken});
        }
        before = one.digest();
    }
    auto const told = head(folder_ / "head.json");
    bool const is_told = told && told->count == count_ && told->last == before;
    if (!is_told && (count_ > 0 || told)) {
        found.push_back({0, What::head_wrong});
    }
    return found;
}

} // namespace audit
