#pragma once

#include <array>
#include <string>

/// Two sockets that are connected: one is ours, a program that is started inherits the other.
class InheritedSocket {
public:
    /// `type`: of socket(2). Throws std::system_error.
    explicit InheritedSocket(int type);
    ~InheritedSocket();
    InheritedSocket(InheritedSocket const&) = delete;
    InheritedSocket& operator=(InheritedSocket const&) = delete;

    [[nodiscard]] int ours() const { return ends_[0]; }
    [[nodiscard]] std::string inherited() const { return std::to_string(ends_[1]); }
    /// Once it is inherited: that the program ends is seen then.
    void close_inherited();

private:
    std::array<int, 2> ends_{-1, -1};
};
