#include "host/daemon/ceremonies.hpp"

#include "host/daemon/moment_text.hpp"
#include "host/daemon/secret_token.hpp"

#include "host/api/base64.hpp"

#include "keys/custody/key_components.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace sscardd {
namespace {

using Document = api::Outcome<api::MinutesDocument>;

constexpr std::size_t witnesses_max = 8;
constexpr std::size_t name_size_max = 64; ///< bytes of UTF-8

void check_names(std::vector<std::string> const& names, std::string const& where,
                 api::Fault& invalid) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string const place = where + "/" + std::to_string(i);
        if (!is_text(names[i], name_size_max)) {
            invalid.problems.push_back(
                {place, "out_of_range", fmt::format("1 to {} printable bytes", name_size_max)});
        } else if (std::count(names.begin(), names.end(), names[i]) > 1) {
            invalid.problems.push_back({place, "duplicate", names[i]});
        }
    }
}

std::optional<api::Fault> fault_of(Ceremonies::People const& people) {
    using keys::custody::components_max;
    using keys::custody::components_min;
    api::Fault invalid = api::fault(api::code::request_invalid);
    std::size_t const count = people.custodians.size();
    if (count < components_min || count > components_max) {
        invalid.problems.push_back({"/custodians", "out_of_range",
                                    fmt::format("{} to {}", components_min, components_max)});
    }
    if (people.witnesses.size() > witnesses_max) {
        invalid.problems.push_back(
            {"/witnesses", "out_of_range", fmt::format("at most {}", witnesses_max)});
    }
    check_names(people.custodians, "/custodians", invalid);
    check_names(people.witnesses, "/witnesses", invalid);
    return invalid.problems.empty() ? std::nullopt : std::optional{invalid};
}

} // namespace

Ceremonies::Ceremonies(MinutesKeeper& minutes, std::function<Clock::time_point()> now)
    : minutes_{minutes}, now_{std::move(now)}, watching_{[this](std::stop_token const& stop) {
          watch(stop);
      }} {}

void Ceremonies::watch(std::stop_token const& stop) {
    constexpr std::chrono::seconds pause{1};
    std::unique_lock lock{mutex_};
    while (!stop.stop_requested()) {
        stopping_.wait_for(lock, stop, pause, [] { return false; });
        lock.unlock();
        expire();
        lock.lock();
    }
}

void Ceremonies::expire() {
    std::lock_guard const lock{mutex_};
    if (!running_ || now_() < running_->until) {
        return;
    }
    audit::Minutes const minutes = minutes_of(*running_);
    spdlog::warn("keys {}, by {}: nobody went on, it is wiped", running_->told.act, running_->user);
    running_.reset();
    (void)minutes_.keep(minutes, audit::ActOutcome::expired);
}

void Ceremonies::go_on(Running& running) const {
    running.until = now_() + idle_max;
    running.told.until = moment_text(std::chrono::system_clock::now() + idle_max);
}

audit::Minutes Ceremonies::minutes_of(Running const& running) {
    audit::Minutes minutes = running.minutes;
    for (std::size_t i = 0; i < minutes.custodians.size(); ++i) {
        minutes.custodians[i].check_value = running.told.parts[i].check_value.value_or("");
    }
    running.act->describe(minutes);
    return minutes;
}

api::Outcome<api::Ceremony> Ceremonies::begin(audit::Act act, People people,
                                              std::string const& user, Beginning const& make) {
    std::lock_guard const lock{mutex_};
    if (running_) {
        return api::fault("ceremony_running", running_->user + ", " + running_->minutes.began_at);
    }
    if (auto fault = fault_of(people)) {
        return *std::move(fault);
    }
    auto made = make();
    if (!made.ok()) {
        return made.error();
    }
    Running running{{}, user, minutes_.begin(act, user), std::move(made).value(), {}, {}};
    running.told.token = new_token();
    if (running.told.token.empty()) {
        return api::fault("sealing_failed");
    }
    running.told.act = audit::to_text(act);
    running.told.digits = running.act->digits();
    running.told.version = running.act->version();
    for (std::string const& name : people.custodians) {
        running.told.parts.push_back({name, false, std::nullopt});
        running.minutes.custodians.push_back({name, {}});
    }
    running.minutes.witnesses = std::move(people.witnesses);
    go_on(running);
    return running_.emplace(std::move(running)).told;
}

