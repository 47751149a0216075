#include "tests/bench/software_resets.hpp"

#include "tests/bench/expect.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <openssl/evp.h>

#include <chrono>

namespace bench {
namespace {

using keys::CardKey;
using keys::CipherResult;
using Clock = std::chrono::steady_clock;

constexpr unsigned resets = 4000;
constexpr unsigned reset_rounds = 11;
constexpr double times_max = 2; ///< at least half the rate of the bare operations

/// One operation of a cipher: a key is set, so many bytes are encrypted under it.
struct Operation {
    bool is_sm4;
    bool is_chain;
    std::vector<std::uint8_t> key;
    std::size_t size;
};

/// Notes what OpenSSL is asked for.
class NotingCipher final : public keys::BlockCipher {
public:
    CipherResult<apdu::Done> encrypt(CardKey const& key, apdu::ByteSpan blocks) override {
        note(key, false, blocks.size());
        return cipher_.encrypt(key, blocks);
    }
    CipherResult<apdu::Done> decrypt(CardKey const& key, apdu::ByteSpan blocks) override {
        note(key, false, blocks.size());
        return cipher_.decrypt(key, blocks);
    }
    CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                   apdu::ByteView blocks) override {
        note(key, true, blocks.size());
        return cipher_.chain(key, state, blocks);
    }
    std::vector<Operation> operations{};

private:
    void note(CardKey const& key, bool is_chain, std::size_t size) {
        auto const bytes = key.expose_whole();
        operations.push_back(
            {key.kind() == keys::CipherKind::sm4, is_chain, {bytes.begin(), bytes.end()}, size});
    }
    keys::openssl::EvpCipher cipher_{};
};

void do_reset(keys::KeyService& keys, keys::Algorithm algorithm, unsigned number) {
    keys::Challenge const challenge{1, 2, 3, 4, 5, 6, 7, 8};
    static auto const pin = keys::Pin::from_digits("471128");
    keys::CardIdentity card{algorithm, {0x63, 0x99, 0x00}, {}};
    card.historical[11] = static_cast<std::uint8_t>(number >> 8U);
    card.historical[12] = static_cast<std::uint8_t>(number);
    expect(keys.external_authentication(card, {apdu::KeyName::puk}, challenge, challenge).ok(),
           "the proof of PUK");
    expect(keys.pin_reset_command(card, challenge, pin.value()).ok(), "the command");
}

/// A context for each cipher and mode, made once.
class BareContexts {
public:
    BareContexts() {
        char const* const names[]{"DES-EDE-ECB", "DES-EDE-CBC", "SM4-ECB", "SM4-CBC"};
        for (std::size_t i = 0; i < contexts_.size(); ++i) {
            EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, names[i], nullptr);
            contexts_[i] = EVP_CIPHER_CTX_new();
            expect(EVP_EncryptInit_ex2(contexts_[i], cipher, nullptr, nullptr, nullptr) == 1,
                   names[i]);
            EVP_CIPHER_free(cipher);
        }
    }
    BareContexts(BareContexts const&) = delete;
    BareContexts& operator=(BareContexts const&) = delete;
    ~BareContexts() {
        for (EVP_CIPHER_CTX* const context : contexts_) {
            EVP_CIPHER_CTX_free(context);
        }
    }
    void run(Operation const& operation) {
        static constexpr std::array<unsigned char, 16> initial{};
        std::array<unsigned char, 256> blocks{};
        EVP_CIPHER_CTX* const context =
            contexts_[(operation.is_sm4 ? 2U : 0U) + (operation.is_chain ? 1U : 0U)];
        int size = 0;
        expect(EVP_EncryptInit_ex2(context, nullptr, operation.key.data(),
                                   operation.is_chain ? initial.data() : nullptr, nullptr) == 1 &&
                   EVP_EncryptUpdate(context, blocks.data(), &size, blocks.data(),
                                     static_cast<int>(operation.size)) == 1,
               "a bare operation");
    }

private:
    std::array<EVP_CIPHER_CTX*, 4> contexts_{};
};

template <typename Work>
double seconds_of(Work const& work) {
    auto const start = Clock::now();
    for (unsigned i = 0; i < resets; ++i) {
        work(i);
    }
    return std::chrono::duration<double>{Clock::now() - start}.count();
}

} // namespace

Measurement software_resets(keys::MasterKeySet masters, keys::Algorithm algorithm,
                            std::string name) {
    NotingCipher noting;
    keys::SoftwareKeyService noted{noting, masters};
    do_reset(noted, algorithm, 0);
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService keys{cipher, masters};
    BareContexts bare;
    std::vector<double> ours;
    std::vector<double> theirs;
    for (unsigned round = 0; round < reset_rounds;
         ++round) { // by turns, so that a busy machine burdens both
        ours.push_back(seconds_of([&](unsigned i) { do_reset(keys, algorithm, i); }));
        theirs.push_back(seconds_of([&](unsigned) {
            for (Operation const& operation : noting.operations) {
                bare.run(operation);
            }
        }));
    }
    std::size_t bytes = 0;
    for (Operation const& operation : noting.operations) {
        bytes += operation.size;
    }
    double const our_s = median(std::move(ours)) / resets;
    double const their_s = median(std::move(theirs)) / resets;
    return {std::move(name), our_s / their_s, "times", times_max,
            std::to_string(noting.operations.size()) + " bare OpenSSL operations on " +
                std::to_string(bytes) + " bytes; these are " +
                std::to_string(static_cast<long>(1 / our_s)) + " resets a second on one core"};
}

} // namespace bench
