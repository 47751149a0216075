#pragma once

#include "keys/remote/wiped.hpp"

#include "apdu/result.hpp"

#include <string>
#include <string_view>

namespace keys::remote {

/// Why the centre gave no answer.
enum class LinkFaultCode : std::uint8_t {
    unreachable, ///< no connection, or it was lost before the answer came: may be asked again
    not_trusted, ///< its certificate is not one that this machine accepts
    certificate, ///< this machine's own certificate or key cannot be used
    refused,     ///< the centre does not do that, and does not say why
    locked,      ///< the centre's keys are locked, or it has none
    busy,        ///< more operations are open than the centre takes
    unreadable,  ///< what came is no answer of a centre
};

/// The same, with what a person needs to know. Never a secret.
struct LinkFault {
    LinkFaultCode code;
    std::string detail{};
};

using LinkResult = apdu::Result<WipedText, LinkFault>;

/// The way to the centre. For any thread.
class CentreLink {
public:
    CentreLink() = default;
    CentreLink(CentreLink const&) = delete;
    CentreLink& operator=(CentreLink const&) = delete;
    virtual ~CentreLink() = default;

    /// Sends one message to that path and waits for the answer. Where none came, nobody knows
    /// whether the message did.
    [[nodiscard]] virtual LinkResult exchange(std::string_view path, WipedText const& body) = 0;
};

} // namespace keys::remote
