#include "host/api/client.hpp"

#include "host/api/answer.hpp"

#include <httplib.h>

#include <cerrno>
#include <chrono>
#include <concepts>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace api {
namespace {

using Clock = std::chrono::steady_clock;

/// How long a stream of events may be silent; a daemon that ends closes it.
constexpr std::chrono::hours stream_silence_max{20 * 24};
/// Bytes that an answer's line may have.
constexpr std::size_t line_size_max = 16U << 20U;

/// Takes an answer apart into its lines.
class AnswerReader {
public:
    explicit AnswerReader(LineListeners const& listeners) : listeners_{listeners} {}

    /// False: no more is wanted.
    bool take(std::string_view bytes) {
        last_sign_ = Clock::now();
        text_.append(bytes);
        std::size_t start = 0;
        for (std::size_t end = text_.find('\n'); end != std::string::npos;
             end = text_.find('\n', start)) {
            take_line(std::string_view{text_}.substr(start, end - start));
            start = end + 1;
        }
        text_.erase(0, start);
        return text_.size() <= line_size_max && !has_enough_;
    }

    /// Time since something came, or the beginning.
    [[nodiscard]] Clock::duration silence() const { return Clock::now() - last_sign_; }

    /// True when a listener wanted no more.
    [[nodiscard]] bool has_enough() const { return has_enough_; }

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
            tell((*json)["progress"], listeners_.progress);
        } else if (json->contains("event")) {
            tell((*json)["event"], listeners_.event);
        } else if (json->contains("lost") && (*json)["lost"].is_number_unsigned()) {
            tell_lost({(*json)["lost"].get<std::uint64_t>()});
        } else if (json->contains("error")) {
            fault_ = fault_from_json((*json)["error"]);
        } else if (json->contains("result")) {
            result_ = to_text((*json)["result"]);
        }
    }

    template <typename Message, typename Answer>
    void tell(Json& json, std::function<Answer(Message const&)> const& listener) {
        Message message;
        std::vector<Problem> problems;
        read_message(json, UnknownMembers::ignored, message, problems);
        if (!listener || !problems.empty() || has_enough_) {
            return;
        }
        if constexpr (std::same_as<Answer, bool>) {
            has_enough_ = !listener(message);
        } else {
            listener(message);
        }
    }

    void tell_lost(LostEvents const& lost) const {
        if (listeners_.lost && !has_enough_) {
            listeners_.lost(lost);
        }
    }

    LineListeners const& listeners_;
    bool has_enough_ = false;
    Clock::time_point last_sign_ = Clock::now();
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

/// The members of a request that has no body, for its address.
httplib::Params parameters_of(std::string const& body) {
    httplib::Params parameters;
    auto const members = parse_json(body);
    if (members && members->is_object()) {
        for (auto const& [name, value] : members->items()) {
            parameters.emplace(name, value.is_string() ? value.get<std::string>() : value.dump());
        }
    }
    return parameters;
}

/// `is_late`: nothing came for longer than a daemon that lives lets anybody wait.
Fault link_fault(httplib::Error error, std::string const& path, bool is_late) {
    if (error == httplib::Error::Canceled) {
        return fault(code::answer_unreadable, path);
    }
    if (error == httplib::Error::Read && is_late) {
        return fault(code::answer_late, path);
    }
    return fault(code::no_daemon, path + ": " + connect_failure(path));
}

} // namespace

Outcome<std::string> Client::exchange(Route route, std::string const& body,
                                      LineListeners const& listeners) const {
    httplib::Client http{socket_path_, 80};
    http.set_address_family(AF_UNIX);
    std::chrono::milliseconds const silence_max =
        listeners.event ? stream_silence_max : silence_max_;
    http.set_read_timeout(silence_max);

    AnswerReader reader{listeners};
    httplib::Request request;
    request.method = route.method == Method::get ? "GET" : "POST";
    request.path = std::string{route.path};
    request.headers = {{"Host", "localhost"}, {"Accept", stream_media_type}};
    if (!lease_.empty()) {
        request.headers.emplace(lease_header, lease_);
    }
    if (route.method == Method::post) {
        request.body = body;
        request.headers.emplace("Content-Type", "application/json");
    } else if (auto const parameters = parameters_of(body); !parameters.empty()) {
        request.path = httplib::append_query_params(request.path, parameters);
    }
    request.content_receiver = [&](char const* bytes, std::size_t size, std::uint64_t /*offset*/,
                                   std::uint64_t /*total*/) {
        return reader.take({bytes, size});
    };
    httplib::Response response;
    httplib::Error error = httplib::Error::Success;
    bool const is_answered = http.send(request, response, error);
    wipe_characters(request.body.data(), request.body.size());
    if (reader.has_enough()) {
        return to_text(to_json(EventList{}));
    }
    if (!is_answered) {
        return link_fault(error, socket_path_, reader.silence() >= silence_max);
    }
    return reader.outcome();
}

} // namespace api
