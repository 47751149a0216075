#include "keys/master_key.hpp"

namespace keys {

MasterKey const* find_master(MasterKeySet const& masters, Algorithm algorithm, KeyReference key) {
    if (key.version < 1 || key.version > key_version_max) {
        return nullptr;
    }
    MasterKey const* for_any_version = nullptr;
    for (MasterKey const& master : masters.keys) {
        if (master.name != key.name || card_algorithm(master.secret.kind()) != algorithm) {
            continue;
        }
        if (master.version == key.version) {
            return &master;
        }
        if (!master.version) {
            for_any_version = &master;
        }
    }
    return for_any_version;
}

CipherResult<CardKey> card_key_of(BlockCipher& cipher, MasterKey const& master,
                                  CardIdentity const& card) {
    if (master.name == apdu::KeyName::transport_key) {
        return master.secret.duplicate();
    }
    return diversify_to_card(cipher, master.secret, master.tier, card);
}

} // namespace keys
