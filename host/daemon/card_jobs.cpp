#include "host/daemon/card_jobs.hpp"

#include "host/daemon/pin_jobs.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/block.hpp"

#include <algorithm>

namespace sscardd {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;

/// The directory of that name, "SSSE" or "DF01"…; case is not looked at.
apdu::DedicatedFile const* find_directory(apdu::CardLayout const& layout, std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (apdu::DedicatedFile const& directory : layout.directories) {
        bool const matches =
            !directory.files.empty() &&
            apdu::path_of({&directory, directory.files.data()}).view().starts_with(name);
        if (name.size() == 4 && matches) {
            return &directory;
        }
    }
    return nullptr;
}

/// Opens the card and proves it genuine: what is blocked for good shall be the right card.
Outcome<session::CardSession> open_genuine(CardAtHand const& at) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card;
    }
    auto const genuine = card.value().check_genuine();
    if (!genuine.ok()) {
        return genuine.error();
    }
    return card;
}

} // namespace

Outcome<api::BasicData> tell_basic_data(CardAtHand const& at) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    auto const read = session::read_basic_data(card.value());
    if (!read.ok()) {
        return read.error();
    }
    session::BasicData const& data = read.value();
    return api::BasicData{data.region,
                          data.social_security_number,
                          data.card_number,
                          data.card_id,
                          data.name,
                          data.reset_info,
                          data.version,
                          data.issue_date,
                          data.expiry_date,
                          std::string{keys::to_text(data.algorithm)},
                          message_of(data.pin),
                          std::string{session::to_text(session::completeness_of(data))},
                          data.genuine_checked,
                          data.holder_read};
}

Outcome<api::Blocked> block_card(CardAtHand const& at) {
    auto card = open_genuine(at);
    if (!card.ok()) {
        return card.error();
    }
    auto const blocked = session::block_card(card.value());
    if (!blocked.ok()) {
        return blocked.error();
    }
    return api::Blocked{"card", "社会保障卡"};
}

Outcome<api::Blocked> block_application(CardAtHand const& at,
                                        api::ApplicationBlockRequest const& request) {
    auto card = open_genuine(at);
    if (!card.ok()) {
        return card.error();
    }
    auto const* const directory = find_directory(card.value().layout(), request.application);
    if (directory == nullptr) {
        return Fault{FaultCode::unknown_file, request.application};
    }
    auto const blocked = session::block_application(card.value(), directory->directory);
    if (!blocked.ok()) {
        return blocked.error();
    }
    return api::Blocked{request.application, std::string{directory->label_zh}};
}

} // namespace sscardd
