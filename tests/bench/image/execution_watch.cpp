// A plugin of QEMU's that counts instructions and tells when the image sleeps, receives and sends:
// qemu-system-arm -plugin execution_watch.so,link=DESCRIPTOR. While the image sleeps it waits there
// for a GoOn: nothing that comes at a UART then is too late or too early.
#include "tests/bench/image/execution_record.hpp"
#include "tests/bench/image/qemu_plugin.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

namespace {

using namespace qemu;
using bench::ExecutionRecord;
using bench::GoOn;
using bench::Happening;

constexpr std::uint16_t wfi = 0xBF30; // WFI, Armv7-M ARM A7.7.261
constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();

int link = -1;
std::uint64_t instructions = 0;
std::uint32_t lowest = nothing;

void tell(Happening what, std::size_t uart = 0) {
    ExecutionRecord const record{instructions, what, static_cast<std::uint32_t>(uart), lowest};
    if (::send(link, &record, sizeof record, MSG_NOSIGNAL) != sizeof record) {
        std::_Exit(EXIT_FAILURE);
    }
}

void on_sleep(unsigned /*core*/, void* /*data*/) {
    tell(Happening::sleeps);
    auto go_on = GoOn::as_before;
    if (::recv(link, &go_on, sizeof go_on, 0) != sizeof go_on) {
        std::_Exit(EXIT_FAILURE);
    }
    lowest = go_on == GoOn::look_anew ? nothing : lowest;
}

void on_access(unsigned /*core*/, Access access, std::uint64_t address, void* /*data*/) {
    auto const* const uart = std::find(bench::uart_data.begin(), bench::uart_data.end(), address);
    if (uart != bench::uart_data.end()) {
        tell(qemu_plugin_mem_is_store(access) ? Happening::sends : Happening::receives,
             static_cast<std::size_t>(uart - bench::uart_data.begin()));
    } else if (address >= bench::ram_begin) {
        lowest = std::min(lowest, static_cast<std::uint32_t>(address));
    }
}

bool is_sleep(Instruction const* instruction) {
    std::uint16_t code = 0;
    if (qemu_plugin_insn_size(instruction) == sizeof code) {
        std::memcpy(&code, qemu_plugin_insn_data(instruction), sizeof code);
    }
    return code == wfi;
}

void on_translation(PluginId /*id*/, Block* block) {
    for (std::size_t i = 0; i < qemu_plugin_tb_n_insns(block); ++i) {
        auto* const instruction = qemu_plugin_tb_get_insn(block, i);
        qemu_plugin_register_vcpu_insn_exec_inline(instruction, InlineOperation::add_64,
                                                   &instructions, 1);
        qemu_plugin_register_vcpu_mem_cb(instruction, on_access, Registers::none, Accesses::both,
                                         nullptr);
        if (is_sleep(instruction)) {
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, on_sleep, Registers::none, nullptr);
        }
    }
}

} // namespace

extern "C" {

/// Of the interface.
[[gnu::visibility("default")]] int qemu_plugin_version = 1;

/// QEMU begins with it.
[[gnu::visibility("default")]] int
qemu_plugin_install(qemu::PluginId id, qemu::PluginInfo const* /*info*/, int argc, char** argv) {
    constexpr std::string_view name = "link=";
    if (argc != 1 || !std::string_view{argv[0]}.starts_with(name)) {
        return -1;
    }
    link = std::atoi(argv[0] + name.size());
    qemu::qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    return 0;
}

} // extern "C"
