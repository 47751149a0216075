#include "host/cli/progress_report.hpp"

#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include <algorithm>

namespace cli {
namespace {

constexpr std::size_t bar_columns = 24;
constexpr std::size_t step_columns = 44;
constexpr char const* clear_line = "\r\x1B[K";

/// As much of `text` as fits into `columns`.
std::string cut(std::string text, std::size_t columns) {
    while (display_width(text) > columns) {
        do {
            text.pop_back();
        } while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U);
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U) {
            text.pop_back();
        }
    }
    return text;
}

} // namespace

ProgressReport::~ProgressReport() {
    if (has_bar_) {
        out_ << clear_line << std::flush;
    }
}

void ProgressReport::tell(api::Progress const& progress) {
    std::string const step = printable(choose(progress.step_en, progress.step_zh));
    if (progress.total == 0) {
        return;
    }
    if (is_terminal_) {
        draw(progress, step);
        return;
    }
    auto const tenths =
        static_cast<std::uint32_t>(std::uint64_t{progress.done} * 10 / progress.total);
    if (tenths > tenths_told_) {
        tenths_told_ = tenths;
        out_ << progress.done << '/' << progress.total << "  " << step << std::endl;
    }
}

void ProgressReport::draw(api::Progress const& progress, std::string const& step) {
    auto const filled = std::min<std::size_t>(bar_columns, std::uint64_t{progress.done} *
                                                               bar_columns / progress.total);
    out_ << clear_line << '[' << std::string(filled, '#') << std::string(bar_columns - filled, '.')
         << "] " << progress.done << '/' << progress.total << ' ' << cut(step, step_columns)
         << std::flush;
    has_bar_ = true;
}

} // namespace cli
