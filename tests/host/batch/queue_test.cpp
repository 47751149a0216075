#include "host/batch/queue.hpp"

#include <gtest/gtest.h>

namespace batch {
namespace {

class PeopleQueue : public testing::Test {
public:
    std::vector<Person> people{{1, "{}", "a", ""}, {2, "{}", "b", ""}, {3, "{}", "c", ""}};
    Queue queue{people};

    /// The number of the person that a chip is given to; 0: nobody.
    std::size_t take(std::string const& chip) {
        last = queue.take(chip);
        return last ? last->person->number : 0;
    }
    std::optional<Order> last{};
};

TEST_F(PeopleQueue, EachPersonIsHandedOutOnce) {
    EXPECT_EQ(take("c1"), 1U);
    EXPECT_EQ(take("c2"), 2U);
    EXPECT_EQ(take("c3"), 3U);
    EXPECT_EQ(take("c4"), 0U);
}

TEST_F(PeopleQueue, IsOverWhenEverybodyIsSettled) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(queue.is_over());
        take("c");
        EXPECT_FALSE(queue.is_over());
        queue.settle(*last);
    }
    EXPECT_TRUE(queue.is_over());
}

TEST_F(PeopleQueue, WhoeverIsPutBackIsNextAndNeverLessThanAReplacement) {
    take("c1");
    queue.put_back(*last, true);
    EXPECT_EQ(take("c2"), 1U);
    EXPECT_TRUE(last->replaces);
    queue.put_back(*last, false);
    EXPECT_EQ(take("c3"), 1U);
    EXPECT_TRUE(last->replaces);
}

TEST_F(PeopleQueue, ACardThatWasBegunGoesToItsPersonOnly) {
    take("c1");
    queue.bind(*last, "c1");
    EXPECT_EQ(queue.count().interrupted, 1U);
    EXPECT_EQ(take("c2"), 2U);
    EXPECT_EQ(take("c1"), 1U);
    EXPECT_EQ(queue.count().interrupted, 0U);
}

TEST_F(PeopleQueue, KnowsFromAnEarlierRunWhoseCardWasBegun) {
    queue.bind_waiting(people[1], "c9");
    EXPECT_EQ(queue.interrupted(),
              (std::vector{std::pair<Person const*, std::string>{&people[1], "c9"}}));
    EXPECT_EQ(take("c1"), 1U);
    EXPECT_EQ(take("c2"), 3U);
    EXPECT_EQ(take("c3"), 0U);
    EXPECT_EQ(take("c9"), 2U);
}

TEST_F(PeopleQueue, ACardThatTellsNothingOfItselfWasBegunForNobody) {
    queue.bind_waiting(people[0], "c9");
    EXPECT_EQ(take(""), 2U);
}

TEST_F(PeopleQueue, TwoBegunCardsThatCallThemselvesTheSameLoseNobody) {
    queue.bind_waiting(people[0], "c9");
    queue.bind_waiting(people[1], "c9");
    EXPECT_EQ(take("c9"), 1U);
    EXPECT_EQ(take("c9"), 2U);
}

TEST_F(PeopleQueue, WhoeverIsDroppedIsNotHandedOut) {
    queue.drop(people[0]);
    EXPECT_EQ(take("c1"), 2U);
}

TEST_F(PeopleQueue, ABegunCardThatIsGivenUpIsReplaced) {
    queue.give_up_begun(people[0]);
    EXPECT_EQ(take("c1"), 1U);
    EXPECT_TRUE(last->replaces);
}

} // namespace
} // namespace batch
