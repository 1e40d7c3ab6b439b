#include "domain/publishing/first_comment.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/platforms/platform.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::domain {

bool has_first_comment(const chosen_options& chosen) {
  return !chosen.contains(thread_option) && !further_parts(chosen).empty();
}

std::optional<std::string> first_comment_problem(channel_type type, std::string_view value) {
  if (is_blank(value)) return "must not be blank; leave it out";
  const auto& by = platform_of(type);
  const auto option = std::find_if(by.options.begin(), by.options.end(),
                                   [](const post_option& each) { return each.name == first_comment_option; });
  const auto length = base::count_code_points(value);
  if (option != by.options.end() && length > static_cast<std::size_t>(option->max_length))
    return fmt::format("has {} characters, {} takes {} in a comment", length, by.display_name, option->max_length);
  return text_problem_for(type, value);
}

}  // namespace pulse::domain
