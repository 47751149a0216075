#include "host/daemon/credential.hpp"

#include "host/daemon/store_message.hpp"

#include "keys/secret_bytes.hpp"

#include <array>
#include <cstdlib>
#include <fstream>

namespace sscardd {
namespace {

using keys::sealed::SealingSecret;
using keys::sealed::SealKind;

/// One byte more than any credential has, so that a longer one is told.
using Buffer = std::array<char, keys::sealed::passphrase_size_max + 2>;

SealKind kind_of(KeySettings const& settings) {
    return settings.credential.empty() ? SealKind::passphrase : SealKind::credential;
}

std::string_view without_line_end(std::string_view text) {
    for (char const end : {'\n', '\r'}) {
        if (text.ends_with(end)) {
            text.remove_suffix(1);
        }
    }
    return text;
}

api::Outcome<SealingSecret> credential_from(std::string_view text, SealKind kind) {
    auto secret = kind == SealKind::credential
                      ? SealingSecret::credential(
                            {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()})
                      : SealingSecret::passphrase(without_line_end(text));
    if (!secret.ok()) {
        return message_of(secret.error(), SealKind::credential);
    }
    return std::move(secret).value();
}

} // namespace

bool has_credential(KeySettings const& settings) {
    return !settings.credential.empty() || !settings.passphrase_credential.empty();
}

api::Outcome<SealingSecret> secret_of_credential(KeySettings const& settings) {
    std::string const& name =
        settings.credential.empty() ? settings.passphrase_credential : settings.credential;
    char const* const folder = std::getenv("CREDENTIALS_DIRECTORY"); // NOLINT(concurrency-*)
    if (name.empty() || folder == nullptr) {
        return api::fault(api::code::credential_missing, name);
    }
    std::ifstream file;
    file.rdbuf()->pubsetbuf(nullptr, 0); // no second copy in the stream
    file.open(std::string{folder} + "/" + name, std::ios::binary);
    Buffer text{};
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    bool const is_read = file.is_open() && !file.bad();
    auto secret =
        credential_from({text.data(), static_cast<std::size_t>(file.gcount())}, kind_of(settings));
    keys::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return is_read ? std::move(secret) : api::fault(api::code::credential_missing, name);
}

} // namespace sscardd
