#pragma once

#include "host/daemon/custody_act.hpp"

#include "keys/custody/key_components.hpp"

namespace sscardd {

/// A key that is made of its custodians' components.
class ComponentAct : public CustodyAct {
public:
    [[nodiscard]] std::uint32_t digits() const final;
    [[nodiscard]] bool makes_parts() const final { return are_generated_; }
    [[nodiscard]] api::Outcome<api::ShownPart> show(std::size_t index) final;
    [[nodiscard]] api::Outcome<std::string>
    take(std::size_t index, std::string_view typed,
         std::optional<keys::CheckValue> const& expected) final;
    /// Fault besides: key_check_value_differs (it is not the one that was expected).
    [[nodiscard]] api::Outcome<api::Combined> combine() final;

protected:
    /// How the components come about, and what the key must be.
    struct Components {
        keys::custody::KeyComponents parts;
        bool are_generated;
        std::optional<keys::CheckValue> expected;
    };
    /// Room for a key of that kind in `count` components, made now where `generated` says so.
    /// Faults: memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<Components>
    components(keys::custody::KeyKind kind, std::size_t count, bool generated,
               std::optional<keys::CheckValue> expected);

    explicit ComponentAct(Components components)
        : parts_{std::move(components.parts)},
          are_generated_{components.are_generated}, expected_{components.expected} {}

    /// The key. Faults: part_missing, key_weak.
    [[nodiscard]] api::Outcome<keys::custody::ComposedKey> composed() const;
    /// Of the key, once combine() has told it; and where its components come from.
    void describe_components(audit::Minutes& minutes) const;
    [[nodiscard]] std::string const& check_value() const { return check_value_; }

private:
    keys::custody::KeyComponents parts_;
    bool are_generated_;
    std::optional<keys::CheckValue> expected_;
    std::string check_value_{}; ///< empty: a part was given since combine()
};

/// The check value that a request expects, six hex digits; a problem at /check_value where it is
/// something else.
[[nodiscard]] std::optional<keys::CheckValue>
expected_check_value(std::optional<std::string> const& text, api::Fault& invalid);

} // namespace sscardd
