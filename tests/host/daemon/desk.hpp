#pragma once

#include "host/daemon/card_service.hpp"
#include "host/store/card_makings.hpp"
#include "host/virtual/card_making.hpp"
#include "host/virtual/local_connection.hpp"

#include "keys/file/key_file.hpp"

#include <atomic>
#include <filesystem>
#include <map>
#include <string>

namespace sscardd {

/// 张三, made up.
inline constexpr std::string_view zhang_san = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "ethnic_group": "01", "birth_place": "110101",
                          "birth_date": "1900-01-01"}})";

[[nodiscard]] keys::file::KeyFile const& test_keys();
[[nodiscard]] virtual_card::CardMemory bare_chip();
/// `serial` is the last byte of the chip's serial number.
[[nodiscard]] virtual_card::CardMemory blank_card(std::uint8_t serial = 0x7A);
[[nodiscard]] virtual_card::CardMemory live_card();

/// An office that makes 2.00 cards, else by default.
[[nodiscard]] Configuration office();

/// "ok", or the fault's code.
template <typename Reply>
std::string code_of(api::Outcome<Reply> const& outcome) {
    return outcome.ok() ? "ok" : outcome.error().code;
}

/// A client that waits.
class TestCaller final : public api::Caller {
public:
    using api::Caller::tell;
    void tell(api::Progress const& progress) override { told.push_back(progress); }
    void tell_alive() override { ++signs_of_life; }
    [[nodiscard]] bool has_hung_up() const override { return hung_up; }
    [[nodiscard]] std::string lease() const override { return shown_lease; }
    [[nodiscard]] std::string user() const override { return "tester"; }
    std::vector<api::Progress> told{};
    std::atomic<int> signs_of_life{0};
    std::atomic<bool> hung_up{false};
    std::string shown_lease{};
};

/// A directory of a test's own, gone with the object.
class TestDirectory {
public:
    TestDirectory();
    TestDirectory(TestDirectory const&) = delete;
    TestDirectory& operator=(TestDirectory const&) = delete;
    ~TestDirectory();
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A daemon's inside with virtual cards in its readers instead of a PC/SC service.
class Desk {
public:
    /// One reader a card, "Reader 1", "Reader 2", …; without a card for an empty memory. Without
    /// keys: those that are configured.
    explicit Desk(std::vector<std::optional<virtual_card::CardMemory>> cards,
                  Configuration configuration = {}, bool with_keys = true);

    [[nodiscard]] CardService& service() { return service_; }
    [[nodiscard]] ReaderLanes& lanes() { return lanes_; }
    TestCaller caller{};

    /// How many times a connection to a card was opened.
    [[nodiscard]] int opened() const { return opened_; }

    template <typename Request>
    auto ask(Request request) {
        return service_.serve(std::move(request), caller);
    }

private:
    class Source;
    pcsc::ReaderList list_{};
    std::map<std::string, std::unique_ptr<virtual_card::LocalConnection>> cards_{};
    std::atomic<int> opened_{0};
    Configuration configuration_;
    TestDirectory state_{};
    std::unique_ptr<store::CardRegister> register_;
    std::unique_ptr<store::CardMakings> makings_;
    std::unique_ptr<KeyStore> keys_;
    ReaderLanes lanes_;
    CardService service_;
};

} // namespace sscardd
