#include "tests/host/personalization/stopping_points.hpp"

#include "tests/host/personalization/ways_to_make.hpp"

#include <stdexcept>

namespace personalization {

std::vector<StoppingPoint> stopping_points(virtual_card::CardMemory const& start,
                                           PersonalizationRequest const& request) {
    std::vector<StoppingPoint> points;
    Office office{start};
    std::size_t command = 0;
    office.tamper([&](apdu::ByteView, std::vector<std::uint8_t>&) {
        if (++command % points_apart(1) == 0) {
            points.push_back({command, office.memory(), office.makings().all()});
        }
    });
    auto const report = office.personalize(request);
    if (!report.ok()) {
        throw std::runtime_error{report.error().detail};
    }
    if (!points.empty() && points.back().command == command) {
        points.pop_back();
    }
    points.push_back({command, office.memory(), office.makings().all()});
    return points;
}

} // namespace personalization
