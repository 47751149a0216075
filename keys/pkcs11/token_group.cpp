#include "keys/pkcs11/token_group.hpp"

#include "keys/pkcs11/token_administration.hpp"

#include "keys/software_key_service.hpp"

namespace keys::pkcs11 {
namespace {

/// What no attempt by a program mends: a person must do something first.
bool waits_for_person(TokenFaultCode code) {
    return code == TokenFaultCode::pin_not_given || code == TokenFaultCode::pin_wrong ||
           code == TokenFaultCode::pin_at_risk || code == TokenFaultCode::pin_locked;
}

} // namespace

/// One job's key service, with the session of the token that it has to itself.
class TokenGroup::Job {
public:
    Job(TokenGroup& group, std::shared_ptr<Token> token, PooledSession session)
        : group_{group}, token_{std::move(token)}, keys_{token_->keys()}, session_{std::move(
                                                                              session)},
          software_{group.software_()}, cipher_{*session_.session, session_.derived,
                                                token_->settings().mechanisms, *software_,
                                                group.settings_.card_keys},
          service_{cipher_, keys_->set()} {}
    Job(Job const&) = delete;
    Job& operator=(Job const&) = delete;
    ~Job() {
        token_->give_back(std::move(session_));
        group_.end_job();
    }
    [[nodiscard]] KeyService& service() { return service_; }

private:
    TokenGroup& group_;
    std::shared_ptr<Token> token_;
    std::shared_ptr<TokenKeys const> keys_;
    PooledSession session_;
    std::unique_ptr<BlockCipher> software_;
    TokenCipher cipher_;
    SoftwareKeyService service_;
};

TokenGroup::TokenGroup(GroupSettings settings, PinSource pin,
                       std::function<std::unique_ptr<BlockCipher>()> software,
                       TokenObserver observer)
    : settings_{std::move(settings)}, pin_{std::move(pin)}, software_{std::move(software)},
      observer_{std::move(observer)} {
    apdu::require(!settings_.tokens.empty());
    for (TokenSettings const& token : settings_.tokens) {
        members_.push_back({token});
    }
}

void TokenGroup::note(Member& member, std::optional<TokenFault> fault) {
    bool const is_news = fault.has_value() != member.fault.has_value() ||
                         (fault && fault->code != member.fault->code);
    member.fault = std::move(fault);
    if (is_news) {
        observer_(member.settings.label, member.fault);
    }
}

void TokenGroup::forget(Member& member) {
    if (new_key_ != nullptr && &new_key_->token() == member.token.get()) {
        new_key_.reset();
    }
    note(member, member.token->loss());
    member.former = member.token;
    member.token.reset();
    member.retry_at = Clock::now();
}

std::shared_ptr<Token> TokenGroup::open_member(Member& member, LoginBy by) {
    if (member.token != nullptr && member.token->loss()) {
        forget(member);
    }
    if (member.token != nullptr) {
        return member.token;
    }
    bool const may_try =
        by == LoginBy::person || (Clock::now() >= member.retry_at &&
                                  !(member.fault && waits_for_person(member.fault->code)));
    // Jobs that still have the lost token keep its module from beginning anew.
    if (!may_try || !member.former.expired()) {
        return nullptr;
    }
    auto token = Token::open(member.settings, pin_, by);
    if (!token.ok()) {
        member.retry_at = Clock::now() + settings_.retry_after;
        note(member, token.error());
        return nullptr;
    }
    note(member, std::nullopt);
    member.token = std::move(token).value();
    return member.token;
}

TokenResult<std::shared_ptr<KeyService>> TokenGroup::lease() {
    {
        std::unique_lock lock{places_};
        if (jobs_ >= settings_.jobs_max) {
            if (waiting_ >= settings_.waiting_max) {
                return TokenFault{TokenFaultCode::busy, std::to_string(waiting_) + " wait"};
            }
            ++waiting_;
            bool const has_place = place_free_.wait_for(
                lock, settings_.wait_max, [this] { return jobs_ < settings_.jobs_max; });
            --waiting_;
            if (!has_place) {
                return TokenFault{TokenFaultCode::busy, "all sessions are in use"};
            }
        }
        ++jobs_;
    }
    std::optional<TokenFault> fault;
    {
        std::lock_guard const lock{opening_};
        for (Member& member : members_) {
            auto const token = open_member(member, LoginBy::program);
            if (token == nullptr) {
                fault = member.fault;
                continue;
            }
            auto session = token->take();
            if (session.ok()) {
                auto const job = std::make_shared<Job>(*this, token, std::move(session).value());
                return std::shared_ptr<KeyService>{job, &job->service()};
            }
            fault = session.error();
        }
    }
    end_job();
    return fault.value_or(TokenFault{TokenFaultCode::lost, ""});
}

void TokenGroup::end_job() {
    std::lock_guard const lock{places_};
    --jobs_;
    place_free_.notify_one();
}

TokenResult<apdu::Done> TokenGroup::log_in() {
    std::lock_guard const lock{opening_};
    std::optional<TokenFault> fault;
    bool is_open = false;
    for (Member& member : members_) {
        is_open = open_member(member, LoginBy::person) != nullptr || is_open;
        fault = fault ? fault : member.fault;
    }
    if (!is_open) {
        return fault.value_or(TokenFault{TokenFaultCode::lost, ""});
    }
    return apdu::Done{};
}

void TokenGroup::log_out() {
    std::lock_guard const lock{opening_};
    new_key_.reset();
    for (Member& member : members_) {
        member.former = member.token;
        member.token.reset();
        note(member, TokenFault{TokenFaultCode::pin_not_given, member.settings.label});
    }
}

GroupReport TokenGroup::report() {
    std::lock_guard const lock{opening_};
    GroupReport report;
    std::shared_ptr<Token> first;
    for (Member& member : members_) {
        auto const token = open_member(member, LoginBy::program);
        report.tokens.push_back(
            {member.settings.label, member.fault, token != nullptr && first == nullptr});
        if (token == nullptr) {
            continue;
        }
        report.tokens.back().lacks = lacking(*token);
        if (first != nullptr) {
            report.tokens.back().missing = missing_in(*token, *first);
            continue;
        }
        first = token;
        auto session = token->take();
        if (!session.ok()) {
            report.tokens.back().fault = session.error();
            continue;
        }
        auto const keys = token->keys();
        for (TokenKey const& key : keys->keys) {
            auto const value = token->check_value(*session.value().session, key);
            report.keys.emplace_back(key, value.ok() ? value.value() : CheckValue{});
        }
        token->give_back(std::move(session).value());
    }
    return report;
}

TokenResult<std::vector<std::shared_ptr<Token>>> TokenGroup::all_tokens() {
    std::vector<std::shared_ptr<Token>> tokens;
    for (Member& member : members_) {
        auto token = open_member(member, LoginBy::program);
        if (token == nullptr) {
            return member.fault.value_or(TokenFault{TokenFaultCode::lost, member.settings.label});
        }
        tokens.push_back(std::move(token));
    }
    return tokens;
}

TokenResult<apdu::Done> TokenGroup::take_in(MasterKeySet masters) {
    std::lock_guard const lock{opening_};
    auto const tokens = all_tokens();
    if (!tokens.ok()) {
        return tokens.error();
    }
    for (auto const& token : tokens.value()) {
        if (auto fault = refusal_of(*token, masters)) {
            return std::move(*fault);
        }
    }
    auto const software = software_();
    for (auto const& token : tokens.value()) {
        if (auto const done = write_keys(*token, *software, masters); !done.ok()) {
            return done.error();
        }
    }
    return apdu::Done{};
}

TokenResult<apdu::Done> TokenGroup::remove(apdu::KeyName name, Algorithm algorithm,
                                           std::optional<std::uint8_t> version) {
    std::lock_guard const lock{opening_};
    auto const tokens = all_tokens();
    if (!tokens.ok()) {
        return tokens.error();
    }
    bool is_known = false;
    for (auto const& token : tokens.value()) {
        auto const destroyed = destroy_key(*token, name, algorithm, version);
        if (!destroyed.ok()) {
            return destroyed.error();
        }
        is_known = is_known || destroyed.value();
    }
    if (!is_known) {
        return TokenFault{TokenFaultCode::key_unknown, std::string{apdu::to_text(name)}};
    }
    return apdu::Done{};
}

} // namespace keys::pkcs11
