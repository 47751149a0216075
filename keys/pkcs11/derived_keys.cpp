#include "keys/pkcs11/derived_keys.hpp"

#include <algorithm>

namespace keys::pkcs11 {

CK_OBJECT_HANDLE DerivedKeys::find(Derivation const& derivation) {
    auto const found = std::find_if(entries_.begin(), entries_.end(), [&](Entry const& entry) {
        return entry.derivation == derivation;
    });
    if (found == entries_.end()) {
        return 0;
    }
    std::rotate(found, found + 1, entries_.end());
    return entries_.back().key;
}

std::optional<Derivation> DerivedKeys::derivation_of(CK_OBJECT_HANDLE key) const {
    auto const found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](Entry const& entry) { return entry.key == key; });
    return found == entries_.end() ? std::nullopt : std::optional{found->derivation};
}

std::vector<CK_OBJECT_HANDLE> DerivedKeys::add(Derivation const& derivation, CK_OBJECT_HANDLE key) {
    std::vector<CK_OBJECT_HANDLE> gone;
    if (entries_.size() >= derived_keys_max) {
        gone.push_back(entries_.front().key);
    }
    // A token may give a number again: nothing may be known as made from a key that is gone.
    for (std::size_t i = 0; i < gone.size(); ++i) {
        CK_OBJECT_HANDLE const from = gone[i];
        std::erase_if(entries_, [&](Entry const& entry) { return entry.key == from; });
        for (Entry const& entry : entries_) {
            if (entry.derivation.from == from) {
                gone.push_back(entry.key);
            }
        }
    }
    entries_.push_back({derivation, key});
    return gone;
}

} // namespace keys::pkcs11
