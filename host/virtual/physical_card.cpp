#include "host/virtual/physical_card.hpp"

#include "apdu/instruction.hpp"

namespace virtual_card {

bool PhysicalCard::takes_data(apdu::ByteView header) const {
    switch (static_cast<apdu::Ins>(header[1])) {
    case apdu::Ins::get_response:
    case apdu::Ins::get_challenge:
    case apdu::Ins::read_binary:
    case apdu::Ins::read_record:
        return false;
    default:
        return true;
    }
}

} // namespace virtual_card
