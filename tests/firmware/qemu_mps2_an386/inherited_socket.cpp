#include "tests/firmware/qemu_mps2_an386/inherited_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

InheritedSocket::InheritedSocket(int type) {
    if (::socketpair(AF_UNIX, type, 0, ends_.data()) != 0 ||
        ::fcntl(ours(), F_SETFD, FD_CLOEXEC) != 0) {
        throw std::system_error{errno, std::generic_category(), "socketpair"};
    }
}

InheritedSocket::~InheritedSocket() {
    close_inherited();
    ::close(ours());
}

void InheritedSocket::close_inherited() {
    if (ends_[1] >= 0) {
        ::close(std::exchange(ends_[1], -1));
    }
}
