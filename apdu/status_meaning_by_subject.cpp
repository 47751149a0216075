#include "apdu/status_meaning_rows.hpp"

#include <array>
#include <utility>

namespace apdu {
namespace {

// After CARD BLOCK every command is answered 6A81. card.md §4.1.
constexpr StatusMeaning blocked_card{
    "The card is blocked for ever, or is a card of another kind.",
    "A blocked card cannot be opened again: replace it.",
    "卡片已被永久锁定，或不是社会保障卡。",
    "已锁定的卡片无法恢复，请换卡。",
};

// A challenge is good for the next command only. card.md §3.5.
constexpr StatusMeaning missing_challenge{
    "The card's challenge is missing or was used up by a command in between.",
    "Start the operation again; no other program may use the card meanwhile.",
    "缺少随机数，或随机数已被其间的命令用掉。",
    "请重新操作，期间不要让其他程序使用此卡。",
};

constexpr StatusMeaning wrong_card_key{
    "The card refuses the command's check code (MAC): the key is not this card's. Nothing is "
    "changed.",
    "Check the key set, the card's region and its algorithm, then start the operation again.",
    "卡片校验MAC不通过，所用密钥不是此卡的密钥。卡内数据未改变。",
    "请核对密钥组、发卡地区和算法，再重新操作。",
};

// Of the cardholder, and of those who hold keys over them.
constexpr auto service_rows = std::to_array<StatusRow>({
    {sw::success,
     Subject::pin,
     {"The PIN is right. (Asked without a PIN: the card has no PIN set.)", "Nothing to do.",
      "密码正确。（未带密码查询时：卡片未设置密码。）", "无需处理。"}},
    {sw::locked,
     Subject::pin,
     {"The PIN is locked after too many wrong tries.",
      "Reset it: the holder comes in person with their ID card and this card to a window or a "
      "self-service terminal.",
      "密码因多次输错已被锁定。", "请持卡人本人携带身份证和本卡，到窗口或自助终端重置密码。"}},
    {sw::wrong_length,
     Subject::pin,
     {"The PIN's length does not suit the card; no try was lost.", "A PIN has 4 to 12 digits.",
      "密码长度不符合卡片要求，未计入错误次数。", "密码应为4至12位数字。"}},
    {sw::wrong_data,
     Subject::pin,
     {"The card does not accept the form of the PIN.", "A PIN has 4 to 12 digits, nothing else.",
      "卡片不接受此密码格式。", "密码应为4至12位数字，不含其他字符。"}},
    {sw::key_not_found,
     Subject::pin,
     {"The card has no PIN at all.", "It was never loaded: the card has to be made again.",
      "卡片上没有密码。", "制卡时未装入密码，需要重新制卡。"}},
    {sw::function_not_supported, Subject::pin, blocked_card},
    {sw::security_status,
     Subject::pin_reset,
     {"The card wants proof of the unblocking key (PUK) first.",
      "Start the reset again from its first step; check that the key set holds this card's PUK.",
      "卡片要求先用解锁密钥（PUK）认证。",
      "请从第一步起重新进行重置，并检查密钥组中有此卡的PUK。"}},
    {sw::locked,
     Subject::pin_reset,
     {"The key for resetting the PIN is locked after too many failed tries.",
      "It cannot be freed: replace the card.", "用于重置密码的密钥因多次失败已被锁定。",
      "无法解锁，请换卡。"}},
    {sw::referenced_data_invalid, Subject::pin_reset, missing_challenge},
    {sw::conditions_not_satisfied, Subject::pin_reset, missing_challenge},
    {sw::secure_messaging_wrong, Subject::pin_reset, wrong_card_key},
    {sw::mac_error, Subject::pin_reset, wrong_card_key},
    {sw::wrong_data,
     Subject::pin_reset,
     {"The card could not read the new PIN. The old PIN holds.",
      "Check the card's algorithm and the new PIN (4 to 12 digits), then start the reset again.",
      "卡片无法解出新密码，原密码不变。", "请核对卡片算法和新密码（4至12位数字），再重新重置。"}},
    {sw::function_not_supported, Subject::pin_reset, blocked_card},
    {sw::success,
     Subject::terminal_proof,
     {"The card accepts the key: what it guards is open until another directory is selected.",
      "Nothing to do.", "认证通过：在选择其他目录之前，该密钥保护的内容可以访问。", "无需处理。"}},
    {sw::locked,
     Subject::terminal_proof,
     {"This key of the card is locked after too many failed authentications.",
      "It cannot be freed: replace the card. Check the key set before another card is tried.",
      "卡片的此密钥因多次认证失败已被锁定。",
      "无法解锁，请换卡。在试下一张卡之前，请先核对密钥组。"}},
    {sw::referenced_data_invalid, Subject::terminal_proof, missing_challenge},
    {sw::conditions_not_satisfied, Subject::terminal_proof, missing_challenge},
    {sw::key_not_found,
     Subject::terminal_proof,
     {"The card has no such key in this directory, or not in this version.",
      "Check the key's version, and that the card was made with this key.",
      "当前目录下没有此密钥，或没有此版本的密钥。",
      "请核对密钥版本，以及制卡时是否装入了该密钥。"}},
    {sw::function_not_supported, Subject::terminal_proof, blocked_card},
    {sw::success,
     Subject::card_proof,
     {"The card has answered; whether it is genuine, the comparison shows.", "Nothing to do.",
      "卡片已应答，真伪以比对结果为准。", "无需处理。"}},
    {sw::key_not_found,
     Subject::card_proof,
     {"The card has no internal authentication key (IRK) of this version.",
      "Try another key version. If there is none, the card is not fully made.",
      "卡片没有该版本的内部认证密钥（IRK）。", "请换用其他密钥版本；若都没有，则此卡制作不完整。"}},
    {sw::function_not_supported, Subject::card_proof, blocked_card},
});

// Of files, and of the making of cards.
constexpr auto file_rows = std::to_array<StatusRow>({
    {sw::file_not_found,
     Subject::selection,
     {"The card does not have what was to be selected.",
      "If it is the social security application, this is a card of another kind (a bank card, a "
      "SIM), or a chip that is still bare. Else the card's version lacks this directory or file.",
      "卡片上没有要选择的应用或文件。",
      "若选择的是社会保障应用，则此卡为其他卡片（银行卡、手机卡等）或空白芯片；"
      "否则是该版本没有此目录或文件。"}},
    {sw::function_not_supported, Subject::selection, blocked_card},
    {StatusWord{0x6283}, // ISO/IEC 7816-4:2020 §5.6: selected file deactivated
     Subject::selection,
     {"What was selected is blocked.", "Ask the issuing office whether it can be opened again.",
      "所选应用或文件已被锁定。", "请向发卡机构查询能否解锁。"}},
    {sw::security_status,
     Subject::reading,
     {"The card shows this file only after a PIN or a read key.",
      "Verify the PIN, or authenticate with the read key of this file, and read again.",
      "此文件须先核验密码或读密钥才能读取。",
      "请先核验密码，或用该文件的读密钥认证，再重新读取。"}},
    {sw::security_status,
     Subject::writing,
     {"The card lets this file be written only after its update key.",
      "Authenticate with the update key of this file (UK), and write again.",
      "此文件须先用更新密钥认证才能写入。", "请用该文件的更新密钥（UK）认证后重新写入。"}},
    {sw::referenced_data_invalid, Subject::writing, missing_challenge},
    {sw::conditions_not_satisfied, Subject::writing, missing_challenge},
    {sw::success,
     Subject::block,
     {"The block is in force and cannot be undone.", "Record it, and replace the card.",
      "锁定已生效，且无法恢复。", "请登记并换卡。"}},
    {sw::referenced_data_invalid, Subject::block, missing_challenge},
    {sw::conditions_not_satisfied, Subject::block, missing_challenge},
    {sw::secure_messaging_wrong, Subject::block, wrong_card_key},
    {sw::mac_error, Subject::block, wrong_card_key},
    {sw::security_status,
     Subject::key_loading,
     {"The card wants authentication with the directory's master key (MK) first.",
      "Start the making of the card again. If it stops here again, check the master keys.",
      "卡片要求先用该目录的主控密钥（MK）认证。", "请重新制卡；若仍停在此步，请核对主控密钥。"}},
    {sw::referenced_data_invalid, Subject::key_loading, missing_challenge},
    {sw::conditions_not_satisfied, Subject::key_loading, missing_challenge},
    {sw::secure_messaging_wrong, Subject::key_loading, wrong_card_key},
    {sw::no_space,
     Subject::key_loading,
     {"The directory's key file is full.",
      "The card profile makes the key file too small for its keys: correct the profile.",
      "该目录的密钥文件已满。", "制卡方案中密钥文件的容量不足，请修正方案。"}},
    {sw::locked,
     Subject::structure_changing,
     {"The transport key is locked: the chip can no longer be made into a card.",
      "Put the chip aside. Check the transport key with the supplier before another chip is tried.",
      "传输密钥已锁定，此芯片不能再用于制卡。",
      "请将此芯片作废。试下一片之前，请与供应商核对传输密钥。"}},
    {sw::security_status,
     Subject::structure_changing,
     {"The card does not allow its structure to be changed now.",
      "The transport key or the master key (MK) has to be proved first; a finished card stays "
      "closed.",
      "卡片当前不允许改变文件结构。",
      "须先验证传输密钥或主控密钥（MK）；已完成制作的卡片不能再改。"}},
    {sw::no_space,
     Subject::structure_changing,
     {"The chip has no room for this file.",
      "The chip is too small for the card profile: use another chip or a smaller profile.",
      "芯片空间不足，无法建立此文件。", "芯片容量小于制卡方案的要求，请更换芯片或方案。"}},
});

constexpr auto join(std::span<StatusRow const, service_rows.size()> first,
                    std::span<StatusRow const, file_rows.size()> second) {
    return [&]<std::size_t... i, std::size_t... j>(std::index_sequence<i...>,
                                                   std::index_sequence<j...>) {
        return std::to_array<StatusRow>({first[i]..., second[j]...});
    }
    (std::make_index_sequence<service_rows.size()>{}, std::make_index_sequence<file_rows.size()>{});
}

constexpr auto subject_rows = join(service_rows, file_rows);

} // namespace

std::span<StatusRow const> status_rows_by_subject() { return subject_rows; }

} // namespace apdu
