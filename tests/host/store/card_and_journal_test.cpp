// A card in making and its journal on the disk, together: whatever becomes of the daemon, the
// journal or the disk, the same command later finishes the card or voids it, and the register says
// which.
#include "tests/host/personalization/ways_to_make.hpp"
#include "tests/host/store/full_disk.hpp"
#include "tests/host/store/store_office.hpp"

#include <functional>
#include <iostream>

namespace store {
namespace {

using personalization::Stage;
using personalization::Way;
using session::FaultCode;
using virtual_card::CardMemory;

/// All files of a directory and of those below it, by their relative paths.
using Files = std::map<std::filesystem::path, std::string>;

Files files_in(std::filesystem::path const& directory) {
    Files files;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{directory}) {
        if (entry.is_regular_file()) {
            files[entry.path().lexically_relative(directory)] = content_of_file(entry.path());
        }
    }
    return files;
}

/// What is left when a daemon is killed: the card and the disk.
struct Left {
    CardMemory card;
    Files disk;
};

/// A card whose owner is told before and after each command.
class WatchedCard final : public apdu::CardConnection {
public:
    WatchedCard(virtual_card::LocalConnection& card, std::function<void()> watch)
        : card_{card}, watch_{std::move(watch)} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        watch_();
        auto const size = card_.transmit(command, response);
        watch_();
        return size;
    }
    apdu::Result<apdu::Done> reset() override { return card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return card_.protocol(); }

private:
    virtual_card::LocalConnection& card_;
    std::function<void()> watch_;
};

/// The one journal in a directory, if there is any.
std::optional<std::filesystem::path> find_journal(std::filesystem::path const& directory) {
    for (auto const& entry : std::filesystem::directory_iterator{directory}) {
        if (entry.path().extension() == ".journal") {
            return entry.path();
        }
    }
    return std::nullopt;
}

class CardAndJournal : public testing::TestWithParam<Way> {
protected:
    /// Makes the card with the journals of `store`, as the daemon does.
    session::Outcome<personalization::Report> make(apdu::CardConnection& card, StoreOffice& store) {
        session::CardChannel channel{card};
        return personalization::personalize(channel, office_.keys(), store.makings(),
                                            personalization::request_of(GetParam()), {});
    }

    /// Undisturbed; tells what a killed daemon would leave at each point that is `wanted`.
    std::vector<Left> run_through(std::function<bool(StoreOffice const&)> const& wanted) {
        StoreOffice store;
        virtual_card::LocalConnection card{start_};
        std::vector<Left> left;
        WatchedCard watched{card, [&] {
                                if (wanted(store)) {
                                    left.push_back({card.memory(), files_in(store.directory())});
                                }
                            }};
        EXPECT_TRUE(make(watched, store).ok());
        made_ = card.memory();
        return left;
    }

    /// A card that was left when the making had gone on for a while, its journal still short.
    Left half_made() {
        bool has_left = false;
        return run_through([&](StoreOffice const& store) {
                   if (has_left) {
                       return false;
                   }
                   auto const journal = find_journal(store.directory() / "makings");
                   has_left = journal && std::filesystem::file_size(*journal) > 1500;
                   return has_left;
               })
            .at(0);
    }

    /// The same command on what was left: made and registered so, or void and registered so.
    void expect_end(Left const& left) {
        StoreOffice store;
        store.close();
        std::filesystem::remove_all(store.directory() / "makings");
        std::filesystem::remove(store.register_file());
        for (auto const& [path, content] : left.disk) {
            std::filesystem::create_directories((store.directory() / path).parent_path());
            write_content(store.directory() / path, content);
        }
        store.open();
        virtual_card::LocalConnection card{left.card};
        bool const was_made = left.card == made_;
        auto const report = make(card, store);
        if (report.ok() || (was_made && report.error().code == FaultCode::already_personalized)) {
            ++finished_;
            ASSERT_EQ(card.memory(), made_);
            expect_state(store,
                         GetParam().stage == Stage::structure ? CardState::blank : CardState::live);
            return;
        }
        ++voided_;
        ASSERT_EQ(report.error().code, FaultCode::card_voided)
            << to_text(report.error().code) << " " << report.error().detail;
        expect_state(store, CardState::voided);
        personalization::Office reader{card.memory()};
        ASSERT_FALSE(personalization::reads_as_made(reader));
    }
    static void expect_state(StoreOffice& store, CardState state) {
        auto const cards = store.cards().list({});
        ASSERT_EQ(code_of(cards), "ok");
        ASSERT_EQ(cards.value().size(), 1U);
        ASSERT_EQ(cards.value().front().state, state);
        ASSERT_TRUE(store.makings().recovery().faults.empty());
    }

