#include "host/personalization/structure_plan.hpp"

#include "host/personalization/directory_keys.hpp"
#include "host/personalization/structure_parts.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::DedicatedFile;
using apdu::Directory;

/// The directory above all others, which the card's tables do not name.
constexpr DedicatedFile mf{Directory::mf, 0x3F00, {}, "MF", {}};

/// Goes through the profile's chapters and gathers the steps.
class StructurePlanner {
public:
    StructurePlanner(StructureOrder const& order, keys::KeyService const& keys)
        : order_{order}, keys_{keys}, directories_{apdu::layout_of(order.version).directories} {}

    Steps make() {
        for (Chapter const& chapter : order_.profile->structure) {
            for (DedicatedFile const* const directory : directories_of(chapter)) {
                for (Build const build : chapter.builds) {
                    add(steps_of(build, *directory));
                }
            }
        }
        return std::move(steps_);
    }

private:
    void add(Steps steps) { std::move(steps.begin(), steps.end(), std::back_inserter(steps_)); }

    /// The applications: all directories of the tables but SSSE, which stands first.
    [[nodiscard]] std::span<DedicatedFile const> applications() const {
        apdu::require(directories_.front().directory == Directory::ssse);
        return directories_.subspan(1);
    }

    [[nodiscard]] std::vector<DedicatedFile const*> directories_of(Chapter const& chapter) const {
        std::vector<DedicatedFile const*> found;
        bool const is_all = chapter.directories == Chapter::For::all;
        if (is_all || chapter.directories == Chapter::For::mf) {
            found.push_back(&mf);
        }
        if (is_all || chapter.directories == Chapter::For::ssse) {
            found.push_back(&directories_.front());
        }
        if (is_all || chapter.directories == Chapter::For::each_application) {
            for (DedicatedFile const& application : applications()) {
                found.push_back(&application);
            }
        }
        return found;
    }

    /// The directories right below that one.
    [[nodiscard]] std::span<DedicatedFile const> children_of(DedicatedFile const& directory) const {
        if (directory.directory == Directory::mf) {
            return directories_.first(1);
        }
        return directory.directory == Directory::ssse ? applications()
                                                      : std::span<DedicatedFile const>{};
    }

    [[nodiscard]] DedicatedFile const& parent_of(DedicatedFile const& directory) const {
        return directory.directory == Directory::ssse ? mf : directories_.front();
    }

    [[nodiscard]] CommandTemplate const& create_template(Directory directory) const {
        if (directory == Directory::mf) {
            return order_.profile->create_mf;
        }
        return directory == Directory::ssse ? order_.profile->create_environment
                                            : order_.profile->create_application;
    }

    [[nodiscard]] Step create_step(DedicatedFile const& directory) const {
        CosProfile const& profile = *order_.profile;
        auto const* const codes = algorithm_codes(profile, order_.card.algorithm);
        apdu::require(codes != nullptr);
        FieldValues values;
        values.set(Field::algorithm, {codes->directory})
            .set_number(Field::fid, directory.fid)
            .set(Field::name, directory.name)
            .set(Field::lock_level, {lock_level(directory.directory, profile)})
            .set(Field::fci_file_sfi, {profile.fci_file.sfi})
            .set(Field::key_file_sfi, {profile.key_file.sfi})
            .set(Field::transaction_file_sfi, {profile.transaction_file.sfi});
        CommandTemplate const& command = create_template(directory.directory);
        return {{directory.directory},
                PlainCommand{Purpose::create_directory, fill_header(command, values),
                             fill(command.data, values)}};
    }

    [[nodiscard]] Step verify_transport_key_step() const {
        return {{Directory::mf},
                VerifyTransportKey{fill_header(order_.profile->verify_transport_key, {})}};
    }

