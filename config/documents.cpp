#include "config/documents.hpp"

#include <algorithm>

namespace pulse::config {

namespace {

constexpr std::size_t help_width = 100;
constexpr std::size_t file_width = 120;
/// In the list of values in effect, a longer one pushes its place to the right.
constexpr std::size_t max_value_column = 48;

using pieces = std::initializer_list<std::string_view>;

void append(std::string& text, pieces added) {
  for (const auto piece : added) text += piece;
}

std::string joined(pieces all) {
  std::string text;
  append(text, all);
  return text;
}

/// `text` in lines of at most `width` characters, each after `indent`.
std::string wrapped(std::string_view text, std::string_view indent, std::size_t width) {
  std::string made;
  const auto room = width - indent.size();
  while (!text.empty()) {
    auto size = text.size();
    if (size > room) {
      size = text.rfind(' ', room);
      if (size == text.npos) size = std::min(text.find(' '), text.size());
    }
    append(made, {indent, text.substr(0, size), "\n"});
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return made;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string made{text};
  made.resize(std::max(made.size() + 1, width), ' ');
  return made;
}

/// "default 8000", "required", …: what holds when the setting is not given.
std::string absence_of(const declaration& setting) {
  switch (setting.absent) {
    case when_absent::refused: return "required";
    case when_absent::generated: return "generated in development, required in production";
    case when_absent::takes_default: break;
  }
  if (setting.default_text.empty()) return "empty by default";
  return joined({"default ", setting.default_text});
}

std::string title_of(const declaration& setting) {
  return joined({setting.name, setting.other_name.empty() ? "" : " or ", setting.other_name});
}

/// Calls `group(name)` before the first setting of each group and `entry(setting)` for each.
template <class Group, class Entry>
void walk(Group group, Entry entry) {
  std::string_view current;
  for (const auto& setting : declarations()) {
    if (setting.group != current) group(setting.group);
    current = setting.group;
    entry(setting);
  }
}

}  // namespace

std::string settings_help() {
  std::string text = wrapped(
      "Settings are environment variables, or lines NAME=value in the file .env (the environment is stronger). An "
      "empty value "
      "means the default. A setting marked * can also be given as a file: NAME_FILE is the path of a file that holds "
      "it.",
      "", help_width);
  walk(
      [&](std::string_view group) {
        append(text, {"\n", group, ":\n"});
      },
      [&](const declaration& setting) {
        append(text, {"  ", title_of(setting), setting.is_secret() ? "*" : "", " (", absence_of(setting), ")\n"});
        text += wrapped(setting.sentence, "      ", help_width);
        if (setting.visible == shown::never) return;
        text += wrapped(joined({"Must be ", setting.value.allowed, "."}), "      ", help_width);
      });
  return text;
}

std::string env_example() {
  std::string text =
      "# Settings of Pulse. Copy to .env and take the # off what you change; what stays commented out has its "
      "default.\n"
      "# The environment is stronger than this file. A setting marked * can also be given as a file: NAME_FILE is the "
      "path\n"
      "# of a file that holds it.\n"
      "#\n"
      "# Written by `pulse config --example` from config/settings.cpp; a test compares them.\n";
  walk(
      [&](std::string_view group) {
        append(text, {"\n# --- ", group, " ---\n"});
      },
      [&](const declaration& setting) {
        append(text, {"\n", wrapped(setting.sentence, "# ", file_width)});
        const auto bounds = setting.visible == shown::never ? "" : joined({"; ", setting.value.allowed});
        const auto rule = joined({setting.is_secret() ? "* " : "", absence_of(setting), bounds, "."});
        text += wrapped(rule, "# ", file_width);
        if (!setting.other_name.empty()) append(text, {"# Also called ", setting.other_name, ".\n"});
        const auto value = setting.example.empty() ? setting.default_text : setting.example;
        const bool refers = value.find('{') != value.npos;
        append(text, {"# ", setting.name, "=", refers ? "" : value, "\n"});
      });
  return text;
}

std::string settings_tables() {
  std::string text;
  walk(
      [&](std::string_view group) {
        append(text, {text.empty() ? "### " : "\n### ", group,
                      "\n\n| Setting | What it is | Must be | When not given |\n|---|---|---|---|\n"});
      },
      [&](const declaration& setting) {
        append(text, {"| `", setting.name, "`"});
        if (!setting.other_name.empty()) append(text, {" or `", setting.other_name, "`"});
        append(text, {setting.is_secret() ? " *" : "", " | ", setting.sentence, " | ", setting.value.allowed, " | ",
                      absence_of(setting), " |\n"});
      });
  text += "\nNames of the replaced systems that are accepted in `.env` and not used yet:";
  std::string_view separator = " ";
  for (const auto name : names_not_used_yet()) {
    append(text, {separator, "`", name, "`"});
    separator = ", ";
  }
  return text + ".\n";
}

std::string effective_text(std::span<const effective_setting> all) {
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const auto& entry : all) {
    name_width = std::max(name_width, entry.setting->name.size() + 2);
    value_width = std::max(value_width, std::min(entry.value.size(), max_value_column) + 2);
  }
  std::string text;
  std::string_view group;
  for (const auto& entry : all) {
    if (entry.setting->group != group) append(text, {text.empty() ? "# " : "\n# ", entry.setting->group, "\n"});
    group = entry.setting->group;
    append(text, {padded(entry.setting->name, name_width), padded(entry.value, value_width), entry.place, "\n"});
  }
  return text;
}

}  // namespace pulse::config
