#include "keys/pkcs11/token_administration.hpp"

namespace keys::pkcs11 {
namespace {

constexpr CK_ULONG modulus_bits = 2048;
constexpr std::size_t wrapped_size = modulus_bits / 8;

bool has_one_place(KeyLabel const& label, MasterKey const& key) {
    return label.name == key.name && label.version == key.version &&
           card_algorithm(label.kind) == card_algorithm(key.secret.kind());
}

/// An RSA key pair that lives with a session, to bring keys into its token. OAEP is with SHA-1, the
/// only hash that every token takes; that is no weakness of OAEP (PKCS #1, RFC 8017 §7.1).
class WrappingPair {
public:
    explicit WrappingPair(TokenSession& session) : session_{session} {}

    [[nodiscard]] TokenResult<apdu::Done> make() {
        CK_MECHANISM how{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
        CK_ULONG bits = modulus_bits;
        std::array<CK_BYTE, 3> exponent{0x01, 0x00, 0x01};
        CK_BBOOL yes = CK_TRUE;
        CK_BBOOL no = CK_FALSE;
        std::array<CK_ATTRIBUTE, 4> open_key{
            {{CKA_MODULUS_BITS, &bits, sizeof bits},
             {CKA_PUBLIC_EXPONENT, exponent.data(), exponent.size()},
             {CKA_ENCRYPT, &yes, sizeof yes},
             {CKA_TOKEN, &no, sizeof no}}};
        std::array<CK_ATTRIBUTE, 4> own_key{{{CKA_UNWRAP, &yes, sizeof yes},
                                             {CKA_TOKEN, &no, sizeof no},
                                             {CKA_SENSITIVE, &yes, sizeof yes},
                                             {CKA_EXTRACTABLE, &no, sizeof no}}};
        CK_RV const value = session_.functions().C_GenerateKeyPair(
            session_.handle(), &how, open_key.data(), open_key.size(), own_key.data(),
            own_key.size(), &public_, &private_);
        if (value != CKR_OK) {
            return session_.noted("C_GenerateKeyPair", value);
        }
        return apdu::Done{};
    }

    [[nodiscard]] TokenResult<CK_OBJECT_HANDLE> bring_in(CardKey const& key,
                                                         std::span<CK_ATTRIBUTE> attributes) {
        CK_RSA_PKCS_OAEP_PARAMS parameter{CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, nullptr, 0};
        CK_MECHANISM how{CKM_RSA_PKCS_OAEP, &parameter, sizeof parameter};
        auto const& functions = session_.functions();
        CK_RV value = functions.C_EncryptInit(session_.handle(), &how, public_);
        std::array<CK_BYTE, wrapped_size> wrapped{};
        CK_ULONG size = wrapped.size();
        auto const bytes = key.expose_whole();
        if (value == CKR_OK) {
            value = functions.C_Encrypt(session_.handle(), const_cast<CK_BYTE_PTR>(bytes.data()),
                                        bytes.size(), wrapped.data(), &size);
        }
        if (value != CKR_OK) {
            return session_.noted("C_Encrypt", value);
        }
        CK_OBJECT_HANDLE made = 0;
        value = functions.C_UnwrapKey(session_.handle(), &how, private_, wrapped.data(), size,
                                      attributes.data(), attributes.size(), &made);
        if (value != CKR_OK) {
            return session_.noted("C_UnwrapKey", value);
        }
        return made;
    }

private:
    TokenSession& session_;
    CK_OBJECT_HANDLE public_ = 0;
    CK_OBJECT_HANDLE private_ = 0;
};

TokenResult<CK_OBJECT_HANDLE> write_key(Token const& token, WrappingPair& pair,
                                        BlockCipher& software, MasterKey const& key, bool is_test) {
    auto const check_value = check_value_of(software, key.secret);
    if (!check_value.ok()) {
        return TokenFault{TokenFaultCode::refused, "no check value"};
    }
    MasterKeyAttributes attributes{
        *token.settings().mechanisms.of(key.secret.kind()),
        KeyLabel{key.name, key.version, key.tier, key.secret.kind(), is_test}, check_value.value()};
    return pair.bring_in(key.secret, attributes.list());
}

} // namespace

std::vector<std::pair<Algorithm, std::string>> lacking(Token const& token) {
    struct Need {
        CK_MECHANISM_TYPE mechanism;
        CK_FLAGS use;
        std::string_view part;
    };
    std::vector<std::pair<Algorithm, std::string>> lacks;
    MechanismMap const& map = token.settings().mechanisms;
    for (auto const kind : {CipherKind::des3, CipherKind::sm4}) {
        auto const* const cipher = map.of(kind);
        if (cipher == nullptr) {
            lacks.emplace_back(card_algorithm(kind), "all");
            continue;
        }
        for (Need const& need : {Need{cipher->blocks, CKF_ENCRYPT, "blocks"},
                                 Need{cipher->chain, CKF_ENCRYPT, "chain"},
                                 Need{cipher->derive, CKF_DERIVE, "derive"}}) {
            if ((token.uses_of(need.mechanism) & need.use) == 0) {
                lacks.emplace_back(card_algorithm(kind), need.part);
            }
        }
    }
    return lacks;
}

std::optional<TokenFault> refusal_of(Token const& token, MasterKeySet masters) {
    auto const known = token.keys();
    for (MasterKey const& key : masters.keys) {
        std::string const name{apdu::to_text(key.name)};
        if (token.settings().mechanisms.of(key.secret.kind()) == nullptr) {
            return TokenFault{TokenFaultCode::mechanism_missing, name + ": SM4"};
        }
        for (TokenKey const& held : known->keys) {
            if (has_one_place(held.label, key)) {
                return TokenFault{TokenFaultCode::key_known, name};
            }
        }
    }
    return std::nullopt;
}

TokenResult<apdu::Done> write_keys(Token& token, BlockCipher& software, MasterKeySet masters) {
    auto session = token.writing_session();
    if (!session.ok()) {
        return session.error();
    }
    WrappingPair pair{*session.value()};
    if (auto const made = pair.make(); !made.ok()) {
        token.note_loss(*session.value());
        return made.error();
    }
    std::vector<CK_OBJECT_HANDLE> written;
    for (MasterKey const& key : masters.keys) {
        auto const object = write_key(token, pair, software, key, masters.are_test_keys);
        if (!object.ok()) {
            for (CK_OBJECT_HANDLE const one : written) {
                static_cast<void>(session.value()->destroy(one)); // what fails, the list shows
            }
            static_cast<void>(token.list_keys());
            token.note_loss(*session.value());
            return object.error();
        }
        written.push_back(object.value());
    }
    return token.list_keys();
}

TokenResult<bool> destroy_key(Token& token, apdu::KeyName name, Algorithm algorithm,
                              std::optional<std::uint8_t> version) {
    auto session = token.writing_session();
    if (!session.ok()) {
        return session.error();
    }
    bool is_known = false;
    auto const keys = token.keys();
    for (TokenKey const& key : keys->keys) {
        if (key.label.name != name || key.label.version != version ||
            card_algorithm(key.label.kind) != algorithm) {
            continue;
        }
        is_known = true;
        if (auto const done = session.value()->destroy(key.object); !done.ok()) {
            token.note_loss(*session.value());
            return done.error();
        }
    }
    if (auto const listed = token.list_keys(); !listed.ok()) {
        return listed.error();
    }
    return is_known;
}

} // namespace keys::pkcs11
