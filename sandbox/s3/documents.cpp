#include "sandbox/s3/documents.hpp"

#include <charconv>

#include "sandbox/core/html.hpp"

namespace pulse::sandbox::s3 {

namespace {

struct known_error {
  std::string_view code;
  int status;
  std::string_view message;
};

constexpr known_error known_errors[] = {
    {"NoSuchBucket", 404, "The specified bucket does not exist"},
    {"NoSuchKey", 404, "The specified key does not exist."},
    {"NoSuchUpload", 404,
     "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted "
     "or completed."},
    {"InvalidPart", 400,
     "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified "
     "entity tag may not match the part's entity tag."},
    {"InvalidPartOrder", 400, "The list of parts was not in ascending order."},
    {"EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size"},
    {"MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema"},
    {"InvalidArgument", 400, "Part number must be an integer between 1 and 10000, inclusive"},
    {"InvalidRange", 416, "The requested range is not satisfiable"},
    {"InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."},
    {"AccessDenied", 403, "Access Denied"},
    {"MethodNotAllowed", 405, "The specified method is not allowed against this resource."},
    {"InternalError", 500, "We encountered an internal error. Please try again."}};

std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const auto begin = text.find(before);
  if (begin == text.npos) return {};
  text.remove_prefix(begin + before.size());
  return text.substr(0, text.find(after));
}

std::string unescaped(std::string_view text) {
  std::string made{text};
  for (const auto& [name, sign] : {std::pair{"&quot;", "\""}, std::pair{"&#34;", "\""}, std::pair{"&amp;", "&"}}) {
    for (auto at = made.find(name); at != made.npos; at = made.find(name))
      made.replace(at, std::string_view{name}.size(), sign);
  }
  return made;
}

}  // namespace

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string{name} + ">" + escaped(text) + "</" + std::string{name} + ">";
}

std::string document(std::string_view root, const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + std::string{root} +
         " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + inside + "</" + std::string{root} + ">";
}

http::server::response xml(int status, std::string body) {
  http::server::response made;
  made.status = status;
  made.content_type = "application/xml";
  made.body = std::move(body);
  made.compressible = false;
  return made;
}

http::server::response error(int status, std::string_view code, std::string_view message) {
  return xml(status, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>" + element("Code", code) +
                         element("Message", message) + element("RequestId", "sandbox") + "</Error>");
}

http::server::response error(std::string_view code) {
  for (const auto& each : known_errors) {
    if (each.code == code) return error(each.status, each.code, each.message);
  }
  return error(400, code, code);
}

std::vector<named_part> read_parts(std::string_view body) {
  std::vector<named_part> made;
  if (body.find("<CompleteMultipartUpload") == body.npos) return made;
  for (auto at = body.find("<Part>"); at != body.npos; at = body.find("<Part>", at + 1)) {
    const auto one = body.substr(at, body.find("</Part>", at) - at);
    const auto number = between(one, "<PartNumber>", "</PartNumber>");
    named_part part;
    std::from_chars(number.data(), number.data() + number.size(), part.number);
    part.etag = unescaped(between(one, "<ETag>", "</ETag>"));
    made.push_back(std::move(part));
  }
  return made;
}

}  // namespace pulse::sandbox::s3
