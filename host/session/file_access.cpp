#include "host/session/file_access.hpp"

namespace session {
namespace {

using apdu::Access;
using apdu::AccessRule;
using apdu::FilePlace;
using apdu::FileType;

std::string path_text(FilePlace place) { return std::string{apdu::path_of(place).view()}; }

Outcome<apdu::Done> verify(CardSession& card, FilePlace place, Rights const& rights) {
    if (card.is_pin_verified()) {
        return apdu::Done{};
    }
    if (rights.pin == nullptr) {
        return Fault{.code = FaultCode::pin_needed, .detail = path_text(place)};
    }
    return verify_pin(card, *rights.pin, rights.last_try);
}

/// With keys not to be used, a file behind a key counts as one whose key is missing.
Outcome<apdu::Done> authenticate(CardSession& card, apdu::KeyName key, Rights const& rights) {
    if (!rights.use_keys && !card.is_authenticated(card.in_use(key))) {
        return Fault{.code = FaultCode::key_missing, .detail = std::string{apdu::to_text(key)}};
    }
    return card.authenticate(card.in_use(key));
}

Outcome<apdu::Done> verify_or_authenticate(CardSession& card, FilePlace place, apdu::KeyName key,
                                           Rights const& rights) {
    if (card.is_pin_verified() || card.is_authenticated(card.in_use(key))) {
        return apdu::Done{};
    }
    if (rights.use_keys && card.has_key(key)) {
        return card.authenticate(card.in_use(key));
    }
    return verify(card, place, rights);
}

/// The whole of what a reading or writing needs.
Outcome<apdu::Done> meet(CardSession& card, FilePlace place, Access const& access,
                         Rights const& rights) {
    switch (access.rule) {
    case AccessRule::free:
        return apdu::Done{};
    case AccessRule::key:
        return authenticate(card, access.key, rights);
    case AccessRule::pin:
        return verify(card, place, rights);
    case AccessRule::pin_or_key:
        return verify_or_authenticate(card, place, access.key, rights);
    case AccessRule::pin_and_key: {
        auto const authenticated = authenticate(card, access.key, rights);
        if (!authenticated.ok()) {
            return authenticated.error();
        }
        return verify(card, place, rights);
    }
    case AccessRule::never:
        break;
    }
    return Fault{.code = FaultCode::access_never, .detail = path_text(place)};
}

/// A condition that cannot be met is told before the card's state is touched.
bool is_hopeless(FilePlace place, Access const& access) {
    return place.file->is_internal || access.rule == AccessRule::never;
}

} // namespace

Outcome<apdu::Done> gain_access(CardSession& card, FilePlace place, Access const& access,
                                Rights const& rights) {
    if (is_hopeless(place, access)) {
        return Fault{.code = FaultCode::access_never, .detail = path_text(place)};
    }
    auto const entered = card.enter(place.directory->directory);
    if (!entered.ok()) {
        return entered.error();
    }
    return meet(card, place, access, rights);
}

Outcome<std::vector<std::uint8_t>> read_file(CardSession& card, FilePlace place,
                                             Rights const& rights) {
    auto const allowed = gain_access(card, place, place.file->read, rights);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return place.file->type == FileType::transparent ? card.files().read_binary(place)
                                                     : card.files().read_records(place);
}

Outcome<std::vector<std::uint8_t>> read_record(CardSession& card, FilePlace place,
                                               std::uint8_t number, Rights const& rights) {
    auto const allowed = gain_access(card, place, place.file->read, rights);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return card.files().read_record(place, number);
}

Outcome<apdu::Done> write_record(CardSession& card, FilePlace place, std::uint8_t number,
                                 apdu::ByteView record, Rights const& rights) {
    auto const allowed = gain_access(card, place, place.file->write, rights);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return card.files().update_record(place, number, record);
}

Outcome<apdu::Done> append_record(CardSession& card, FilePlace place, apdu::ByteView record,
                                  Rights const& rights) {
    auto const allowed = gain_access(card, place, place.file->write, rights);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return card.files().append_record(place, record);
}

Outcome<apdu::Done> write_binary(CardSession& card, FilePlace place, apdu::ByteView content,
                                 Rights const& rights) {
    auto const allowed = gain_access(card, place, place.file->write, rights);
    if (!allowed.ok()) {
        return allowed.error();
    }
    return card.files().update_binary(place, content);
}

} // namespace session
