#include "connectors/shared/reply_words.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "base/json.hpp"
#include "base/text.hpp"

namespace pulse::connectors {

namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT", the form of HTTP dates that may be sent; the two obsolete ones are not read.
std::optional<base::timestamp> read_http_date(std::string_view text) {
  constexpr std::string_view shape = "ddd, 00 mmm 0000 00:00:00 GMT";
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool is_letter = shape[i] == 'd' || shape[i] == 'm';
    const bool fits = shape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : is_letter || text[i] == shape[i];
    if (!fits) return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char digit : text.substr(at, digits)) value = value * 10 + (digit - '0');
    return value;
  };
  const auto month = months.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{number(12, 4)},
                                        std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                        std::chrono::day{static_cast<unsigned>(number(5, 2))}};
  const int hours = number(17, 2);
  const int minutes = number(20, 2);
  const int seconds = number(23, 2);
  if (!day.ok() || hours > 23 || minutes > 59 || seconds > 60) return std::nullopt;
  return base::timestamp{std::chrono::sys_days{day} + std::chrono::hours{hours} + std::chrono::minutes{minutes} +
                         std::chrono::seconds{seconds}};
}

}  // namespace

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
    return now + std::min<std::chrono::seconds>(farthest_told, std::chrono::seconds{*seconds});
  const auto at = read_http_date(*text);
  if (!at) return std::nullopt;
  return std::clamp<base::timestamp>(*at, now, now + farthest_told);
}

std::string quoted(std::string_view platform, const std::string& words) {
  constexpr std::size_t max_bytes = 300;
  auto line = words.substr(0, max_bytes);
  while (!line.empty() && !base::is_clean_utf8(line)) line.pop_back();  // cut in the middle of a character
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line.empty() ? "" : " " + std::string{platform} + " says: \"" + line + "\"";
}

}  // namespace pulse::connectors
