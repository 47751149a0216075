#include "host/daemon/table_reader.hpp"

#include <algorithm>

namespace sscardd {

std::string line_of(toml::node const& node) {
    return fmt::format("line {}", node.source().begin.line);
}

TableReader::TableReader(toml::table const& document, std::string_view name, Faults& faults)
    : name_{name}, faults_{faults} {
    toml::node const* const node = document.get(name);
    if (node == nullptr) {
        return;
    }
    table_ = node->as_table();
    if (table_ == nullptr) {
        faults_.push_back({line_of(*node), fmt::format("[{}] must be a table", name)});
    }
}

void TableReader::text(std::string_view key, std::function<std::string(std::string)> const& take) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return;
    }
    auto const value = node->value_exact<std::string>();
    std::string const wrong = value ? take(*value) : std::string{"must be a text in quotes"};
    refuse(*node, key, wrong);
}

void TableReader::texts(std::string_view key, std::function<std::string(std::string)> const& take) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return;
    }
    if (!node->is_array()) {
        refuse(*node, key, "must be a list of texts in quotes");
        return;
    }
    for (toml::node const& one : *node->as_array()) {
        auto const value = one.value_exact<std::string>();
        refuse(one, key, value ? take(*value) : std::string{"must be a list of texts in quotes"});
    }
}

void TableReader::tables(std::string_view key, std::function<void(TableReader&)> const& read) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return;
    }
    if (!node->is_array_of_tables()) {
        refuse(*node, key, fmt::format("must be tables: [[{}.{}]]", name_, key));
        return;
    }
    for (toml::node const& one : *node->as_array()) {
        TableReader table{fmt::format("{}.{}", name_, key), *one.as_table(), faults_};
        read(table);
        table.finish();
    }
}

void TableReader::refuse_all(std::string const& wrong) {
    faults_.push_back({table_ == nullptr ? std::string{} : line_of(*table_),
                       fmt::format("[{}] {}", name_, wrong)});
}

void TableReader::whole_number(std::string_view key, std::uint8_t low, std::uint8_t high,
                               std::uint8_t& into) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return;
    }
    auto const value = node->value_exact<std::int64_t>();
    if (value && *value >= low && *value <= high) {
        into = static_cast<std::uint8_t>(*value);
        return;
    }
    refuse(*node, key, fmt::format("must be a whole number from {} to {}", low, high));
}

std::optional<std::uint32_t> TableReader::wide_number(std::string_view key) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    auto const value = node->value_exact<std::int64_t>();
    if (value && *value >= 0 && *value <= std::numeric_limits<std::uint32_t>::max()) {
        return static_cast<std::uint32_t>(*value);
    }
    refuse(*node, key, "must be a number of 32 bits, such as 0x80000001");
    return std::nullopt;
}

void TableReader::yes_or_no(std::string_view key, bool& into) {
    toml::node const* const node = find(key);
    if (node == nullptr) {
        return;
    }
    auto const value = node->value_exact<bool>();
    if (value) {
        into = *value;
        return;
    }
    refuse(*node, key, "must be true or false");
}

void TableReader::finish() {
    if (table_ == nullptr) {
        return;
    }
    for (auto const& [key, node] : *table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) == known_.end()) {
            refuse(node, key.str(),
                   fmt::format("does not exist; [{}] has: {}", name_, fmt::join(known_, ", ")));
        }
    }
}

toml::node const* TableReader::find(std::string_view key) {
    known_.push_back(key);
    return table_ == nullptr ? nullptr : table_->get(key);
}

void TableReader::refuse(toml::node const& node, std::string_view key, std::string const& wrong) {
    if (!wrong.empty()) {
        faults_.push_back({line_of(node), fmt::format("{}.{} {}", name_, key, wrong)});
    }
}

std::function<std::string(std::string)> digits(std::size_t count,
                                               std::function<void(std::string)> const& take) {
    return [count, take](std::string const& text) -> std::string {
        bool const are_digits =
            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (text.size() != count || !are_digits) {
            return fmt::format("must be {} digits", count);
        }
        take(text);
        return {};
    };
}

} // namespace sscardd
