#include "http/routes/media/tus.hpp"

#include <algorithm>

#include "base/secure.hpp"

namespace pulse::http::routes::tus {

namespace {

constexpr std::size_t digits_max = 18;
constexpr std::size_t entries_max = 32;

/// base64 as RFC 4648 §4 has it, padded or not.
std::optional<std::string> from_base64(std::string_view text) {
  std::string plain{text};
  while (plain.ends_with('=') && text.size() - plain.size() < 2) plain.pop_back();
  if (plain.find_first_of("-_=") != plain.npos) return std::nullopt;
  std::replace(plain.begin(), plain.end(), '+', '-');
  std::replace(plain.begin(), plain.end(), '/', '_');
  return base::from_base64url(plain);
}

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::int64_t> read_bytes(std::string_view header) {
  if (header.empty() || header.size() > digits_max) return std::nullopt;
  std::int64_t made = 0;
  for (const char c : header) {
    if (c < '0' || c > '9') return std::nullopt;
    made = made * 10 + (c - '0');
  }
  return made;
}

std::optional<std::map<std::string, std::string>> read_metadata(std::string_view header) {
  std::map<std::string, std::string> made;
  while (!header.empty()) {
    const auto comma = header.find(',');
    const auto entry = trim(header.substr(0, comma));
    header = comma == header.npos ? std::string_view{} : header.substr(comma + 1);
    const auto space = entry.find(' ');
    const auto name = entry.substr(0, space);
    if (name.empty() || made.size() == entries_max) return std::nullopt;
    const auto value = space == entry.npos ? std::optional<std::string>{""} : from_base64(trim(entry.substr(space)));
    if (!value || !made.emplace(name, *value).second) return std::nullopt;
  }
  return made;
}

}  // namespace pulse::http::routes::tus
