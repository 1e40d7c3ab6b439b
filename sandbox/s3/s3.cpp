#include "sandbox/s3/s3.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/server/query.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/s3/documents.hpp"
#include "sandbox/s3/signature.hpp"

namespace pulse::sandbox::s3 {

namespace {

using http::server::response;
using http::server::verb;

constexpr std::string_view region = "us-east-1";
/// The stand-in's path; signatures cover the path as it was sent.
constexpr std::string_view place = "/s3";
constexpr std::size_t page_size = 1'000;
constexpr std::int64_t sent_at_once = 256 * 1024;

verdict did(response answer, std::string id = {}) { return {std::move(answer), decision::done, std::move(id), {}}; }

int number_in(std::string_view text) {
  int made = 0;
  std::from_chars(text.data(), text.data() + text.size(), made);
  return made;
}

struct range {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// "bytes=0-9"; nothing for any other form.
std::optional<range> read_range(std::string_view header) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  const auto rest = header.substr(unit.size());
  const auto dash = rest.find('-');
  if (dash == rest.npos) return std::nullopt;
  range made;
  std::from_chars(rest.data(), rest.data() + dash, made.first);
  std::from_chars(rest.data() + dash + 1, rest.data() + rest.size(), made.last);
  return made;
}

/// The bucket in the host name, as in "media.localhost:9100"; nothing if it is in the path.
std::optional<std::string> bucket_in_host(const http::server::request& request) {
  constexpr std::string_view below = ".localhost";
  auto host = request.find("host").value_or("");
  host = host.substr(0, host.find(':'));
  if (!host.ends_with(below) || host.size() == below.size()) return std::nullopt;
  return std::string{host.substr(0, host.size() - below.size())};
}

/// Sends an object's bytes without holding them in memory.
struct sending {
  const bucket& in;
  object what;
  std::int64_t at;
  std::int64_t left;
};

boost::asio::awaitable<std::string> next_part(std::shared_ptr<sending> of) {
  auto part = of->in.read(of->what, of->at, std::min(of->left, sent_at_once));
  of->at += static_cast<std::int64_t>(part.size());
  of->left -= static_cast<std::int64_t>(part.size());
  co_return part;
}

}  // namespace

s3_platform::s3_platform() {
  accounts_["pulse-sandbox"] = {"pulse-sandbox-secret", "pulse-media"};
  buckets_.try_emplace("pulse-media", bytes_);
}

std::string s3_platform::call::value(const std::string& named) const {
  const auto found = query.find(named);
  return found == query.end() ? std::string{} : found->second;
}

std::string s3_platform::account_of(const http::server::request& request) const { return key_id_of(request); }

response s3_platform::failure(int status) const {
  if (status == 503) return error(503, "SlowDown", "Please reduce your request rate.");
  if (status == 403) return error("AccessDenied");
  return error(status, "InternalError", "We encountered an internal error. Please try again.");
}

verdict s3_platform::answer(const http::server::request& request, base::timestamp now) {
  const auto mark = request.target.find('?');
  const auto known = accounts_.find(key_id_of(request));
  if (request.find("authorization") && known == accounts_.end()) return refuse(error("InvalidAccessKeyId"));
  const auto secret = known == accounts_.end() ? std::string{} : known->second.secret;
  const auto path = std::string{place} + request.target.substr(0, mark);
  if (const auto wrong = signature_problem(request, path, request.query, region, secret, now))
    return refuse(error(wrong->status, wrong->code, wrong->message));
  const auto in_host = bucket_in_host(request);
  const auto slash = in_host ? 0 : request.path.find('/', 1);
  const auto named = in_host ? *in_host : request.path.substr(1, slash == std::string::npos ? slash : slash - 1);
  const auto found = buckets_.find(named);
  if (found == buckets_.end()) return refuse(error("NoSuchBucket"));
  if (known->second.bucket_name != named) return refuse(error("AccessDenied"));
  const auto query = http::server::parse_query(request.query);
  if (!query) return refuse(error(400, "InvalidURI", "Couldn't parse the specified URI."));
  call what{
      request, found->second, named, slash == std::string::npos ? std::string{} : request.path.substr(slash + 1), {}};
  for (const auto& [name, value] : *query) what.query[name] = value;
  return what.key.empty() ? on_bucket(what) : on_object(what);
}

verdict s3_platform::on_bucket(const call& what) const {
  if (what.request.method == verb::head) return did(response::empty(200));
  if (what.request.method != verb::get) return refuse(error("MethodNotAllowed"));
  if (what.has("uploads")) return list_uploads(what);
  return list_objects(what);
}

verdict s3_platform::on_object(const call& what) {
  switch (what.request.method) {
    case verb::get:
      if (what.has("uploadId")) return list_parts(what);
      return read(what);
    case verb::head: return read(what);
    case verb::put: return put(what);
    case verb::post: return post(what);
    case verb::delete_: return remove(what);
    case verb::patch:
    case verb::options: break;
  }
  return refuse(error("MethodNotAllowed"));
}

verdict s3_platform::read(const call& what) const {
  const auto* found = what.in.find(what.key);
  if (found == nullptr) return refuse(error("NoSuchKey"));
  range wanted{0, found->bytes - 1};
  response made;
  if (const auto header = what.request.find("range")) {
    const auto range = read_range(*header);
    if (!range || range->first >= found->bytes || range->last < range->first) return refuse(error("InvalidRange"));
    wanted = {range->first, std::min(range->last, found->bytes - 1)};
    made.status = 206;
    made.headers.push_back({"content-range", "bytes " + std::to_string(wanted.first) + "-" +
                                                 std::to_string(wanted.last) + "/" + std::to_string(found->bytes)});
  }
  made.content_type = "application/octet-stream";
  made.compressible = false;
  made.headers.push_back({"etag", found->etag});
  const auto count = wanted.last - wanted.first + 1;
  auto rest = std::make_shared<sending>(sending{what.in, *found, wanted.first, count});
  made.parts = [rest] { return next_part(rest); };
  made.parts_bytes = static_cast<std::uint64_t>(count);
  return did(std::move(made), what.key);
}

verdict s3_platform::put(const call& what) {
  auto made = response::empty(200);
  if (!what.has("uploadId")) {
    if (const auto wrong = what.in.put(what.key, what.request.body); !wrong.empty()) return refuse(error(wrong));
    made.headers.push_back({"etag", what.in.find(what.key)->etag});
    return did(std::move(made), what.key);
  }
  std::string etag;
  const auto wrong =
      what.in.put_part(what.key, what.value("uploadId"), number_in(what.value("partNumber")), what.request.body, etag);
  if (!wrong.empty()) return refuse(error(wrong));
  made.headers.push_back({"etag", etag});
  return did(std::move(made), what.key);
}

verdict s3_platform::post(const call& what) {
  if (what.has("uploads")) {
    const auto id = what.in.begin(what.key);
    return did(
        xml(200, document("InitiateMultipartUploadResult",
                          element("Bucket", what.bucket_name) + element("Key", what.key) + element("UploadId", id))),
        what.key);
  }
  if (!what.has("uploadId")) return refuse(error("MethodNotAllowed"));
  if (std::exchange(fails_in_200_, false)) {
    auto late = error("InternalError");
    late.status = 200;
    return refuse(std::move(late));
  }
  const auto wrong = what.in.complete(what.key, what.value("uploadId"), read_parts(what.request.body));
  if (!wrong.empty()) return refuse(error(wrong));
  return did(xml(200, document("CompleteMultipartUploadResult", element("Bucket", what.bucket_name) +
                                                                    element("Key", what.key) +
                                                                    element("ETag", what.in.find(what.key)->etag))),
             what.key);
}

verdict s3_platform::remove(const call& what) {
  if (!what.has("uploadId")) {
    what.in.remove(what.key);
  } else if (!what.in.abandon(what.key, what.value("uploadId"))) {
    return refuse(error("NoSuchUpload"));
  }
  return did(response::empty(204), what.key);
}

verdict s3_platform::list_parts(const call& what) const {
  const auto* found = what.in.find_upload(what.key, what.value("uploadId"));
  if (found == nullptr) return refuse(error("NoSuchUpload"));
  const int after = number_in(what.value("part-number-marker"));
  std::string shown;
  std::size_t count = 0;
  int last = after;
  bool is_cut = false;
  for (const auto& [number, part] : found->parts) {
    if (number <= after) continue;
    if (count++ == page_size) {
      is_cut = true;
      break;
    }
    last = number;
    shown += "<Part>" + element("PartNumber", std::to_string(number)) + element("ETag", part.etag) +
             element("Size", std::to_string(part.where.bytes)) + "</Part>";
  }
  return did(
      xml(200, document("ListPartsResult", element("Key", what.key) + element("UploadId", what.value("uploadId")) +
                                               element("NextPartNumberMarker", std::to_string(last)) +
                                               element("IsTruncated", is_cut ? "true" : "false") + shown)),
      what.key);
}

verdict s3_platform::list_objects(const call& what) const {
  if (what.value("list-type") != "2") return refuse(error(400, "NotImplemented", "Only list-type=2 is spoken here."));
  const auto prefix = what.value("prefix");
  const auto after = what.value("continuation-token");
  const auto wanted = what.has("max-keys") ? static_cast<std::size_t>(number_in(what.value("max-keys"))) : page_size;
  std::string shown;
  std::string last;
  std::size_t count = 0;
  bool is_cut = false;
  for (const auto& [key, one] : what.in.objects()) {
    if (!key.starts_with(prefix) || (!after.empty() && key <= after)) continue;
    if (count++ == std::min(wanted, page_size)) {
      is_cut = true;
      break;
    }
    last = key;
    shown += "<Contents>" + element("Key", key) + element("ETag", one.etag) +
             element("Size", std::to_string(one.bytes)) + "</Contents>";
  }
  auto inside = element("Name", what.bucket_name) + element("Prefix", prefix) +
                element("KeyCount", std::to_string(is_cut ? count - 1 : count)) +
                element("IsTruncated", is_cut ? "true" : "false") + shown;
  if (is_cut) inside += element("NextContinuationToken", last);
  return did(xml(200, document("ListBucketResult", inside)));
}

verdict s3_platform::list_uploads(const call& what) const {
  std::string shown;
  for (const auto& [id, one] : what.in.uploads()) {
    if (one.key.starts_with(what.value("prefix")))
      shown += "<Upload>" + element("Key", one.key) + element("UploadId", id) + "</Upload>";
  }
  return did(xml(200, document("ListMultipartUploadsResult", element("IsTruncated", "false") + shown)));
}

complaint s3_platform::add_account(const boost::json::object& command, const std::string&) {
  const auto id = text_at(command, "user_id");
  account made{text_at(command, "secret"), text_at(command, "bucket")};
  if (id.empty() || made.secret.empty() || made.bucket_name.empty()) return "user_id, secret and bucket are required";
  buckets_.try_emplace(made.bucket_name, bytes_);
  accounts_[id] = std::move(made);
  return std::nullopt;
}

complaint s3_platform::set_limits(const boost::json::object& command) {
  if (flag_at(command, "fail_in_200")) fails_in_200_ = true;
  if (!flag_at(command, "forget_uploads")) return std::nullopt;
  for (auto& [name, one] : buckets_) {
    while (!one.uploads().empty()) {
      const auto [id, upload] = *one.uploads().begin();
      one.abandon(upload.key, id);
    }
  }
  return std::nullopt;
}

boost::json::object s3_platform::state() const {
  boost::json::object shown;
  for (const auto& [name, one] : buckets_) {
    boost::json::object objects;
    for (const auto& [key, each] : one.objects()) objects[key] = each.bytes;
    boost::json::object uploads;
    for (const auto& [id, each] : one.uploads()) uploads[each.key] = each.parts.size();
    shown[name] = {{"objects", std::move(objects)}, {"uploads", std::move(uploads)}};
  }
  return {{"buckets", std::move(shown)}};
}

}  // namespace pulse::sandbox::s3
