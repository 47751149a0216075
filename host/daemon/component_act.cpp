#include "host/daemon/component_act.hpp"

namespace sscardd {

std::optional<keys::CheckValue> expected_check_value(std::optional<std::string> const& text,
                                                     api::Fault& invalid) {
    auto const value = text ? check_value_from(*text) : std::nullopt;
    if (text && !value) {
        invalid.problems.push_back({"/check_value", "malformed", "6 hex digits"});
    }
    return value;
}

api::Outcome<ComponentAct::Components>
ComponentAct::components(keys::custody::KeyKind kind, std::size_t count, bool generated,
                         std::optional<keys::CheckValue> expected) {
    auto parts = keys::custody::KeyComponents::begin(kind, count);
    if (!parts.ok()) {
        return message_of(parts.error());
    }
    if (generated) {
        if (auto const made = parts.value().generate(); !made.ok()) {
            return message_of(made.error());
        }
    }
    return Components{std::move(parts).value(), generated, expected};
}

std::uint32_t ComponentAct::digits() const {
    return static_cast<std::uint32_t>(2U * parts_.size());
}

api::Outcome<api::ShownPart> ComponentAct::show(std::size_t index) {
    auto const value = parts_.check_value(index);
    if (!value.ok()) {
        return message_of(value.error());
    }
    return api::ShownPart{api::SecretText{parts_.text_of(index)}, text_of(value.value())};
}

api::Outcome<std::string> ComponentAct::take(std::size_t index, std::string_view typed,
                                             std::optional<keys::CheckValue> const& expected) {
    check_value_.clear();
    auto const value = parts_.take(index, typed, expected);
    if (!value.ok()) {
        return message_of(value.error());
    }
    return text_of(value.value());
}

api::Outcome<keys::custody::ComposedKey> ComponentAct::composed() const {
    auto key = parts_.combined();
    if (!key.ok()) {
        return message_of(key.error());
    }
    return std::move(key).value();
}

api::Outcome<api::Combined> ComponentAct::combine() {
    auto const key = composed();
    if (!key.ok()) {
        return key.error();
    }
    auto const value = keys::custody::check_value_of(key.value());
    if (!value.ok()) {
        return message_of(value.error());
    }
    if (expected_ && *expected_ != value.value()) {
        return api::fault("key_check_value_differs", text_of(value.value()));
    }
    check_value_ = text_of(value.value());
    return api::Combined{check_value_, 1};
}

void ComponentAct::describe_components(audit::Minutes& minutes) const {
    minutes.origin = are_generated_ ? "generated" : "entered";
}

} // namespace sscardd
