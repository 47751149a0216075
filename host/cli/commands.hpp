#pragma once

#include "host/cli/invocation.hpp"

namespace cli {

/// `sscard readers`.
void add_readers_command(CLI::App& app, Invocation& invocation);

/// `sscard readers lease|renew|release`; `readers` is the noun.
void add_lease_commands(CLI::App& readers, Invocation& invocation);
/// `sscard events`.
void add_events_command(CLI::App& app, Invocation& invocation);

/// `sscard card info`; `card` is the noun, here and below.
void add_basic_data_command(CLI::App& card, Invocation& invocation);
/// `sscard card read`.
void add_read_command(CLI::App& card, Invocation& invocation);
/// `sscard card write`.
void add_write_command(CLI::App& card, Invocation& invocation);
/// `sscard card personalize`.
void add_personalize_command(CLI::App& card, Invocation& invocation);
/// `sscard card void`.
void add_void_command(CLI::App& card, Invocation& invocation);
/// `sscard card list`.
void add_list_command(CLI::App& card, Invocation& invocation);
/// `sscard card lock`.
void add_lock_command(CLI::App& card, Invocation& invocation);

/// `sscard batch run`.
void add_batch_commands(CLI::App& app, Invocation& invocation);

/// `sscard pin status|verify|change|reset|unblock`.
void add_pin_commands(CLI::App& app, Invocation& invocation);

/// `sscard terminal list|health|load-key|wipe|update`, and what follows.
void add_terminal_commands(CLI::App& app, Invocation& invocation);
/// `sscard terminal provision`; `terminal` is the noun.
void add_terminal_provision_command(CLI::App& terminal, Invocation& invocation);

/// `sscard keys list|doctor|unlock|lock`, and what follows.
void add_keys_commands(CLI::App& app, Invocation& invocation);
/// `sscard keys create-store|import|remove|passphrase`; `keys` is the noun.
void add_key_store_commands(CLI::App& keys, Invocation& invocation);
/// `sscard keys ceremony|abort`.
void add_ceremony_commands(CLI::App& keys, Invocation& invocation);
/// `sscard keys generate`.
void add_generation_command(CLI::App& keys, Invocation& invocation);
/// `sscard keys backup|restore|destroy`.
void add_backup_commands(CLI::App& keys, Invocation& invocation);
/// `sscard keys terminal-ceremony|initial-key`.
void add_terminal_key_commands(CLI::App& keys, Invocation& invocation);
/// `sscard keys cards|rotate`.
void add_rotation_commands(CLI::App& keys, Invocation& invocation);
/// The options --custodian and --witness of those.
void add_people(CLI::App& command, std::vector<std::string>& custodians,
                std::vector<std::string>& witnesses);
/// `sscard keys minutes list|show|verify|public-key`.
void add_minutes_commands(CLI::App& keys, Invocation& invocation);

/// `sscard check`.
void add_check_command(CLI::App& app, Invocation& invocation);
/// `sscard diagnose`.
void add_diagnose_command(CLI::App& app, Invocation& invocation);
/// `sscard completion`; it tells of all commands of `app`.
void add_completion_command(CLI::App& app, Invocation& invocation);

} // namespace cli