    void tell(std::string_view what) const {
        std::cout << what << ": " << finished_ + voided_ << " points tried, " << finished_
                  << " finished, " << voided_ << " voided, 0 cards lost\n";
    }

    CardMemory start_ = personalization::start_of(GetParam());
    CardMemory made_{};
    std::size_t finished_ = 0;
    std::size_t voided_ = 0;

private:
    personalization::Office office_{start_};
};

INSTANTIATE_TEST_SUITE_P(Of, CardAndJournal,
                         testing::Values(Way{Stage::structure, personalization::kind_3_00, false},
                                         Way{Stage::data, personalization::kind_2_00, true},
                                         Way{Stage::both, personalization::kind_2_00, true}),
                         personalization::name_of);

/// How far apart the points are: a structure takes seven times as long as the data.
std::size_t kill_distance(Way const& way) {
    return personalization::points_apart(way.stage == Stage::data ? 9 : 401);
}

TEST_P(CardAndJournal, OutliveADaemonKilledBeforeOrAfterAnyCommand) {
    std::size_t point = 0;
    auto const all =
        run_through([&](StoreOffice const&) { return point++ % kill_distance(GetParam()) == 0; });
    for (Left const& left : all) {
        expect_end(left);
        ASSERT_FALSE(HasFatalFailure()) << finished_ + voided_;
    }
    tell("daemon killed");
}

/// The journal among what is left.
std::string& journal_of(Left& left) {
    auto const found = std::find_if(left.disk.begin(), left.disk.end(), [](auto const& file) {
        return file.first.extension() == ".journal";
    });
    apdu::require(found != left.disk.end());
    return found->second;
}

std::size_t damage_distance(Way const& way) {
    return personalization::points_apart(way.stage == Stage::data ? 61 : 499);
}

TEST_P(CardAndJournal, OutliveAJournalCutOffAtAnyByte) {
    Left left = half_made();
    std::size_t const size = journal_of(left).size();
    for (std::size_t at = 0; at < size; at += damage_distance(GetParam())) {
        Left damaged = left;
        journal_of(damaged).resize(at);
        expect_end(damaged);
        ASSERT_FALSE(HasFatalFailure()) << at;
    }
    tell("journal cut off");
}

TEST_P(CardAndJournal, OutliveAJournalWithAnyByteChanged) {
    Left left = half_made();
    std::size_t const size = journal_of(left).size();
    for (std::size_t at = 0; at < size; at += damage_distance(GetParam())) {
        Left damaged = left;
        char& byte = journal_of(damaged).at(at);
        byte = static_cast<char>(static_cast<std::uint8_t>(byte) ^ (1U << (at % 8)));
        expect_end(damaged);
        ASSERT_FALSE(HasFatalFailure()) << at;
    }
    tell("journal changed");
}

/// No file can grow over `size`: the making stops there, and goes on when there is room.
TEST_P(CardAndJournal, OutliveADiskThatIsFullAtAnyLine) {
    (void)run_through([](StoreOffice const&) { return false; });
    constexpr std::size_t nearest = 16;
    std::size_t const distance = std::max(
        nearest, personalization::points_apart(GetParam().stage == Stage::data ? 509 : 7919));
    for (std::size_t size = 0;; size += distance) {
        StoreOffice store;
        virtual_card::LocalConnection card{start_};
        std::string_view code;
        {
            FullDisk const disk{size};
            code = code_of(make(card, store));
        }
        if (code == "ok") {
            break;
        }
        ASSERT_EQ(code, "journal_failed") << size;
        store.close();
        expect_end({card.memory(), files_in(store.directory())});
        ASSERT_FALSE(HasFatalFailure()) << size;
    }
    tell("disk full");
}

} // namespace
} // namespace store
