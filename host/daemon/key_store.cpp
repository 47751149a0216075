#include "host/daemon/key_store.hpp"

#include "host/daemon/hsm_keys.hpp"
#include "host/daemon/psam_keys.hpp"
#include "host/daemon/remote_keys.hpp"
#include "host/daemon/sealed_keys.hpp"
#include "host/daemon/store_message.hpp"

#include "keys/check_value.hpp"
#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_aes.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <fmt/format.h>

namespace sscardd {
namespace {

using Lines = std::vector<std::string>;

/// One job's key service with the cipher that it works with and the keys that it borrows.
class JobKeys {
public:
    JobKeys(std::shared_ptr<void const> owner, keys::MasterKeySet masters,
            keys::TransactionCounters* counters)
        : owner_{std::move(owner)}, service_{cipher_, masters,
                                             counters == nullptr
                                                 ? std::nullopt
                                                 : std::optional{keys::TerminalSupport{
                                                       aes_cipher_, *counters}}} {}
    keys::KeyService& service() { return service_; }

private:
    std::shared_ptr<void const> owner_;
    keys::openssl::EvpCipher cipher_{};
    keys::openssl::EvpAes aes_cipher_{};
    keys::SoftwareKeyService service_;
};

/// No keys at all.
class NoKeys final : public KeyStore {
public:
    [[nodiscard]] LaneKeys service() const override { return {nullptr}; }
    [[nodiscard]] api::KeyReport report() const override {
        api::KeyReport report;
        report.production = is_production;
        report.fault = api::fault(api::code::no_key_store);
        return report;
    }
    bool is_production = false;
};

/// The keys of a file, in the clear.
class FileKeys final : public KeyStore {
public:
    FileKeys(std::string path, keys::file::KeyFile file)
        : path_{std::move(path)}, file_{std::make_shared<keys::file::KeyFile const>(
                                      std::move(file))} {}
    [[nodiscard]] LaneKeys service() const override {
        return {service_over(file_, file_->masters())};
    }
    [[nodiscard]] api::KeyReport report() const override {
        api::KeyReport report;
        report.back_end = api::KeyBackEnd::key_file;
        report.path = path_;
        report.state = api::KeyState::open;
        report.test = file_->is_test;
        report.keys = known_keys(file_->masters(), report.back_end);
        return report;
    }

private:
    std::string path_;
    std::shared_ptr<keys::file::KeyFile const> file_;
};

std::string tier_name(keys::Tier tier) {
    constexpr std::array names{"ministry", "province", "city"};
    return names.at(static_cast<std::size_t>(tier));
}

std::string check_value_text(keys::BlockCipher& cipher, keys::CardKey const& key) {
    auto const value = keys::check_value_of(cipher, key);
    return value.ok() ? fmt::format("{:02X}", fmt::join(value.value(), "")) : std::string{};
}

std::variant<keys::file::KeyFile, Lines> read_file(std::string const& path) {
    auto file = keys::file::read_key_file(path);
    if (file.ok()) {
        return std::move(file).value();
    }
    Lines lines;
    for (auto const& fault : file.error()) {
        lines.push_back(fmt::format("{} {}: {} {}", path, fault.where,
                                    keys::file::to_text(fault.code), fault.detail));
    }
    return lines;
}

api::Fault no_store() { return api::fault(api::code::no_key_store); }

} // namespace

std::optional<api::Fault> KeyStore::refusal() const {
    api::KeyReport const report = this->report();
    if (report.state == api::KeyState::unusable && report.fault) {
        return report.fault;
    }
    if (!takes_keys()) {
        return no_store();
    }
    bool const is_open = report.state == api::KeyState::open;
    return is_open ? std::nullopt : std::optional{api::fault(api::code::keys_locked)};
}
api::Outcome<apdu::Done> KeyStore::take(keys::sealed::KeyBundle /*keys*/) { return no_store(); }
api::Outcome<keys::custody::NewBackup> KeyStore::back_up(std::size_t /*needed*/,
                                                         std::size_t /*count*/) const {
    return no_store();
}
api::Outcome<api::KeyReport> KeyStore::unlock(api::KeysUnlockRequest /*request*/) {
    return no_store();
}
api::Outcome<api::KeyReport> KeyStore::lock() { return no_store(); }
api::Outcome<api::KeyReport> KeyStore::create(api::KeyStoreCreationRequest /*request*/) {
    return no_store();
}
api::Outcome<api::KeyReport> KeyStore::take_in(api::KeysImportRequest /*request*/) {
    return no_store();
}
api::Outcome<api::KeyReport> KeyStore::remove(api::KeyRemovalRequest const& /*request*/) {
    return no_store();
}
api::Outcome<apdu::Done> KeyStore::destroy(api::KeyRemovalRequest const& request) {
    auto const removed = remove(request);
    return removed.ok() ? api::Outcome<apdu::Done>{apdu::Done{}} : removed.error();
}
api::Outcome<HsmKeyMade> KeyStore::generate(HsmKeyOrder const& /*order*/) {
    return api::fault("no_hsm");
}
api::Outcome<apdu::Done> KeyStore::keep_generated() { return api::fault("no_hsm"); }
api::Outcome<api::KeyReport> KeyStore::change_passphrase(api::PassphraseChangeRequest /*request*/) {
    return no_store();
}

std::shared_ptr<keys::KeyService> service_over(std::shared_ptr<void const> owner,
                                               keys::MasterKeySet masters,
                                               keys::TransactionCounters* counters) {
    if (owner == nullptr) {
        return nullptr;
    }
    auto const job = std::make_shared<JobKeys>(std::move(owner), masters, counters);
    return {job, &job->service()};
}

std::vector<api::KnownKey> known_keys(keys::MasterKeySet masters, api::KeyBackEnd back_end) {
    keys::openssl::EvpCipher cipher;
    std::vector<api::KnownKey> known;
    for (keys::MasterKey const& key : masters.keys) {
        known.push_back({std::string{apdu::to_text(key.name)}, tier_name(key.tier),
                         std::string{keys::to_text(card_algorithm(key.secret.kind()))}, key.version,
                         static_cast<std::uint8_t>(key.secret.size()),
                         check_value_text(cipher, key.secret), masters.are_test_keys, back_end});
    }
    return known;
}

std::vector<api::KnownTerminalKey> known_terminal_keys(keys::TerminalKeySet const& terminals,
                                                       bool are_test_keys) {
    keys::openssl::EvpAes cipher;
    std::vector<api::KnownTerminalKey> known;
    auto const add = [&](auto const& terminal) {
        auto const place = keys::place_of(terminal);
        bool const is_bdk = place.use == keys::TerminalKeyUse::bdk;
        auto const value = keys::check_value_of(cipher, terminal.key);
        std::size_t const id_size = is_bdk ? place.id.bdk_id().size() : place.id.bytes.size();
        known.push_back(
            {is_bdk ? "BDK" : "KBPK",
             fmt::format("{:02X}", fmt::join(apdu::ByteView{place.id.bytes}.first(id_size), "")),
             "AES" + std::to_string(8 * terminal.key.size()),
             value.ok() ? fmt::format("{:02X}", fmt::join(value.value(), "")) : std::string{},
             are_test_keys});
    };
    std::for_each(terminals.bdks.begin(), terminals.bdks.end(), add);
    std::for_each(terminals.transport_keys.begin(), terminals.transport_keys.end(), add);
    return known;
}

namespace {

/// Without the PSAM.
std::variant<std::unique_ptr<KeyStore>, Lines> open_back_end(KeySettings const& settings) {
    if (!settings.store.empty()) {
        auto sealed = SealedKeys::start(settings);
        if (!sealed.ok()) {
            return Lines{line_of(sealed.error())};
        }
        return std::unique_ptr<KeyStore>{std::move(sealed).value()};
    }
    if (settings.is_hsm()) {
        auto hsm = HsmKeys::start(settings);
        if (!hsm.ok()) {
            return Lines{line_of(hsm.error())};
        }
        return std::unique_ptr<KeyStore>{std::move(hsm).value()};
    }
    if (settings.centre) {
        return std::unique_ptr<KeyStore>{std::make_unique<RemoteKeys>(
            std::make_unique<keys::remote::TlsLink>(*settings.centre, settings.centre_files),
            settings.centre->text(), settings.production)};
    }
    if (settings.file.empty()) {
        auto none = std::make_unique<NoKeys>();
        none->is_production = settings.production;
        return std::unique_ptr<KeyStore>{std::move(none)};
    }
    auto file = read_file(settings.file);
    if (auto* const lines = std::get_if<Lines>(&file)) {
        return std::move(*lines);
    }
    return std::unique_ptr<KeyStore>{
        std::make_unique<FileKeys>(settings.file, std::get<keys::file::KeyFile>(std::move(file)))};
}

} // namespace

std::variant<std::unique_ptr<KeyStore>, Lines> open_key_store(KeySettings const& settings,
                                                              CardSourceMaker const& cards) {
    auto opened = open_back_end(settings);
    auto* const back_end = std::get_if<std::unique_ptr<KeyStore>>(&opened);
    if (back_end != nullptr && settings.psam) {
        *back_end = std::make_unique<PsamKeys>(*settings.psam, std::move(*back_end), cards);
    }
    return opened;
}

std::vector<std::string> check_key_store(KeySettings const& settings) {
    if (settings.centre) { // the centre itself is "sscard keys doctor"'s to ask
        auto const fault = keys::remote::fault_of(settings.centre_files);
        return fault ? Lines{*fault} : Lines{};
    }
    if (settings.is_hsm()) { // a running daemon's; its tokens are "sscard keys doctor"'s to ask
        return {};
    }
    if (settings.store.empty()) {
        auto opened = open_back_end(settings);
        auto* const lines = std::get_if<Lines>(&opened);
        return lines == nullptr ? Lines{} : *lines;
    }
    auto const fault = SealedKeys::fault_of_file(settings);
    return fault ? Lines{line_of(*fault)} : Lines{};
}

} // namespace sscardd
