#include "host/pcsc/pcsc_context.hpp"

#include "host/pcsc/pcsc_error.hpp"

#include <type_traits>
#include <utility>
#include <winscard.h>

namespace pcsc {
namespace {

static_assert(std::is_same_v<SCARDCONTEXT, long>);

/// Readers may be connected between asking for the size of their names and for the names.
constexpr unsigned list_rounds_max = 8;

/// The names in a PC/SC multi-string: each ends with a zero byte, an empty one ends the list.
std::vector<std::string> split_names(std::vector<char> const& names, std::size_t size) {
    std::vector<std::string> readers;
    std::string name;
    for (std::size_t at = 0; at < size; ++at) {
        if (names[at] != '\0') {
            name.push_back(names[at]);
            continue;
        }
        if (name.empty()) {
            break;
        }
        readers.push_back(std::exchange(name, {}));
    }
    return readers;
}

} // namespace

apdu::Result<Context> Context::establish() {
    SCARDCONTEXT handle = 0;
    LONG const code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle);
    if (code != SCARD_S_SUCCESS) {
        return apdu::Error::service_gone;
    }
    return Context{handle};
}

Context::Context(Context&& from) noexcept : handle_{std::exchange(from.handle_, 0)} {}

Context& Context::operator=(Context&& from) noexcept {
    if (this != &from) {
        release();
        handle_ = std::exchange(from.handle_, 0);
    }
    return *this;
}

Context::~Context() { release(); }

void Context::release() {
    if (handle_ != 0) {
        SCardReleaseContext(std::exchange(handle_, 0));
    }
}

apdu::Result<std::vector<std::string>> Context::readers() const {
    for (unsigned round = 0; round < list_rounds_max; ++round) {
        DWORD size = 0;
        LONG code = SCardListReaders(handle_, nullptr, nullptr, &size);
        std::vector<char> names(size);
        if (code == SCARD_S_SUCCESS) {
            code = SCardListReaders(handle_, nullptr, names.data(), &size);
        }
        if (code == SCARD_E_NO_READERS_AVAILABLE) {
            return std::vector<std::string>{};
        }
        if (code == SCARD_S_SUCCESS) {
            return split_names(names, size);
        }
        if (code != SCARD_E_INSUFFICIENT_BUFFER) {
            return error_of(code);
        }
    }
    return apdu::Error::service_gone;
}

} // namespace pcsc
