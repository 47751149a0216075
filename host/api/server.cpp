#include "host/api/server.hpp"

#include "host/api/answer.hpp"
#include "host/api/client_connection.hpp"
#include "host/api/worker_threads.hpp"

#include <csignal>
#include <exception>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace api {
namespace {

constexpr char const* json_media_type = "application/json";

/// The connection that this thread serves; -1: none.
thread_local int current_socket = -1;

/// A client that waits for one answer.
class WaitingCaller : public Caller {
public:
    WaitingCaller(int socket, std::string lease) : socket_{socket}, lease_{std::move(lease)} {}
    using Caller::tell;
    void tell(Progress const& /*progress*/) override {}
    [[nodiscard]] bool has_hung_up() const override { return api::has_hung_up(socket_); }
    [[nodiscard]] std::string lease() const override { return lease_; }
    [[nodiscard]] std::string user() const override { return peer_user(socket_); }

private:
    int socket_;
    std::string lease_;
};

/// A client that reads lines.
class StreamCaller final : public WaitingCaller {
public:
    using Caller::tell;
    StreamCaller(int socket, std::string lease, httplib::DataSink& sink)
        : WaitingCaller{socket, std::move(lease)}, sink_{sink} {}
    void tell(Progress const& progress) override { line(Json{{"progress", to_json(progress)}}); }
    /// Sends one line; nothing more once a line did not go out.
    void line(Json const& json) {
        std::string const text = to_text(json) + "\n";
        is_open_ = is_open_ && sink_.write(text.data(), text.size());
    }
    void tell_alive() override { line(Json{{"alive", true}}); }
    void tell(Event const& event) override { line(Json{{"event", to_json(event)}}); }
    void tell(LostEvents const& lost) override { line(Json{{"lost", lost.count}}); }
    [[nodiscard]] bool reads_lines() const override { return true; }
    [[nodiscard]] bool has_hung_up() const override {
        return !is_open_ || WaitingCaller::has_hung_up();
    }

private:
    httplib::DataSink& sink_;
    bool is_open_ = true;
};

void reply(httplib::Response& response, int status, Json const& json) {
    response.status = status;
    response.set_content(to_text(json) + "\n", json_media_type);
}

void reply(httplib::Response& response, Fault const& fault) {
    reply(response, http_status_of(fault), error_json(fault));
}

/// Serves a request; what a library throws in it becomes a fault.
template <typename Request>
Outcome<typename Request::Reply> serve(Service& service, Request request, Caller& caller) {
    try {
        return service.serve(std::move(request), caller);
    } catch (std::exception const& exception) {
        return fault(code::internal_fault, exception.what());
    }
}

template <typename Request>
void stream(Service& service, Request request, std::string const& lease,
            httplib::Response& response) {
    // The library copies what it keeps, and a request that holds a PIN is never copied.
    auto const kept = std::make_shared<Request>(std::move(request));
    response.set_chunked_content_provider(
        stream_media_type, [&service, kept, lease, socket = current_socket](
                               std::size_t /*offset*/, httplib::DataSink& sink) {
            StreamCaller caller{socket, lease, sink};
            auto const outcome = serve(service, std::move(*kept), caller);
            caller.line(outcome.ok() ? Json{{"result", to_json(outcome.value())}}
                                     : error_json(outcome.error()));
            sink.done();
            return true;
        });
}

template <typename Request>
void answer(Service& service, std::string_view body, httplib::Request const& http,
            httplib::Response& response) {
    auto request = decode<Request>(body, UnknownMembers::refused, code::request_invalid);
    if (!request.ok()) {
        reply(response, request.error());
        return;
    }
    std::string const lease = http.get_header_value(lease_header);
    if (http.get_header_value("Accept") == stream_media_type) {
        stream(service, std::move(request).value(), lease, response);
        return;
    }
    WaitingCaller caller{current_socket, lease};
    auto const outcome = serve(service, std::move(request).value(), caller);
    if (outcome.ok()) {
        reply(response, 200, to_json(outcome.value()));
    } else {
        reply(response, outcome.error());
    }
}

/// A request's body, in a buffer of ours that is wiped: it may hold a PIN.
class Body {
public:
    Body() { text_.reserve(4096); }
    Body(Body const&) = delete;
    Body& operator=(Body const&) = delete;
    ~Body() { wipe_characters(text_.data(), text_.size()); }

