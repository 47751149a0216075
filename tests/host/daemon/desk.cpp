#include "desk.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <cstdlib>
#include <stdexcept>

namespace sscardd {
namespace {

/// A connection that a job may close: the card itself stays in its reader.
class BorrowedConnection final : public apdu::CardConnection {
public:
    explicit BorrowedConnection(virtual_card::LocalConnection& card) : card_{card} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        return card_.transmit(command, response);
    }
    apdu::Result<apdu::Done> reset() override { return card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return card_.protocol(); }

private:
    virtual_card::LocalConnection& card_;
};

/// A lane's keys with their cipher.
struct Keys {
    keys::openssl::EvpCipher cipher{};
    keys::SoftwareKeyService service{cipher, test_keys().masters()};
};

virtual_card::CardMemory memory_of(virtual_card::MakingResult made) {
    if (!made.ok()) {
        throw std::runtime_error{made.error().at(0)};
    }
    return std::move(made).value().memory;
}

} // namespace

class Desk::Source final : public CardSource {
public:
    explicit Source(Desk& desk) : desk_{desk} {}
    apdu::Result<std::unique_ptr<apdu::CardConnection>> open(std::string const& reader) override {
        ++desk_.opened_;
        auto const found = desk_.cards_.find(reader);
        if (found == desk_.cards_.end()) {
            return apdu::Error::card_absent;
        }
        auto const reset = found->second->reset();
        if (!reset.ok()) {
            return reset.error();
        }
        return std::unique_ptr<apdu::CardConnection>{
            std::make_unique<BorrowedConnection>(*found->second)};
    }

private:
    Desk& desk_;
};

keys::file::KeyFile const& test_keys() {
    static keys::file::KeyFile const file = [] {
        auto read = keys::file::read_key_file(SSCARD_SOURCE "/tests/vectors/test_keys.json");
        if (!read.ok()) {
            throw std::runtime_error{"no test keys"};
        }
        return std::move(read).value();
    }();
    return file;
}

Configuration office() {
    Configuration configuration;
    configuration.region = "639900";
    configuration.version = apdu::SpecVersion::v2_00;
    return configuration;
}

virtual_card::CardMemory bare_chip() {
    return memory_of(virtual_card::make_bare({}, test_keys().masters()));
}
virtual_card::CardMemory blank_card(std::uint8_t serial) {
    virtual_card::CardPlan plan;
    plan.historical.back() = serial;
    return memory_of(virtual_card::make_blank(plan, test_keys().masters()));
}
virtual_card::CardMemory live_card() {
    return memory_of(virtual_card::make_personalized({}, test_keys().masters(), zhang_san));
}

namespace {

template <typename T>
T opened_or_thrown(session::Outcome<T> outcome) {
    if (!outcome.ok()) {
        throw std::runtime_error{outcome.error().detail};
    }
    return std::move(outcome).value();
}

} // namespace

TestDirectory::TestDirectory() {
    std::string path = std::filesystem::temp_directory_path() / "sscard-desk.XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
        throw std::runtime_error{"no temporary directory"};
    }
    path_ = path;
}

TestDirectory::~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Desk::Desk(std::vector<std::optional<virtual_card::CardMemory>> cards, Configuration configuration,
           bool with_keys)
    : configuration_{std::move(configuration)},
      register_{opened_or_thrown(store::CardRegister::open(state_.path() / "cards.sqlite"))},
      makings_{opened_or_thrown(store::CardMakings::open(*register_, state_.path() / "makings"))},
      keys_{std::get<std::unique_ptr<KeyStore>>(open_key_store(configuration_.keys))},
      lanes_{[this] { return std::make_unique<Source>(*this); },
             [this, with_keys](JobTraits const& /*job*/) -> LaneKeys {
                 if (!with_keys) {
                     return keys_->service();
                 }
                 auto const keys = std::make_shared<Keys>();
                 return std::shared_ptr<keys::KeyService>{keys, &keys->service};
             }},
      service_{configuration_, lanes_, *makings_, *register_, *keys_} {
    list_.service_available = true;
    for (auto& memory : cards) {
        pcsc::ReaderState state;
        state.name = "Reader " + std::to_string(list_.readers.size() + 1);
        state.card_present = memory.has_value();
        if (memory) {
            cards_[state.name] =
                std::make_unique<virtual_card::LocalConnection>(std::move(*memory));
        }
        list_.readers.push_back(std::move(state));
    }
    lanes_.update(list_);
}

} // namespace sscardd
