#include "domain/campaigns/rule_writing.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/campaigns/written_links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain::campaigns {

namespace {

/// Values that others have written are called "event.…" and "feed.…".
bool is_of_others(std::string_view name) { return name.starts_with("event.") || name.starts_with("feed."); }

std::string material_name(std::string name) {
  for (char& c : name) {
    if (c == '.' || c == '_') c = ' ';
  }
  return name;
}

}  // namespace

template_values values_of(const std::map<std::string, std::string>& given,
                          const std::map<std::string, std::string>& happened) {
  template_values made;
  for (const auto& [name, value] : happened) made[name] = value;
  for (const auto& [name, value] : given) made.try_emplace(name, value);
  return made;
}

base::result<writing_question, filling_problem> ask_for(const std::string& prompt, const std::string& tone,
                                                        const template_words& from,
                                                        const std::map<std::string, std::string>& given,
                                                        const std::map<std::string, std::string>& happened,
                                                        const template_surroundings& around) {
  writing_question made;
  std::map<std::string, std::string> named;
  for (const auto& [name, text] : happened) {
    if (!is_of_others(name)) {
      named[name] = text;
      continue;
    }
    if (text.empty()) continue;
    named[name] = "the material called " + material_name(name);
    made.materials.push_back({material_name(name), text});
  }
  template_words asked{.title = {}, .text = prompt, .variants = {}, .variables = from.variables};
  const auto filled = fill_in(asked, values_of(given, named), around);
  if (filled.has_error()) {
    auto why = filled.error();
    why.pointer = "/ai_prompt";
    return why;
  }
  made.task =
      fmt::format("Write one social media post for the company's project {}. {}", around.project_name, filled->text);
  if (!tone.empty()) made.task += fmt::format("\nIts tone: {}.", tone);
  return made;
}

base::result<filled_template, unwritten> write_plain(const template_words& from,
                                                     const std::map<std::string, std::string>& given,
                                                     const std::map<std::string, std::string>& happened,
                                                     const template_surroundings& around) {
  auto made = fill_in(from, values_of(given, happened), around);
  if (made.has_error()) {
    return unwritten{false, fmt::format("The template's {} {}", made.error().pointer, made.error().problem)};
  }
  const auto words_of = [](const filled_template& of) {
    auto words = fmt::format("{}\n{}", of.title, of.text);
    for (const auto& [platform, text] : of.variants) words += "\n" + text;
    return words;
  };
  // What it says without the words of strangers.
  auto own = happened;
  for (auto& [name, value] : own) {
    if (name.starts_with("feed.") && name != "feed.url") value.clear();
  }
  auto allowed = given_by(happened);
  if (const auto without = fill_in(from, values_of(given, own), around); without.has_value()) {
    allowed.push_back(words_of(*without));
  }
  if (const auto link = foreign_link(words_of(*made), allowed, link_care::same_host)) {
    return unwritten{true, tell_foreign(*link, link_care::same_host)};
  }
  return std::move(*made);
}

base::result<answered_text, answer_problem> judge(answered_text made) {
  const auto too_long = [](std::string_view what, std::size_t most) {
    return answer_problem{fmt::format("The AI provider's {} is longer than {} characters.", what, most)};
  };
  if (is_blank(made.text)) return answer_problem{"The AI provider's answer has no text."};
  if (base::count_code_points(made.text) > most_answered_text_characters)
    return too_long("text", most_answered_text_characters);
  if (base::count_code_points(made.title) > most_answered_title_characters)
    return too_long("title", most_answered_title_characters);
  return made;
}

}  // namespace pulse::domain::campaigns
