#include "domain/campaigns/filled_template.hpp"

#include <algorithm>

namespace pulse::domain::campaigns {

namespace {

template_values all_values(const template_words& from, const template_values& given,
                           const template_surroundings& around) {
  auto values = values_with_defaults(from.variables, given);
  const auto add = [&values](const char* name, const std::string& value) { values.try_emplace(name, value); };
  add("now", base::to_string(around.now));
  add("project.name", around.project_name);
  if (around.campaign_name) add("campaign.name", *around.campaign_name);
  if (around.campaign_goal) add("campaign.goal", *around.campaign_goal);
  return values;
}

/// Fills texts in, and notes what they lack.
class filler {
 public:
  filler(filled_template& made, const template_surroundings& around) : made_{made}, around_{around} {}

  std::optional<filling_problem> fill(const std::string& text, std::string pointer, std::string& to) {
    const auto read = parse_template(text);
    if (!read) return filling_problem{std::move(pointer), read.error().problem};
    for (auto& name : read->variables()) note_missing(std::move(name));
    auto done = render(*read, made_.values, around_.time_zone);
    if (!done) return filling_problem{std::move(pointer), done.error().problem};
    to = std::move(*done);
    return std::nullopt;
  }

 private:
  void note_missing(std::string name) {
    const auto found = made_.values.find(name);
    if (found != made_.values.end() && !found->second.empty()) return;
    if (std::find(made_.missing.begin(), made_.missing.end(), name) == made_.missing.end()) {
      made_.missing.push_back(std::move(name));
    }
  }

  filled_template& made_;
  const template_surroundings& around_;
};

}  // namespace

base::result<filled_template, filling_problem> fill_in(const template_words& from, const template_values& given,
                                                       const template_surroundings& around) {
  filled_template made;
  made.values = all_values(from, given, around);
  filler fills{made, around};
  if (auto wrong = fills.fill(from.title, "/title", made.title)) return std::move(*wrong);
  if (auto wrong = fills.fill(from.text, "/text", made.text)) return std::move(*wrong);
  for (const auto& [platform, text] : from.variants) {
    if (auto wrong = fills.fill(text, "/variants/" + platform, made.variants[platform])) return std::move(*wrong);
  }
  return made;
}

}  // namespace pulse::domain::campaigns
