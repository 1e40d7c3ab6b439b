#include "domain/engagement/addresses.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <fmt/core.h>

#include "base/percent.hpp"
#include "domain/platforms/web_address.hpp"

namespace pulse::domain {

namespace {

constexpr std::size_t most_name_characters = 100;
constexpr std::size_t most_digits = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string made{text};
  std::transform(made.begin(), made.end(), made.begin(), to_lower);
  return made;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Host and path of an address, without scheme, port 80 or 443, query and fragment.
struct parts {
  std::string host;
  std::vector<std::string> words;  // of the path, decoded, empty ones left out
};

std::string_view without_scheme(std::string_view text) {
  const auto at = text.find("://");
  if (at == text.npos || at > 8) return text.starts_with("//") ? text.substr(2) : text;
  const auto scheme = lower(text.substr(0, at));
  return scheme == "http" || scheme == "https" ? text.substr(at + 3) : std::string_view{};
}

std::optional<parts> split(std::string_view text) {
  auto rest = without_scheme(trim(text));
  if (rest.empty() || rest.size() > most_page_address_bytes) return std::nullopt;
  rest = rest.substr(0, rest.find_first_of("?#"));
  const auto slash = std::min(rest.find('/'), rest.size());
  parts made;
  auto host = lower(rest.substr(0, slash));
  for (const std::string_view port : {":443", ":80"}) {
    if (host.ends_with(port)) host.erase(host.size() - port.size());
  }
  if (host.ends_with('.')) host.pop_back();
  made.host = std::move(host);
  auto path = rest.substr(slash);
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    if (auto word = base::percent_decoded(path.substr(0, end)); !word.empty()) made.words.push_back(std::move(word));
    path.remove_prefix(end);
  }
  return made;
}

std::string_view leading_digits(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  return text.substr(0, end);
}

bool is_linkedin(std::string_view host) { return host == "linkedin.com" || host.ends_with(".linkedin.com"); }

bool is_company_word(std::string_view word) {
  return word == "company" || word == "company-beta" || word == "showcase";
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && text.size() <= most_digits && std::all_of(text.begin(), text.end(), is_digit);
}

/// A vanity name: letters, digits and hyphens of any script, nothing that a path or a person would trip over.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= most_name_characters && std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '&' || c == '\'';
  });
}

read_page no_page(std::string why) { return {std::nullopt, std::move(why)}; }

read_page read_linkedin(const parts& from) {
  std::size_t at = 0;
  // The mobile site's /mwlite/company/…, and a language in front.
  while (at < from.words.size() && (lower(from.words[at]) == "mwlite" || from.words[at].size() == 2)) ++at;
  if (at + 1 >= from.words.size() || !is_company_word(lower(from.words[at]))) {
    return no_page("is at LinkedIn, but is no company's page (linkedin.com/company/NAME)");
  }
  const auto name = lower(from.words[at + 1]);
  if (!is_name(name)) return no_page("names no company that LinkedIn could have");
  return {page_address{.kind = page_kind::linkedin,
                       .url = "https://www.linkedin.com/company/" + base::percent_encoded(name),
                       .name = name,
                       .is_number = is_all_digits(name)},
          {}};
}

bool is_host(std::string_view host, std::string_view domain) {
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

/// A username of Facebook or Instagram: Latin letters, digits, dots and underscores.
bool is_username(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
  });
}

/// `facebook.com/acme`, `facebook.com/acme/posts/…`, `facebook.com/Acme-Inc-1234` and
/// `facebook.com/profile.php?id=1234`, `…/people/Acme/1234`.
read_page read_facebook(const parts& from, std::string_view text) {
  if (from.words.empty()) return no_page("is at Facebook, but names no Page");
  auto name = lower(from.words[0]);
  if (name == "profile.php") {
    const auto at = text.find("id=");
    const auto digits = at == text.npos ? std::string_view{} : leading_digits(text.substr(at + 3));
    name = std::string{digits};
  } else if ((name == "people" || name == "pages" || name == "pg") && from.words.size() > 1) {
    name = lower(name == "pg" ? from.words[1] : from.words.back());
  }
  constexpr std::array<std::string_view, 9> no_pages = {"groups", "events", "watch", "marketplace", "sharer",
                                                        "share",  "login",  "photo", "story.php"};
  const bool is_none = std::find(no_pages.begin(), no_pages.end(), name) != no_pages.end();
  if (is_none || !is_username(name)) return no_page("is at Facebook, but is no Page's address (facebook.com/NAME)");
  return {page_address{.kind = page_kind::facebook,
                       .url = "https://www.facebook.com/" + name,
                       .name = name,
                       .is_number = is_all_digits(name)},
          {}};
}

read_page read_instagram(const parts& from) {
  if (from.words.empty()) return no_page("is at Instagram, but names no account");
  auto name = lower(from.words[0]);
  if (name.starts_with('@')) name.erase(0, 1);
  constexpr std::array<std::string_view, 7> no_pages = {"p", "reel", "reels", "explore", "stories", "tv", "accounts"};
  const bool is_none = std::find(no_pages.begin(), no_pages.end(), name) != no_pages.end();
  if (is_none || !is_username(name) || name.size() > 30 || name.find('-') != name.npos)
    return no_page("is at Instagram, but is no account's address (instagram.com/NAME)");
  return {page_address{.kind = page_kind::instagram,
                       .url = "https://www.instagram.com/" + name,
                       .name = std::move(name),
                       .is_number = false},
          {}};
}