api::Outcome<Ceremonies::Running*> Ceremonies::running(std::string_view token,
                                                       std::string const& user) {
    bool const is_theirs =
        running_ && running_->user == user && is_same_token(running_->told.token, token);
    if (!is_theirs || now_() >= running_->until) {
        return api::fault("ceremony_unknown");
    }
    go_on(*running_);
    return &*running_;
}

api::Outcome<Ceremonies::Running*>
Ceremonies::running_part(std::string_view token, std::string const& user, std::uint32_t custodian) {
    auto found = running(token, user);
    if (found.ok() && (custodian < 1 || custodian > found.value()->told.parts.size())) {
        api::Fault invalid = api::fault(api::code::request_invalid);
        invalid.problems.push_back({"/custodian", "out_of_range", ""});
        return invalid;
    }
    return found;
}

api::Outcome<api::ShownPart> Ceremonies::show(api::PartShowRequest const& request,
                                              std::string const& user) {
    std::lock_guard const lock{mutex_};
    auto const found = running_part(request.token, user, request.custodian);
    if (!found.ok()) {
        return found.error();
    }
    Running& running = *found.value();
    api::CustodianPart& part = running.told.parts[request.custodian - 1];
    if (!running.act->makes_parts() || part.shown) {
        return api::fault("part_shown", part.custodian);
    }
    part.shown = true;
    return running.act->show(request.custodian - 1);
}

api::Outcome<api::CustodianPart> Ceremonies::take(api::PartRequest const& request,
                                                  std::string const& user) {
    std::lock_guard const lock{mutex_};
    auto const found = running_part(request.token, user, request.custodian);
    if (!found.ok()) {
        return found.error();
    }
    std::optional<keys::CheckValue> expected;
    if (request.check_value) {
        expected = check_value_from(*request.check_value);
        if (!expected) {
            return api::fault("part_mistyped");
        }
    }
    Running& running = *found.value();
    api::CustodianPart& part = running.told.parts[request.custodian - 1];
    running.check_value.clear();
    auto const value = running.act->take(request.custodian - 1, request.value.given(), expected);
    if (!value.ok()) {
        api::Fault fault = value.error();
        fault.detail = part.custodian;
        return fault;
    }
    part.check_value = value.value();
    return part;
}

api::Outcome<api::Combined> Ceremonies::combine(api::CombineRequest const& request,
                                                std::string const& user) {
    std::lock_guard const lock{mutex_};
    auto const found = running(request.token, user);
    if (!found.ok()) {
        return found.error();
    }
    auto combined = found.value()->act->combine();
    if (combined.ok()) {
        found.value()->check_value = combined.value().check_value;
    }
    return combined;
}

Document Ceremonies::finish(api::CeremonyFinishRequest const& request, std::string const& user) {
    std::lock_guard const lock{mutex_};
    auto const found = running(request.token, user);
    if (!found.ok()) {
        return found.error();
    }
    Running& running = *found.value();
    if (running.check_value.empty()) {
        return api::fault("part_missing");
    }
    if (request.check_value != running.check_value) {
        return api::fault(api::code::check_value_differs, running.check_value);
    }
    for (api::CustodianPart const& part : running.told.parts) {
        auto const& names = request.confirmed_by;
        if (std::find(names.begin(), names.end(), part.custodian) == names.end()) {
            return api::fault("ceremony_not_confirmed", part.custodian);
        }
    }
    auto document =
        minutes_.carry_out(minutes_of(running), [&running] { return running.act->carry_out(); });
    auto const product = running.act->product();
    running_.reset();
    if (!document.ok() || product.empty()) {
        return document;
    }
    api::MinutesDocument with_file = std::move(document).value();
    with_file.file = api::base64_text(product);
    return with_file;
}

Document Ceremonies::abort(api::CeremonyAbortRequest const& request, std::string const& user) {
    std::lock_guard const lock{mutex_};
    bool const is_theirs =
        running_ && running_->user == user &&
        (request.token.empty() || is_same_token(running_->told.token, request.token));
    if (!is_theirs) {
        return api::fault("ceremony_unknown");
    }
    if (!request.reason.empty() && !is_text(request.reason, reason_size_max)) {
        api::Fault invalid = api::fault(api::code::request_invalid);
        invalid.problems.push_back({"/reason", "out_of_range", ""});
        return invalid;
    }
    audit::Minutes minutes = minutes_of(*running_);
    minutes.remark = request.reason;
    running_.reset();
    return minutes_.keep(std::move(minutes), audit::ActOutcome::aborted);
}

} // namespace sscardd