    /// Other historical bytes: proved with the old ones, in force after a reset.
    [[nodiscard]] Steps change_historical_steps() const {
        if (!order_.changes_historical_bytes) {
            return {};
        }
        Steps steps{verify_transport_key_step()};
        auto const& historical = order_.card.historical;
        std::vector<std::uint8_t> atr_start{0x3B, 0x6D, 0x00, 0x00};
        atr_start.insert(atr_start.end(), historical.begin(), historical.begin() + 7);
        FieldValues values;
        values.set(Field::atr_serial, order_.card.transport_data())
            .set(Field::atr_start, atr_start);
        for (CommandTemplate const& command : order_.profile->change_historical_bytes) {
            steps.push_back(
                {{Directory::mf},
                 PlainCommand{Purpose::change_historical_bytes, fill_header(command, values),
                              fill(command.data, values)}});
        }
        steps.push_back({{Directory::mf}, ResetCard{historical}});
        return steps;
    }

    [[nodiscard]] Steps child_steps(DedicatedFile const& directory) const {
        Steps steps;
        for (DedicatedFile const& child : children_of(directory)) {
            steps.push_back(create_step(child));
        }
        return steps;
    }

    [[nodiscard]] Steps end_stage_steps(DedicatedFile const& directory) const {
        return {{{directory.directory},
                 PlainCommand{Purpose::end_stage, fill_header(order_.profile->end_stage, {})}}};
    }

    /// FCI records stand for a directory and, where it is the environment, for its applications.
    [[nodiscard]] std::span<DedicatedFile const> told_in_fci(DedicatedFile const& directory) const {
        return directory.directory == Directory::ssse ? applications()
                                                      : std::span<DedicatedFile const>{};
    }

    [[nodiscard]] Steps steps_of(Build build, DedicatedFile const& directory) const {
        Directory const name = directory.directory;
        switch (build) {
        case Build::reset:
            return {{{name}, ResetCard{first_historical()}}};
        case Build::change_historical_bytes:
            return change_historical_steps();
        case Build::verify_transport_key:
            return {verify_transport_key_step()};
        case Build::select_parent: {
            DedicatedFile const& parent = parent_of(directory);
            return {select_step(Purpose::select, {parent.directory}, parent.fid)};
        }
        case Build::select:
            return {select_step(Purpose::select, {name}, directory.fid)};
        case Build::create:
            return {create_step(directory)};
        case Build::create_children:
            return child_steps(directory);
        case Build::key_file:
            return key_file_steps(order_, name);
        case Build::temporary_mk:
            return temporary_mk_steps(order_, name);
        case Build::keys:
            return key_steps(order_, name, keys_);
        case Build::pin:
            return pin_steps(order_, name);
        case Build::own_mk:
            return own_mk_steps(order_, name);
        case Build::directory_file:
            return directory_file_steps(order_, name, applications());
        case Build::fci_file:
            return fci_file_steps(order_, directory, told_in_fci(directory));
        case Build::authenticate_mk:
            return authenticate_mk_steps(order_, name);
        case Build::transaction_file:
            return name == order_.profile->transaction_directory
                       ? transaction_file_steps(order_, name)
                       : Steps{};
        case Build::files:
            return file_steps(order_, directory);
        case Build::end_stage:
            return end_stage_steps(directory);
        case Build::read_back:
            return read_back_steps(order_, directory);
        }
        return {};
    }

    /// The bytes that the card must have after the first reset, where they are not to be changed.
    [[nodiscard]] std::optional<std::array<std::uint8_t, keys::historical_size>>
    first_historical() const {
        return order_.changes_historical_bytes ? std::nullopt
                                               : std::optional{order_.card.historical};
    }

    StructureOrder const& order_;
    keys::KeyService const& keys_;
    std::span<DedicatedFile const> directories_;
    Steps steps_{};
};

} // namespace

std::vector<Step> structure_steps(StructureOrder const& order, keys::KeyService const& keys) {
    return StructurePlanner{order, keys}.make();
}

} // namespace personalization
