#include "host/store/key_rows.hpp"

#include "host/store/soci_library.hpp"

#include "host/session/hex_text.hpp"

namespace store {

int key_set_number(soci::session& sql, std::string const& keys) {
    int number = 0;
    sql << "SELECT id FROM key_set WHERE keys = :keys", soci::use(keys, "keys"), soci::into(number);
    if (sql.got_data()) {
        return number;
    }
    sql << "SELECT MAX(id) + 1 FROM key_set", soci::into(number);
    sql << "INSERT INTO key_set (id, keys) VALUES (:id, :keys)", soci::use(number, "id"),
        soci::use(keys, "keys");
    return number;
}

std::string keys_of_card(soci::session& sql, std::string const& reset_info) {
    std::string keys;
    sql << "SELECT key_set.keys FROM card, key_set WHERE key_set.id = card.key_set AND "
           "card.reset_info = :reset_info AND card.state IN ('blank', 'live') "
           "ORDER BY card.id DESC LIMIT 1",
        soci::use(reset_info, "reset_info"), soci::into(keys);
    return sql.got_data() ? keys : std::string{};
}

std::vector<KeySetCount> count_cards_by_keys(soci::session& sql) {
    soci::rowset<soci::row> const rows =
        (sql.prepare << "SELECT key_set.keys, card.algorithm, card.state, "
                        "CAST(COUNT(*) AS TEXT) FROM card, key_set "
                        "WHERE key_set.id = card.key_set AND card.state IN ('blank', 'live') "
                        "GROUP BY key_set.id, card.algorithm, card.state ORDER BY key_set.id");
    std::vector<KeySetCount> counts;
    for (soci::row const& row : rows) {
        counts.push_back({key_set_from_text(row.get<std::string>(0)).value_or(KeySet{}),
                          keys::algorithm_from_text(row.get<std::string>(1)),
                          card_state_from_text(row.get<std::string>(2)).value(),
                          std::stoul(row.get<std::string>(3))});
    }
    return counts;
}

void insert_rotation(soci::session& sql, Rotation const& rotation) {
    std::string const algorithm{keys::to_text(rotation.algorithm)};
    std::string const key = to_text(rotation.to);
    sql << "INSERT INTO rotation (id, algorithm, to_key, since) SELECT COALESCE(MAX(id), 0) + 1, "
           ":algorithm, :to_key, :since FROM rotation",
        soci::use(algorithm, "algorithm"), soci::use(key, "to_key"),
        soci::use(rotation.since, "since");
}

bool raise_counter(soci::session& sql, keys::InitialKeyId const& terminal, std::uint32_t counter) {
    std::string const id = session::hex_text(terminal.bytes);
    std::array<std::uint8_t, 4> const bytes{
        static_cast<std::uint8_t>(counter >> 24U), static_cast<std::uint8_t>(counter >> 16U),
        static_cast<std::uint8_t>(counter >> 8U), static_cast<std::uint8_t>(counter)};
    std::string const now = session::hex_text(bytes); // text of one length is in order as numbers
    std::string last;
    sql << "SELECT counter FROM terminal WHERE id = :id", soci::use(id, "id"), soci::into(last);
    if (!sql.got_data()) {
        sql << "INSERT INTO terminal (id, counter) VALUES (:id, :counter)", soci::use(id, "id"),
            soci::use(now, "counter");
        return true;
    }
    if (now <= last) {
        return false;
    }
    sql << "UPDATE terminal SET counter = :counter WHERE id = :id", soci::use(now, "counter"),
        soci::use(id, "id");
    return true;
}

std::vector<Rotation> select_rotations(soci::session& sql) {
    soci::rowset<soci::row> const rows =
        (sql.prepare << "SELECT algorithm, to_key, since FROM rotation ORDER BY id");
    std::vector<Rotation> rotations;
    for (soci::row const& row : rows) {
        auto const algorithm = keys::algorithm_from_text(row.get<std::string>(0));
        auto const to = key_mark_from_text(row.get<std::string>(1));
        if (algorithm && to) {
            rotations.push_back({*algorithm, *to, row.get<std::string>(2)});
        }
    }
    return rotations;
}

} // namespace store
