#include "http/server/conditional.hpp"

#include "base/http_date.hpp"
#include "base/secure.hpp"
#include "http/server/characters.hpp"

namespace pulse::http::server {

namespace {

std::string_view opaque_part(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

constexpr std::size_t etag_digest_bytes = 12;

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const auto candidate = take_list_element(if_none_match);
    if (candidate == "*" || (!candidate.empty() && opaque_part(candidate) == opaque_part(etag))) return true;
  }
  return false;
}

bool is_not_modified(const request& request, const response& answer, base::timestamp now) {
  if (answer.status != 200 || !is_read(request.method)) return false;
  const auto etag = answer.find("etag");
  const auto last_modified = answer.find("last-modified");
  if (!etag && !last_modified) return false;
  if (const auto none_match = request.find("if-none-match")) return etag && names_etag(*none_match, *etag);
  const auto modified_since = request.find("if-modified-since");
  if (!modified_since || !last_modified) return false;
  const auto since = base::parse_http_date(*modified_since, now);
  const auto modified = base::parse_http_date(*last_modified, now);
  return since && modified && *modified <= *since;
}

std::string make_etag(std::string_view bytes) {
  const auto digest = base::sha256(bytes);
  return '"' + base::to_base64url({reinterpret_cast<const char*>(digest.data()), etag_digest_bytes}) + '"';
}

std::string etag_of_form(std::string_view etag, std::string_view coding) {
  std::string made{etag.substr(0, etag.size() - 1)};
  return made.append("-").append(coding).append("\"");
}

}  // namespace pulse::http::server
