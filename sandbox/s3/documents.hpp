// S3's XML, as far as the stand-in supports it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.hpp"
#include "sandbox/s3/objects.hpp"

namespace pulse::sandbox::s3 {

/// `<name>text</name>`
std::string element(std::string_view name, std::string_view text);
/// `<?xml …?><root xmlns="…">inside</root>`
std::string document(std::string_view root, const std::string& inside);

http::server::response xml(int status, std::string body);
http::server::response error(int status, std::string_view code, std::string_view message);
/// The error with this code of S3.
http::server::response error(std::string_view code);

/// The parts of CompleteMultipartUpload; empty if it is malformed.
std::vector<named_part> read_parts(std::string_view body);

}  // namespace pulse::sandbox::s3