read_page read_feed(std::string_view text, bool is_loopback_allowed) {
  std::string url{trim(text)};
  if (url.find("://") == url.npos) url.insert(0, "https://");
  url.erase(std::min(url.find('#'), url.size()));
  const auto host_at = url.find("://") + 3;
  const auto host_end = std::min(url.find_first_of("/?", host_at), url.size());
  std::transform(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(host_end), url.begin(), to_lower);
  auto host = url.substr(host_at, host_end - host_at);
  if (url.starts_with("https://") && host.ends_with(":443")) {
    host.erase(host.size() - 4);
    url.replace(host_at, host_end - host_at, host);
  }
  if (url.size() == host_at + host.size()) url += '/';
  if (host.find('.') == host.npos && !is_loopback_allowed) {
    return no_page("is neither a company's page at LinkedIn nor the address of a feed");
  }
  if (auto why = web_address_problem(url, is_loopback_allowed)) return no_page(std::move(*why));
  return {page_address{.kind = page_kind::feed, .url = std::move(url), .name = std::move(host)}, {}};
}

constexpr std::array<std::string_view, 3> urn_kinds = {"activity", "share", "ugcPost"};

post_address make_post(std::string_view kind, std::string_view number, std::string author) {
  auto urn = fmt::format("urn:li:{}:{}", kind, number);
  auto url = fmt::format("https://www.linkedin.com/feed/update/{}/", urn);
  return {std::move(urn), std::move(url), std::move(author)};
}

/// `urn:li:activity:123`, whatever stands behind it as long as it is no digit.
std::optional<post_address> read_urn(std::string_view text) {
  const auto small = lower(text);
  if (!small.starts_with("urn:li:")) return std::nullopt;
  for (const auto kind : urn_kinds) {
    const auto head = fmt::format("urn:li:{}:", lower(kind));
    if (!small.starts_with(head)) continue;
    const auto number = leading_digits(text.substr(head.size()));
    if (number.empty() || number.size() > most_digits || head.size() + number.size() != text.size())
      return std::nullopt;
    return make_post(kind, number, {});
  }
  return std::nullopt;
}

/// `acme_we-are-hiring-activity-7100000000000000000-AbCd`
std::optional<post_address> read_slug(std::string_view slug) {
  const auto small = lower(slug);
  for (const auto kind : urn_kinds) {
    const auto mark = fmt::format("-{}-", lower(kind));
    const auto at = small.rfind(mark);
    if (at == small.npos) continue;
    const auto number = leading_digits(slug.substr(at + mark.size()));
    if (number.empty() || number.size() > most_digits) continue;
    const auto end = small.find('_');
    return make_post(kind, number, end < at ? small.substr(0, end) : std::string{});
  }
  return std::nullopt;
}

}  // namespace

read_page read_page_address(std::string_view text, bool is_loopback_allowed) {
  const auto given = trim(text);
  if (given.empty()) return no_page("is empty");
  if (given.size() > most_page_address_bytes) return no_page("is longer than 2,000 bytes");
  const auto from = split(given);
  if (!from || from->host.empty() || given.find_first_of(" \t\r\n") != given.npos) return no_page("is no web address");
  if (is_linkedin(from->host)) return read_linkedin(*from);
  if (is_host(from->host, "facebook.com") || from->host == "fb.com") return read_facebook(*from, given);
  if (is_host(from->host, "instagram.com")) return read_instagram(*from);
  return read_feed(given, is_loopback_allowed);
}

std::optional<post_address> read_post_address(std::string_view text) {
  const auto given = trim(text);
  if (given.size() > most_page_address_bytes) return std::nullopt;
  if (auto urn = read_urn(given)) return urn;
  const auto from = split(given);
  if (!from || !is_linkedin(from->host)) return std::nullopt;
  const auto& words = from->words;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto word = lower(words[i]);
    if (word == "posts") return read_slug(words[i + 1]);
    if (word == "update") return read_urn(words[i + 1]);
  }
  return std::nullopt;
}

std::optional<post_address> find_post_address(std::string_view text) {
  const auto small = lower(text);
  for (auto at = small.find("linkedin.com/"); at != small.npos; at = small.find("linkedin.com/", at + 1)) {
    auto begin = at;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(small[begin - 1])) != 0 || small[begin - 1] == '.'))
      --begin;
    const auto end = std::min(text.find_first_of(" \t\r\n\"'<>|\\^`{}", at), text.size());
    auto address = text.substr(begin, end - begin);
    while (!address.empty() && std::string_view{".,;:!?)]"}.find(address.back()) != std::string_view::npos)
      address.remove_suffix(1);
    if (auto found = read_post_address(address)) return found;
  }
  return std::nullopt;
}

}  // namespace pulse::domain
