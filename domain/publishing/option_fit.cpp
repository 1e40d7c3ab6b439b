#include "domain/publishing/option_fit.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::domain {

namespace {

/// Maximum number of misfits that are reported.
constexpr std::size_t most_told = 20;

std::string choices_in_words(const post_option& of) {
  std::string words;
  for (std::size_t i = 0; i < of.choices.size(); ++i) {
    if (i > 0) words += i + 1 == of.choices.size() ? " or " : ", ";
    words += of.choices[i].value;
  }
  return words;
}

std::optional<std::string> too_long(const post_option& of, std::size_t length, std::string_view what) {
  if (of.max_length == 0 || length <= static_cast<std::size_t>(of.max_length)) return std::nullopt;
  return fmt::format("has {} {}, at most {} are taken", length, what, of.max_length);
}

/// Whether a language is named as BCP 47 names them: "en", "pt-BR", "zh-Hans-CN".
bool is_language_tag(std::string_view value) {
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  std::size_t subtag = 0;
  std::size_t size = 0;
  for (const char c : value) {
    if (c == '-') {
      if (size < 2) return false;
      ++subtag;
      size = 0;
      continue;
    }
    if (!is_letter(c) && (subtag == 0 || c < '0' || c > '9')) return false;
    if (++size > (subtag == 0 ? 3U : 8U)) return false;
  }
  return size >= 2;
}

std::optional<std::string> value_problem(const post_option& of, const std::string& value, channel_type type) {
  switch (of.kind) {
    case option_kind::choice: {
      const bool is_one = std::any_of(of.choices.begin(), of.choices.end(),
                                      [&value](const option_choice& each) { return each.value == value; });
      if (is_one) return std::nullopt;
      return "must be " + choices_in_words(of);
    }
    case option_kind::yes_or_no:
      if (value == "yes" || value == "no") return std::nullopt;
      return "must be yes or no";
    case option_kind::web_address: {
      const bool is_web = value.starts_with("https://") || value.starts_with("http://");
      if (!is_web) return "must begin with https:// or http://";
      const bool is_clean = std::none_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '"' || c == '<' || c == '>' || c == '\\';
      });
      if (!is_clean) return "must be one web address";
      return too_long(of, value.size(), "bytes");
    }
    case option_kind::text:
      if (of.name == thread_option) return thread_problem(type, value, of.max_length);
      if (of.name == first_comment_option) return first_comment_problem(type, value);
      if (is_blank(value)) return "must not be blank; leave it out";
      if (std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }))
        return "must be one line";
      if (of.name == "language" && !is_language_tag(value)) return "must be the code of a language, such as en";
      return too_long(of, base::count_code_points(value), "characters");
  }
  return std::nullopt;
}

std::string place_of(std::string_view platform, std::string_view option) {
  return fmt::format("/options/{}{}", platform, option.empty() ? "" : "/" + std::string{option});
}

std::vector<const post_option*> missing_of(const platform& by, const options_by_platform& chosen) {
  const auto given = chosen.find(std::string{by.name});
  std::vector<const post_option*> missing;
  for (const auto& each : by.options) {
    const bool is_there = given != chosen.end() && given->second.contains(each.name);
    if (each.is_required && !is_there) missing.push_back(&each);
  }
  return missing;
}

}  // namespace

std::vector<misfit> option_misfits(const options_by_platform& chosen) {
  std::vector<misfit> found;
  for (const auto& [name, values] : chosen) {
    if (found.size() >= most_told) return found;
    const auto type = base::from_name<channel_type>(name);
    if (!type) {
      found.push_back({place_of(name, ""), "is no platform"});
      continue;
    }
    const auto& offered = platform_of(*type).options;
    for (const auto& [option, value] : values) {
      if (found.size() >= most_told) return found;
      const auto is = std::find_if(offered.begin(), offered.end(),
                                   [&option = option](const post_option& each) { return each.name == option; });
      if (is == offered.end()) {
        found.push_back({place_of(name, option), "is no option of " + name});
      } else if (auto wrong = value_problem(*is, value, *type)) {
        found.push_back({place_of(name, option), std::move(*wrong)});
      }
    }
  }
  return found;
}

std::vector<misfit> missing_options(const options_by_platform& chosen, const std::vector<channel_type>& types) {
  std::vector<misfit> found;
  for (const auto type : std::set<channel_type>{types.begin(), types.end()}) {
    const auto& by = platform_of(type);
    for (const auto* each : missing_of(by, chosen)) {
      const auto words = each->choices.empty() ? "" : ", " + choices_in_words(*each);
      found.push_back({place_of(by.name, each->name),
                       fmt::format("must be chosen for {}: {}{}", by.display_name, each->label, words)});
    }
  }
  return found;
}

std::vector<std::string> unchosen(const options_by_platform& chosen, channel_type type) {
  std::vector<std::string> labels;
  for (const auto* each : missing_of(platform_of(type), chosen)) labels.push_back(each->label);
  return labels;
}

}  // namespace pulse::domain
