#include "host/api/client.hpp"

#include "host/api/answer.hpp"

#include <httplib.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace api {
namespace {

using Clock = std::chrono::steady_clock;

/// Seconds without a line of answer after which the daemon counts as hanging. It gives up waiting
/// for a reader long before.
constexpr time_t answer_time_max_s = 120;
/// Bytes that an answer's line may have.
constexpr std::size_t line_size_max = 16U << 20U;

/// Takes an answer apart into its lines.
class AnswerReader {
public:
    explicit AnswerReader(Client::ProgressListener const& listener) : listener_{listener} {}

    /// False: no more is wanted.
    bool take(std::string_view bytes) {
        text_.append(bytes);
        std::size_t start = 0;
        for (std::size_t end = text_.find('\n'); end != std::string::npos;
             end = text_.find('\n', start)) {
            take_line(std::string_view{text_}.substr(start, end - start));
            start = end + 1;
        }
        text_.erase(0, start);
        return text_.size() <= line_size_max;
    }

    /// The reply's text or the fault; answer_unreadable where neither came.
    [[nodiscard]] Outcome<std::string> outcome() const {
        if (fault_) {
            return *fault_;
        }
        if (result_) {
            return *result_;
        }
        return fault(code::answer_unreadable, "the answer ends too early");
    }

private:
    void take_line(std::string_view line) {
        auto json = parse_json(line);
        if (!json || !json->is_object()) {
            fault_ = fault(code::answer_unreadable, "no JSON");
        } else if (json->contains("progress")) {
            tell((*json)["progress"]);
        } else if (json->contains("error")) {
            fault_ = fault_from_json((*json)["error"]);
        } else if (json->contains("result")) {
            result_ = to_text((*json)["result"]);
        }
    }

    void tell(Json& json) const {
        Progress progress;
        std::vector<Problem> problems;
        read_message(json, UnknownMembers::ignored, progress, problems);
        if (listener_ && problems.empty()) {
            listener_(progress);
        }
    }

    Client::ProgressListener const& listener_;
    std::string text_{};
    std::optional<std::string> result_{};
    std::optional<Fault> fault_{};
};

/// Why nobody answers at `path`.
std::string connect_failure(std::string const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return "the path is too long";
    }
    path.copy(address.sun_path, path.size());
    int const probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const result = connect(probe, reinterpret_cast<sockaddr const*>(&address), sizeof address);
    std::string reason = result == 0 ? "it closed the connection"
                                           : std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
    close(probe);
    return reason;
}

Fault link_fault(httplib::Error error, std::string const& path, Clock::duration time) {
    if (error == httplib::Error::Canceled) {
        return fault(code::answer_unreadable, path);
    }
    if (error == httplib::Error::Read && time >= std::chrono::seconds{answer_time_max_s}) {
        return fault(code::answer_late, path);
    }
    return fault(code::no_daemon, path + ": " + connect_failure(path));
}

} // namespace

Outcome<std::string> Client::exchange(Route route, std::string const& body,
                                      ProgressListener const& listener) const {
    httplib::Client http{socket_path_, 80};
    http.set_address_family(AF_UNIX);
    http.set_read_timeout(answer_time_max_s);

    AnswerReader reader{listener};
    httplib::Request request;
    request.method = route.method == Method::get ? "GET" : "POST";
    request.path = std::string{route.path};
    request.headers = {{"Host", "localhost"}, {"Accept", stream_media_type}};
    if (route.method == Method::post) {
        request.body = body;
        request.headers.emplace("Content-Type", "application/json");
    }
    request.content_receiver = [&](char const* bytes, std::size_t size, std::uint64_t /*offset*/,
                                   std::uint64_t /*total*/) {
        return reader.take({bytes, size});
    };
    httplib::Response response;
    httplib::Error error = httplib::Error::Success;
    auto const start = Clock::now();
    bool const is_answered = http.send(request, response, error);
    wipe_characters(request.body.data(), request.body.size());
    if (!is_answered) {
        return link_fault(error, socket_path_, Clock::now() - start);
    }
    return reader.outcome();
}

} // namespace api
