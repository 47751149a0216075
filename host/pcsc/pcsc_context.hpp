#pragma once

#include "apdu/result.hpp"

#include <string>
#include <vector>

namespace pcsc {

/// A link to the PC/SC service (the one that PCSCLITE_CSOCK_NAME names, else the machine's), for
/// one thread. Released when it goes. After service_gone it is of no further use: establish a new
/// one.
class Context {
public:
    /// Error: service_gone (no pcscd answers).
    [[nodiscard]] static apdu::Result<Context> establish();
    Context(Context const&) = delete;
    Context& operator=(Context const&) = delete;
    Context(Context&& from) noexcept;
    Context& operator=(Context&& from) noexcept;
    ~Context();

    /// The names of the connected readers, in the service's order; empty when there is none. Error:
    /// service_gone.
    [[nodiscard]] apdu::Result<std::vector<std::string>> readers() const;

    /// The SCARDCONTEXT, for this folder.
    [[nodiscard]] long handle() const { return handle_; }

private:
    explicit Context(long handle) : handle_{handle} {}
    void release();
    long handle_; ///< 0: moved from
};

} // namespace pcsc
