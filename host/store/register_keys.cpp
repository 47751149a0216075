// What the register knows of the cards' keys.
#include "host/store/key_rows.hpp"
#include "host/store/register_database.hpp"

namespace store {

using session::Outcome;

Outcome<std::vector<KeySetCount>> CardRegister::count_by_keys() const {
    return database_->run([](soci::session& sql) -> Outcome<std::vector<KeySetCount>> {
        return count_cards_by_keys(sql);
    });
}

Outcome<KeySet> CardRegister::keys_of(std::string const& chip) const {
    return database_->run([&chip](soci::session& sql) -> Outcome<KeySet> {
        return key_set_from_text(keys_of_card(sql, chip)).value_or(KeySet{});
    });
}

Outcome<apdu::Done> CardRegister::rotate(keys::Algorithm algorithm, KeyMark const& to) {
    Rotation const rotation{algorithm, to, database_->clock()};
    return database_->change([&rotation](soci::session& sql) -> Outcome<apdu::Done> {
        insert_rotation(sql, rotation);
        return apdu::Done{};
    });
}

Outcome<std::vector<Rotation>> CardRegister::rotations() const {
    return database_->run(
        [](soci::session& sql) -> Outcome<std::vector<Rotation>> { return select_rotations(sql); });
}

Outcome<bool> CardRegister::use_counter(keys::InitialKeyId const& terminal, std::uint32_t counter) {
    bool is_new = false;
    auto const done = database_->change([&](soci::session& sql) -> Outcome<apdu::Done> {
        is_new = raise_counter(sql, terminal, counter);
        return apdu::Done{};
    });
    return done.ok() ? Outcome<bool>{is_new} : done.error();
}

} // namespace store
