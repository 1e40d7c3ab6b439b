#include "domain/engagement/shared_feeds.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/percent.hpp"

namespace pulse::domain {

namespace {

/// Longer values of a query, and parts of a path with so many letters and digits, may be keys.
constexpr std::size_t most_open_value = 16;
constexpr std::size_t most_open_run = 20;
constexpr std::size_t least_key_length = 12;
constexpr std::size_t least_key_digits = 4;

constexpr std::array<std::string_view, 16> secret_words = {
    "token", "key",  "auth",    "secret", "pass", "pwd",   "sig",        "session",
    "sid",   "hash", "private", "code",   "user", "login", "credential", "jwt"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool has_secret_word(std::string_view text) {
  std::string small{text};
  std::transform(small.begin(), small.end(), small.begin(), to_lower);
  return std::any_of(secret_words.begin(), secret_words.end(),
                     [&small](std::string_view word) { return small.find(word) != small.npos; });
}

/// Nothing that a person would have written: letters and digits mixed, or very long without anything between.
bool may_be_key(std::string_view text) {
  std::size_t letters = 0, digits = 0, run = 0, longest = 0;
  for (const char c : text) {
    letters += is_letter(c) ? 1 : 0;
    digits += is_digit(c) ? 1 : 0;
    run = is_letter(c) || is_digit(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  if (longest > most_open_run) return true;
  return letters > 0 && digits >= least_key_digits && letters + digits >= least_key_length;
}

struct address_parts {
  std::string_view host;
  std::string_view path;
  std::string_view query;
  bool has_user = false;
};

std::optional<address_parts> split(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return std::nullopt;
  const auto rest = url.substr(scheme + 3);
  const auto end = std::min(rest.find_first_of("/?#"), rest.size());
  address_parts made{.host = rest.substr(0, end), .path = {}, .query = {}};
  if (const auto at = made.host.rfind('@'); at != made.host.npos) {
    made.has_user = true;
    made.host.remove_prefix(at + 1);
  }
  if (made.host.empty()) return std::nullopt;
  auto behind = rest.substr(end);
  behind = behind.substr(0, std::min(behind.find('#'), behind.size()));
  const auto query = std::min(behind.find('?'), behind.size());
  made.path = behind.substr(0, query);
  if (query < behind.size()) made.query = behind.substr(query + 1);
  return made;
}

/// Calls `use` for each part of `text` between `marks`; false as soon as it says so.
template <class Use>
bool all_parts(std::string_view text, std::string_view marks, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(marks), text.size());
    if (!use(text.substr(0, end))) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

bool is_open_parameter(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos) return false;  // `?3f9a…`: a key alone
  const auto name = base::percent_decoded(text.substr(0, equals));
  const auto value = base::percent_decoded(text.substr(equals + 1));
  return !has_secret_word(name) && !has_secret_word(value) && value.size() <= most_open_value && !may_be_key(value);
}

bool is_open_segment(std::string_view text) {
  const auto plain = base::percent_decoded(text);
  if (plain.find(';') != plain.npos || plain.find('=') != plain.npos) return false;
  std::string small = plain;
  std::transform(small.begin(), small.end(), small.begin(), to_lower);
  for (const auto* word : {"private", "secret", "token"}) {
    if (small.find(word) != small.npos) return false;
  }
  return !may_be_key(plain);
}

std::size_t bytes_of(const shared_entry& of) {
  return of.external_id.size() + of.url.size() + of.title.size() + of.text.size();
}

}  // namespace

bool may_share_feed(std::string_view url) {
  const auto parts = split(url);
  if (!parts || parts->has_user) return false;
  const auto name = parts->host.substr(0, std::min(parts->host.rfind(':'), parts->host.size()));
  return all_parts(name, ".", [](std::string_view label) { return !may_be_key(label); }) &&
         all_parts(parts->path, "/", is_open_segment) && all_parts(parts->query, "&;", is_open_parameter);
}

std::string feed_host(std::string_view url) {
  const auto parts = split(url);
  return parts ? std::string{parts->host} : std::string{};
}

feed_decision step_of(const std::optional<feed_state>& row, bool is_urgent, base::timestamp now) {
  if (!row) return {feed_step::fetch};
  if (row->fetching_until && *row->fetching_until > now)
    return {feed_step::wait, std::min<base::timestamp>(*row->fetching_until, now + shared_fetch_pause)};
  if (!row->fetched_at) return {feed_step::fetch};
  if (row->retry_at && *row->retry_at > now) return {feed_step::hand};
  const bool is_old = now - *row->fetched_at >= least_between_fetches;
  return {now >= row->next_fetch_at || (is_urgent && is_old) ? feed_step::fetch : feed_step::hand};
}

std::vector<shared_entry> merge_entries(const std::vector<shared_entry>& before, std::vector<shared_entry> listed,
                                        base::timestamp now) {
  std::unordered_map<std::string, base::timestamp> known;
  for (const auto& each : before) known.emplace(each.external_id, each.published_at);
  std::unordered_set<std::string> named;
  std::vector<shared_entry> now_listed;
  for (auto& each : listed) {
    if (!named.insert(each.external_id).second) continue;  // a feed that names one twice
    each.unlisted_at.reset();
    if (const auto found = known.find(each.external_id); found != known.end())
      each.published_at = std::min(each.published_at, found->second);
    now_listed.push_back(std::move(each));
  }
  std::vector<shared_entry> made;
  for (const auto& each : before) {
    if (named.contains(each.external_id)) continue;
    made.push_back(each);
    if (!each.unlisted_at) made.back().unlisted_at = now;
  }
  made.insert(made.end(), std::make_move_iterator(now_listed.begin()), std::make_move_iterator(now_listed.end()));
  std::size_t bytes = 0, kept = 0;
  while (kept < made.size() && kept < most_shared_entries) {
    bytes += bytes_of(made[made.size() - 1 - kept]);
    if (kept > 0 && bytes > most_shared_bytes) break;
    ++kept;
  }
  made.erase(made.begin(), made.end() - static_cast<std::ptrdiff_t>(kept));
  return made;
}

std::vector<shared_entry> entries_for(const std::vector<shared_entry>& kept, base::timestamp since) {
  std::vector<shared_entry> made;
  for (const auto& each : kept) {
    if (!each.unlisted_at || *each.unlisted_at > since) made.push_back(each);
  }
  return made;
}

}  // namespace pulse::domain
