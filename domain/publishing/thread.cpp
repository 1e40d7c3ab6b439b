#include "domain/publishing/thread.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/content_check.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/first_comment.hpp"

namespace pulse::domain {

namespace {

constexpr std::string_view white_space = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string parts_words(int parts_out, int parts) { return fmt::format("{} of {} parts", parts_out, parts); }

}  // namespace

std::vector<std::string> split_thread(std::string_view value) {
  std::vector<std::string> parts;
  std::string part;
  const auto end_part = [&parts, &part] {
    if (const auto words = trimmed(part); !is_blank(words)) parts.emplace_back(words);
    part.clear();
  };
  while (!value.empty()) {
    const auto end = std::min(value.find('\n'), value.size());
    const auto line = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    if (trimmed(line) == "---") {
      end_part();
    } else {
      part.append(line) += '\n';
    }
  }
  end_part();
  return parts;
}

std::vector<std::string> further_parts(const chosen_options& chosen) {
  if (const auto thread = chosen.find(thread_option); thread != chosen.end()) return split_thread(thread->second);
  const auto comment = chosen.find(first_comment_option);
  if (comment == chosen.end() || is_blank(comment->second)) return {};
  return {std::string{trimmed(comment->second)}};
}

std::string parts_out_words(int parts_out, int parts) {
  return parts_words(parts_out, parts) + (parts_out == 1 ? " is out" : " are out");
}

std::string parts_were_out_words(int parts_out, int parts) {
  return parts_words(parts_out, parts) + (parts_out == 1 ? " was out" : " were out");
}

std::optional<std::string> thread_problem(channel_type type, std::string_view value, int most) {
  const auto parts = split_thread(value);
  if (parts.empty()) return "must not be blank; leave it out";
  if (parts.size() > static_cast<std::size_t>(most))
    return fmt::format("has {} further parts, at most {} are taken", parts.size(), most);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // The post itself is part 1.
    if (const auto wrong = text_problem_for(type, parts[i])) return fmt::format("part {} {}", i + 2, *wrong);
  }
  return std::nullopt;
}

}  // namespace pulse::domain
