// Checks a request's S3 signature.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox::s3 {

/// S3's code for the error, and its sentence.
struct complaint_of_s3 {
  int status;
  std::string_view code;
  std::string_view message;
};

/// The key id that the request names; empty if there is none.
std::string key_id_of(const http::server::request& request);

/// `path` and `query` as they were sent; `region` is the bucket's. Checks the scope, the date, the body's hash, that
/// host and all x-amz- headers are signed, and the signature itself.
std::optional<complaint_of_s3> signature_problem(const http::server::request& request, std::string_view path,
                                                 std::string_view query, std::string_view region,
                                                 std::string_view secret, base::timestamp now);

}  // namespace pulse::sandbox::s3
