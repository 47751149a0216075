#include "firmware/core/messages.hpp"

#include "firmware/hal/display.hpp"

#include <string_view>

namespace terminal {
namespace {

struct Row {
    std::string_view chinese; ///< in GB 2312
    std::string_view english;
};

/// In the order of Message.
constexpr auto rows = std::to_array<Row>({
    // 社会保障卡终端
    {"\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF\xBF\xA8\xD6\xD5\xB6\xCB", "Social Security"},
    // 请输入密码
    {"\xC7\xEB\xCA\xE4\xC8\xEB\xC3\xDC\xC2\xEB", "Enter PIN"},
    // 请输入新密码
    {"\xC7\xEB\xCA\xE4\xC8\xEB\xD0\xC2\xC3\xDC\xC2\xEB", "Enter new PIN"},
    // 请再次输入新密码
    {"\xC7\xEB\xD4\xD9\xB4\xCE\xCA\xE4\xC8\xEB\xD0\xC2\xC3\xDC\xC2\xEB", "New PIN again"},
    // 两次输入不一致
    {"\xC1\xBD\xB4\xCE\xCA\xE4\xC8\xEB\xB2\xBB\xD2\xBB\xD6\xC2", "PINs differ"},
    // 密码位数不足
    {"\xC3\xDC\xC2\xEB\xCE\xBB\xCA\xFD\xB2\xBB\xD7\xE3", "PIN too short"},
    // 请稍候
    {"\xC7\xEB\xC9\xD4\xBA\xF2", "Please wait"},
    // 密码正确
    {"\xC3\xDC\xC2\xEB\xD5\xFD\xC8\xB7", "PIN right"},
    // 密码错误
    {"\xC3\xDC\xC2\xEB\xB4\xED\xCE\xF3", "Wrong PIN"},
    // 密码已锁定
    {"\xC3\xDC\xC2\xEB\xD2\xD1\xCB\xF8\xB6\xA8", "PIN blocked"},
    // 密码已修改
    {"\xC3\xDC\xC2\xEB\xD2\xD1\xD0\xDE\xB8\xC4", "PIN changed"},
    // 已取消
    {"\xD2\xD1\xC8\xA1\xCF\xFB", "Cancelled"},
    // 操作超时
    {"\xB2\xD9\xD7\xF7\xB3\xAC\xCA\xB1", "Time is over"},
    // 读卡失败
    {"\xB6\xC1\xBF\xA8\xCA\xA7\xB0\xDC", "Card error"},
    // 终端故障
    {"\xD6\xD5\xB6\xCB\xB9\xCA\xD5\xCF", "Out of order"},
});
static_assert(rows.size() == static_cast<std::size_t>(Message::count));

constexpr bool fit_the_display() {
    for (Row const& row : rows) {
        if (row.chinese.size() > hal::Display::columns ||
            row.english.size() > hal::Display::columns) {
            return false;
        }
    }
    return true;
}
static_assert(fit_the_display());

} // namespace

apdu::ByteView text_of(Message message, Language language) {
    Row const& row = rows[static_cast<std::size_t>(message)];
    std::string_view const text = language == Language::english ? row.english : row.chinese;
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

} // namespace terminal
