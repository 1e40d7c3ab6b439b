#include "connectors/s3/signature.hpp"

#include <algorithm>

#include "connectors/egress/url_encoding.hpp"

namespace pulse::connectors::s3 {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view service = "s3";
constexpr std::string_view terminator = "aws4_request";

/// "20130524T000000Z"
std::string stamp_of(base::timestamp at) {
  auto text = base::to_string(at);
  text.resize(text.find('.'));
  std::erase(text, '-');
  std::erase(text, ':');
  return text + "Z";
}

std::string lower(std::string_view text) {
  std::string made{text};
  std::transform(made.begin(), made.end(), made.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return made;
}

std::string hmac(std::string_view key, std::string_view data) {
  return std::string{base::as_text(base::hmac_sha256(key, data))};
}

std::string signing_key(const signing_identity& as, std::string_view day) {
  return hmac(hmac(hmac(hmac("AWS4" + as.secret_key.reveal(), day), as.region), service), terminator);
}

}  // namespace

std::string canonical_query(const query_parameters& query) {
  query_parameters encoded;
  for (const auto& [name, value] : query) encoded.emplace_back(percent_encoded(name), percent_encoded(value));
  std::sort(encoded.begin(), encoded.end());
  std::string made;
  for (const auto& [name, value] : encoded) {
    if (!made.empty()) made += '&';
    made += name;
    made += '=';
    made += value;
  }
  return made;
}

std::vector<egress_header> signed_headers(const unsigned_request& from, const signing_identity& as,
                                          base::timestamp at) {
  const auto stamp = stamp_of(at);
  const auto day = stamp.substr(0, stamp.find('T'));
  auto sent = from.headers;
  sent.push_back({"x-amz-content-sha256", from.payload_hash});
  sent.push_back({"x-amz-date", stamp});

  std::vector<std::pair<std::string, std::string>> told{{"host", from.host}};
  for (const auto& [name, value] : sent) told.emplace_back(lower(name), value);
  std::sort(told.begin(), told.end());
  std::string names;
  std::string canonical = from.method + "\n" + from.path + "\n" + canonical_query(from.query) + "\n";
  for (const auto& [name, value] : told) {
    canonical += name;
    canonical += ':';
    canonical += value;
    canonical += '\n';
    if (!names.empty()) names += ';';
    names += name;
  }
  canonical += '\n';
  canonical += names;
  canonical += '\n';
  canonical += from.payload_hash;

  std::string scope = day + '/' + as.region + '/';
  scope += service;
  scope += '/';
  scope += terminator;
  std::string to_sign{algorithm};
  to_sign += '\n' + stamp + '\n' + scope + '\n' + base::to_hex(base::sha256(canonical));
  const auto signature = base::to_hex(base::hmac_sha256(signing_key(as, day), to_sign));
  std::string proof{algorithm};
  proof += " Credential=" + as.key_id + '/' + scope + ",SignedHeaders=" + names + ",Signature=" + signature;
  sent.push_back({"authorization", std::move(proof)});
  return sent;
}

}  // namespace pulse::connectors::s3
