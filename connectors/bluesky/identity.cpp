#include "connectors/bluesky/identity.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

namespace {

constexpr std::size_t longest_did = 2'048;
constexpr std::size_t longest_handle = 253;
constexpr std::size_t longest_host = 300;
constexpr std::size_t tid_size = 13;
constexpr std::string_view tid_signs = "234567abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view collection = "/app.bsky.feed.post/";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_did(std::string_view text) {
  if (text.size() > longest_did || !(text.starts_with("did:plc:") || text.starts_with("did:web:"))) return false;
  const auto rest = text.substr(8);
  const bool is_web = text[4] == 'w';
  return !rest.empty() && std::all_of(rest.begin(), rest.end(), [is_web](char c) {
    return is_digit(c) || is_letter(c) || (is_web && (c == '.' || c == '-' || c == '%'));
  });
}

bool is_handle(std::string_view text) {
  if (text.empty() || text.size() > longest_handle) return false;
  std::size_t labels = 0;
  std::string_view last;
  for (auto rest = text;;) {
    const auto dot = std::min(rest.find('.'), rest.size());
    last = rest.substr(0, dot);
    const bool is_label =
        !last.empty() && last.size() <= 63 && last.front() != '-' && last.back() != '-' &&
        std::all_of(last.begin(), last.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    if (!is_label) return false;
    ++labels;
    if (dot == rest.size()) break;
    rest.remove_prefix(dot + 1);
  }
  return labels >= 2 && is_letter(last.front());
}

std::string plain_identifier(std::string_view given) {
  constexpr std::string_view around = " \t\r\n@";
  const auto first = given.find_first_not_of(around);
  if (first == given.npos) return {};
  std::string text{given.substr(first, given.find_last_not_of(around) - first + 1)};
  // People copy handles with marks of direction around them.
  for (const std::string_view mark : {"\xe2\x80\xaa", "\xe2\x80\xac", "\xe2\x81\xa6", "\xe2\x81\xa9", "\xe2\x80\x8e"}) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark)) text.erase(at, mark.size());
  }
  if (!is_handle(text)) return text;
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

std::optional<did_document> read_did_document(const std::string& body) {
  const auto document = object_of(body);
  if (!document) return std::nullopt;
  did_document made{.did = text_at(*document, "id"), .handle = {}, .host = {}};
  if (!is_did(made.did)) return std::nullopt;
  constexpr std::string_view scheme = "at://";
  if (const auto* names = document->if_contains("alsoKnownAs"); names != nullptr && names->is_array()) {
    for (const auto& each : names->get_array()) {
      const std::string name = each.is_string() ? each.get_string().c_str() : "";
      if (made.handle.empty() && name.starts_with(scheme)) made.handle = plain_identifier(name.substr(scheme.size()));
    }
  }
  if (const auto* services = document->if_contains("service"); services != nullptr && services->is_array()) {
    for (const auto& each : services->get_array()) {
      if (!each.is_object()) continue;
      const auto& service = each.get_object();
      const bool is_repository =
          text_at(service, "id").ends_with("#atproto_pds") && text_at(service, "type") == "AtprotoPersonalDataServer";
      if (is_repository && made.host.empty()) made.host = text_at(service, "serviceEndpoint");
    }
  }
  while (made.host.ends_with('/')) made.host.pop_back();
  if (made.host.size() > longest_host) made.host.clear();
  return made;
}

std::string make_tid(base::timestamp at, std::uint16_t clock_id) {
  const auto since = std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
  auto value = (static_cast<std::uint64_t>(std::max<std::int64_t>(since, 0)) & ((std::uint64_t{1} << 53) - 1)) << 10 |
               (clock_id & 0x3ffU);
  std::string text(tid_size, tid_signs.front());
  for (auto place = text.rbegin(); place != text.rend(); ++place) {
    *place = tid_signs[value & 31U];
    value >>= 5;
  }
  return text;
}

bool is_tid(std::string_view text) {
  return text.size() == tid_size && text.front() >= '2' && text.front() <= 'j' &&
         std::all_of(text.begin(), text.end(), [](char c) { return tid_signs.find(c) != tid_signs.npos; });
}

std::string post_uri(std::string_view did, std::string_view rkey) {
  return fmt::format("at://{}{}{}", did, collection, rkey);
}

std::string rkey_of(std::string_view uri, std::string_view did) {
  const auto before = post_uri(did, "");
  if (!uri.starts_with(before)) return {};
  const auto rkey = uri.substr(before.size());
  return is_tid(rkey) ? std::string{rkey} : std::string{};
}

std::string post_url(std::string_view did, std::string_view rkey) {
  return fmt::format("https://bsky.app/profile/{}/post/{}", did, rkey);
}

std::optional<base::timestamp> told_end_of(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos) return std::nullopt;
  const auto claims = base::from_base64url(std::string{token.substr(first + 1, second - first - 1)});
  const auto object = claims ? object_of(std::string{*claims}) : std::nullopt;
  const auto* end = object ? object->if_contains("exp") : nullptr;
  constexpr std::int64_t farthest = 4'102'444'800;  // the year 2100
  if (end == nullptr || !end->is_int64() || end->get_int64() <= 0 || end->get_int64() > farthest) return std::nullopt;
  return base::timestamp{std::chrono::seconds{end->get_int64()}};
}

}  // namespace pulse::connectors::bluesky
