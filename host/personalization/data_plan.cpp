#include "host/personalization/data_plan.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/structure_parts.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"
#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::AccessRule;
using apdu::Directory;
using apdu::KeyName;

/// The steps in one directory; it remembers what has been proved there.
class DirectoryVisit {
public:
    DirectoryVisit(Directory directory, DataOrder const& order, std::vector<Step>& steps)
        : directory_{directory}, order_{order}, steps_{steps} {}

    [[nodiscard]] keys::KeyReference in_use(KeyName name) const {
        return {name, order_.versions.of(order_.card.algorithm, name)};
    }

    void add(Action action) { steps_.push_back({{directory_}, std::move(action)}); }

    void authenticate(KeyName name) {
        if (std::find(proved_.begin(), proved_.end(), name) == proved_.end()) {
            add(Authenticate{in_use(name)});
            proved_.push_back(name);
        }
    }
    void verify(PinChoice pin) {
        if (!pin_verified_) {
            add(VerifyPin{pin});
            pin_verified_ = true;
        }
    }

    void set_pin(PinChoice pin) {
        authenticate(KeyName::puk);
        add(ResetPin{pin});
    }

    void write(PlacedContent const& placed) {
        authenticate(placed.place.file->write.key);
        StepSubject const subject{directory_, placed.place};
        if (placed.place.file->type == apdu::FileType::transparent) {
            steps_.push_back({subject, WriteBinary{placed.content.binary}});
        } else if (placed.place.file->type == apdu::FileType::cyclic) {
            // Newest first in the record; the newest is written last.
            for (auto record = placed.content.records.rbegin();
                 record != placed.content.records.rend(); ++record) {
                steps_.push_back({subject, AppendRecord{record->bytes}});
            }
        } else {
            for (RecordContent const& record : placed.content.records) {
                apdu::Item const& item = item_of(*placed.place.file, record.tag);
                steps_.push_back(
                    {{directory_, placed.place, &item}, WriteRecord{record.number, record.bytes}});
            }
        }
    }

    /// The mark of a card that is made, or its unpersonalized form; reading may have cost the
    /// right.
    void write_mark(PlacedContent const& mark) {
        KeyName const key = mark.place.file->write.key;
        authenticate(key);
        RecordContent const& record = mark.content.records.front();
        steps_.push_back({{directory_, mark.place, &item_of(*mark.place.file, record.tag)},
                          WriteRecord{record.number, record.bytes, in_use(key)}});
    }

    /// Gains the right to read a file, then reads and compares it.
    void read_back(PlacedContent const& placed, std::optional<PinChoice> known_pin) {
        ReadBack step{placed.content.records, placed.content.binary};
        step.right = gain_right(placed.place.file->read, known_pin);
        steps_.push_back({{directory_, placed.place}, std::move(step)});
    }

private:
    std::optional<keys::KeyReference> gain_right(apdu::Access access,
                                                 std::optional<PinChoice> known_pin) {
        bool const may_be_pin =
            access.rule == AccessRule::pin || access.rule == AccessRule::pin_or_key;
        bool const both = access.rule == AccessRule::pin_and_key;
        if ((may_be_pin || both) && known_pin) {
            verify(*known_pin);
        }
        bool const by_key = access.rule == AccessRule::key || both ||
                            (access.rule == AccessRule::pin_or_key && !known_pin);
        if (!by_key) {
            return std::nullopt;
        }
        authenticate(access.key);
        return in_use(access.key);
    }

    Directory directory_;
    DataOrder const& order_;
    std::vector<Step>& steps_;
    std::vector<KeyName> proved_{};
    bool pin_verified_ = false;
};

bool asks_for_pin(PlacedContent const& placed) {
    AccessRule const rule = placed.place.file->read.rule;
    return rule == AccessRule::pin || rule == AccessRule::pin_or_key ||
           rule == AccessRule::pin_and_key;
}

bool is_mark(PlacedContent const& placed, RecordContent const& record) {
    return placed.place.file->fid == issuer_data_fid &&
           placed.place.directory->directory == Directory::ssse &&
           record.tag == item_tag::card_number;
}

PlacedContent without_mark(PlacedContent placed) {
    auto& records = placed.content.records;
    records.erase(std::remove_if(records.begin(), records.end(),
                                 [&](auto const& record) { return is_mark(placed, record); }),
                  records.end());
    return placed;
}

class DataPlanner {
public:
    explicit DataPlanner(DataOrder const& order)
        : order_{order}, contents_{placed_content(order)} {}

    std::vector<Step> make() {
        DirectoryVisit visit_first{Directory::ssse, order_, steps_};
        begin(visit_first);
        std::size_t const count = steps_.size();
        for (apdu::DedicatedFile const& directory : apdu::layout_of(order_.version).directories) {
            if (directory.directory != Directory::ssse) {
                visit(directory);
            }
        }
        if (steps_.size() == count) { // SSSE was not left
            end(visit_first);
            return std::move(steps_);
        }
        steps_.push_back(select_step(Purpose::select, {Directory::ssse}, ssse().fid));
        DirectoryVisit visit_last{Directory::ssse, order_, steps_};
        end(visit_last);
        return std::move(steps_);
    }

private:
    /// The contents of one directory, those of one write key together, in the tables' order else.
    [[nodiscard]] std::vector<PlacedContent const*> contents_of(Directory directory) const {
        std::vector<PlacedContent const*> found;
        for (PlacedContent const& placed : contents_) {
            if (placed.place.directory->directory != directory) {
                continue;
            }
            auto const same_key = [&](PlacedContent const* other) {
                return other->place.file->write.key == placed.place.file->write.key;
            };
            auto const last = std::find_if(found.rbegin(), found.rend(), same_key);
            found.insert(last == found.rend() ? found.end() : last.base(), &placed);
        }
        return found;
    }

