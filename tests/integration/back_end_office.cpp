#include "tests/integration/back_end_office.hpp"

#include "tests/integration/soft_token.hpp"

#include <gtest/gtest.h>

namespace integration {

std::string to_text(BackEnd back_end) {
    switch (back_end) {
    case BackEnd::file:
        return "file";
    case BackEnd::store:
        return "store";
    case BackEnd::hsm:
        return "hsm";
    case BackEnd::psam:
        return "psam";
    case BackEnd::centre:
        break;
    }
    return "centre";
}

BackEndOffice::BackEndOffice(BackEnd back_end) : back_end_{back_end} {
    if (back_end == BackEnd::centre) {
        two_ = std::make_unique<CentreAndWindow>();
        return;
    }
    one_ = std::make_unique<Office>();
    if (back_end == BackEnd::store) {
        one_->keep_keys_in_store();
    }
#ifdef SSCARD_SOFTHSM2
    if (back_end == BackEnd::hsm) {
        one_->keep_keys_elsewhere(SoftToken::lines());
    }
#endif
    if (back_end == BackEnd::psam) {
        one_->keep_keys_elsewhere("");
        one_->insert_psam(2, {"--enciphering-key", "STKSSSE"});
        one_->configure("[[psam.key]]\nname = \"STKSSSE\"\nusage = \"28\"\nid = \"09\"\n");
    }
}

void BackEndOffice::open() {
    if (two_) {
        two_->centre.start_daemon();
        two_->window.start_daemon();
        return;
    }
    if (back_end_ == BackEnd::store) {
        one_->start_daemon();
        (void)one_->answer({"keys", "create-store", "--passphrase-fd", "0", "--import", key_file()},
                           typed({"seven blue horses"}));
        return;
    }
#ifdef SSCARD_SOFTHSM2
    if (back_end_ == BackEnd::hsm) {
        SoftToken const token{*one_};
        one_->start_daemon();
        (void)one_->answer(unlock_command(), typed({token.pin()}));
        (void)one_->answer({"keys", "import", key_file_of_des3(*one_)});
        return;
    }
#endif
    one_->start_daemon();
}

} // namespace integration
