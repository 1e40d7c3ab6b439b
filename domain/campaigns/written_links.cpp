#include "domain/campaigns/written_links.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/core.h>

#include "base/clean_text.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain::campaigns {

namespace {

/// Addresses with a user's name, which no platform makes a link of, and which whoever copies them opens all the same:
/// "https://known.example@elsewhere.example" leads elsewhere.
void add_links_with_user(std::u32string_view text, std::vector<std::string>& made) {
  constexpr std::u32string_view scheme_end = U"://";
  for (auto at = text.find(scheme_end); at != text.npos; at = text.find(scheme_end, at + 1)) {
    auto begin = at;
    while (begin > 0 && text[begin - 1] < 0x80 && std::isalnum(static_cast<int>(text[begin - 1])) != 0) --begin;
    const auto rest = text.substr(begin, text.find_first_of(U" \n\t", at) - begin);
    const auto host = at + scheme_end.size() - begin;
    if (rest.substr(host, rest.find_first_of(U"/?#", host) - host).find(U'@') != rest.npos)
      made.push_back(to_utf8(rest));
  }
}

/// The links of a text, as they stand there.
std::vector<std::string> links_of(std::string_view text) {
  const auto points = to_nfc(text);
  std::vector<std::string> made;
  for (const auto& each : find_links(points))
    made.push_back(to_utf8(std::u32string_view{points}.substr(each.begin, each.end - each.begin)));
  add_links_with_user(points, made);
  return made;
}

/// What two spellings of one address share: without the scheme and a slash at its end, its host in small letters.
std::string plain_of(std::string_view link, link_care care) {
  const auto scheme = link.find("://");
  if (scheme != link.npos) link.remove_prefix(scheme + 3);
  const auto host_ends = std::min(link.find_first_of("/?#"), link.size());
  std::string made{link.substr(0, host_ends)};
  std::transform(made.begin(), made.end(), made.begin(), [](unsigned char each) { return std::tolower(each); });
  // "https://known.example@elsewhere.example" leads elsewhere.
  if (const auto user = made.rfind('@'); user != made.npos) made.erase(0, user + 1);
  if (made.starts_with("www.")) made.erase(0, 4);
  if (care == link_care::same_host) return made;
  auto rest = link.substr(host_ends);
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  return made + std::string{rest};
}

}  // namespace

std::optional<std::string> foreign_link(std::string_view text, const std::vector<std::string>& given, link_care care) {
  auto found = links_of(text);
  if (found.empty()) return std::nullopt;
  std::set<std::string> known;
  for (const auto& each : given) {
    for (const auto& link : links_of(each)) known.insert(plain_of(link, care));
  }
  for (auto& each : found) {
    if (!known.contains(plain_of(each, care))) return std::move(each);
  }
  return std::nullopt;
}

std::vector<std::string> given_by(const std::map<std::string, std::string>& happened) {
  std::vector<std::string> made;
  for (const auto& [name, value] : happened) {
    if (!name.starts_with("feed.") || name == "feed.url") made.push_back(value);
  }
  return made;
}

std::string tell_foreign(std::string_view link, link_care care) {
  // A sentence about an address is no link itself.
  auto shown = base::clean_utf8(link, 200);
  for (auto at = shown.find('.'); at != shown.npos; at = shown.find('.', at + 3)) shown.replace(at, 1, "[.]");
  switch (care) {
    case link_care::same_host:
      return fmt::format(
          "The text leads to {}, which is no address of the template's, of the rule's or of the item's own site.",
          shown);
    case link_care::same_address:
      return fmt::format("The AI provider's answer leads to {}, an address that nobody has given it.", shown);
  }
  return {};
}

}  // namespace pulse::domain::campaigns