    [[nodiscard]] apdu::DedicatedFile const& ssse() const {
        auto const* const found =
            apdu::find_directory(apdu::layout_of(order_.version), Directory::ssse);
        apdu::require(found != nullptr);
        return *found;
    }
    [[nodiscard]] apdu::FilePlace place_in_ssse(std::uint16_t fid) const {
        apdu::DedicatedFile const& directory = ssse();
        auto const file = std::find_if(directory.files.begin(), directory.files.end(),
                                       [fid](auto const& f) { return f.fid == fid; });
        apdu::require(file != directory.files.end());
        return {&directory, &*file};
    }

    /// The issuer's file with that record alone.
    [[nodiscard]] PlacedContent mark(RecordContent record) const {
        return {place_in_ssse(issuer_data_fid),
                {Directory::ssse, issuer_data_fid, {std::move(record)}, {}}};
    }
    /// The card number's record as the person's record has it.
    [[nodiscard]] RecordContent marked() const {
        for (PlacedContent const& placed : contents_) {
            for (RecordContent const& record : placed.content.records) {
                if (is_mark(placed, record)) {
                    return record;
                }
            }
        }
        apdu::require(false); // every person's record has a card number
        return {};
    }
    /// The same in its unpersonalized form.
    [[nodiscard]] RecordContent unmarked() const {
        RecordContent record = marked();
        apdu::Item const& item = item_of(*place_in_ssse(issuer_data_fid).file, record.tag);
        apdu::unpersonalized_value(item,
                                   apdu::ByteSpan{record.bytes}.subspan(apdu::record_head_size));
        return record;
    }

    /// The PIN that opens the card once the visits begin, where it is known.
    [[nodiscard]] std::optional<PinChoice> known_pin() const {
        if (order_.sets_holder_pin) {
            return PinChoice::holder_pin;
        }
        return order_.pin_is_default ? std::optional{PinChoice::default_pin} : std::nullopt;
    }

    [[nodiscard]] bool default_pin_is_needed() const {
        return known_pin() == PinChoice::default_pin &&
               std::any_of(contents_.begin(), contents_.end(), asks_for_pin);
    }

    /// SSSE before all else: what the card is, and its PIN.
    void begin(DirectoryVisit& visit) {
        visit.add(CheckGenuine{visit.in_use(KeyName::irk).version});
        if (order_.rewrites || order_.resumes) {
            visit.write_mark(mark(unmarked()));
        } else if (!order_.is_fresh) {
            find_out(visit);
        }
        if (order_.sets_holder_pin) {
            visit.set_pin(PinChoice::holder_pin);
        } else if (order_.resumes && default_pin_is_needed()) {
            visit.set_pin(PinChoice::default_pin);
        }
    }

    /// SSSE after all else; the mark when everything is read back.
    void end(DirectoryVisit& visit) {
        std::vector<PlacedContent> contents;
        for (PlacedContent const* const placed : contents_of(Directory::ssse)) {
            contents.push_back(without_mark(*placed));
        }
        for (PlacedContent const& placed : contents) {
            visit.write(placed);
        }
        for (PlacedContent const& placed : contents) {
            visit.read_back(placed, std::nullopt);
        }
        PlacedContent const last = mark(marked());
        visit.write_mark(last);
        visit.read_back(last, std::nullopt);
    }

    /// Before anything is written: nobody's data are there, and the blank's PIN is the default.
    void find_out(DirectoryVisit& visit) {
        apdu::FilePlace const holder_data = place_in_ssse(holder_data_fid);
        ExpectUnpersonalized step;
        if (holder_data.file->read.rule == AccessRule::key) {
            visit.authenticate(holder_data.file->read.key);
            step.right = visit.in_use(holder_data.file->read.key);
        }
        steps_.push_back({{Directory::ssse, holder_data}, step});
        if (default_pin_is_needed()) {
            visit.add(CheckPinTries{});
            visit.verify(PinChoice::default_pin);
        }
    }

    void visit(apdu::DedicatedFile const& directory) {
        auto const contents = contents_of(directory.directory);
        if (contents.empty()) {
            return;
        }
        steps_.push_back(select_step(Purpose::select, {directory.directory}, directory.fid));
        DirectoryVisit visit{directory.directory, order_, steps_};
        for (PlacedContent const* const placed : contents) {
            visit.write(*placed);
        }
        for (PlacedContent const* const placed : contents) {
            visit.read_back(*placed, known_pin());
        }
    }

    DataOrder const& order_;
    std::vector<PlacedContent> contents_;
    std::vector<Step> steps_{};
};

} // namespace

std::vector<Step> data_steps(DataOrder const& order) { return DataPlanner{order}.make(); }

} // namespace personalization
