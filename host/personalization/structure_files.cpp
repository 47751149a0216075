#include "host/personalization/card_items.hpp"
#include "host/personalization/file_form.hpp"
#include "host/personalization/structure_parts.hpp"

#include "apdu/gbk.hpp"
#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"
#include "apdu/require.hpp"

#include <algorithm>
#include <numeric>

namespace personalization {
namespace {

using apdu::Directory;
using apdu::FileType;
using apdu::Ins;
using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t by_number = 0x04; ///< P2 of UPDATE RECORD: the current file's record P1

Step create_step(Purpose purpose, StepSubject subject, FileForm const& form,
                 CosProfile const& profile) {
    return {subject, PlainCommand{purpose, fill_header(profile.create_file, {}),
                                  create_file_data(form, profile)}};
}

Step record_step(Purpose purpose, StepSubject subject, std::size_t number, Bytes record) {
    return {subject, PlainCommand{purpose,
                                  {apdu::Cla::interindustry, Ins::update_record,
                                   static_cast<std::uint8_t>(number), by_number},
                                  std::move(record)}};
}

Bytes label_bytes(std::string_view label) {
    Bytes bytes(label.size());
    auto const size = apdu::utf8_to_card_text(label, apdu::TextProfile::gbk, bytes);
    apdu::require(size.ok()); // the tables' own labels
    bytes.resize(size.value());
    return bytes;
}

FieldValues application_values(apdu::DedicatedFile const& application, CosProfile const& profile) {
    FieldValues values;
    values.set_number(Field::fid, application.fid)
        .set(Field::name, application.name)
        .set(Field::label, label_bytes(application.label_zh))
        .set(Field::directory_file_sfi, {profile.directory_file.sfi})
        .set(Field::fci_file_sfi, {profile.fci_file.sfi});
    return values;
}

std::size_t total_size(std::vector<Bytes> const& records) {
    return std::accumulate(
        records.begin(), records.end(), std::size_t{0},
        [](std::size_t sum, Bytes const& record) { return sum + record.size(); });
}

Bytes fci_record(StructureOrder const& order, apdu::DedicatedFile const& directory) {
    DataTemplate parts = order.profile->application_fci;
    if (directory.directory == Directory::mf) {
        parts = order.profile->mf_fci;
    } else if (directory.directory == Directory::ssse) {
        auto const* const codes = algorithm_codes(*order.profile, order.card.algorithm);
        apdu::require(codes != nullptr);
        parts = codes->environment_fci;
    }
    return fill(parts, application_values(directory, *order.profile));
}

/// What the structure stage writes into an item of the issuer's file; nothing for any other.
Bytes settled_value(StructureOrder const& order, apdu::FilePlace place, apdu::Item const& item) {
    if (!is_made_by_structure(place.directory->directory, place.file->fid, item.tag)) {
        return {};
    }
    switch (item.tag) {
    case item_tag::card_id:
        return {order.card_id.begin(), order.card_id.end()};
    case item_tag::initialising_body:
        return {order.initialising_body.begin(), order.initialising_body.end()};
    default: {
        std::string_view const version = apdu::to_text(order.version);
        return {version.begin(), version.end()};
    }
    }
}

Bytes first_record(StructureOrder const& order, apdu::FilePlace place, apdu::Item const& item) {
    Bytes value(item.size);
    apdu::unpersonalized_value(item, value);
    Bytes settled = settled_value(order, place, item);
    if (!settled.empty()) {
        apdu::require(settled.size() == value.size());
        value = std::move(settled);
    }
    Bytes record(apdu::record_head_size + value.size());
    apdu::require(apdu::write_record({item.tag, value}, record).ok());
    return record;
}

Steps record_steps(StructureOrder const& order, apdu::FilePlace place) {
    Steps steps;
    for (apdu::Item const& item : place.file->items) {
        for (std::size_t i = 0; i < item.occurrences; ++i) {
            steps.push_back(record_step(Purpose::write_record,
                                        {place.directory->directory, place, &item},
                                        steps.size() + 1, first_record(order, place, item)));
        }
    }
    return steps;
}

Steps cyclic_steps(apdu::FilePlace place) {
    Steps steps;
    for (std::size_t number = 1; number <= place.file->records; ++number) {
        steps.push_back(record_step(Purpose::write_record, {place.directory->directory, place},
                                    number, blank_cyclic_record(*place.file)));
    }
    return steps;
}

Steps binary_steps(StructureOrder const& order, apdu::FilePlace place) {
    Steps steps;
    std::size_t const piece = order.profile->structure_piece;
    for (std::size_t offset = 0; offset < place.file->size; offset += piece) {
        std::size_t const size = std::min(piece, place.file->size - offset);
        steps.push_back({{place.directory->directory, place},
                         PlainCommand{Purpose::write_binary,
                                      {apdu::Cla::interindustry, Ins::update_binary,
                                       static_cast<std::uint8_t>(offset >> 8U),
                                       static_cast<std::uint8_t>(offset)},
                                      Bytes(size, 0x00)}});
    }
    return steps;
}

Steps content_steps(StructureOrder const& order, apdu::FilePlace place) {
    if (place.file->write.rule == apdu::AccessRule::never) {
        return {};
    }
    switch (place.file->type) {
    case FileType::transparent:
        return binary_steps(order, place);
    case FileType::cyclic:
        return cyclic_steps(place);
    case FileType::variable_records:
    case FileType::fixed_records:
        return record_steps(order, place);
    }
    return {};
}

} // namespace

Step select_step(Purpose purpose, StepSubject subject, std::uint16_t fid) {
    return {subject,
            PlainCommand{purpose,
                         {apdu::Cla::interindustry, Ins::select, 0x00, 0x00},
                         {static_cast<std::uint8_t>(fid >> 8U), static_cast<std::uint8_t>(fid)}}};
}

Steps directory_file_steps(StructureOrder const& order, Directory directory,
                           std::span<apdu::DedicatedFile const> applications) {
    CosProfile const& profile = *order.profile;
    std::vector<Bytes> records;
    for (apdu::DedicatedFile const& application : applications) {
        auto const parts =
            application.name.empty() ? profile.nameless_directory_record : profile.directory_record;
        records.push_back(fill(parts, application_values(application, profile)));
    }
    InternalFile const& file = profile.directory_file;
    Steps steps{create_step(Purpose::create_directory_file, {directory},
                            form_of(file, total_size(records), profile), profile),
                select_step(Purpose::select_directory_file, {directory}, file.fid)};
    for (std::size_t i = 0; i < records.size(); ++i) {
        steps.push_back(record_step(Purpose::write_directory_record, {applications[i].directory},
                                    i + 1, std::move(records[i])));
    }
    return steps;
}

Steps fci_file_steps(StructureOrder const& order, apdu::DedicatedFile const& directory,
                     std::span<apdu::DedicatedFile const> applications) {
    CosProfile const& profile = *order.profile;
    std::vector<Bytes> records{fci_record(order, directory)};
    std::vector<Directory> subjects{directory.directory};
    for (apdu::DedicatedFile const& application : applications) {
        records.push_back(fci_record(order, application));
        subjects.push_back(application.directory);
    }
    FileForm const form = form_of(profile.fci_file, total_size(records), profile);
    Steps steps{create_step(Purpose::create_fci_file, {directory.directory}, form, profile)};
    for (std::size_t i = 0; i < records.size(); ++i) {
        FieldValues values;
        values.set(Field::record_number, {static_cast<std::uint8_t>(i + 1)})
            .set(Field::fci_file_sfi, {profile.fci_file.sfi});
        steps.push_back(
            {{subjects[i]},
             PlainCommand{Purpose::write_fci_record, fill_header(profile.write_fci_record, values),
                          std::move(records[i])}});
    }
    return steps;
}

Steps transaction_file_steps(StructureOrder const& order, Directory directory) {
    CosProfile const& profile = *order.profile;
    FileForm const form = form_of(profile.transaction_file, profile.transaction_file_size, profile);
    return {create_step(Purpose::create_transaction_file, {directory}, form, profile)};
}

Steps file_steps(StructureOrder const& order, apdu::DedicatedFile const& directory) {
    Steps steps;
    for (apdu::ElementaryFile const& file : directory.files) {
        if (file.is_internal) {
            continue;
        }
        apdu::FilePlace const place{&directory, &file};
        StepSubject const subject{directory.directory, place};
        steps.push_back(create_step(Purpose::create_file, subject, form_of(place, *order.profile),
                                    *order.profile));
        Steps content = content_steps(order, place);
        if (!content.empty()) {
            steps.push_back(select_step(Purpose::select_file, subject, file.fid));
        }
        std::move(content.begin(), content.end(), std::back_inserter(steps));
    }
    return steps;
}

Steps read_back_steps(StructureOrder const& order, apdu::DedicatedFile const& directory) {
    auto const file = std::find_if(directory.files.begin(), directory.files.end(),
                                   [](auto const& f) { return f.fid == issuer_data_fid; });
    apdu::require(file != directory.files.end());
    apdu::FilePlace const place{&directory, &*file};
    ReadBack step;
    std::uint8_t number = 1;
    for (apdu::Item const& item : file->items) {
        if (is_made_by_structure(directory.directory, file->fid, item.tag)) {
            step.records.push_back({number, item.tag, first_record(order, place, item)});
        }
        ++number; // every item of the issuer's file comes once
    }
    return {{{directory.directory, place}, std::move(step)}};
}

} // namespace personalization
