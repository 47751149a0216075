#include "host/cli/key_options.hpp"

#include "host/cli/language.hpp"

namespace cli {

void add_key_option(CLI::App& command, std::string& name) {
    command.add_option("KEY", name, tr("its name: IRK, UKSSSE …"))->required()->type_name("");
}

void add_version_option(CLI::App& command, std::optional<std::uint8_t>& version) {
    command.add_option("--version", version, tr("its version; without: the key for any version"))
        ->type_name("N");
}

void add_tier_option(CLI::App& command, std::string& tier) {
    command.add_option("--tier", tier, tr("whose key it is: ministry, province or city"))
        ->check(CLI::IsMember({"ministry", "province", "city"}))
        ->type_name("");
}

void add_known_key_options(CLI::App& command, KnownKeyOptions key) {
    add_key_option(command, key.name);
    command.add_option("--algorithm", key.algorithm, tr("of the cards that it is for"))
        ->required()
        ->check(CLI::IsMember({"3DES", "SM4", "AES128", "AES192", "AES256"}))
        ->type_name("");
    add_version_option(command, key.version);
    command.add_option("--id", key.id, tr("of a terminal's key: KEY is BDK or KBPK"))
        ->type_name("HEX");
    command
        .add_option("--check-value", key.check_value,
                    tr("its check value, as \"sscard keys list\" shows it"))
        ->required()
        ->type_name("HEX");
}

} // namespace cli
