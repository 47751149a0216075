#include "host/store/register_rows.hpp"

#include "host/store/key_rows.hpp"
#include "host/store/soci_library.hpp"

#include <deque>

namespace store {
namespace {

constexpr char const* columns = "chip, reset_info, card_id, card_number, person, version, "
                                "algorithm, region, stage, state, reason, replaced_by, batch, "
                                "test_keys, began_at, made_at, voided_at, key_set";

/// A query's conditions with the values that they are about, which must stay where they are.
class Conditions {
public:
    void add(char const* condition) {
        text_ += text_.empty() ? " WHERE " : " AND ";
        text_ += condition;
    }
    void add(char const* condition, char const* name, std::optional<std::string> const& value) {
        if (value) {
            add(condition);
            values_.push_back({name, *value});
        }
    }
    void bind(soci::statement& statement) {
        for (Value& value : values_) {
            statement.exchange(soci::use(value.text, value.name));
        }
    }
    [[nodiscard]] std::string const& text() const { return text_; }

private:
    struct Value {
        char const* name;
        std::string text;
    };
    std::string text_{};
    std::deque<Value> values_{};
};

Conditions conditions_of(CardFilter const& filter) {
    Conditions conditions;
    conditions.add(is_of_chip, "chip", filter.chip);
    conditions.add("person = :person", "person", filter.person);
    conditions.add("card_number = :card_number", "card_number", filter.card_number);
    conditions.add("batch = :batch", "batch", filter.batch);
    conditions.add("key_set IN (SELECT id FROM key_set WHERE "
                   "instr(' ' || keys || ' ', ' ' || :made_with || ' ') > 0)",
                   "made_with", filter.made_with);
    conditions.add("key_set IN (SELECT id FROM key_set WHERE keys <> '' AND "
                   "instr(' ' || keys || ' ', ' ' || :not_made_with || ' ') = 0)",
                   "not_made_with", filter.not_made_with);
    conditions.add("began_at >= :since", "since", filter.since);
    if (filter.state) {
        conditions.add("state = :state", "state", std::string{to_text(*filter.state)});
    }
    if (filter.spoiled) {
        conditions.add("state = 'voided' AND (made_at = '' OR stage = 'structure')");
    }
    return conditions;
}

CardEntry entry_from(soci::row& row) {
    std::size_t column = 0;
    auto const text = [&row, &column] { return row.get<std::string>(column++); };
    CardEntry card{};
    card.chip = text();
    card.reset_info = text();
    card.card_id = text();
    card.card_number = text();
    card.person = text();
    std::string const version = text();
    card.version = version.empty() ? std::nullopt : apdu::spec_version_from_text(version);
    card.algorithm = keys::algorithm_from_text(text());
    card.region = text();
    card.stage = personalization::stage_from_text(text());
    card.state = card_state_from_text(text()).value(); // the database checks it
    card.reason = text();
    card.replaced_by = text();
    card.batch = text();
    card.test_keys = row.get<int>(column++) != 0;
    card.began_at = text();
    card.made_at = text();
    card.voided_at = text();
    card.keys = row.get<std::string>("keys");
    return card;
}

template <typename T>
std::string text_or_empty(std::optional<T> const& value) {
    return value ? std::string{to_text(*value)} : std::string{};
}

} // namespace

std::vector<CardEntry> select_cards(soci::session& sql, CardFilter const& filter) {
    Conditions conditions = conditions_of(filter);
    soci::row row;
    soci::statement statement{sql};
    conditions.bind(statement);
    statement.exchange(soci::into(row));
    statement.alloc();
    statement.prepare(std::string{"SELECT "} + columns +
                      ", (SELECT keys FROM key_set WHERE id = card.key_set) AS keys FROM card" +
                      conditions.text() + " ORDER BY id DESC LIMIT " +
                      std::to_string(filter.limit));
    statement.define_and_bind();
    statement.execute(false);
    std::vector<CardEntry> cards;
    while (statement.fetch()) {
        cards.push_back(entry_from(row));
    }
    return cards;
}

void insert_card(soci::session& sql, CardEntry const& card) {
    std::string const version = text_or_empty(card.version);
    std::string const algorithm = text_or_empty(card.algorithm);
    std::string const stage = text_or_empty(card.stage);
    std::string const state{to_text(card.state)};
    int const test_keys = card.test_keys ? 1 : 0;
    int const key_set = key_set_number(sql, card.keys);
    using soci::use;
    sql << "INSERT INTO card (id, " << columns
        << ") SELECT COALESCE(MAX(id), 0) + 1, :chip, :reset_info, :card_id, :card_number, "
           ":person, :version, :algorithm, :region, :stage, :state, :reason, :replaced_by, :batch, "
           ":test_keys, :began_at, :made_at, :voided_at, :key_set FROM card",
        use(card.chip), use(card.reset_info), use(card.card_id), use(card.card_number),
        use(card.person), use(version), use(algorithm), use(card.region), use(stage), use(state),
        use(card.reason), use(card.replaced_by), use(card.batch), use(test_keys),
        use(card.began_at), use(card.made_at), use(card.voided_at), use(key_set);
}

} // namespace store
