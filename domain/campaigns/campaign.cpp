#include "domain/campaigns/campaign.hpp"

#include "base/describe.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain::campaigns {

namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// RFC 3986 §2.1.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string made;
  for (const char c : text) {
    if (is_unreserved(c)) {
      made += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      made += '%';
      made += digits[byte >> 4U];
      made += digits[byte & 0xfU];
    }
  }
  return made;
}

bool has_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto part = query.substr(0, query.find('&'));
    if (part.substr(0, part.find('=')) == name) return true;
    query.remove_prefix(part.size() == query.size() ? part.size() : part.size() + 1);
  }
  return false;
}

std::string tagged(std::string link, const utm_fields& fields) {
  const auto hash = link.find('#');
  const auto fragment = hash == std::string::npos ? std::string{} : link.substr(hash);
  if (hash != std::string::npos) link.resize(hash);
  base::for_each_member<utm_fields>([&](std::string_view member, auto pointer) {
    const auto& value = fields.*pointer;
    const auto name = "utm_" + std::string{member};
    const auto question = link.find('?');
    if (value.empty()) return;
    if (question != std::string::npos && has_parameter(std::string_view{link}.substr(question + 1), name)) return;
    link += question == std::string::npos ? '?' : '&';
    link += name + '=' + percent_encoded(value);
  });
  return link + fragment;
}

bool has_scheme(std::string_view link) { return link.starts_with("https://") || link.starts_with("http://"); }

}  // namespace

std::string with_utm(std::string_view text, const utm_fields& fields) {
  if (fields == utm_fields{}) return std::string{text};
  const auto letters = to_nfc(text);
  std::string made;
  std::size_t at = 0;
  for (const auto& each : find_links(letters)) {
    const auto link = to_utf8(std::u32string_view{letters}.substr(each.begin, each.end - each.begin));
    made += to_utf8(std::u32string_view{letters}.substr(at, each.begin - at));
    made += has_scheme(link) ? tagged(link, fields) : link;
    at = each.end;
  }
  return made + to_utf8(std::u32string_view{letters}.substr(at));
}

}  // namespace pulse::domain::campaigns
