#include "sandbox/mastodon/rules.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pulse::sandbox::mastodon {

namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Code points without joined ones: marks, variation selectors, joiners with their successor, skin tones, the second
/// half of a flag.
std::int64_t graphemes_of(std::string_view text) {
  std::int64_t count = 0;
  bool is_joined = false;
  bool is_half_flag = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t sign = size == 1 ? lead : lead & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
      sign = (sign << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    at += size;
    const bool is_flag = sign >= 0x1f1e6 && sign <= 0x1f1ff;
    const bool joins = (sign >= 0x300 && sign <= 0x36f) || (sign >= 0xfe00 && sign <= 0xfe0f) || sign == 0x20e3 ||
                       (sign >= 0x1f3fb && sign <= 0x1f3ff) || (sign >= 0xe0020 && sign <= 0xe007f) || sign == 0x200d ||
                       (is_flag && is_half_flag) || is_joined || (sign >= 0x900 && sign <= 0xe7f);
    is_half_flag = is_flag && !is_half_flag;
    is_joined = sign == 0x200d;
    if (!joins) ++count;
  }
  return count;
}

const char* name_of(budget of) {
  switch (of) {
    case budget::calls: return "calls";
    case budget::posts: return "posts";
    case budget::uploads: return "uploads";
    case budget::removals: return "removals";
  }
  return "";
}

std::string iso_time(base::timestamp at) { return base::to_string(at); }

bool read_number(const boost::json::value& value, std::int64_t& into) {
  if (!value.is_int64() || value.get_int64() < 0) return false;
  into = value.get_int64();
  return true;
}

}  // namespace

std::int64_t length_of(const instance_rules& rules, std::string_view text) {
  std::string rest;
  std::int64_t links = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto here = text.substr(at);
    if (here.starts_with("https://") || here.starts_with("http://")) {
      ++links;
      while (at < text.size() && !is_space(text[at])) ++at;
      continue;
    }
    if (text[at] == '@' && (at == 0 || is_space(text[at - 1]))) {
      const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_space);
      const std::string_view word{text.begin() + static_cast<std::ptrdiff_t>(at), end};
      const auto second = word.find('@', 1);
      rest += word.substr(0, second);
      at += word.size();
      continue;
    }
    rest += text[at++];
  }
  return graphemes_of(rest) + links * rules.characters_of_link;
}

rate_limits::rate_limits()
    : limits_{{budget::calls, {300, std::chrono::minutes{5}}},
              {budget::posts, {300, std::chrono::hours{3}}},
              {budget::uploads, {30, std::chrono::minutes{30}}},
              {budget::removals, {30, std::chrono::minutes{30}}}} {}

rate_limits::limit* rate_limits::find(std::string_view name) {
  for (auto& [which, known] : limits_) {
    if (name == name_of(which)) return &known;
  }
  return nullptr;
}

std::deque<base::timestamp>& rate_limits::used(const std::string& account, budget of, base::timestamp now) {
  auto& times = used_[{account, of}];
  while (!times.empty() && times.front() + limits_[of].window <= now) times.pop_front();
  return times;
}

bool rate_limits::admit(const std::string& account, budget of, base::timestamp now) {
  auto& times = used(account, of, now);
  if (static_cast<std::int64_t>(times.size()) >= limits_[of].most) return false;
  times.push_back(now);
  return true;
}

std::vector<http::server::header> rate_limits::headers(const std::string& account, budget of, base::timestamp now) {
  auto which = of;
  const auto left = [&](budget one) {
    return limits_[one].most - static_cast<std::int64_t>(used(account, one, now).size());
  };
  if (left(budget::calls) < left(of)) which = budget::calls;
  const auto& times = used(account, which, now);
  const auto resets = (times.empty() ? now : times.front()) + limits_[which].window;
  return {{"x-ratelimit-limit", std::to_string(limits_[which].most)},
          {"x-ratelimit-remaining", std::to_string(std::max<std::int64_t>(0, left(which)))},
          {"x-ratelimit-reset", iso_time(resets)}};
}

complaint apply(const boost::json::object& command, instance_rules& rules, rate_limits& limits) {
  for (const auto& [name, value] : command) {
    auto* number = name == "max_characters"                ? &rules.max_characters
                   : name == "max_media_attachments"       ? &rules.max_media
                   : name == "characters_reserved_per_url" ? &rules.characters_of_link
                   : name == "description_limit"           ? &rules.max_description
                   : name == "video_size_limit"            ? &rules.max_video_bytes
                                                           : nullptr;
    if (number != nullptr) {
      if (!read_number(value, *number)) return std::string{name} + " must be a whole number from 0";
      continue;
    }
    if (name == "keys") {
      if (value == "kept")
        rules.keys = key_mode::kept;
      else if (value == "ignored")
        rules.keys = key_mode::ignored;
      else if (value == "fails_on_repeat")
        rules.keys = key_mode::fails_on_repeat;
      else
        return "keys must be kept, ignored or fails_on_repeat";
      continue;
    }
    auto* limit = limits.find(name);
    const auto* given = value.if_object();
    if (limit == nullptr || given == nullptr) return std::string{name} + " is no limit of Mastodon";
    std::int64_t window = limit->window.count();
    const auto* most = given->if_contains("limit");
    const auto* span = given->if_contains("window_s");
    if (most == nullptr || !read_number(*most, limit->most) || (span != nullptr && !read_number(*span, window)))
      return std::string{name} + " must be {\"limit\": 300, \"window_s\": 300}";
    limit->window = std::chrono::seconds{window};
  }
  return std::nullopt;
}

}  // namespace pulse::sandbox::mastodon
