#include "sandbox/s3/signature.hpp"

#include <algorithm>
#include <vector>

#include "base/secure.hpp"

namespace pulse::sandbox::s3 {

namespace {

constexpr std::chrono::minutes most_skew{15};

constexpr complaint_of_s3 not_signed{403, "AccessDenied", "Access Denied"};
constexpr complaint_of_s3 malformed{400, "AuthorizationHeaderMalformed", "The authorization header is malformed."};
constexpr complaint_of_s3 wrong_region{400, "AuthorizationHeaderMalformed",
                                       "The authorization header is malformed; the region is wrong."};
constexpr complaint_of_s3 skewed{403, "RequestTimeTooSkewed",
                                 "The difference between the request time and the current time is too large."};
constexpr complaint_of_s3 wrong_hash{400, "XAmzContentSHA256Mismatch",
                                     "The provided 'x-amz-content-sha256' header does not match what was computed."};
constexpr complaint_of_s3 no_hash{400, "InvalidRequest", "Missing required header: x-amz-content-sha256"};
constexpr complaint_of_s3 unsigned_header{403, "AccessDenied",
                                          "There were headers present in the request which were not signed"};
constexpr complaint_of_s3 no_match{
    403, "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing "
    "method."};

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> made;
  for (;;) {
    const auto at = text.find(by);
    made.push_back(text.substr(0, at));
    if (at == text.npos) return made;
    text.remove_prefix(at + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// `AWS4-HMAC-SHA256 Credential=ID/DAY/REGION/s3/aws4_request, SignedHeaders=…, Signature=…`
struct proof {
  std::string_view key_id, day, region, service, end, names, signature;
};

std::optional<proof> read_proof(std::string_view header) {
  constexpr std::string_view algorithm = "AWS4-HMAC-SHA256 ";
  if (!header.starts_with(algorithm)) return std::nullopt;
  proof made;
  for (auto piece : split(header.substr(algorithm.size()), ',')) {
    piece = trimmed(piece);
    const auto mark = piece.find('=');
    if (mark == piece.npos) return std::nullopt;
    const auto name = piece.substr(0, mark);
    const auto value = piece.substr(mark + 1);
    if (name == "Credential") {
      const auto scope = split(value, '/');
      if (scope.size() != 5) return std::nullopt;
      made.key_id = scope[0], made.day = scope[1], made.region = scope[2], made.service = scope[3], made.end = scope[4];
    } else if (name == "SignedHeaders") {
      made.names = value;
    } else if (name == "Signature") {
      made.signature = value;
    }
  }
  if (made.key_id.empty() || made.names.empty() || made.signature.empty()) return std::nullopt;
  return made;
}

/// "20261122T083000Z"
std::optional<base::timestamp> read_stamp(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  const std::string t{text};
  return base::parse_timestamp(t.substr(0, 4) + "-" + t.substr(4, 2) + "-" + t.substr(6, 5) + ":" + t.substr(11, 2) +
                               ":" + t.substr(13));
}

/// The parameters in order; one without an equals sign gets one.
std::string sorted_query(std::string_view query) {
  if (query.empty()) return {};
  std::vector<std::string> parts;
  for (const auto each : split(query, '&'))
    parts.push_back(std::string{each} + (each.find('=') == each.npos ? "=" : ""));
  // By name first and then by value, because "=" sorts after digits.
  std::sort(parts.begin(), parts.end(), [](const std::string& a, const std::string& b) {
    const auto name_of = [](const std::string& text) { return std::string_view{text}.substr(0, text.find('=')); };
    return name_of(a) != name_of(b) ? name_of(a) < name_of(b) : a < b;
  });
  std::string made;
  for (const auto& each : parts) made += (made.empty() ? "" : "&") + each;
  return made;
}

std::string keyed(std::string_view key, std::string_view data) {
  return std::string{base::as_text(base::hmac_sha256(key, data))};
}

}  // namespace

std::string key_id_of(const http::server::request& request) {
  const auto read = read_proof(request.find("authorization").value_or(""));
  return read ? std::string{read->key_id} : std::string{};
}

std::optional<complaint_of_s3> signature_problem(const http::server::request& request, std::string_view path,
                                                 std::string_view query, std::string_view region,
                                                 std::string_view secret, base::timestamp now) {
  const auto header = request.find("authorization");
  if (!header) return not_signed;
  const auto read = read_proof(*header);
  if (!read || read->service != "s3" || read->end != "aws4_request") return malformed;
  if (read->region != region) return wrong_region;
  const auto stamp = request.find("x-amz-date").value_or("");
  const auto at = read_stamp(stamp);
  if (!at || !stamp.starts_with(read->day)) return not_signed;
  if (*at > now + most_skew || *at < now - most_skew) return skewed;
  const auto told_hash = request.find("x-amz-content-sha256");
  if (!told_hash) return no_hash;
  if (*told_hash != "UNSIGNED-PAYLOAD" && *told_hash != base::to_hex(base::sha256(request.body))) return wrong_hash;

  const auto names = split(read->names, ';');
  const auto is_signed = [&names](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (!is_signed("host") || !std::is_sorted(names.begin(), names.end())) return unsigned_header;
  for (const auto& each : request.headers) {
    if (each.name.starts_with("x-amz-") && !is_signed(each.name)) return unsigned_header;
  }
  std::string canonical{http::server::to_string(request.method)};
  canonical += '\n' + std::string{path} + '\n' + sorted_query(query) + '\n';
  for (const auto name : names)
    canonical += std::string{name} + ':' + std::string{trimmed(request.find(name).value_or(""))} + '\n';
  canonical += '\n' + std::string{read->names} + '\n' + std::string{*told_hash};

  const auto scope = std::string{read->day} + '/' + std::string{read->region} + "/s3/aws4_request";
  const auto to_sign =
      "AWS4-HMAC-SHA256\n" + std::string{stamp} + '\n' + scope + '\n' + base::to_hex(base::sha256(canonical));
  const auto key = keyed(keyed(keyed(keyed("AWS4" + std::string{secret}, read->day), region), "s3"), "aws4_request");
  if (base::to_hex(base::hmac_sha256(key, to_sign)) != read->signature) return no_match;
  return std::nullopt;
}

}  // namespace pulse::sandbox::s3
