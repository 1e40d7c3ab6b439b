#include "connectors/shared/reply_words.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <fmt/core.h>

#include "base/http_date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace pulse::connectors {

std::optional<boost::json::object> object_of(const std::string& body) {
  base::json::cursor ignored;
  auto document = base::json::parse(body, ignored);
  if (!document || !document->is_object()) return std::nullopt;
  return std::move(document->get_object());
}

std::string text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string{text->c_str(), text->size()};
}

std::optional<std::int64_t> number_in(const egress_reply& reply, std::string_view header) {
  const auto text = reply.find(header);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (failed != std::errc{} || end != text->data() + text->size() || value < 0) return std::nullopt;
  return value;
}

std::optional<base::timestamp> retry_after_in(const egress_reply& reply, base::timestamp now) {
  const auto text = reply.find("retry-after");
  if (!text) return std::nullopt;
  if (const auto seconds = number_in(reply, "retry-after"))
    return now + std::min<std::chrono::seconds>(farthest_retry_after, std::chrono::seconds{*seconds});
  const auto at = base::parse_http_date(*text, now);
  if (!at) return std::nullopt;
  return std::clamp<base::timestamp>(*at, now, now + farthest_retry_after);
}

std::string quoted(std::string_view platform, const std::string& words) {
  constexpr std::size_t max_bytes = 300;
  auto line = words.substr(0, max_bytes);
  while (!line.empty() && !base::is_clean_utf8(line)) line.pop_back();  // cut in the middle of a character
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line.empty() ? "" : fmt::format(" {} says: \"{}\"", platform, line);
}

}  // namespace pulse::connectors
