#include "host/pcsc/service_clients.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pcsc {
namespace {

namespace fs = std::filesystem;

using Inode = std::uint32_t;

/// The kernel's list of the unix sockets that there are, with their names and peers.
class SocketList {
public:
    SocketList() : socket_{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)} {}
    SocketList(SocketList const&) = delete;
    SocketList& operator=(SocketList const&) = delete;
    ~SocketList() {
        if (socket_ >= 0) {
            close(socket_);
        }
    }

    /// The far ends of the sockets of that name; what was heard where the kernel breaks off.
    [[nodiscard]] std::vector<Inode> peers_of(std::string const& path) const {
        std::vector<Inode> peers;
        alignas(nlmsghdr) std::array<char, 32768> answer{};
        for (bool is_more = ask(); is_more;) {
            ssize_t const size = recv(socket_, answer.data(), answer.size(), 0);
            is_more = size > 0 && take(answer.data(), static_cast<unsigned>(size), path, peers);
        }
        return peers;
    }

private:
    [[nodiscard]] bool ask() const {
        struct {
            nlmsghdr head;
            unix_diag_req body;
        } request{};
        request.head.nlmsg_len = sizeof request;
        request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
        request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        request.body.sdiag_family = AF_UNIX;
        request.body.udiag_states = ~0U;
        request.body.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
        return socket_ >= 0 && send(socket_, &request, sizeof request, 0) == sizeof request;
    }

    /// False at the list's end.
    static bool take(char* bytes, unsigned size, std::string const& path,
                     std::vector<Inode>& peers) {
        for (auto* head = reinterpret_cast<nlmsghdr*>(bytes); NLMSG_OK(head, size);
             head = NLMSG_NEXT(head, size)) {
            if (head->nlmsg_type != SOCK_DIAG_BY_FAMILY) {
                return false; // done, or an error
            }
            if (auto const peer = peer_of(*head, path)) {
                peers.push_back(*peer);
            }
        }
        return true;
    }

    static std::optional<Inode> peer_of(nlmsghdr& head, std::string const& path) {
        auto* const body = static_cast<char*>(NLMSG_DATA(&head));
        auto* attribute = reinterpret_cast<rtattr*>(body + NLMSG_ALIGN(sizeof(unix_diag_msg)));
        auto size = static_cast<unsigned>(NLMSG_PAYLOAD(&head, NLMSG_ALIGN(sizeof(unix_diag_msg))));
        std::string name;
        std::optional<Inode> peer;
        for (; RTA_OK(attribute, size); attribute = RTA_NEXT(attribute, size)) {
            auto const* const data = static_cast<char const*>(RTA_DATA(attribute));
            if (attribute->rta_type == UNIX_DIAG_NAME) {
                name.assign(data, strnlen(data, RTA_PAYLOAD(attribute)));
            } else if (attribute->rta_type == UNIX_DIAG_PEER) {
                std::memcpy(&peer.emplace(), data, sizeof(Inode));
            }
        }
        return name == path ? peer : std::nullopt;
    }

    int socket_;
};

bool has_one_of(fs::path const& process, std::vector<std::string> const& links) {
    std::error_code error;
    for (fs::directory_iterator file{process / "fd", error}, end; !error && file != end;
         file.increment(error)) {
        std::error_code unreadable; // it may be closed meanwhile
        auto const target = fs::read_symlink(file->path(), unreadable).string();
        if (std::find(links.begin(), links.end(), target) != links.end()) {
            return true;
        }
    }
    return false;
}

std::string program_of(fs::path const& process) {
    std::string name;
    std::ifstream file{process / "comm"};
    std::getline(file, name);
    return name;
}

} // namespace

std::string service_socket() {
    char const* const said = std::getenv("PCSCLITE_CSOCK_NAME"); // NOLINT(concurrency-mt-unsafe)
    return said == nullptr ? "/run/pcscd/pcscd.comm" : said;
}

std::vector<ServiceClient> socket_clients(std::string const& path) {
    std::vector<std::string> links;
    for (Inode const peer : SocketList{}.peers_of(path)) {
        links.push_back("socket:[" + std::to_string(peer) + "]");
    }
    std::vector<ServiceClient> clients;
    std::error_code error;
    for (fs::directory_iterator process{"/proc", error}, end; !error && process != end;
         process.increment(error)) {
        pid_t const pid = std::atoi(process->path().filename().c_str());
        if (pid > 0 && pid != getpid() && has_one_of(process->path(), links)) {
            clients.push_back({pid, program_of(process->path())});
        }
    }
    std::sort(clients.begin(), clients.end(),
              [](ServiceClient const& a, ServiceClient const& b) { return a.pid < b.pid; });
    return clients;
}

} // namespace pcsc
