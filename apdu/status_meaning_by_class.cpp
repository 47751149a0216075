#include "apdu/status_meaning_rows.hpp"

#include <array>

namespace apdu {
namespace {

constexpr std::string_view report_en =
    "Try once more. If it happens again, read the card's information and report it with the log.";
constexpr std::string_view report_zh = "请重试一次；若再次出现，请读取卡片信息并连同日志上报。";

// ISO/IEC 7816-4:2020 §5.6, table of SW1; 93 and 94: card.md §4.2.
constexpr auto class_rows = std::to_array<StatusClassRow>({
    {0x61,
     {"The card has more data ready.", "Nothing to do: they are fetched by GET RESPONSE.",
      "卡片还有数据待取。", "无需处理：后续数据将由取响应命令取回。"}},
    {0x62,
     {"The card warns, and has changed nothing.", report_en, "卡片给出警告，数据未改变。",
      report_zh}},
    {0x63,
     {"The card warns: the PIN or key was not accepted, or data have changed.",
      "Read the card again to see what it holds now, before anything is repeated.",
      "卡片给出警告：密码或密钥未通过，或数据已改变。", "请先重新读取卡片，确认现状后再操作。"}},
    {0x64,
     {"The card failed, and has changed nothing.", report_en, "卡片执行出错，数据未改变。",
      report_zh}},
    {0x65,
     {"The card failed while it was writing.",
      "Read the card again to see what it holds now. If it fails again, replace the card.",
      "卡片在写入时出错。", "请重新读取卡片确认现状；若再次出现，请换卡。"}},
    {0x66,
     {"The card reports a security problem.", "Stop here and report it with the log.",
      "卡片报告安全问题。", "请停止操作，并连同日志上报。"}},
    {0x67,
     {"The command's length is not what the card expects.", report_en, "命令长度与卡片要求不符。",
      report_zh}},
    {0x68,
     {"The card does not support this class of commands as it was sent (channel, chaining or "
      "secure messaging).",
      report_en, "卡片不支持命令所用的类别功能（逻辑通道、命令链或安全报文）。", report_zh}},
    {0x69,
     {"The card does not allow this command now.",
      "Start the operation again from the card's selection.", "卡片当前不允许此命令。",
      "请从选择卡片应用开始重新操作。"}},
    {0x6A,
     {"The card does not accept the command's parameters or data.", report_en,
      "卡片不接受命令的参数或数据。", report_zh}},
    {0x6B,
     {"The place to read or write lies beyond the file's end.", report_en, "读写位置超出文件末尾。",
      report_zh}},
    {0x6C,
     {"The card says how many bytes it would answer with.",
      "Nothing to do: the command is repeated with that length.", "卡片给出了应答的正确长度。",
      "无需处理：命令将按该长度重发。"}},
    {0x6D,
     {"The card does not know this command.",
      "It may be a card of another kind: read the card's information.", "卡片不认识此命令。",
      "可能不是社会保障卡，请先读取卡片信息。"}},
    {0x6E,
     {"The card does not know this class of commands.",
      "It may be a card of another kind: read the card's information.", "卡片不支持此类命令。",
      "可能不是社会保障卡，请先读取卡片信息。"}},
    {0x6F,
     {"The card failed and does not say why.",
      "Take the card out, wipe its contacts and try again. If it happens again, replace the card.",
      "卡片出错且未说明原因。", "请取出卡片，擦净触点后重试；若再次出现，请换卡。"}},
    {0x90,
     {"The card has carried out the command, with a remark that is not known.", report_en,
      "卡片已执行命令，但附带含义不明的提示。", report_zh}},
    {0x93,
     {"The card's application refuses the transaction or is blocked.", report_en,
      "卡片应用拒绝此交易或已被锁定。", report_zh}},
    {0x94,
     {"The card's account refuses the transaction.", report_en, "卡内账户拒绝此交易。", report_zh}},
});

} // namespace

std::span<StatusClassRow const> status_class_rows() { return class_rows; }

} // namespace apdu
