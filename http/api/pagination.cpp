#include "http/api/pagination.hpp"

#include <algorithm>

#include "base/secure.hpp"

namespace pulse::http {

namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::size_t id_bytes = 16;
constexpr std::uint64_t micros_max = 253'402'300'799'999'999;  // the end of the year 9999, the latest writable time

/// The raw query without its cursor.
std::string without_cursor(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    if (!pair.empty() && pair != "cursor" && !pair.starts_with("cursor=")) {
      kept += pair;
      kept += '&';
    }
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
  }
  return kept;
}

}  // namespace

std::string to_cursor(const page_key& key) {
  std::string raw;
  const auto micros = static_cast<std::uint64_t>(key.at.time_since_epoch().count());
  for (std::size_t i = 0; i < time_bytes; ++i) raw += static_cast<char>(micros >> (8 * (time_bytes - 1 - i)) & 255);
  for (const auto byte : key.id.bytes) raw += static_cast<char>(byte);
  return base::to_base64url(raw);
}

std::optional<page_key> parse_cursor(std::string_view text) {
  const auto raw = base::from_base64url(text);
  if (!raw || raw->size() != time_bytes + id_bytes) return std::nullopt;
  std::uint64_t micros = 0;
  for (std::size_t i = 0; i < time_bytes; ++i) micros = micros << 8 | static_cast<std::uint8_t>((*raw)[i]);
  if (micros > micros_max) return std::nullopt;
  page_key key;
  key.at = base::timestamp{std::chrono::microseconds{static_cast<std::int64_t>(micros)}};
  for (std::size_t i = 0; i < id_bytes; ++i) key.id.bytes[i] = static_cast<std::uint8_t>((*raw)[time_bytes + i]);
  return key;
}

page_key page_request::start() const {
  if (cursor) return *cursor;
  page_key end_of_time{.at = base::timestamp{std::chrono::microseconds{micros_max}}, .id = {}};
  end_of_time.id.bytes.fill(0xff);
  return end_of_time;
}

std::string next_link(const server::request& request, std::string_view cursor) {
  const std::string_view target = request.target;
  std::string link = "<";
  link += target.substr(0, target.find('?'));
  link += '?';
  for (const char c : without_cursor(request.query)) {
    if (c == '>') {
      link += "%3E";
    } else {
      link += c;
    }
  }
  link += "cursor=";
  link += cursor;
  link += ">; rel=\"next\"";
  return link;
}

}  // namespace pulse::http
