#include "host/personalization/data_plan.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/structure_parts.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::AccessRule;
using apdu::Directory;
using apdu::KeyName;

/// Version of the keys that this program authenticates with. Every key has one.
constexpr std::uint8_t key_version = 1;

/// The steps in one directory; it remembers what has been proved there.
class DirectoryVisit {
public:
    DirectoryVisit(Directory directory, std::vector<Step>& steps)
        : directory_{directory}, steps_{steps} {}

    void add(Action action) { steps_.push_back({{directory_}, std::move(action)}); }

    void authenticate(KeyName name) {
        if (std::find(proved_.begin(), proved_.end(), name) == proved_.end()) {
            add(Authenticate{{name, key_version}});
            proved_.push_back(name);
        }
    }
    void verify(PinChoice pin) {
        if (!pin_verified_) {
            add(VerifyPin{pin});
            pin_verified_ = true;
        }
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
        return keys::KeyReference{access.key, key_version};
    }

    Directory directory_;
    std::vector<Step>& steps_;
    std::vector<KeyName> proved_{};
    bool pin_verified_ = false;
};

bool asks_for_pin(PlacedContent const& placed) {
    AccessRule const rule = placed.place.file->read.rule;
    return rule == AccessRule::pin || rule == AccessRule::pin_or_key ||
           rule == AccessRule::pin_and_key;
}

class DataPlanner {
public:
    explicit DataPlanner(DataOrder const& order)
        : order_{order}, contents_{placed_content(order)} {}

    std::vector<Step> make() {
        visit_ssse();
        for (apdu::DedicatedFile const& directory : apdu::layout_of(order_.version).directories) {
            if (directory.directory != Directory::ssse) {
                visit(directory);
            }
        }
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

    /// SSSE's with the issuer's file last: its card number is the mark of a card that is made.
    [[nodiscard]] std::vector<PlacedContent const*> ssse_contents() const {
        auto found = contents_of(Directory::ssse);
        std::stable_partition(found.begin(), found.end(), [](PlacedContent const* placed) {
            return placed->place.file->fid != issuer_data_fid;
        });
        return found;
    }

    /// The PIN that opens the card once SSSE is done, where it is known.
    [[nodiscard]] std::optional<PinChoice> known_pin() const {
        if (order_.sets_holder_pin) {
            return PinChoice::holder_pin;
        }
        return order_.rewrites ? std::nullopt : std::optional{PinChoice::default_pin};
    }

    [[nodiscard]] bool default_pin_is_needed() const {
        return known_pin() == PinChoice::default_pin &&
               std::any_of(contents_.begin(), contents_.end(), asks_for_pin);
    }

    void visit_ssse() {
        DirectoryVisit visit{Directory::ssse, steps_};
        visit.add(CheckGenuine{key_version});
        if (!order_.is_fresh && !order_.rewrites) {
            find_out(visit);
        }
        auto const contents = ssse_contents();
        for (PlacedContent const* const placed : contents) {
            visit.write(*placed);
        }
        for (PlacedContent const* const placed : contents) {
            visit.read_back(*placed, std::nullopt);
        }
        if (order_.sets_holder_pin) {
            visit.authenticate(KeyName::puk);
            visit.add(ResetPin{});
        }
    }

    /// Before anything is written: nobody's data are there, and the blank's PIN is the default.
    void find_out(DirectoryVisit& visit) {
        apdu::DedicatedFile const* const ssse =
            apdu::find_directory(apdu::layout_of(order_.version), Directory::ssse);
        apdu::require(ssse != nullptr);
        auto const file = std::find_if(ssse->files.begin(), ssse->files.end(),
                                       [](auto const& f) { return f.fid == holder_data_fid; });
        apdu::require(file != ssse->files.end());
        ExpectUnpersonalized step;
        if (file->read.rule == AccessRule::key) {
            visit.authenticate(file->read.key);
            step.right = keys::KeyReference{file->read.key, key_version};
        }
        steps_.push_back({{Directory::ssse, apdu::FilePlace{ssse, &*file}}, step});
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
        DirectoryVisit visit{directory.directory, steps_};
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
