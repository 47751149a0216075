#pragma once

namespace qemu_board {

/// Starts the board's watchdog, which is due every 8 s: a machine under load stands still for
/// seconds. When it is not fed the NMI comes.
void start_watchdog();

/// Keeps the watchdog from that.
void feed_watchdog();

} // namespace qemu_board
