#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto centre_texts = std::to_array<FaultText>({
    {"centre_unreachable", 503, "The centre, where the keys are, does not answer.",
     "The network or the centre is down, or the link broke for too long; what is known of it is in "
     "brackets.",
     "Check the network and ask the centre; then repeat the command: it is looked for again each "
     "time."},
    {"centre_not_trusted", 503, "The centre's certificate is not accepted.",
     "It has expired, bears another name than centre in [keys], or another authority has signed "
     "it; the reason is in brackets.",
     "Have the centre renew its certificate, or correct centre and authority in [keys]. Never work "
     "around it: it may not be the centre."},
    {"centre_refused", 403, "The centre does not do that for this machine.",
     "Its certificate may not have that work done, or a request was not the operation's; the "
     "centre says no more.",
     "Ask whoever runs the centre: its log tells the reason."},
    {"certificate_unusable", 503, "This machine's certificate cannot be used.",
     "The centre knows this machine by it; what is wrong is in brackets.",
     "Put the certificate, its key and the authority's certificate right; the next command takes "
     "them up."},
});

} // namespace

std::span<FaultText const> centre_fault_texts() { return centre_texts; }

} // namespace api
