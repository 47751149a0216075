#include "host/daemon/remote_keys.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using namespace keys::remote;
using session::FaultCode;

/// A job may rely on what was seen so lately.
constexpr std::chrono::seconds fresh_for{60};
/// A centre that was away is not looked for again sooner.
constexpr std::chrono::seconds away_for{3};

FaultCode fault_code_of(LinkFaultCode code) {
    switch (code) {
    case LinkFaultCode::not_trusted:
        return FaultCode::centre_not_trusted;
    case LinkFaultCode::certificate:
        return FaultCode::certificate_unusable;
    case LinkFaultCode::refused:
        return FaultCode::centre_refused;
    case LinkFaultCode::locked:
        return FaultCode::keys_locked;
    case LinkFaultCode::unreachable:
    case LinkFaultCode::busy:
    case LinkFaultCode::unreadable:
        break;
    }
    return FaultCode::centre_unreachable;
}

session::Fault session_fault(LinkFault const& fault) {
    session::Fault told{fault_code_of(fault.code), fault.detail};
    if (fault.code == LinkFaultCode::busy) {
        told.detail = "too many operations are open there";
    }
    return told;
}

std::vector<api::KnownKey> told_keys(KeyCatalogue const& catalogue) {
    std::vector<api::KnownKey> told;
    for (CatalogueKey const& key : catalogue.keys) {
        told.push_back({std::string{apdu::to_text(key.name)}, key.tier,
                        std::string{keys::to_text(key.algorithm)}, key.version, key.size,
                        key.check_value, catalogue.are_test_keys, api::KeyBackEnd::centre});
    }
    return told;
}

} // namespace

api::Fault message_of(LinkFault const& fault) {
    session::Fault const told = session_fault(fault);
    return api::fault(session::to_text(told.code), told.detail);
}

RemoteKeys::Seen RemoteKeys::look(Clock::duration age_max, Clock::duration away_max) const {
    std::lock_guard const lock{mutex_};
    auto const now = now_();
    if (seen_ && now - seen_->when < (seen_->catalogue == nullptr ? away_max : age_max)) {
        return *seen_;
    }
    bool const was_away = seen_ && seen_->catalogue == nullptr;
    auto const answer = link_->exchange(keys_path, WipedText{std::string{"{}"}});
    auto catalogue = answer.ok() ? parse_catalogue(answer.value().content()) : std::nullopt;
    Seen seen;
    if (catalogue) {
        hinder(seen, *catalogue);
        seen.catalogue = std::make_shared<KeyCatalogue const>(std::move(*catalogue));
        if (was_away) {
            spdlog::info("{}: the centre is there again", name_);
        }
    } else {
        LinkFault const fault =
            answer.ok() ? LinkFault{LinkFaultCode::unreadable, name_} : answer.error();
        seen.fault = message_of(fault);
        seen.trouble = session_fault(fault);
        if (!was_away) {
            spdlog::error("{}: {} {}", name_, seen.fault->code, seen.fault->detail);
        }
    }
    seen.when = now_();
    seen_ = seen;
    return seen;
}

void RemoteKeys::hinder(Seen& seen, KeyCatalogue const& catalogue) const {
    if (is_production_ && catalogue.are_test_keys) {
        seen.fault = api::fault(api::code::test_keys_refused, name_);
        seen.trouble = session::Fault{FaultCode::key_service_failed, "the centre has test keys"};
    } else if (catalogue.state == CatalogueState::unusable) {
        seen.fault = api::fault(api::code::no_key_store, name_);
        seen.trouble = session::Fault{FaultCode::key_service_failed, "the centre has no keys"};
    } else if (catalogue.state == CatalogueState::locked) {
        seen.trouble = session::Fault{FaultCode::keys_locked, "at the centre"};
    }
}

LaneKeys RemoteKeys::service() const { return service_for({CardPurpose::card_read, "sscardd"}); }

LaneKeys RemoteKeys::service_for(KeyUse const& use) const {
    Seen const seen = look(fresh_for, away_for);
    LaneKeys keys{nullptr};
    if (seen.trouble) {
        keys.trouble = [trouble = *seen.trouble]() { return std::optional{trouble}; };
        return keys;
    }
    auto const service = std::make_shared<RemoteKeyService>(*link_, seen.catalogue, use, pause_);
    keys.service = service;
    keys.trouble = [service]() -> std::optional<session::Fault> {
        auto const& trouble = service->trouble();
        return trouble ? std::optional{session_fault(*trouble)} : std::nullopt;
    };
    return keys;
}

api::KeyReport RemoteKeys::report() const {
    Seen const seen = look({}, {});
    api::KeyReport report;
    report.back_end = api::KeyBackEnd::centre;
    report.path = name_;
    report.production = is_production_;
    report.fault = seen.fault;
    if (seen.catalogue != nullptr) {
        report.test = seen.catalogue->are_test_keys;
        report.keys = told_keys(*seen.catalogue);
    }
    if (!seen.fault && seen.catalogue != nullptr) {
        report.state = seen.catalogue->state == CatalogueState::locked ? api::KeyState::locked
                                                                       : api::KeyState::open;
    }
    return report;
}

} // namespace sscardd
