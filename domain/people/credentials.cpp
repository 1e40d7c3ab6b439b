#include "domain/people/credentials.hpp"

#include <algorithm>

namespace pulse::domain {

namespace {

constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t local_bytes_max = 64;
constexpr std::size_t label_bytes_max = 63;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string to_lower(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return to_lower(c); });
  return lower;
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_atom(std::string_view text) {
  static constexpr std::string_view signs = "#$&'*+-/=?^_`{|}~";
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_letter_or_digit(c) || signs.find(c) != signs.npos; });
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= label_bytes_max && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// Whether every piece between dots holds; how many there are.
template <class Holds>
std::optional<int> count_pieces(std::string_view text, Holds holds) {
  for (int count = 1;; ++count) {
    const auto dot = text.find('.');
    if (!holds(text.substr(0, dot))) return std::nullopt;
    if (dot == std::string_view::npos) return count;
    text.remove_prefix(dot + 1);
  }
}

bool is_domain(std::string_view text) {
  if (count_pieces(text, is_label).value_or(0) < 2) return false;
  const auto last = text.substr(text.rfind('.') + 1);
  return !std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<email_address> parse_email(std::string_view text) {
  if (text.size() > email_bytes_max) return std::nullopt;
  const auto at = text.find('@');
  if (at == std::string_view::npos || at > local_bytes_max) return std::nullopt;
  if (!count_pieces(text.substr(0, at), is_atom) || !is_domain(text.substr(at + 1))) return std::nullopt;
  return email_address{to_lower(text)};
}

}  // namespace pulse::domain
