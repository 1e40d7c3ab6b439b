// Signs requests to an S3-compatible service: AWS Signature Version 4 in headers. libcurl signs, too, but 7.88 signs a
// query in the order in which it stands, and the body that it is given in one piece.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::s3 {

/// Names and values, neither encoded.
using query_parameters = std::vector<std::pair<std::string, std::string>>;

struct unsigned_request {
  std::string method;  // "PUT"
  std::string host;    // as the Host header has it: with the port where it is not the scheme's
  std::string path;    // as it is sent, percent-encoded: "/bucket/name"
  query_parameters query;
  std::vector<egress_header> headers;  // beyond host and those that signing adds; all of them are signed
  std::string payload_hash;            // SHA-256 of the body, in lower-case hexadecimal
};

struct signing_identity {
  std::string region;
  std::string key_id;
  base::secret secret_key;
};

/// "a=1&b=" in the order that is signed, which is the order to send it in, too.
std::string canonical_query(const query_parameters& query);

/// The headers to send: those of the request, and `x-amz-content-sha256`, `x-amz-date`, `authorization`.
std::vector<egress_header> signed_headers(const unsigned_request& from, const signing_identity& as, base::timestamp at);

}  // namespace pulse::connectors::s3
