#include "host/daemon/hsm_table.hpp"

#include <algorithm>

namespace sscardd {
namespace {

using keys::pkcs11::CardKeyExport;
using keys::pkcs11::CipherMechanisms;
using keys::pkcs11::TokenSettings;

void read_sm4(TableReader& table, TokenSettings& token) {
    std::array const numbers{table.wide_number("sm4_key_type"), table.wide_number("sm4_blocks"),
                             table.wide_number("sm4_chain"), table.wide_number("sm4_derive")};
    auto const generate = table.wide_number("sm4_generate");
    auto const given = std::count_if(numbers.begin(), numbers.end(),
                                     [](auto const& number) { return number.has_value(); });
    if (given == 0 && !generate) {
        return;
    }
    if (given != static_cast<std::ptrdiff_t>(numbers.size())) {
        table.refuse_all(
            "needs all of sm4_key_type, sm4_blocks, sm4_chain and sm4_derive, or none");
        return;
    }
    token.mechanisms.sm4 =
        CipherMechanisms{*numbers[0], *numbers[1], *numbers[2], *numbers[3], generate};
}

void read_token(TableReader& table, KeySettings& to) {
    constexpr std::size_t label_size_max = 32; // PKCS #11 2.40 §3.2
    TokenSettings token;
    table.text("module", [&token](std::string text) -> std::string {
        token.module = std::move(text);
        return token.module.starts_with('/') ? "" : "must be an absolute path";
    });
    table.text("label", [&token](std::string text) -> std::string {
        token.label = std::move(text);
        bool const is_one = !token.label.empty() && token.label.size() <= label_size_max;
        return is_one ? "" : "must be a token's label, of 1 to 32 bytes";
    });
    read_sm4(table, token);
    if (token.module.empty() || token.label.empty()) {
        table.refuse_all("needs module and label");
    }
    bool const is_twice =
        std::any_of(to.hsm.tokens.begin(), to.hsm.tokens.end(), [&token](TokenSettings const& one) {
            return one.module == token.module && one.label == token.label;
        });
    if (is_twice) {
        table.refuse_all("is there twice");
    }
    to.hsm.tokens.push_back(std::move(token));
}

} // namespace

void read_token_keys(TableReader& table, KeySettings& to) {
    table.tables("token", [&to](TableReader& token) { read_token(token, to); });
    table.text("token_pin_credential", [&to](std::string text) -> std::string {
        if (text.find('/') != std::string::npos || text.starts_with('.')) {
            return "must be the name of a credential, without a folder";
        }
        to.token_pin_credential = std::move(text);
        return to.token_pin_credential.empty() || to.is_hsm() ? ""
                                                              : "is of no use without keys.token";
    });
    bool may_leave = false;
    table.yes_or_no("card_keys_may_leave", may_leave);
    to.hsm.card_keys = may_leave ? CardKeyExport::allowed : CardKeyExport::refused;
    if (may_leave && !to.is_hsm()) {
        table.refuse_all("card_keys_may_leave is of no use without keys.token");
    }
    if (to.is_hsm() && (to.centre || !to.file.empty() || !to.store.empty())) {
        table.refuse_all("has keys in one place only: token, or one of file, store and centre");
    }
}

} // namespace sscardd
