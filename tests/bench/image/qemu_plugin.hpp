#pragma once

#include <cstddef>
#include <cstdint>

/// What a plugin of QEMU's may call, as its qemu-plugin.h of version 7.2 has it (interface 1),
/// under names of ours for all but the functions: no package of Debian's has that header.
namespace qemu {

struct PluginInfo;
struct Block; ///< of instructions that QEMU translates at once
struct Instruction;
using PluginId = std::uint64_t;
using Access = std::uint32_t; ///< kind of an access to memory
enum class Registers : int { none };
enum class Accesses : int { both = 3 }; ///< reads and writes
enum class InlineOperation : int { add_64 };

extern "C" {

void qemu_plugin_register_vcpu_tb_trans_cb(PluginId id, void (*callback)(PluginId, Block*));
std::size_t qemu_plugin_tb_n_insns(Block const* block);
Instruction* qemu_plugin_tb_get_insn(Block const* block, std::size_t at);
void const* qemu_plugin_insn_data(Instruction const* instruction);
std::size_t qemu_plugin_insn_size(Instruction const* instruction);
void qemu_plugin_register_vcpu_insn_exec_cb(Instruction* instruction,
                                            void (*callback)(unsigned, void*), Registers registers,
                                            void* data);
void qemu_plugin_register_vcpu_insn_exec_inline(Instruction* instruction, InlineOperation operation,
                                                void* counter, std::uint64_t value);
void qemu_plugin_register_vcpu_mem_cb(Instruction* instruction,
                                      void (*callback)(unsigned, Access, std::uint64_t, void*),
                                      Registers registers, Accesses accesses, void* data);
bool qemu_plugin_mem_is_store(Access access);

} // extern "C"

} // namespace qemu
