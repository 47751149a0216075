#include "tests/host/store/stopped_run.hpp"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace store {
namespace {

constexpr auto changing_calls = std::to_array<long>({
    SYS_write,
    SYS_pwrite64,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_openat,
    SYS_mkdirat,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_fchmodat,
#ifdef SYS_open // the calls that only older architectures have
    SYS_open,
    SYS_mkdir,
    SYS_unlink,
    SYS_rmdir,
    SYS_rename,
    SYS_chmod,
#endif
});

[[noreturn]] void run_watched(std::function<void()> const& work) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0 || ::raise(SIGSTOP) != 0) {
        ::_exit(1);
    }
    work();
    ::_exit(0);
}

/// True at the entry of a call that changes something.
bool is_before_change(pid_t child) {
    __ptrace_syscall_info call{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(call), &call) <= 0 ||
        call.op != PTRACE_SYSCALL_INFO_ENTRY) {
        return false;
    }
    return std::find(changing_calls.begin(), changing_calls.end(),
                     static_cast<long>(call.entry.nr)) != changing_calls.end();
}

/// Goes on to the next system call's entry or exit; gives wait()'s status.
int next_stop(pid_t child) {
    int status = 0;
    if (::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) != 0 ||
        ::waitpid(child, &status, 0) != child) {
        return -1;
    }
    return status;
}

} // namespace

std::optional<bool> killed_before_change(std::size_t number, std::function<void()> const& work) {
    pid_t const child = ::fork();
    if (child == 0) {
        run_watched(work);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        return std::nullopt;
    }
    (void)::ptrace(PTRACE_SETOPTIONS, child, nullptr,
                   PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL); // NOLINT: a mask of the system's
    std::size_t changes = 0;
    while (WIFSTOPPED(status)) {
        status = next_stop(child);
        if (WIFSTOPPED(status) && is_before_change(child) && ++changes == number) {
            (void)::kill(child, SIGKILL);
            (void)::waitpid(child, &status, 0);
            return true;
        }
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? std::optional{false} : std::nullopt;
}

} // namespace store
