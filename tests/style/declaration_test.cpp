#include "tests/style/declaration.hpp"

#include <gtest/gtest.h>

namespace {

using style::Declaration;
using style::DeclarationKind;

std::vector<Declaration> declarations_of(std::string text) {
    return style::declarations_of({"apdu/sample.hpp", std::move(text)});
}

/// The names of what is declared, functions with (), in order; what has no name is left out.
std::string names_of(std::string text) {
    std::string names;
    for (Declaration const& declaration : declarations_of(std::move(text))) {
        if (!declaration.name.empty()) {
            names += (names.empty() ? "" : " ") + declaration.name +
                     (declaration.kind == DeclarationKind::function ? "()" : "");
        }
    }
    return names;
}

TEST(CodeOnly, BlanksCommentsLiteralsAndDirectives) {
    EXPECT_EQ(style::code_only("a /* { */ b // {\nc"), "a         b     \nc");
    EXPECT_EQ(style::code_only("x(\"{\\\"{\", '{');"), "x(\"    \", ' ');");
    EXPECT_EQ(style::code_only("#include \"a\"\nint b;"), "            \nint b;");
    EXPECT_EQ(style::code_only("R\"json({\")json\";"), "               ;");
}

TEST(CodeOnly, ADigitSeparatorIsNoQuote) {
    EXPECT_EQ(style::code_only("int a = 1'000; // '"), "int a = 1'000;     ");
}

TEST(Declarations, FindsFunctionsAndTypesInNamespaces) {
    EXPECT_EQ(names_of("namespace a {\nint f(int x);\nstruct S {\n  int m;\n};\n"
                       "enum class E : char { one, two };\nvoid g() { if (true) { f(1); } }\n}\n"),
              "f() S E g()");
}

TEST(Declarations, FindsMembersAndTheirAccess) {
    auto const found = declarations_of("class C {\n  int hidden();\npublic:\n  int shown() const "
                                       "{ return 1; }\nprivate:\n  int x_ = 0;\n};\n");
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[1].name, "hidden");
    EXPECT_FALSE(found[1].is_public);
    EXPECT_EQ(found[2].name, "shown");
    EXPECT_TRUE(found[2].is_public);
    EXPECT_TRUE(found[2].is_member);
    EXPECT_EQ(found[3].kind, DeclarationKind::other);
}

TEST(Declarations, AnUnnamedNamespaceIsNotPublic) {
    auto const found = declarations_of("namespace {\nvoid f() {}\n}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].is_public);
}

TEST(Declarations, SeesThroughConstructorsTemplatesAndInitializers) {
    EXPECT_EQ(names_of("struct S {\n  explicit S(int a) : a_{a}, b_(a) { f(); }\n"
                       "  std::function<void(int)> listener_{};\n  int a_{1};\n};\n"
                       "template <typename T>\n[[nodiscard]] std::array<T, 2> pair(T a) {\n"
                       "  return {a, a};\n}\n"),
              "S S() pair()");
}

TEST(Declarations, ATableIsNoFunction) {
    EXPECT_EQ(names_of("constexpr auto table = std::to_array<Row>({\n  {1, 2},\n});\n"
                       "static_assert(f(1));\nusing F = void (*)(int);\n"),
              "");
}

TEST(Declarations, CountsAFunctionsLinesFromItsHeadToItsBrace) {
    auto const found =
        declarations_of("\n/// Says so.\n[[nodiscard]] int\nf() {\n  return 1;\n}\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].first_line, 3U);
    EXPECT_EQ(found[0].last_line, 6U);
}

} // namespace
