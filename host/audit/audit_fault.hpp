#pragma once

#include "apdu/result.hpp"

#include <cstdint>
#include <string>

namespace audit {

/// Why minutes are not kept, or not read.
enum class AuditFaultCode : std::uint8_t {
    not_written, ///< the disk or the folder refuses
    damaged,     ///< what stands there is no minutes, or its signing key no key
    failed,      ///< the cipher or drawing library failed
};

/// Why, with what it is about.
struct AuditFault {
    AuditFaultCode code;
    std::string detail{};
};

template <typename T>
using AuditResult = apdu::Result<T, AuditFault>;

} // namespace audit
