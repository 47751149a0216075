#include "host/daemon/file_jobs.hpp"

#include "host/api/base64.hpp"
#include "host/session/file_access.hpp"
#include "host/session/file_text.hpp"

#include <algorithm>

namespace sscardd {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;

std::string_view type_name(apdu::FileType type) {
    switch (type) {
    case apdu::FileType::variable_records:
        return "variable_records";
    case apdu::FileType::fixed_records:
        return "fixed_records";
    case apdu::FileType::cyclic:
        return "cyclic";
    case apdu::FileType::transparent:
        break;
    }
    return "transparent";
}

api::Value value_of(session::ItemText const& item) {
    return {item.name, item.label_zh, item.text, item.meaning_en, item.meaning_zh};
}

api::Entry entry_of(session::ItemText const& item) {
    api::Entry entry;
    if (item.tag != 0) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        entry.tag = {digits[item.tag >> 4U], digits[item.tag & 0x0FU]};
    }
    entry.occurrence = static_cast<std::uint32_t>(item.occurrence);
    entry.value = value_of(item);
    std::transform(item.parts.begin(), item.parts.end(), std::back_inserter(entry.parts), value_of);
    return entry;
}

api::FileContent head_of(apdu::FilePlace place) {
    api::FileContent content;
    content.path = apdu::path_of(place).view();
    content.name = place.file->name;
    content.label_zh = place.file->label_zh;
    content.type = type_name(place.file->type);
    return content;
}

Outcome<api::FileContent> read_one(session::CardSession& card, apdu::FilePlace place,
                                   session::Rights const& rights) {
    auto const bytes = session::read_file(card, place, rights);
    if (!bytes.ok()) {
        return bytes.error();
    }
    api::FileContent content = head_of(place);
    if (place.file->type == apdu::FileType::transparent) {
        content.bytes = api::base64_text(bytes.value());
        return content;
    }
    auto const items = session::file_text(*place.file, bytes.value());
    if (!items.ok()) {
        return items.error();
    }
    std::transform(items.value().begin(), items.value().end(), std::back_inserter(content.entries),
                   entry_of);
    return content;
}

/// True when no further file can be read either.
bool ends_reading(FaultCode code) {
    switch (code) {
    case FaultCode::no_pcsc_service:
    case FaultCode::reader_gone:
    case FaultCode::no_card:
    case FaultCode::card_removed:
    case FaultCode::card_mute:
    case FaultCode::card_blocked:
        return true;
    default:
        return false;
    }
}

Outcome<api::FileContents> read_all(session::CardSession& card, session::Rights const& rights) {
    api::FileContents contents;
    for (apdu::DedicatedFile const& directory : card.layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (file.is_internal) {
                continue;
            }
            apdu::FilePlace const place{&directory, &file};
            auto read = read_one(card, place, rights);
            if (read.ok()) {
                contents.files.push_back(std::move(read).value());
                continue;
            }
            if (ends_reading(read.error().code)) {
                return read.error();
            }
            contents.files.push_back(head_of(place));
            contents.files.back().unread = session::to_text(read.error().code);
        }
    }
    return contents;
}

/// Keeps one item of a file. Fault: unknown_item.
Outcome<api::FileContents> item_of(api::FileContent content, std::string const& item) {
    std::erase_if(content.entries,
                  [&](api::Entry const& entry) { return entry.value.name != item; });
    if (content.entries.empty()) {
        return Fault{FaultCode::unknown_item, content.path + " " + item};
    }
    return api::FileContents{{std::move(content)}};
}

Outcome<api::FileContents> read_wished(session::CardSession& card,
                                       api::FileReadRequest const& request,
                                       session::Rights const& rights) {
    if (!request.file) {
        return read_all(card, rights);
    }
    auto const place = apdu::find_file(card.layout(), *request.file);
    if (!place) {
        return Fault{FaultCode::unknown_file, *request.file};
    }
    auto content = read_one(card, *place, rights);
    if (!content.ok()) {
        return content.error();
    }
    if (request.item) {
        return item_of(std::move(content).value(), *request.item);
    }
    return api::FileContents{{std::move(content).value()}};
}

} // namespace

Outcome<api::FileContents> read_files(CardAtHand const& at, api::FileReadRequest const& request) {
    std::optional<keys::Pin> pin;
    if (request.pin) {
        auto parsed = pin_of(*request.pin);
        if (!parsed.ok()) {
            return parsed.error();
        }
        pin.emplace(std::move(parsed).value());
    }
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    session::Rights rights;
    rights.pin = pin ? &*pin : nullptr;
    rights.last_try = request.spend_last_try ? session::LastTry::spend : session::LastTry::refuse;
    rights.use_keys = at.keys != nullptr;
    return read_wished(card.value(), request, rights);
}

} // namespace sscardd
