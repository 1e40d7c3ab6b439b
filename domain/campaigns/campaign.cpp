#include "domain/campaigns/campaign.hpp"

#include "base/describe.hpp"
#include "base/percent.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain::campaigns {

namespace {

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
    link += name + '=' + base::percent_encoded(value);
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
