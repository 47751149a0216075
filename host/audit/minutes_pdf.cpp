#include "host/audit/minutes_pdf.hpp"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <memory>

namespace audit {
namespace {

/// A4, in points.
constexpr double page_width = 595.28;
constexpr double page_height = 841.89;
constexpr double margin = 56;
constexpr double label_width = 150;
constexpr double line_gap = 6;
constexpr auto* fonts = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif";

cairo_status_t append(void* bytes, unsigned char const* data, unsigned size) {
    auto& all = *static_cast<std::vector<std::uint8_t>*>(bytes);
    all.insert(all.end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

struct Release {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};

/// Pages that are filled from top to bottom.
class Paper {
public:
    explicit Paper(std::vector<std::uint8_t>& bytes)
        : surface_{cairo_pdf_surface_create_for_stream(append, &bytes, page_width, page_height)},
          cairo_{cairo_create(surface_.get())} {}

    /// Text across the page.
    void text(std::string const& text, double size) {
        auto const layout = laid_out(text, size, page_width - 2 * margin);
        double const height = height_of(layout.get());
        make_room(height);
        show(layout.get(), margin);
        y_ += height + line_gap;
    }
    /// A label, and what it is of beside it.
    void row(std::string const& label, std::string const& value) {
        constexpr double size = 10;
        auto const left = laid_out(label, size, label_width - line_gap);
        auto const right =
            laid_out(value.empty() ? "-" : value, size, page_width - 2 * margin - label_width);
        double const height = std::max(height_of(left.get()), height_of(right.get()));
        make_room(height);
        show(left.get(), margin);
        show(right.get(), margin + label_width);
        y_ += height + line_gap;
    }
    /// A name, and a line to sign on.
    void signature_line(std::string const& label, std::string const& name) {
        constexpr double height = 34;
        make_room(height);
        y_ += height / 2;
        row(label, name);
        cairo_set_line_width(cairo_.get(), 0.5);
        cairo_move_to(cairo_.get(), page_width / 2, y_ - line_gap);
        cairo_line_to(cairo_.get(), page_width - margin, y_ - line_gap);
        cairo_stroke(cairo_.get());
    }
    /// False: the library failed somewhere.
    [[nodiscard]] bool end() {
        cairo_show_page(cairo_.get());
        cairo_surface_finish(surface_.get());
        return cairo_status(cairo_.get()) == CAIRO_STATUS_SUCCESS &&
               cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
    }

private:
    using Layout = std::unique_ptr<PangoLayout, Release>;
    [[nodiscard]] Layout laid_out(std::string const& text, double size, double width) const {
        Layout layout{pango_cairo_create_layout(cairo_.get())};
        auto* const font = pango_font_description_from_string(fonts);
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        return layout;
    }
    static double height_of(PangoLayout* layout) {
        int width = 0;
        int height = 0;
        pango_layout_get_size(layout, &width, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }
    void make_room(double height) {
        if (y_ + height > page_height - margin) {
            cairo_show_page(cairo_.get());
            y_ = margin;
        }
    }
    void show(PangoLayout* layout, double x) {
        cairo_move_to(cairo_.get(), x, y_);
        pango_cairo_show_layout(cairo_.get(), layout);
    }

    std::unique_ptr<cairo_surface_t, Release> surface_;
    std::unique_ptr<cairo_t, Release> cairo_;
    double y_ = margin;
};

std::string act_words(Act act) {
    constexpr auto words = std::to_array<char const*>(
        {"密钥仪式 key ceremony", "密钥轮换 key rotation", "密钥销毁 key destruction",
         "密钥库备份 key store backup", "密钥库恢复 key store restore",
         "终端初始密钥 initial key of a terminal", "加密机内生成密钥 key made inside the HSM",
         "终端写入传输密钥 transport key into a terminal"});
    return words.at(static_cast<std::size_t>(act));
}

std::string outcome_words(ActOutcome outcome) {
    constexpr auto words = std::to_array<char const*>(
        {"完成 done", "中止 aborted", "过期 expired", "失败 failed", "中断 interrupted"});
    return words.at(static_cast<std::size_t>(outcome));
}

std::string key_words(KeyEntry const& key) {
    return key.name + ", " + key.algorithm + ", " + key.tier + ", 版本 version " +
           (key.version ? std::to_string(*key.version) : "任意 any") + ", 校验值 check value " +
           (key.check_value.empty() ? "-" : key.check_value);
}

void draw_body(Paper& paper, Minutes const& minutes) {
    paper.row("结果 outcome", outcome_words(minutes.outcome) +
                                  (minutes.fault.empty() ? "" : " (" + minutes.fault + ")"));
    paper.row("开始 began", minutes.began_at);
    paper.row("结束 ended", minutes.ended_at);
    paper.row("地区 region", minutes.region);
    paper.row("计算机 machine", minutes.machine);
    paper.row("密钥库 key store", minutes.store);
    paper.row("测试密钥 test keys", minutes.test ? "是 YES" : "否 no");
    for (KeyEntry const& key : minutes.keys) {
        paper.row("密钥 key", key_words(key));
    }
    paper.row("各部分来源 parts", minutes.origin);
    for (CustodianEntry const& one : minutes.custodians) {
        paper.row("保管人 custodian", one.name + ", 校验值 check value " +
                                          (one.check_value.empty() ? "-" : one.check_value));
    }
    for (std::string const& name : minutes.witnesses) {
        paper.row("监督人 witness", name);
    }
    paper.row("操作员 operator", minutes.operator_user);
    if (!minutes.remark.empty()) {
        paper.row("备注 remark", minutes.remark);
    }
    paper.row("软件 software", minutes.software);
}

} // namespace

AuditResult<std::vector<std::uint8_t>> draw_minutes(SignedMinutes const& minutes) {
    std::vector<std::uint8_t> bytes;
    Paper paper{bytes};
    constexpr double title_size = 16;
    constexpr double small_size = 8;
    paper.text("会议记录 Minutes " + std::to_string(minutes.minutes.number) + ": " +
                   act_words(minutes.minutes.act),
               title_size);
    draw_body(paper, minutes.minutes);
    for (CustodianEntry const& one : minutes.minutes.custodians) {
        paper.signature_line("签字 signature", one.name);
    }
    for (std::string const& name : minutes.minutes.witnesses) {
        paper.signature_line("签字 signature", name);
    }
    paper.text("SHA-256 " + minutes.digest(), small_size);
    paper.text("前一份 minutes before: SHA-256 " +
                   (minutes.minutes.previous.empty() ? "-" : minutes.minutes.previous),
               small_size);
    paper.text("Ed25519 公钥 public key " + minutes.public_key, small_size);
    paper.text("Ed25519 签名 signature " + minutes.signature, small_size);
    if (!paper.end()) {
        return AuditFault{AuditFaultCode::failed, "cairo"};
    }
    return bytes;
}

} // namespace audit
