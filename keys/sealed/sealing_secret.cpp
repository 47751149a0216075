#include "keys/sealed/sealing_secret.hpp"

namespace keys::sealed {

StoreResult<SealingSecret> SealingSecret::take(SealKind kind, apdu::ByteView bytes) {
    auto memory = LockedMemory::take(bytes.size());
    if (!memory.ok()) {
        return memory.error();
    }
    apdu::copy_bytes(bytes, memory.value().bytes());
    return SealingSecret{kind, std::move(memory).value()};
}

StoreResult<SealingSecret> SealingSecret::passphrase(std::string_view text) {
    if (text.empty() || text.size() > passphrase_size_max) {
        return StoreFault{StoreFaultCode::secret_short, "a passphrase has 1 to " +
                                                            std::to_string(passphrase_size_max) +
                                                            " bytes"};
    }
    return take(SealKind::passphrase,
                {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

StoreResult<SealingSecret> SealingSecret::credential(apdu::ByteView bytes) {
    if (bytes.size() != credential_size) {
        return StoreFault{StoreFaultCode::secret_short,
                          "a credential has " + std::to_string(credential_size) + " bytes, not " +
                              std::to_string(bytes.size())};
    }
    return take(SealKind::credential, bytes);
}

bool SealingSecret::is_long_enough() const {
    return kind_ == SealKind::credential || expose().size() >= passphrase_size_min;
}

} // namespace keys::sealed
