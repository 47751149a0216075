#include "tests/host/personalization/ways_to_make.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/card_session.hpp"

#include "tests/sanitized.hpp"

#include <cstdlib>

namespace personalization {

std::string name_of(testing::TestParamInfo<Way> const& info) {
    std::string name{to_text(info.param.stage)};
    return name + "_" + std::string{info.param.kind.name} +
           (info.param.has_holder_pin ? "_with_pin" : "");
}

virtual_card::CardMemory start_of(Way const& way) {
    return way.stage == Stage::data ? blank(way.kind) : bare_chip(way.kind);
}

PersonalizationRequest request_of(Way const& way) {
    auto request = request_for(way.stage, way.kind);
    if (way.stage != Stage::structure) {
        request.person = record_of(zhang_san_everywhere());
    }
    if (way.has_holder_pin) {
        request.holder_pin = pin_of("246810");
    }
    return request;
}

bool reads_as_made(Office& office) {
    auto card = session::CardSession::open(office.channel(), &office.keys());
    if (!card.ok()) {
        return false;
    }
    auto const data = session::read_basic_data(card.value());
    return data.ok() && completeness_of(data.value()) == session::Completeness::personalized;
}

std::size_t points_apart(std::size_t by_default) {
    return std::getenv("SSCARD_EXHAUSTIVE") != nullptr ? 1 : by_default * point_distance;
}

} // namespace personalization
