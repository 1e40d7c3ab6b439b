#include "domain/people/credentials.hpp"

#include <algorithm>

namespace pulse::domain {

namespace {

constexpr std::size_t email_bytes_max = 254;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string to_lower(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return to_lower(c); });
  return lower;
}

}  // namespace

std::optional<email_address> parse_email(std::string_view text) {
  if (text.size() < 3 || text.size() > email_bytes_max) return std::nullopt;
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!printable || text.find_first_of("<>()[],;:\\\"") != std::string_view::npos) return std::nullopt;
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || at != text.rfind('@')) return std::nullopt;
  return email_address{to_lower(text)};
}

std::optional<std::string> password_problem(std::string_view password, const email_address& email) {
  const auto lower = to_lower(password);
  if (lower == email.value || lower == std::string_view{email.value}.substr(0, email.value.find('@'))) {
    return "must not be the e-mail address";
  }
  const bool one_character =
      !password.empty() && password.find_first_not_of(password.front()) == std::string_view::npos;
  if (one_character) return "must not be one character repeated";
  return std::nullopt;
}

}  // namespace pulse::domain
