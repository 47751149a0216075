#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace apdu {

/// One vector of a file in tests/vectors: `Key = value` lines up to a blank line.
class TestVector {
public:
    void add(std::string key, std::string value) {
        entries_.emplace(std::move(key), std::move(value));
    }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    /// The value of `key`; throws where the vector has none.
    [[nodiscard]] std::string const& at(std::string const& key) const { return entries_.at(key); }

private:
    std::map<std::string, std::string> entries_;
};

/// The vectors of tests/vectors/`name`; lines that begin with # are its origin and remarks.
inline std::vector<TestVector> read_vectors(std::string const& name) {
    std::ifstream file{std::string{SSCARD_TEST_VECTORS} + "/" + name};
    if (!file) {
        throw std::runtime_error{"no vectors in " + name};
    }
    std::vector<TestVector> vectors;
    TestVector current;
    auto const finish = [&] {
        if (!current.empty()) {
            vectors.push_back(std::exchange(current, TestVector{}));
        }
    };
    for (std::string line; std::getline(file, line);) {
        if (line.empty()) {
            finish();
            continue;
        }
        if (line.front() == '#') {
            continue;
        }
        auto const equals = line.find(" = ");
        if (equals == std::string::npos) {
            throw std::runtime_error{"no 'Key = value' in " + line};
        }
        current.add(line.substr(0, equals), line.substr(equals + 3));
    }
    finish();
    return vectors;
}

} // namespace apdu