    /// Reads on beyond the limit, so that the client gets to hear of it.
    void read(httplib::ContentReader const& reader) {
        reader([this](char const* bytes, std::size_t size) {
            is_too_large_ = is_too_large_ || text_.size() + size > request_size_max;
            if (!is_too_large_) {
                text_.append(bytes, size);
            }
            return true;
        });
    }
    [[nodiscard]] bool is_too_large() const { return is_too_large_; }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::string text_{};
    bool is_too_large_ = false;
};

/// The members of a request that come in its address: whole numbers, yes or no, and text.
std::string members_of(httplib::Params const& parameters) {
    Json members = Json::object();
    for (auto const& [name, value] : parameters) {
        auto const json = parse_json(value);
        bool const is_text = !json || !(json->is_number_unsigned() || json->is_boolean());
        members[name] = is_text ? Json(value) : *json;
    }
    return to_text(members);
}

template <typename Request>
void offer(httplib::Server& server, Service& service) {
    std::string const path{Request::route.path};
    if constexpr (Request::route.method == Method::get) {
        server.Get(path, [&service](auto const& http, auto& response) {
            answer<Request>(service, members_of(http.params), http, response);
        });
    } else {
        server.Post(path, [&service](httplib::Request const& http, httplib::Response& response,
                                     httplib::ContentReader const& reader) {
            Body body;
            body.read(reader);
            if (body.is_too_large() || response.status == 413) {
                reply(response, fault(code::request_too_large));
            } else {
                answer<Request>(service, body.text(), http, response);
            }
        });
    }
}

template <typename... Requests>
void offer_each(httplib::Server& server, Service& service) {
    (offer<Requests>(server, service), ...);
}

void offer_all(httplib::Server& server, Service& service) {
    offer_each<ReadersRequest, BasicDataRequest, FileReadRequest, FileWriteRequest,
               PersonalizeRequest, PersonalizationPlanRequest, CardVoidRequest, CardListRequest,
               CardBlockRequest, ApplicationBlockRequest, PinStatusRequest, PinVerifyRequest,
               PinChangeRequest, PinResetRequest, PinUnblockRequest, TerminalListRequest,
               TerminalHealthRequest, TerminalKeyLoadRequest, TerminalProvisioningRequest,
               TerminalWipeRequest, TerminalUpdateRequest, RecordCheckRequest, RecordSchemaRequest,
               DiagnosisRequest, LeaseRequest, LeaseRenewalRequest, LeaseReleaseRequest,
               EventsRequest, KeysRequest, KeysDoctorRequest, KeysUnlockRequest, KeysLockRequest,
               KeyStoreCreationRequest, KeysImportRequest, KeyRemovalRequest,
               PassphraseChangeRequest, KeyCeremonyRequest, KeyBackupRequest, KeyRestoreRequest,
               TerminalKeyCeremonyRequest, InitialKeyRequest, FieldKeysRequest, KeyRotationRequest,
               KeyDestructionRequest, KeyGenerationRequest, PartShowRequest, PartRequest,
               CombineRequest, CeremonyFinishRequest, CeremonyAbortRequest, MinutesListRequest,
               MinutesRequest, MinutesProofRequest>(server, service);
}

/// What the library says itself (no such path, a malformed head) gets a body like ours.
void reply_to_refusal(httplib::Request const& http, httplib::Response& response) {
    if (!response.body.empty()) {
        return;
    }
    int const status = response.status;
    auto const code = status == 404   ? code::unknown_request
                      : status == 413 ? code::request_too_large
                      : status >= 500 ? code::internal_fault
                                      : code::request_invalid;
    reply(response, status, error_json(fault(code, http.method + " " + http.path)));
}

} // namespace

/// The library's server over sockets with our limits, one request each.
class Server::Inner final : public httplib::Server {
public:
    Inner(Service& service, ServerLimits limits) : limits_{limits} {
        set_address_family(AF_UNIX);
        set_payload_max_length(request_size_max);
        set_error_handler(reply_to_refusal);
        set_exception_handler([](auto const&, auto& response, std::exception_ptr const&) {
            reply(response, fault(code::internal_fault));
        });
        new_task_queue = [limits] { return new WorkerThreads(limits.threads); };
        offer_all(*this, service);
    }

private:
    bool process_and_close_socket(socket_t socket) override {
        ClientConnection connection{socket, {limits_.receive_time_max, limits_.send_time_max}};
        current_socket = socket;
        bool is_closed = false;
        bool const is_served =
            process_request(connection, true, is_closed, [](httplib::Request&) {});
        current_socket = -1;
        shutdown(socket, SHUT_RDWR);
        close(socket);
        return is_served;
    }
    ServerLimits limits_;
};

Server::Server(Service& service, ServerLimits limits)
    : inner_{std::make_unique<Inner>(service, limits)} {}

Server::~Server() = default;

std::optional<Fault> Server::listen(SocketFile const& file, SocketAccess const& access) {
    mode_t const mask = umask(0177); // nobody else connects before grant() says who may
    bool const is_bound = inner_->bind_to_port(file.path(), 80);
    umask(mask);
    if (!is_bound) {
        return fault(code::internal_fault, file.path() + ": the socket could not be made");
    }
    return file.grant(access);
}

void Server::run() {
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_) {
            return;
        }
        is_run_ = true;
    }
    inner_->listen_after_bind();
}

void Server::stop() {
    {
        std::lock_guard const lock{mutex_};
        if (std::exchange(is_stopping_, true) || !is_run_) {
            return;
        }
    }
    // The library ends only what has begun; run() is on its way there.
    while (!inner_->is_running()) {
        std::this_thread::yield();
    }
    inner_->stop();
}

} // namespace api
