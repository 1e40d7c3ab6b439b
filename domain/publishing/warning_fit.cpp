#include "domain/publishing/warning_fit.hpp"

#include <set>

#include <fmt/core.h>

#include "domain/platforms/text_length.hpp"

namespace pulse::domain {

std::optional<std::string> warning_problem(channel_type type, std::string_view text,
                                           const options_by_platform& chosen) {
  const auto& by = platform_of(type);
  const auto given = chosen.find(std::string{by.name});
  if (given == chosen.end()) return std::nullopt;
  const auto warning = given->second.find("content_warning");
  if (warning == given->second.end()) return std::nullopt;
  const auto of_text = text_length(by.text.counted, text);
  const auto together = of_text + text_length(by.text.counted, warning->second);
  if (of_text > by.text.max_length || together <= by.text.max_length) return std::nullopt;
  return fmt::format("has {} characters together with the text, {} takes {}", together, by.display_name,
                     by.text.max_length);
}

std::vector<misfit> warning_misfits(std::string_view text, const texts_by_type& variants,
                                    const options_by_platform& chosen, const std::vector<channel_type>& types) {
  std::vector<misfit> found;
  for (const auto type : std::set<channel_type>{types.begin(), types.end()}) {
    const auto& by = platform_of(type);
    const auto own = variants.find(std::string{by.name});
    if (auto wrong = warning_problem(type, own == variants.end() ? text : std::string_view{own->second}, chosen))
      found.push_back({fmt::format("/options/{}/content_warning", by.name), std::move(*wrong)});
  }
  return found;
}

}  // namespace pulse::domain
