#include "host/cli/file_output.hpp"

#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/fault_text.hpp"

#include <algorithm>

namespace cli {
namespace {

api::Json parts_json(std::vector<api::Value> const& parts) {
    api::Json json = api::Json::object();
    for (api::Value const& part : parts) {
        json[part.name] = part.text;
    }
    return json;
}

api::Json entry_json(api::Entry const& entry) {
    return entry.parts.empty() ? api::Json(entry.value.text) : parts_json(entry.parts);
}

api::Json values_json(std::vector<api::Entry> const& entries) {
    api::Json json = api::Json::object();
    for (api::Entry const& entry : entries) {
        bool const is_one_of_several =
            std::count_if(entries.begin(), entries.end(), [&](api::Entry const& other) {
                return other.value.name == entry.value.name;
            }) > 1;
        if (is_one_of_several) {
            json[entry.value.name].push_back(entry_json(entry));
        } else {
            json[entry.value.name] = entry_json(entry);
        }
    }
    return json;
}

api::Json file_json(api::FileContent const& file) {
    api::Json json{{"path", file.path}, {"name", file.name}};
    if (!file.unread.empty()) {
        json["unread"] = file.unread;
    } else if (file.bytes) {
        json["bytes"] = *file.bytes;
    } else if (file.type == "cyclic") {
        json["records"] = api::Json::array();
        for (api::Entry const& entry : file.entries) {
            json["records"].push_back(parts_json(entry.parts));
        }
    } else {
        json["values"] = values_json(file.entries);
    }
    return json;
}

/// "name", and under Chinese the standard's own name before it.
std::string label(std::string const& name, std::string const& label_zh) {
    return language() == Language::chinese && !label_zh.empty() ? label_zh + " " + name : name;
}

std::string value_text(api::Value const& value) {
    std::string text = value.text.empty() ? "-" : printable(value.text);
    std::string const& meaning = choose(value.meaning_en, value.meaning_zh);
    return meaning.empty() ? text : text + " (" + meaning + ")";
}

/// Bytes that base64 text stands for.
std::size_t byte_count(std::string const& base64) {
    auto const padding = static_cast<std::size_t>(std::count(base64.begin(), base64.end(), '='));
    return base64.size() / 4 * 3 - std::min(padding, base64.size());
}

void add_entry(Table& table, api::Entry const& entry, bool is_numbered) {
    std::string name = label(entry.value.name, entry.value.label_zh);
    if (is_numbered) {
        name += " #" + std::to_string(entry.occurrence);
    }
    if (entry.parts.empty()) {
        table.add({name, value_text(entry.value)});
        return;
    }
    table.add({name});
    for (api::Value const& part : entry.parts) {
        table.add({"  " + label(part.name, part.label_zh), value_text(part)});
    }
}

void print_file(std::ostream& out, api::FileContent const& file) {
    out << file.path << "  " << label(file.name, file.label_zh) << '\n';
    if (!file.unread.empty()) {
        auto const* const text = api::find_fault_text(file.unread);
        out << "  " << tr("not read: ")
            << (text == nullptr ? printable(file.unread) : tr(text->what)) << '\n';
        return;
    }
    if (file.bytes) {
        out << "  "
            << tr_with("{1} bytes; --json has them in base64",
                       {std::to_string(byte_count(*file.bytes))})
            << '\n';
        return;
    }
    Table table;
    for (api::Entry const& entry : file.entries) {
        bool const is_numbered =
            std::any_of(file.entries.begin(), file.entries.end(), [&](api::Entry const& other) {
                return other.value.name == entry.value.name && other.occurrence > 1;
            });
        add_entry(table, entry, is_numbered);
    }
    table.print(out, 2);
}

} // namespace

api::Json files_json(api::FileContents const& contents) {
    api::Json json = api::Json::array();
    for (api::FileContent const& file : contents.files) {
        json.push_back(file_json(file));
    }
    return json;
}

void print_files(std::ostream& out, api::FileContents const& contents) {
    bool is_first = true;
    for (api::FileContent const& file : contents.files) {
        out << (is_first ? "" : "\n");
        is_first = false;
        print_file(out, file);
    }
}

} // namespace cli
