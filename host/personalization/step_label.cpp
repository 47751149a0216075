#include "host/personalization/plan.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::Directory;

/// "SSSE", "DF01", "MF".
std::string directory_text(Directory directory) {
    switch (directory) {
    case Directory::mf:
        return "MF";
    case Directory::ssse:
        return "SSSE";
    default:
        return "DF0" + std::to_string(static_cast<unsigned>(directory) -
                                      static_cast<unsigned>(Directory::ssse));
    }
}

std::string key_text(keys::KeyReference key) {
    std::string text{apdu::to_text(key.name)};
    return key.version == 1 ? text : text + " version " + std::to_string(key.version);
}
std::string key_text_zh(keys::KeyReference key) {
    std::string text{apdu::to_text(key.name)};
    return key.version == 1 ? text : text + " 第" + std::to_string(key.version) + "版";
}

/// What a step is about, with its path: "name (SSSE/EF06)"; a directory's name where it is about
/// no file.
std::string subject_en(StepSubject const& subject) {
    if (!subject.file) {
        return directory_text(subject.directory);
    }
    std::string const path{apdu::path_of(*subject.file).view()};
    std::string_view const name =
        subject.item != nullptr ? subject.item->name : subject.file->file->name;
    std::string text{name};
    std::replace(text.begin(), text.end(), '_', ' ');
    return text + " (" + path + ")";
}
std::string subject_zh(StepSubject const& subject) {
    if (!subject.file) {
        return directory_text(subject.directory);
    }
    std::string const path{apdu::path_of(*subject.file).view()};
    std::string_view const name =
        subject.item != nullptr ? subject.item->label_zh : subject.file->file->label_zh;
    return std::string{name} + (name.empty() ? path : "(" + path + ")");
}

class Labels {
public:
    explicit Labels(StepSubject const& subject) : subject_{subject} {}

    Label operator()(ResetCard const& /*action*/) const { return {"reset the card", "卡复位"}; }
    Label operator()(PlainCommand const& action) const {
        switch (action.purpose) {
        case Purpose::select:
            return about("select ", "选择");
        case Purpose::create_directory:
            return about("create ", "建立");
        case Purpose::create_key_file:
            return about("create the key file SF of ", "建立密钥文件SF:");
        case Purpose::create_directory_file:
            return about("create DIR in ", "建立目录文件DIR:");
        case Purpose::create_fci_file:
            return about("create the FCI file of ", "建立FCI文件:");
        case Purpose::create_transaction_file:
            return about("create the transaction file TF of ", "建立交易文件TF:");
        case Purpose::create_file:
            return about("create ", "建立文件");
        case Purpose::select_directory_file:
            return about("select DIR in ", "选择目录文件DIR:");
        case Purpose::select_file:
            return about("select ", "选择文件");
        case Purpose::write_record:
            return about("write the first form of ", "写入初始值:");
        case Purpose::write_binary:
            return about("clear ", "清零");
        case Purpose::write_directory_record:
            return about("enter in DIR: ", "登记到目录文件:");
        case Purpose::write_fci_record:
            return about("enter in FCI: ", "登记到FCI文件:");
        case Purpose::change_historical_bytes:
            return {"change the historical bytes", "修改卡复位信息"};
        case Purpose::end_stage:
            return about("end the structure stage of ", "结束预个人化:");
        }
        return {};
    }
    Label operator()(VerifyTransportKey const& /*action*/) const {
        return {"verify the transport key", "验证传输密钥"};
    }
    Label operator()(WriteTemporaryMk const& /*action*/) const {
        return about("write a temporary MK into ", "写入临时主控密钥:");
    }
    Label operator()(WriteKey const& action) const {
        return {"load " + key_text(action.load.key), "装载密钥" + key_text_zh(action.load.key)};
    }
    Label operator()(WritePin const& /*action*/) const {
        return {"load the default PIN", "装载初始PIN"};
    }
    Label operator()(AuthenticateMk const& action) const {
        return {"authenticate " + key_text(action.mk), "主控密钥认证" + key_text_zh(action.mk)};
    }
    Label operator()(CheckGenuine const& /*action*/) const {
        return {"check that the card is genuine", "内部认证"};
    }
    Label operator()(Authenticate const& action) const {
        return {"authenticate " + key_text(action.key), "外部认证" + key_text_zh(action.key)};
    }
    Label operator()(CheckPinTries const& /*action*/) const {
        return {"ask how often the PIN may still be tried", "查询PIN剩余次数"};
    }
    Label operator()(VerifyPin const& action) const {
        return action.pin == PinChoice::default_pin
                   ? Label{"verify the default PIN", "验证初始PIN"}
                   : Label{"verify the holder's PIN", "验证持卡人PIN"};
    }
    Label operator()(ResetPin const& action) const {
        return action.pin == PinChoice::default_pin
                   ? Label{"set the default PIN", "设置初始PIN"}
                   : Label{"set the holder's PIN", "设置持卡人PIN"};
    }
    Label operator()(WriteRecord const& /*action*/) const { return about("write ", "写入"); }
    Label operator()(AppendRecord const& /*action*/) const {
        return about("add a record to ", "追加记录:");
    }
    Label operator()(WriteBinary const& /*action*/) const { return about("write ", "写入"); }
    Label operator()(ReadBack const& /*action*/) const { return about("read back ", "回读"); }
    Label operator()(ExpectUnpersonalized const& /*action*/) const {
        return about("see that nobody's data are in ", "检查未个人化:");
    }

private:
    [[nodiscard]] Label about(std::string_view en, std::string_view zh) const {
        return {std::string{en} + subject_en(subject_), std::string{zh} + subject_zh(subject_)};
    }
    StepSubject const& subject_;
};

} // namespace

Label label_of(Step const& step) { return std::visit(Labels{step.subject}, step.action); }

} // namespace personalization
