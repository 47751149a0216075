#include "host/daemon/centre_table.hpp"

#include <algorithm>

namespace sscardd {
namespace {

using keys::remote::CardPurpose;

/// For TableReader::text(): takes an absolute path.
auto absolute_path(std::string& into) {
    return [&into](std::string const& text) -> std::string {
        into = text;
        return text.empty() || text.starts_with('/') ? "" : "must be an absolute path";
    };
}

void read_files(TableReader& table, keys::remote::TlsFiles& to) {
    table.text("certificate", absolute_path(to.certificate));
    table.text("certificate_key", absolute_path(to.key));
    table.text("authority", absolute_path(to.authority));
}

bool are_complete(keys::remote::TlsFiles const& files) {
    return !files.certificate.empty() && !files.key.empty() && !files.authority.empty();
}

std::string take_listen(std::string const& text, CentreSettings& to) {
    if (text.empty()) {
        return {};
    }
    auto const address = keys::remote::centre_address("https://" + text);
    if (!address) {
        return "must be an address and a port such as \"0.0.0.0:8443\"";
    }
    to.host = address->host;
    to.port = address->port;
    return {};
}

std::string take_fingerprint(std::string const& text, CentreClient& to) {
    for (char const c : text) { // openssl writes colons between the bytes
        if (c != ':') {
            to.fingerprint.push_back(
                static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
        }
    }
    bool const is_hex = to.fingerprint.find_first_not_of("0123456789ABCDEF") == std::string::npos;
    return to.fingerprint.size() == 64 && is_hex ? "" : "must be a SHA-256: 64 hex digits";
}

std::string take_purpose(std::string const& text, CentreClient& to) {
    auto const purpose = keys::remote::card_purpose_from_text(text);
    if (purpose) {
        to.purposes.set(static_cast<std::size_t>(*purpose));
        return {};
    }
    std::string known;
    for (std::size_t i = 0; i < keys::remote::card_purpose_count; ++i) {
        known.append(i == 0 ? "" : ", ").append(to_text(static_cast<CardPurpose>(i)));
    }
    return "must be some of: " + known;
}

std::string take_region(std::string text, CentreClient& to) {
    bool const are_digits = text.find_first_not_of("0123456789") == std::string::npos;
    if (!are_digits || text.empty() || text.size() > 6) {
        return "must be the first 1 to 6 digits of regions, GB/T 2260";
    }
    to.regions.push_back(std::move(text));
    return {};
}

void read_client(TableReader& table, CentreSettings& to) {
    CentreClient client;
    table.text("name", [&](std::string text) -> std::string {
        client.name = std::move(text);
        return {};
    });
    table.text("fingerprint",
               [&](std::string const& text) { return take_fingerprint(text, client); });
    table.text("subject", [&](std::string text) -> std::string {
        client.subject = std::move(text);
        return {};
    });
    table.texts("purposes", [&](std::string const& text) { return take_purpose(text, client); });
    table.texts("regions", [&](std::string text) { return take_region(std::move(text), client); });
    if (client.fingerprint.empty() == client.subject.empty()) {
        table.refuse_all("needs one of fingerprint and subject");
    }
    if (client.name.empty() || client.purposes.none() || client.regions.empty()) {
        table.refuse_all("needs name, purposes and regions");
    }
    bool const is_twice =
        std::any_of(to.clients.begin(), to.clients.end(), [&client](CentreClient const& other) {
            return other.name == client.name ||
                   (other.fingerprint == client.fingerprint && other.subject == client.subject);
        });
    if (is_twice) {
        table.refuse_all("has the name or certificate of another client");
    }
    to.clients.push_back(std::move(client));
}

void read_limits(TableReader& table, CentreLimits& to) {
    auto const seconds = [&table](std::string_view key, std::uint8_t low,
                                  std::chrono::seconds& into) {
        auto value = static_cast<std::uint8_t>(std::min<long>(into.count(), 255));
        table.whole_number(key, low, 255, value);
        into = std::chrono::seconds{value};
    };
    seconds("operation_s", 10, to.operation_time);
    std::uint8_t refusals = static_cast<std::uint8_t>(to.refusals_max);
    table.whole_number("alarm_refusals", 1, 255, refusals);
    to.refusals_max = refusals;
    seconds("alarm_within_s", 1, to.refusals_within);
    std::uint8_t minutes = 5;
    table.whole_number("block_min", 1, 255, minutes);
    to.block_time = std::chrono::minutes{minutes};
}

} // namespace

void read_centre(TableReader table, CentreSettings& to) {
    table.text("listen", [&](std::string const& text) { return take_listen(text, to); });
    read_files(table, to.files);
    read_limits(table, to.limits);
    table.tables("client", [&](TableReader& client) { read_client(client, to); });
    table.finish();
    if (to.is_centre() && !are_complete(to.files)) {
        table.refuse_all("needs certificate, certificate_key and authority");
    }
}

void read_centre_keys(TableReader& table, KeySettings& to) {
    table.text("centre", [&](std::string const& text) -> std::string {
        if (text.empty()) {
            return {};
        }
        to.centre = keys::remote::centre_address(text);
        if (!to.centre) {
            return "must be an address such as \"https://centre.example:8443\"";
        }
        return to.file.empty() && to.store.empty()
                   ? ""
                   : "and keys.file or keys.store exclude each other";
    });
    read_files(table, to.centre_files);
    if (to.centre && !are_complete(to.centre_files)) {
        table.refuse_all("with centre needs certificate, certificate_key and authority");
    }
}

} // namespace sscardd
