// The link to the centre drops at each request and at each answer: the work is done, or ends
// cleanly, and no step is done twice.
#include "centre_desk.hpp"

#include "host/daemon/personalize_job.hpp"
#include "host/daemon/pin_jobs.hpp"
#include "host/daemon/remote_keys.hpp"

namespace sscardd {
namespace {

using namespace keys::remote;

/// What happens to the message of a number, from 1.
struct Drop {
    std::size_t number = 0; ///< 0: nothing
    bool is_answer = false; ///< lost after the centre has done it
    bool is_for_good = false;
};

/// A link without TLS that drops where it is told to.
class DroppingLink final : public CentreLink {
public:
    DroppingLink(CentreService& centre, TlsPeer peer, Drop drop)
        : centre_{centre}, peer_{std::move(peer)}, drop_{drop} {}
    LinkResult exchange(std::string_view path, WipedText const& body) override {
        ++count;
        bool const drops = drop_.number != 0 &&
                           (count == drop_.number || (drop_.is_for_good && count > drop_.number));
        if (drops && !drop_.is_answer) {
            return LinkFault{LinkFaultCode::unreachable, "dropped"};
        }
        auto answer = centre_.answer(peer_, path, body.content());
        refusals += answer.status == 200 ? 0 : 1;
        if (drops) {
            return LinkFault{LinkFaultCode::unreachable, "dropped"};
        }
        return answer.status == 200 ? LinkResult{std::move(answer.body)}
                                    : LinkFault{LinkFaultCode::refused};
    }
    std::size_t count = 0;
    int refusals = 0;

private:
    CentreService& centre_;
    TlsPeer peer_;
    Drop drop_;
};

/// How a job went.
struct Ran {
    std::string outcome; ///< "ok", or the fault's code
    std::size_t messages = 0;
    int refusals = 0;
    int key_requests = 0;
};

class ADroppedLink : public ACentre {
protected:
    using Job = std::function<session::Outcome<apdu::Done>(CardAtHand const&)>;

    /// Runs the job at that card over a link that drops.
    Ran run(virtual_card::LocalConnection& card, CardPurpose purpose, Drop drop, Job const& job) {
        auto link = std::make_unique<DroppingLink>(*service_, window_, drop);
        DroppingLink& seen = *link;
        RemoteKeys const store{std::move(link), "the centre", false, [this] { return now_; },
                               [](std::chrono::milliseconds) {}};
        int const asked = keys_.asked;
        Ran ran;
        {
            LaneKeys const at_hand = store.service_for({purpose, "tester"});
            if (!card.reset().ok()) {
                return {"no card"};
            }
            session::CardChannel channel{card};
            std::string const reader = "reader";
            auto const done = job({reader, channel, at_hand.service.get(), card.protocol(),
                                   [](api::Progress const&) {}});
            auto const trouble = done.ok() || !at_hand.trouble ? std::nullopt : at_hand.trouble();
            ran.outcome =
                done.ok() ? "ok" : session::to_text(trouble ? trouble->code : done.error().code);
        }
        ran.messages = seen.count;
        ran.refusals = seen.refusals;
        ran.key_requests = keys_.asked - asked;
        return ran;
    }

    static session::Outcome<apdu::Done> reset_to(CardAtHand const& at, std::string_view pin) {
        auto const done = reset_pin(at, {.new_pin = api::PinText{pin}});
        return done.ok() ? session::Outcome<apdu::Done>{apdu::Done{}} : done.error();
    }
    static bool takes(virtual_card::LocalConnection& card, std::string_view pin) {
        EXPECT_TRUE(card.reset().ok());
        session::CardChannel channel{card};
        std::string const reader = "reader";
        return verify_pin({reader, channel, nullptr, card.protocol(), {}},
                          {.pin = api::PinText{pin}})
            .ok();
    }

