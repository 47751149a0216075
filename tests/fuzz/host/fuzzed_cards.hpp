#pragma once

#include "host/virtual/card_making.hpp"

#include "keys/key_table.hpp"

#include <vector>

namespace virtual_card {

/// A master key of every name for both algorithms; values of no meaning.
inline keys::MasterKeySet fuzz_masters() {
    static std::vector<keys::MasterKey> const keys = [] {
        std::vector<keys::MasterKey> all;
        for (keys::KeyRow const& row : keys::key_table()) {
            for (auto const algorithm : {keys::Algorithm::des3, keys::Algorithm::sm4}) {
                std::array<std::uint8_t, 16> value{};
                value.fill(static_cast<std::uint8_t>(2 * static_cast<unsigned>(row.name) + 2));
                value.front() = static_cast<std::uint8_t>(algorithm);
                std::size_t const size = keys::standard_key_size(row.name, algorithm);
                auto const kind = keys::cipher_kind(algorithm, size);
                all.push_back({row.name, std::nullopt, keys::Tier::ministry,
                               keys::CardKey{kind.value(), apdu::ByteView{value}.first(size)}});
            }
        }
        return all;
    }();
    return {keys, true};
}

inline CardPlan fuzz_plan(bool is_sm4) {
    CardPlan plan;
    plan.version = is_sm4 ? apdu::SpecVersion::v3_00 : apdu::SpecVersion::v2_00;
    plan.algorithm = is_sm4 ? keys::Algorithm::sm4 : keys::Algorithm::des3;
    return plan;
}

} // namespace virtual_card
