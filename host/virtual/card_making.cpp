#include "host/virtual/card_making.hpp"

#include "host/virtual/blank_keys.hpp"
#include "host/virtual/blank_structure.hpp"
#include "host/virtual/issuer_items.hpp"
#include "host/virtual/person_items.hpp"
#include "host/virtual/pin_value.hpp"

#include "keys/openssl/evp_cipher.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t tries_max = 14;

std::vector<std::string> problems_of(CardPlan const& plan) {
    std::vector<std::string> problems;
    if (plan.algorithm == keys::Algorithm::ssf33) {
        problems.emplace_back("algorithm: SSF33 is not public; 3DES and SM4 can be made");
    }
    if (!plan.pin.empty() && !stored_pin_from_digits(plan.pin)) {
        problems.emplace_back("pin: 4 to 12 digits are wanted, or none");
    }
    if (plan.pin_tries == 0 || plan.pin_tries > tries_max) {
        problems.emplace_back("pin_tries: 1 to 14 are possible");
    }
    if (plan.key_tries == 0 || plan.key_tries > tries_max) {
        problems.emplace_back("key_tries: 1 to 14 are possible");
    }
    return problems;
}

CardMemory bare_memory(CardPlan const& plan, Bytes transport_key) {
    return {.algorithm = plan.algorithm,
            .historical = plan.historical,
            .transport_key = {std::move(transport_key), {plan.key_tries, plan.key_tries}}};
}

} // namespace

MakingResult make_bare(CardPlan const& plan, keys::MasterKeySet const& masters) {
    auto problems = problems_of(plan);
    auto key = transport_key(masters, plan.algorithm);
    if (!key) {
        problems.emplace_back("keys: TK is missing; a bare chip stands under its transport key");
    }
    if (!problems.empty()) {
        return problems;
    }
    return MadeCard{bare_memory(plan, std::move(*key))};
}

MakingResult make_blank(CardPlan const& plan, keys::MasterKeySet const& masters) {
    auto problems = problems_of(plan);
    if (!problems.empty()) {
        return problems;
    }
    keys::openssl::EvpCipher cipher;
    apdu::CardLayout const& layout = apdu::layout_of(plan.version);
    MadeCard made{bare_memory(plan, transport_key(masters, plan.algorithm).value_or(Bytes{}))};
    if (made.memory.transport_key.value.empty()) {
        made.missing_keys.emplace_back(apdu::to_text(apdu::KeyName::transport_key));
    }
    made.memory.directories = blank_directories(plan, layout);
    load_keys(made, plan, layout, masters, cipher);
    if (!write_issuer_items(made.memory.directories[1], plan, cipher)) {
        return std::vector<std::string>{"keys: IRK is missing; without it there is no card id"};
    }
    return made;
}

MakingResult make_personalized(CardPlan const& plan, keys::MasterKeySet const& masters,
                               std::string_view person_json) {
    auto made = make_blank(plan, masters);
    if (!made.ok()) {
        return made;
    }
    auto problems = write_person(made.value().memory, apdu::layout_of(plan.version), person_json);
    if (!problems.empty()) {
        return problems;
    }
    return made;
}

} // namespace virtual_card
