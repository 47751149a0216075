#include "tests/style/declaration.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace style {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view first_word(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_word(text[length])) {
        ++length;
    }
    return text.substr(0, length);
}

/// Where the bracket that opens at `open` ends: one past its partner, or the text's end.
std::size_t past_partner(std::string_view code, std::size_t open) {
    char const opening = code[open];
    char const closing = opening == '(' ? ')' : opening == '[' ? ']' : opening == '<' ? '>' : '}';
    int depth = 0;
    for (std::size_t at = open; at < code.size(); ++at) {
        if (code[at] == opening) {
            ++depth;
        } else if (code[at] == closing && --depth == 0) {
            return at + 1;
        }
    }
    return code.size();
}

/// `head` without attributes and template parameters in front.
std::string_view without_prefixes(std::string_view head) {
    for (head = trimmed(head);; head = trimmed(head)) {
        if (head.starts_with("[[")) {
            head.remove_prefix(past_partner(head, 0));
        } else if (head.starts_with("template") && head.find('<') != npos) {
            head.remove_prefix(past_partner(head, head.find('<')));
        } else {
            return head;
        }
    }
}

bool is_type_word(std::string_view word) {
    constexpr std::array<std::string_view, 4> words{"class", "struct", "union", "enum"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The name that a type's head gives: "class [[nodiscard]] Result" → "Result".
std::string type_name(std::string_view head) {
    head.remove_prefix(first_word(head).size());
    head = without_prefixes(head);
    if (is_type_word(first_word(head))) { // enum class
        head.remove_prefix(first_word(head).size());
        head = without_prefixes(head);
    }
    return std::string{first_word(head)};
}

struct Scope {
    bool is_type;
    bool is_public;
};

/// Walks code and collects what it declares.
class Walker {
public:
    explicit Walker(std::string code) : code_{std::move(code)} {}

    std::vector<Declaration> run() {
        while (at_ < code_.size()) {
            step();
        }
        return std::move(found_);
    }

private:
    /// What has been seen of the declaration that stands open.
    struct Head {
        std::size_t start = npos;
        std::size_t parameters = npos; ///< of its first ( outside < >
        bool has_assignment = false;
        bool has_initializers = false; ///< a constructor's ": member_{…}"
    };

    void step() {
        char const c = code_[at_];
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at_;
            return;
        }
        if (head_.start == npos && c != '}' && c != ';') {
            head_.start = at_;
        }
        switch (c) {
        case '(':
            if (head_.parameters == npos && !head_.has_assignment) {
                head_.parameters = at_;
            }
            at_ = past_partner(code_, at_);
            break;
        case '[':
            at_ = past_partner(code_, at_);
            break;
        case '<':
            step_angle();
            break;
        case '=':
            head_.has_assignment = head_.has_assignment || !follows_operator_word();
            ++at_;
            break;
        case ':':
            step_colon();
            break;
        case '{':
            step_brace();
            break;
        case '}':
            if (!scopes_.empty()) {
                scopes_.pop_back();
            }
            head_ = {};
            ++at_;
            break;
        case ';':
            end_declaration(at_ + 1, false);
            break;
        default:
            ++at_;
        }
    }

    [[nodiscard]] std::string_view head_text() const {
        return std::string_view{code_}.substr(head_.start, at_ - head_.start);
    }

    /// True within "operator==": what follows is the operator's name.
    [[nodiscard]] bool follows_operator_word() const {
        std::string_view const text = head_text();
        std::size_t const found = text.rfind("operator");
        return found != npos && text.find('(', found) == npos;
    }

    void step_angle() {
        bool const opens = at_ > 0 && (is_word(code_[at_ - 1]) || head_text() == "template ");
        if (opens && !follows_operator_word() && !head_.has_assignment) {
            at_ = past_partner(code_, at_);
        } else {
            ++at_;
        }
    }

    void step_colon() {
        if (code_.compare(at_, 2, "::") == 0) {
            at_ += 2;
            return;
        }
        std::string_view const word = trimmed(head_text());
        if (!scopes_.empty() && scopes_.back().is_type &&
            (word == "public" || word == "private" || word == "protected")) {
            scopes_.back().is_public = word == "public";
            head_ = {};
        } else if (head_.parameters != npos) {
            head_.has_initializers = true;
        }
        ++at_;
    }

    void step_brace() {
        std::string_view const head = without_prefixes(head_text());
        std::string_view const word = first_word(head);
        bool const is_linkage = word == "extern" && head_.parameters == npos;
        if (word == "namespace" || is_linkage) {
            scopes_.push_back({false, is_linkage || trimmed(head) != "namespace"});
            head_ = {};
            ++at_;
        } else if (is_type_word(word) && head_.parameters == npos && !head_.has_assignment) {
            open_type(head, word);
        } else if (head_.parameters != npos && !head_.has_assignment && !is_initializer_brace()) {
            end_declaration(past_partner(code_, at_), true);
        } else {
            at_ = past_partner(code_, at_);
        }
    }

    /// In a constructor's ": a_{1}, b_{2} {" all braces after a name are initializers.
    [[nodiscard]] bool is_initializer_brace() const {
        std::size_t const before = code_.find_last_not_of(" \t\n", at_ - 1);
        return head_.has_initializers && before != npos &&
               (is_word(code_[before]) || code_[before] == '>');
    }

    void open_type(std::string_view head, std::string_view word) {
        std::size_t const end = past_partner(code_, at_);
        add(DeclarationKind::type, type_name(head), end, true);
        if (word == "enum") {
            at_ = end;
        } else {
            scopes_.push_back({true, word != "class"});
            ++at_;
        }
        head_ = {};
    }

    void end_declaration(std::size_t end, bool has_body) {
        if (head_.start != npos) {
            std::string_view const head = without_prefixes(head_text());
            std::string_view const word = first_word(head);
            constexpr std::array<std::string_view, 4> no_functions{"using", "static_assert",
                                                                   "friend", "typedef"};
            bool const is_function =
                head_.parameters != npos &&
                std::find(no_functions.begin(), no_functions.end(), word) == no_functions.end();
            add(is_function ? DeclarationKind::function : DeclarationKind::other,
                is_function ? function_name() : std::string{}, end, has_body);
        }
        head_ = {};
        at_ = end;
    }

    [[nodiscard]] std::string function_name() const {
        std::size_t const last = code_.find_last_not_of(" \t\n", head_.parameters - 1);
        std::size_t first = last;
        while (first > 0 && (is_word(code_[first - 1]) || code_[first - 1] == '~')) {
            --first;
        }
        return code_.substr(first, last - first + 1);
    }

    void add(DeclarationKind kind, std::string name, std::size_t end, bool has_body) {
        bool const is_public =
            std::all_of(scopes_.begin(), scopes_.end(), [](Scope s) { return s.is_public; });
        found_.push_back({kind, std::move(name), std::string{trimmed(head_text())},
                          line_at(code_, head_.start), line_at(code_, end - 1), has_body,
                          !scopes_.empty() && scopes_.back().is_type, is_public});
    }

    std::string code_;
    std::size_t at_ = 0;
    Head head_{};
    std::vector<Scope> scopes_{};
    std::vector<Declaration> found_{};
};

} // namespace

std::vector<Declaration> declarations_of(SourceFile const& file) {
    return Walker{code_only(file.text)}.run();
}

} // namespace style
