#include "tests/host/personalization/stopping_points.hpp"

#include <stdexcept>

namespace personalization {

std::vector<StoppingPoint> stopping_points(virtual_card::CardMemory const& start,
                                           PersonalizationRequest const& request) {
    std::vector<StoppingPoint> points;
    Office office{start};
    office.tamper([&](apdu::ByteView, std::vector<std::uint8_t>&) {
        points.push_back({points.size() + 1, office.memory(), office.makings().all()});
    });
    auto const report = office.personalize(request);
    if (!report.ok()) {
        throw std::runtime_error{report.error().detail};
    }
    points.back().makings = office.makings().all();
    return points;
}

} // namespace personalization
