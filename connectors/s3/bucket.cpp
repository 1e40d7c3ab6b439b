#include "connectors/s3/bucket.hpp"

#include <algorithm>
#include <charconv>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "connectors/egress/url_encoding.hpp"

namespace pulse::connectors::s3 {

namespace {

/// Of one try: a part of 8 MiB over 1 Mbit/s.
constexpr std::chrono::seconds try_timeout{90};
/// Of an answer that says why there are no bytes.
constexpr std::size_t most_error_bytes = 64 * 1024;
/// Of a list, a thousand entries each.
constexpr int most_pages = 1'000;
constexpr std::string_view check_key = "pulse-check";
/// Else libcurl calls it a form.
const egress_header binary{"content-type", "application/octet-stream"};

struct address_parts {
  std::string scheme;
  std::string host;  // with the port, where it is not the scheme's
  std::string path;
};

address_parts split(const std::string& url) {
  address_parts made;
  const auto mark = url.find("://");
  made.scheme = url.substr(0, mark);
  const auto begin = mark == std::string::npos ? 0 : mark + 3;
  const auto slash = std::min(url.find('/', begin), url.size());
  made.host = url.substr(begin, slash - begin);
  made.path = url.substr(slash);
  const std::string_view usual = made.scheme == "https" ? ":443" : ":80";
  if (made.host.ends_with(usual)) made.host.erase(made.host.rfind(':'));
  return made;
}

std::int64_t number_in(std::string_view text) {
  std::int64_t made = 0;
  std::from_chars(text.data(), text.data() + text.size(), made);
  return made;
}

std::string field(const answer::fields& from, const std::string& name) {
  const auto found = from.find(name);
  return found == from.end() ? std::string{} : found->second;
}

failure unreadable() { return {failure_kind::unreachable, "", "its answer could not be read"}; }

}  // namespace

bucket::bucket(bucket_options how, egress& client, const base::clock& clock)
    : how_(std::move(how)), client_(client), clock_(clock) {
  auto parts = split(how_.endpoint);
  host_ = how_.is_in_path ? parts.host : how_.name + '.' + parts.host;
  path_ = how_.is_in_path ? parts.path + '/' + percent_encoded(how_.name) : parts.path;
  address_ = parts.scheme + "://" + host_;
}

egress_reply bucket::call_once(const asked& what, const std::string& payload_hash) const {
  unsigned_request made{what.method, host_,        path_ + '/' + base::percent_encoded(what.key, "/"),
                        what.query,  what.headers, payload_hash};
  egress_request sent;
  sent.method = what.method;
  sent.url = address_ + made.path;
  if (const auto query = canonical_query(what.query); !query.empty()) sent.url += '?' + query;
  sent.headers = signed_headers(made, how_.as, clock_.now());
  sent.body = what.body;
  sent.timeout = try_timeout;
  sent.max_response_bytes = what.most_bytes;
  sent.address = trust::platform;
  auto answered = std::make_shared<std::promise<egress_reply>>();
  auto reply = answered->get_future();
  client_.send(std::move(sent), [answered](egress_reply got) { answered->set_value(std::move(got)); });
  return reply.get();
}

bucket_result<egress_reply> bucket::call(const asked& what) const {
  const auto payload_hash = base::to_hex(base::sha256(what.body));
  auto pause = how_.pause;
  for (int tries = 1;; ++tries, pause *= 2) {
    auto reply = call_once(what, payload_hash);
    auto why = failure_of(reply);
    if (!why) return reply;
    if (why->kind != failure_kind::unreachable || tries >= how_.tries) return std::move(*why);
    std::this_thread::sleep_for(pause);
  }
}

bucket_result<answer> bucket::ask(const asked& what) const {
  const auto reply = call(what);
  if (!reply) return reply.error();
  auto read = read_answer(reply->body);
  if (!read) return unreadable();
  return std::move(*read);
}

bucket_result<carried_out> bucket::put(const std::string& key, std::string_view bytes) const {
  const auto reply = call({.method = "PUT", .key = key, .headers = {binary}, .body = bytes});
  if (!reply) return reply.error();
  return carried_out{};
}

bucket_result<std::int64_t> bucket::size(const std::string& key) const {
  const auto reply = call({.method = "HEAD", .key = key});
  if (!reply) return reply.error();
  const auto told = reply->find("content-length");
  if (!told) return unreadable();
  return number_in(*told);
}

bucket_result<std::string> bucket::get(const std::string& key, std::int64_t at, std::size_t count) const {
  const auto range = "bytes=" + std::to_string(at) + "-" + std::to_string(at + static_cast<std::int64_t>(count) - 1);
  auto reply = call(
      {.method = "GET", .key = key, .headers = {{"range", range}}, .most_bytes = std::max(count, most_error_bytes)});
  if (!reply) return reply.error();
  if (reply->status != 206) return unreadable();
  return std::move(reply->body);
}

bucket_result<carried_out> bucket::remove(const std::string& key) const {
  const auto reply = call({.method = "DELETE", .key = key});
  if (!reply && reply.error().kind != failure_kind::missing) return reply.error();
  return carried_out{};
}

template <class Read>
bucket_result<carried_out> bucket::read_pages(asked what, std::vector<std::pair<std::string, std::string>> next,
                                              Read read) const {
  const auto first = what.query;
  for (int page = 0; page < most_pages; ++page) {
    const auto told = ask(what);
    if (!told) return told.error();
    for (const auto& row : told->rows) read(row);
    if (told->value("IsTruncated") != "true") return carried_out{};
    what.query = first;
    for (const auto& [parameter, element] : next) what.query.emplace_back(parameter, told->value(element));
  }
  return unreadable();
}

bucket_result<std::vector<std::string>> bucket::list(const std::string& prefix) const {
  std::vector<std::string> keys;
  const auto done = read_pages({.method = "GET", .key = "", .query = {{"list-type", "2"}, {"prefix", prefix}}},
                               {{"continuation-token", "NextContinuationToken"}}, [&keys](const answer::fields& row) {
                                 if (field(row, "") == "Contents") keys.push_back(field(row, "Key"));
                               });
  if (!done) return done.error();
  return keys;
}

bucket_result<std::string> bucket::begin(const std::string& key) const {
  const auto told = ask({.method = "POST", .key = key, .query = {{"uploads", ""}}, .headers = {binary}});
  if (!told) return told.error();
  auto id = told->value("UploadId");
  if (id.empty()) return unreadable();
  return id;
}

bucket_result<part> bucket::put_part(const std::string& key, const std::string& upload_id, int number,
                                     std::string_view bytes) const {
  const auto reply = call({.method = "PUT",
                           .key = key,
                           .query = {{"partNumber", std::to_string(number)}, {"uploadId", upload_id}},
                           .headers = {binary},
                           .body = bytes});
  if (!reply) return reply.error();
  const auto etag = reply->find("etag");
  if (!etag) return unreadable();
  return part{number, std::string{*etag}, static_cast<std::int64_t>(bytes.size())};
}

bucket_result<std::vector<part>> bucket::parts(const std::string& key, const std::string& upload_id) const {
  std::vector<part> found;
  const auto done = read_pages({.method = "GET", .key = key, .query = {{"uploadId", upload_id}}},
                               {{"part-number-marker", "NextPartNumberMarker"}}, [&found](const answer::fields& row) {
                                 if (field(row, "") != "Part") return;
                                 found.push_back({static_cast<int>(number_in(field(row, "PartNumber"))),
                                                  field(row, "ETag"), number_in(field(row, "Size"))});
                               });
  if (!done) return done.error();
  std::sort(found.begin(), found.end(), [](const part& a, const part& b) { return a.number < b.number; });
  return found;
}

bucket_result<carried_out> bucket::complete(const std::string& key, const std::string& upload_id,
                                            const std::vector<part>& all) const {
  const auto body = to_document(all);
  const auto reply = call({.method = "POST", .key = key, .query = {{"uploadId", upload_id}}, .body = body});
  if (!reply) return reply.error();
  return carried_out{};
}

bucket_result<carried_out> bucket::abandon(const unfinished& what) const {
  const auto reply = call({.method = "DELETE", .key = what.key, .query = {{"uploadId", what.upload_id}}});
  if (!reply && reply.error().kind != failure_kind::missing) return reply.error();
  return carried_out{};
}

bucket_result<std::vector<unfinished>> bucket::unfinished_below(const std::string& prefix) const {
  std::vector<unfinished> found;
  const auto done = read_pages({.method = "GET", .key = "", .query = {{"uploads", ""}, {"prefix", prefix}}},
                               {{"key-marker", "NextKeyMarker"}, {"upload-id-marker", "NextUploadIdMarker"}},
                               [&found](const answer::fields& row) {
                                 if (field(row, "") == "Upload")
                                   found.push_back({field(row, "Key"), field(row, "UploadId")});
                               });
  if (!done) return done.error();
  return found;
}

std::optional<bucket::finding> bucket::check() const {
  const auto listed = ask({.method = "GET", .key = "", .query = {{"list-type", "2"}, {"max-keys", "1"}}});
  if (!listed) return sentence_of(listed.error());
  if (const auto done = put(std::string{check_key}, "Pulse may write here."); !done) return sentence_of(done.error());
  if (const auto done = remove(std::string{check_key}); !done) return sentence_of(done.error());
  return std::nullopt;
}

bucket::finding bucket::sentence_of(const failure& why) const {
  const auto told = "The bucket " + how_.name + " at " + how_.endpoint;
  if (why.kind == failure_kind::unreachable)
    return {told + " is not reached: " + why.reason + " Check MEDIA_S3_ENDPOINT, and that the service runs.", true};
  if (why.code == "NoSuchBucket")
    return {told + " does not exist: make it there, or mend MEDIA_S3_BUCKET or MEDIA_S3_REGION.", false};
  if (why.code == "InvalidAccessKeyId")
    return {told + " does not know the key " + how_.as.key_id + ": mend MEDIA_S3_KEY_ID.", false};
  if (why.code == "SignatureDoesNotMatch")
    return {told + " finds that the secret is not the key's: mend MEDIA_S3_SECRET_KEY.", false};
  if (why.code == "AccessDenied")
    return {told +
                " does not let this key list, write and remove: allow s3:ListBucket, s3:ListBucketMultipartUploads, "
                "s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and "
                "s3:ListMultipartUploadParts.",
            false};
  if (why.code == "RequestTimeTooSkewed") return {told + " finds that this machine's clock is wrong: set it.", true};
  if (why.code == "AuthorizationHeaderMalformed" || why.code == "PermanentRedirect")
    return {told + " is in another region: mend MEDIA_S3_REGION and MEDIA_S3_ENDPOINT (" + why.reason + ").", false};
  return {told + " does not work: " + why.reason + ".", false};
}

}  // namespace pulse::connectors::s3