    /// Every drop that ends, at each message of a job that sends so many.
    static std::vector<Drop> drops_of(std::size_t messages) {
        std::vector<Drop> drops;
        for (std::size_t number = 1; number <= messages; ++number) {
            drops.push_back({number, false, false});
            drops.push_back({number, true, false});
        }
        return drops;
    }
};

TEST_F(ADroppedLink, AtAnyMessageOfAPinResetIsTakenUpAgain) {
    auto const job = [](CardAtHand const& at) { return reset_to(at, "7531864"); };
    virtual_card::LocalConnection first{live_card()};
    Ran const whole = run(first, CardPurpose::pin_reset, {}, job);
    ASSERT_EQ(whole.outcome, "ok");
    EXPECT_EQ(whole.messages, 5U); // keys, operation, PUK, command, end
    for (Drop const& drop : drops_of(whole.messages)) {
        SCOPED_TRACE(fmt::format("message {}, {}", drop.number, drop.is_answer));
        virtual_card::LocalConnection card{live_card()};
        Ran const ran = run(card, CardPurpose::pin_reset, drop, job);
        if (drop.number == 1) { // before there was a card: the job is refused as a whole
            EXPECT_EQ(ran.outcome, "centre_unreachable");
            EXPECT_FALSE(takes(card, "7531864"));
            continue;
        }
        EXPECT_EQ(ran.outcome, "ok");
        EXPECT_EQ(ran.refusals, 0);
        EXPECT_EQ(ran.key_requests, whole.key_requests); // no step was done twice
        EXPECT_TRUE(takes(card, "7531864"));
    }
}

TEST_F(ADroppedLink, ForGoodAtAnyMessageOfAPinResetEndsCleanly) {
    auto const job = [](CardAtHand const& at) { return reset_to(at, "7531864"); };
    for (std::size_t number = 1; number <= 4; ++number) {
        for (bool const is_answer : {false, true}) {
            SCOPED_TRACE(fmt::format("message {}, {}", number, is_answer));
            virtual_card::LocalConnection card{live_card()};
            Drop const drop{number, is_answer, true};
            EXPECT_EQ(run(card, CardPurpose::pin_reset, drop, job).outcome, "centre_unreachable");
            EXPECT_FALSE(takes(card, "7531864"));
            Ran const next = run(card, CardPurpose::pin_reset, {}, job); // the link is back
            EXPECT_EQ(next.outcome, "ok");
            EXPECT_EQ(next.refusals, 0);
            EXPECT_TRUE(takes(card, "7531864"));
        }
    }
}

/// A blank that is personalized; the register is of one card.
class ADroppedMaking : public ADroppedLink {
protected:
    struct Place {
        TestDirectory folder{};
        std::unique_ptr<store::CardRegister> cards =
            store::CardRegister::open(folder.path() / "cards.sqlite").value();
        std::unique_ptr<store::CardMakings> makings =
            store::CardMakings::open(*cards, folder.path() / "makings").value();
        RefusedChips refused{};
        virtual_card::LocalConnection card{blank_card()};
    };
    Ran make(Place& place, Drop drop) {
        return run(place.card, CardPurpose::personalize_data, drop, [&place](CardAtHand const& at) {
            api::PersonalizeRequest request;
            request.stage = api::Stage::data;
            request.record.emplace(api::RecordText{std::string{zhang_san}});
            request.pin.emplace(api::PinText{"7531864"});
            auto const made = personalize_card(
                at, request, office(),
                {*place.makings, place.refused, [] { return std::vector<api::KnownKey>{}; }});
            return made.ok() ? session::Outcome<apdu::Done>{apdu::Done{}} : made.error();
        });
    }
};

TEST_F(ADroppedMaking, AtAnyMessageOfADataStageIsTakenUpAgain) {
    Place first;
    Ran const whole = make(first, {});
    ASSERT_EQ(whole.outcome, "ok");
    EXPECT_GT(whole.messages, 5U);
    for (Drop const& drop : drops_of(whole.messages)) {
        SCOPED_TRACE(
            fmt::format("message {} of {}, {}", drop.number, whole.messages, drop.is_answer));
        Place place;
        Ran const ran = make(place, drop);
        if (drop.number == 1) {
            EXPECT_EQ(ran.outcome, "centre_unreachable");
            continue;
        }
        EXPECT_EQ(ran.outcome, "ok");
        EXPECT_EQ(ran.refusals, 0);
        EXPECT_EQ(ran.key_requests, whole.key_requests);
        EXPECT_TRUE(takes(place.card, "7531864"));
    }
}

TEST_F(ADroppedMaking, ForGoodIsFinishedByTheSameCommandLater) {
    Place first;
    Ran const whole = make(first, {});
    ASSERT_EQ(whole.outcome, "ok");
    for (std::size_t number = 2; number < whole.messages; ++number) {
        for (bool const is_answer : {false, true}) {
            SCOPED_TRACE(fmt::format("message {} of {}", number, whole.messages));
            Place place;
            EXPECT_EQ(make(place, {number, is_answer, true}).outcome, "centre_unreachable");
            Ran const next = make(place, {});
            EXPECT_EQ(next.outcome, "ok");
            EXPECT_EQ(next.refusals, 0);
            EXPECT_TRUE(takes(place.card, "7531864"));
        }
    }
}

} // namespace
} // namespace sscardd
