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

SealKind kind_of(KeySettings const& settings) {
    return settings.credential.empty() ? SealKind::passphrase : SealKind::credential;
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

std::string_view without_line_end(std::string_view text) {
    for (char const end : {'\n', '\r'}) {
        if (text.ends_with(end)) {
            text.remove_suffix(1);
        }
    }
    return text;
}

api::Outcome<apdu::Done> read_credential(std::string const& name, std::size_t size_max,
                                         std::function<void(std::string_view)> const& use) {
    char const* const folder = std::getenv("CREDENTIALS_DIRECTORY"); // NOLINT(concurrency-*)
    if (name.empty() || folder == nullptr) {
        return api::fault(api::code::credential_missing, name);
    }
    std::ifstream file;
    file.rdbuf()->pubsetbuf(nullptr, 0); // no second copy in the stream
    file.open(std::string{folder} + "/" + name, std::ios::binary);
    std::array<char, credential_size_max + 1> text{};
    auto const wanted = std::min(size_max + 1, text.size());
    file.read(text.data(), static_cast<std::streamsize>(wanted));
    bool const is_read = file.is_open() && !file.bad();
    if (is_read) {
        use({text.data(), static_cast<std::size_t>(file.gcount())});
    }
    keys::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return is_read ? api::Outcome<apdu::Done>{apdu::Done{}}
                   : api::fault(api::code::credential_missing, name);
}

api::Outcome<SealingSecret> secret_of_credential(KeySettings const& settings) {
    std::string const& name =
        settings.credential.empty() ? settings.passphrase_credential : settings.credential;
    std::optional<api::Outcome<SealingSecret>> secret;
    auto const read = read_credential(name, credential_size_max, [&](std::string_view text) {
        secret.emplace(credential_from(text, kind_of(settings)));
    });
    return read.ok() ? std::move(*secret) : read.error();
}

} // namespace sscardd
