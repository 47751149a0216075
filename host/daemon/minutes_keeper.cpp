#include "host/daemon/minutes_keeper.hpp"

#include "host/api/base64.hpp"
#include "host/audit/minutes_pdf.hpp"
#include "host/store/card_register.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>

namespace sscardd {
namespace {

using Document = api::Outcome<api::MinutesDocument>;

api::Fault minutes_fault(audit::AuditFault const& fault) {
    bool const is_damage = fault.code == audit::AuditFaultCode::damaged;
    return api::fault(is_damage ? "minutes_damaged" : "minutes_not_written", fault.detail);
}

api::MinutesDocument document_of(audit::SignedMinutes const& minutes) {
    return {minutes.minutes.number, audit::file_text(minutes), std::nullopt};
}

std::string keys_text(audit::Minutes const& minutes) {
    std::string text;
    for (audit::KeyEntry const& key : minutes.keys) {
        text += fmt::format("{}{} {} {} ({})", text.empty() ? "" : ", ", key.name, key.algorithm,
                            key.version ? std::to_string(*key.version) : "-", key.check_value);
    }
    return text;
}

std::string machine_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace

audit::Minutes MinutesKeeper::begin(audit::Act act, std::string user) const {
    api::KeyReport const report = keys_.report();
    audit::Minutes minutes;
    minutes.act = act;
    minutes.began_at = store::utc_now();
    minutes.operator_user = std::move(user);
    minutes.test = report.test.value_or(false);
    minutes.store = std::string{api::name_of(report.back_end)} + " " + report.path;
    minutes.machine = machine_name();
    minutes.region = configuration_.region.value_or("");
    minutes.software = "sscard " SSCARD_VERSION;
    return minutes;
}

api::Outcome<audit::MinutesBook*> MinutesKeeper::book() {
    if (!book_) {
        auto opened = audit::MinutesBook::open(
            std::filesystem::path{configuration_.state_directory} / "minutes");
        if (!opened.ok()) {
            return minutes_fault(opened.error());
        }
        book_.emplace(std::move(opened).value());
    }
    return &*book_;
}

Document MinutesKeeper::carry_out(audit::Minutes minutes,
                                  std::function<api::Outcome<apdu::Done>()> const& act) {
    std::lock_guard const lock{mutex_};
    auto const book = this->book();
    if (!book.ok()) {
        return book.error();
    }
    minutes.ended_at = store::utc_now();
    auto const drafted = book.value()->draft(minutes);
    if (!drafted.ok()) {
        return minutes_fault(drafted.error());
    }
    auto const done = act();
    bool const is_done = done.ok() || done.error().code == "store_maybe_not_kept";
    if (!is_done) {
        book.value()->drop_draft();
        minutes.outcome = audit::ActOutcome::failed;
        minutes.fault = done.error().code;
        if (auto const kept = book.value()->add(minutes); !kept.ok()) {
            spdlog::error("minutes: {}", kept.error().detail);
        }
        return done.error();
    }
    if (auto const kept = book.value()->keep_draft(); !kept.ok()) {
        return minutes_fault(kept.error());
    }
    if (!done.ok()) {
        return done.error();
    }
    return document_of(drafted.value());
}

Document MinutesKeeper::keep(audit::Minutes minutes, audit::ActOutcome outcome) {
    std::lock_guard const lock{mutex_};
    auto const book = this->book();
    if (!book.ok()) {
        return book.error();
    }
    minutes.ended_at = store::utc_now();
    minutes.outcome = outcome;
    auto const kept = book.value()->add(std::move(minutes));
    return kept.ok() ? Document{document_of(kept.value())} : minutes_fault(kept.error());
}

api::Outcome<api::MinutesList> MinutesKeeper::list() {
    std::lock_guard const lock{mutex_};
    auto const book = this->book();
    if (!book.ok()) {
        return book.error();
    }
    api::MinutesList list;
    list.public_key = book.value()->key().public_pem();
    for (std::uint32_t number = 1; number <= book.value()->count(); ++number) {
        auto const found = book.value()->find(number);
        if (!found.ok() || !found.value()) {
            continue; // among the findings
        }
        audit::Minutes const& minutes = found.value()->minutes;
        list.minutes.push_back({number, minutes.ended_at, std::string{audit::to_text(minutes.act)},
                                std::string{audit::to_text(minutes.outcome)}, keys_text(minutes),
                                minutes.operator_user});
    }
    for (audit::BookFinding const& one : book.value()->check()) {
        list.findings.push_back({one.number, std::string{audit::to_text(one.what)}});
    }
    return list;
}

Document MinutesKeeper::find(std::uint32_t number, bool with_pdf) {
    std::lock_guard const lock{mutex_};
    auto const book = this->book();
    if (!book.ok()) {
        return book.error();
    }
    auto const found = book.value()->find(number);
    if (!found.ok()) {
        return minutes_fault(found.error());
    }
    if (!found.value()) {
        return api::fault("minutes_unknown", std::to_string(number));
    }
    api::MinutesDocument document = document_of(*found.value());
    if (with_pdf) {
        auto const drawn = audit::draw_minutes(*found.value());
        if (!drawn.ok()) {
            return api::fault("minutes_not_drawn", drawn.error().detail);
        }
        document.pdf = api::base64_text(drawn.value());
    }
    return document;
}

api::Outcome<api::MinutesProof> MinutesKeeper::prove(std::string_view text) {
    std::lock_guard const lock{mutex_};
    auto const book = this->book();
    if (!book.ok()) {
        return book.error();
    }
    auto const read = audit::parse_minutes(text);
    if (!read.ok()) {
        return api::MinutesProof{0, "damaged"};
    }
    std::uint32_t const number = read.value().minutes.number;
    if (!book.value()->has_signed(read.value())) {
        return api::MinutesProof{number, "not_signed"};
    }
    auto const kept = book.value()->find(number);
    bool const is_kept =
        kept.ok() && kept.value() && kept.value()->digest() == read.value().digest();
    return api::MinutesProof{number,
                             is_kept ? std::nullopt : std::optional<std::string>{"not_kept"}};
}

} // namespace sscardd
