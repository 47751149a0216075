#include "host/personalization/execution.hpp"

#include "host/personalization/card_authentication.hpp"
#include "host/personalization/read_back.hpp"

#include "host/session/recognition.hpp"

#include "apdu/require.hpp"

#include <utility>

namespace personalization {
namespace {

using apdu::Done;
using session::Fault;
using session::FaultCode;
using session::Outcome;

/// Carries out one plan; remembers what it has learned of the card on the way.
class Execution {
public:
    Execution(Plan const& plan, session::CardChannel& channel, keys::KeyService& keys,
              Pins const& pins, session::RandomSource const& random)
        : with_{channel, keys, plan.card}, files_{channel}, pins_{pins}, random_{random} {}

    Outcome<Done> carry_out(Step const& step) {
        return std::visit([&](auto const& action) { return act(action, step.subject); },
                          step.action);
    }

private:
    Outcome<Done> act(ResetCard const& action, StepSubject const& /*subject*/) {
        files_.forget_selection();
        auto reset = with_.channel.reset();
        if (!reset.ok() || !action.historical) {
            return reset;
        }
        auto const historical = session::historical_bytes_of(with_.channel.atr());
        if (!historical.ok()) {
            return historical.error();
        }
        if (historical.value() != *action.historical) {
            return Fault{.code = FaultCode::card_removed,
                         .detail = "the answer to reset is not the one that was expected"};
        }
        return Done{};
    }

    Outcome<Done> act(PlainCommand const& action, StepSubject const& /*subject*/) {
        files_.forget_selection();
        CommandHeader const& header = action.header;
        return send_checked(
            with_.channel,
            apdu::Command{header.cla, header.ins, header.p1, header.p2}.with_data(action.data),
            [&](apdu::StatusWord status) { return session::fault_of(status, header.ins); });
    }

    Outcome<Done> act(WritePin const& action, StepSubject const& /*subject*/) {
        return perform(action, pins_.default_pin, with_);
    }
    Outcome<Done> act(CheckGenuine const& action, StepSubject const& /*subject*/) {
        return perform(action, random_, with_);
    }
    Outcome<Done> act(VerifyPin const& action, StepSubject const& /*subject*/) {
        return perform(action, pin_of(action.pin), with_);
    }
    Outcome<Done> act(ResetPin const& action, StepSubject const& /*subject*/) {
        return perform(action, pin_of(action.pin), with_);
    }

    Outcome<Done> act(WriteRecord const& action, StepSubject const& subject) {
        return with_right(action.right, [&] {
            return write([&] {
                return files_.update_record(place_of(subject), action.number, action.bytes);
            });
        });
    }
    Outcome<Done> act(AppendRecord const& action, StepSubject const& subject) {
        return files_.append_record(place_of(subject), action.bytes);
    }
    Outcome<Done> act(WriteBinary const& action, StepSubject const& subject) {
        return write([&] { return files_.update_binary(place_of(subject), action.bytes); });
    }

    Outcome<Done> act(ReadBack const& action, StepSubject const& subject) {
        return with_right(action.right, [&] { return perform(action, subject, files_); });
    }
    Outcome<Done> act(ExpectUnpersonalized const& action, StepSubject const& subject) {
        return with_right(action.right, [&] { return perform(action, subject, files_); });
    }

    /// Every step that takes nothing but the card and its keys.
    template <typename KeyedAction>
    Outcome<Done> act(KeyedAction const& action, StepSubject const& /*subject*/) {
        return perform(action, with_);
    }

    /// Writes, and again after a memory failure.
    template <typename Write>
    Outcome<Done> write(Write const& write_once) {
        for (unsigned attempt = 1;; ++attempt) {
            Outcome<Done> done = write_once();
            bool const may_repeat = !done.ok() && done.error().status == apdu::sw::memory_failure &&
                                    attempt < write_attempts_max;
            if (!may_repeat) {
                return done;
            }
        }
    }

    /// Reads or writes with a right that was gained before. A card that keeps only the right gained
    /// last has let it go meanwhile: then it is gained once more.
    template <typename Access>
    Outcome<Done> with_right(std::optional<keys::KeyReference> const& right, Access const& access) {
        Outcome<Done> done = access();
        if (done.ok() || !right || done.error().status != apdu::sw::security_status) {
            return done;
        }
        auto const gained = perform(Authenticate{*right}, with_);
        return gained.ok() ? access() : gained;
    }

    static apdu::FilePlace place_of(StepSubject const& subject) {
        apdu::require(subject.file.has_value());
        return *subject.file;
    }
    [[nodiscard]] keys::Pin const& pin_of(PinChoice choice) const {
        if (choice == PinChoice::default_pin) {
            return pins_.default_pin;
        }
        apdu::require(pins_.holder_pin != nullptr);
        return *pins_.holder_pin;
    }

    KeyedChannel with_;
    session::FileCommands files_;
    Pins const& pins_;
    session::RandomSource const& random_;
};

/// The same fault, told with its place in the plan.
Fault fault_at(std::size_t index, std::size_t count, Label const& label, Fault fault) {
    std::string place =
        "step " + std::to_string(index) + " of " + std::to_string(count) + ", " + label.en;
    fault.detail = fault.detail.empty() ? std::move(place) : place + ": " + fault.detail;
    return fault;
}

} // namespace

Outcome<Done> carry_out(Plan const& plan, session::CardChannel& channel, keys::KeyService& keys,
                        Pins const& pins, Progress const& progress, StepGuard* guard,
                        session::RandomSource const& random) {
    Execution execution{plan, channel, keys, pins, random};
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        Step const& step = plan.steps[i];
        Label label = label_of(step);
        if (progress) {
            progress({i + 1, plan.steps.size(), label});
        }
        Outcome<Done> done = guard == nullptr ? Done{} : guard->begin(i + 1, step);
        if (done.ok()) {
            done = execution.carry_out(step);
        }
        if (done.ok() && guard != nullptr) {
            done = guard->end(i + 1);
        }
        if (!done.ok()) {
            return fault_at(i + 1, plan.steps.size(), label, done.error());
        }
    }
    return Done{};
}

} // namespace personalization
