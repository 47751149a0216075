#include "host/daemon/key_store.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <fmt/format.h>

namespace sscardd {
namespace {

/// One lane's key service with the cipher that it works with.
class LaneKeys {
public:
    explicit LaneKeys(keys::MasterKeySet masters) : service_{cipher_, masters} {}
    keys::KeyService& service() { return service_; }

private:
    keys::openssl::EvpCipher cipher_{};
    keys::SoftwareKeyService service_;
};

} // namespace

KeyServiceMaker KeyStore::maker() const {
    return [this]() -> std::shared_ptr<keys::KeyService> {
        if (!keys_) {
            return nullptr;
        }
        auto const lane = std::make_shared<LaneKeys>(keys_->masters());
        return {lane, &lane->service()};
    };
}

std::variant<KeyStore, std::vector<std::string>> open_key_store(std::string const& key_file) {
    using Lines = std::vector<std::string>;
    if (key_file.empty()) {
        return KeyStore{};
    }
    auto file = keys::file::read_key_file(key_file);
    if (!file.ok()) {
        Lines lines;
        for (auto const& fault : file.error()) {
            lines.push_back(fmt::format("{} {}: {} {}", key_file, fault.where,
                                        keys::file::to_text(fault.code), fault.detail));
        }
        return lines;
    }
    return KeyStore{std::move(file).value()};
}

} // namespace sscardd
