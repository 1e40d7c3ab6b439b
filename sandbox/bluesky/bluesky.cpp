#include "sandbox/bluesky/bluesky.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "sandbox/bluesky/replies.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::bluesky {

namespace {

using http::server::verb;

constexpr std::string_view collection = "app.bsky.feed.post";
constexpr std::size_t most_upload_bytes = 52'428'800;

std::string uri_of(const std::string& did, const std::string& rkey) {
  return fmt::format("at://{}/{}/{}", did, collection, rkey);
}

bool is_write(std::string_view method) {
  return method == "com.atproto.repo.putRecord" || method == "com.atproto.repo.createRecord" ||
         method == "com.atproto.repo.deleteRecord";
}

}  // namespace

std::string bluesky_platform::account_of(const http::server::request& request) const {
  const auto who = desk_.holder_of(request, base::timestamp::min());
  return who.did;
}

http::server::response bluesky_platform::failure(int status) const {
  const auto* error = status == 429 ? "RateLimitExceeded" : status < 500 ? "InvalidRequest" : "InternalServerError";
  return refuse(status, error, status < 500 ? "Refused by a fault" : "Internal Server Error").response;
}

verdict bluesky_platform::answer(const http::server::request& request, base::timestamp now) {
  constexpr std::string_view calls = "/xrpc/";
  constexpr std::string_view directory = "/plc/";
  std::string_view path{request.path};
  if (path.starts_with(directory) && request.method == verb::get) {
    const auto host = std::string{request.find("host").value_or("")};
    return desk_.show_document(std::string{path.substr(directory.size())}, fmt::format("http://{}/bluesky", host));
  }
  if (!path.starts_with(calls)) return refuse(404, "NotFound", "Not Found");
  return carry_out(request, path.substr(calls.size()), now);
}

verdict bluesky_platform::carry_out(const http::server::request& request, std::string_view method,
                                    base::timestamp now) {
  const bool is_get = request.method == verb::get;
  const bool is_post = request.method == verb::post;
  if (method == "com.atproto.identity.resolveHandle" && is_get) return desk_.resolve_handle(request);
  if (method == "com.atproto.server.createSession" && is_post) return desk_.create(request, now);
  if (method == "com.atproto.server.refreshSession" && is_post) return desk_.refresh(request, now);
  if (method == "com.atproto.server.deleteSession" && is_post) return desk_.end(request);
  if (method == "com.atproto.repo.getRecord" && is_get) return get_record(request);
  if (method == "app.bsky.feed.getPosts" && is_get) return count_post(request);
  if (method == "com.atproto.repo.listRecords" && is_get) return list_records(request);
  if (method == "app.bsky.video.uploadVideo" && is_post) return videos_.take(request, now);
  if (videos_.has_parts && is_post && method == "app.bsky.video.startUpload") return videos_.begin(request, now);
  if (videos_.has_parts && is_post && method == "app.bsky.video.uploadPart") return videos_.take_part(request, now);
  if (videos_.has_parts && is_post && method == "app.bsky.video.finishUpload") return videos_.finish(request, now);
  if (videos_.has_parts && is_get && method == "app.bsky.video.getUploadStatus")
    return videos_.show_upload(request, now);
  if (method == "app.bsky.video.getJobStatus" && is_get) return videos_.show_job(request, blobs_, now);
  if (method == "app.bsky.video.getUploadLimits" && is_get) return videos_.show_limits(request, now);
  const bool is_service_token = method == "com.atproto.server.getServiceAuth" && is_get;
  const bool is_known = is_service_token || (is_post && (is_write(method) || method == "com.atproto.repo.uploadBlob"));
  if (!is_known) return refuse(501, "MethodNotImplemented", "Method Not Implemented");
  const auto who = desk_.holder_of(request, now);
  switch (who.state) {
    case token_state::missing: return refuse(401, "AuthMissing", "Authentication Required");
    case token_state::unknown: return refuse(400, "InvalidToken", "Token could not be verified");
    case token_state::expired: return refuse(400, "ExpiredToken", "Token has expired");
    case token_state::good: break;
  }
  if (is_service_token) return videos_.give_token(request, who.did, now);
  return method == "com.atproto.repo.uploadBlob" ? upload(request, who.did) : write(request, who.did, method, now);
}

verdict bluesky_platform::write(const http::server::request& request, const std::string& did, std::string_view method,
                                base::timestamp now) {
  const auto body = body_of(request);
  if (!body) return refuse(400, "InvalidRequest", "Input must be an object");
  if (text_at(*body, "repo") != did) return refuse(401, "AuthenticationRequired", "Authentication Required");
  const auto rkey = text_at(*body, "rkey");
  if (text_at(*body, "collection") != collection)
    return refuse(400, "InvalidRequest", "This sandbox keeps app.bsky.feed.post only");
  if (!is_tid(rkey)) return refuse(400, "InvalidRequest", "Record key must be a tid");
  const bool is_put = method == "com.atproto.repo.putRecord";
  const bool is_delete = method == "com.atproto.repo.deleteRecord";
  const std::int64_t cost = is_delete ? 1 : is_put ? 2 : 3;
  if (!points_.spend(did, cost, now)) {
    auto limited = refuse(429, "RateLimitExceeded", "Rate Limit Exceeded");
    for (auto& each : points_.headers(did, now)) limited.response.headers.push_back(std::move(each));
    return limited;
  }
  auto what = is_delete ? remove(did, rkey) : put(*body, did, rkey, !is_put);
  for (auto& each : points_.headers(did, now)) what.response.headers.push_back(std::move(each));
  return what;
}

verdict bluesky_platform::put(const boost::json::object& body, const std::string& did, const std::string& rkey,
                              bool is_create) {
  const auto* record = part_of(body, "record");
  if (record == nullptr) return refuse(400, "InvalidRequest", "Input must have the property \"record\"");
  if (auto refused = refuse_post(*record, did, blobs_)) return std::move(*refused);
  const auto cid = cid_of(boost::json::serialize(*record));
  const auto found = posts_.find({did, rkey});
  const auto* swap = body.if_contains("swapRecord");
  boost::json::object shown{{"uri", uri_of(did, rkey)}, {"cid", cid}};
  if (found != posts_.end()) {
    if (is_create) return refuse(500, "InternalServerError", "Internal Server Error");
    if (found->second.cid == cid) return done(shown, uri_of(did, rkey));
    if (swap != nullptr && swap->is_null()) return refuse(400, "InvalidSwap", "Record was at " + found->second.cid);
  }
  posts_[{did, rkey}] = {*record, cid};
  shown["commit"] = boost::json::object{{"cid", cid_of(cid)}, {"rev", rkey}};
  shown["validationStatus"] = "valid";
  return {json_reply(200, shown),
          decision::accepted,
          uri_of(did, rkey),
          {{"post", boost::json::object{{"did", did}, {"rkey", rkey}, {"record", *record}}}}};
}

verdict bluesky_platform::remove(const std::string& did, const std::string& rkey) {
  posts_.erase({did, rkey});
  return done(boost::json::object{}, uri_of(did, rkey),
              {{"deleted", boost::json::object{{"did", did}, {"rkey", rkey}}}});
}

verdict bluesky_platform::upload(const http::server::request& request, const std::string& did) {
  const std::string type{request.find("content-type").value_or("")};
  if (request.body.empty() || type.empty())
    return refuse(400, "InvalidRequest", "Request encoding (Content-Type) required but not provided");
  if (request.body.size() > most_upload_bytes) return refuse(413, "PayloadTooLarge", "request entity too large");
  const auto cid = cid_of(request.body);
  const auto size = static_cast<std::int64_t>(request.body.size());
  blobs_[cid] = {did, type, size};
  const boost::json::object ref{{"$link", cid}};
  return done(
      boost::json::object{
          {"blob", boost::json::object{{"$type", "blob"}, {"ref", ref}, {"mimeType", type}, {"size", size}}}},
      cid, {{"blob", boost::json::object{{"cid", cid}, {"did", did}, {"type", type}, {"size", size}}}});
}

verdict bluesky_platform::get_record(const http::server::request& request) const {
  const auto given = query_of(request);
  const auto found = posts_.find({value_of(given, "repo"), value_of(given, "rkey")});
  if (value_of(given, "collection") != collection || found == posts_.end())
    return refuse(400, "RecordNotFound",
                  "Could not locate record: " + uri_of(value_of(given, "repo"), value_of(given, "rkey")));
  const auto uri = uri_of(found->first.first, found->first.second);
  return done(boost::json::object{{"uri", uri}, {"cid", found->second.cid}, {"value", found->second.record}}, uri);
}

/// The counts of one post; missing posts are left out.
verdict bluesky_platform::count_post(const http::server::request& request) const {
  const auto uri = value_of(query_of(request), "uris");
  boost::json::array posts;
  for (const auto& [key, one] : posts_) {
    if (uri_of(key.first, key.second) != uri) continue;
    const auto figures = figures_of(uri);
    posts.push_back(boost::json::object{{"uri", uri},
                                        {"cid", one.cid},
                                        {"record", one.record},
                                        {"likeCount", figures.likes},
                                        {"replyCount", figures.comments},
                                        {"repostCount", figures.shares},
                                        {"quoteCount", 0}});
  }
  return done(boost::json::object{{"posts", std::move(posts)}}, uri);
}

verdict bluesky_platform::list_records(const http::server::request& request) const {
  const auto given = query_of(request);
  const auto did = value_of(given, "repo");
  if (!desk_.has(did)) return refuse(400, "InvalidRequest", "Could not find repo: " + did);
  std::size_t limit = 50;
  if (const auto text = value_of(given, "limit"); !text.empty())
    std::from_chars(text.data(), text.data() + text.size(), limit);
  if (limit < 1 || limit > 100) return refuse(400, "InvalidRequest", "Params limit must be from 1 to 100");
  const auto cursor = value_of(given, "cursor");
  boost::json::array records;
  std::string last;
  for (auto each = posts_.rbegin(); each != posts_.rend() && records.size() < limit; ++each) {
    const auto& [owner, rkey] = each->first;
    if (owner != did || (!cursor.empty() && rkey >= cursor)) continue;
    last = rkey;
    records.push_back(
        boost::json::object{{"uri", uri_of(did, rkey)}, {"cid", each->second.cid}, {"value", each->second.record}});
  }
  boost::json::object shown;
  if (records.size() == limit) shown["cursor"] = last;
  shown["records"] = std::move(records);
  return done(shown);
}

complaint bluesky_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name")
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username and name are";
  }
  const auto did = text_at(command, "user_id");
  if (!did.starts_with("did:") || text_at(command, "username").empty())
    return "user_id (a DID) and username (a handle) are required";
  desk_.add_account(did, text_at(command, "username"), hash);
  return std::nullopt;
}

complaint bluesky_platform::set_limits(const boost::json::object& command) {
  const auto number = [](const boost::json::value& value) { return value.is_int64() && value.get_int64() >= 0; };
  for (const auto& [name, value] : command) {
    if (name == "access_life_s" && number(value)) {
      desk_.rules.access_life = std::chrono::seconds{value.get_int64()};
    } else if (name == "refresh_grace_s" && number(value)) {
      desk_.rules.refresh_grace = std::chrono::seconds{value.get_int64()};
    } else if (name == "lose_blobs" && value.is_bool()) {
      if (value.get_bool()) blobs_.clear();
    } else if (name == "has_email" && value.is_bool()) {
      videos_.has_email = value.get_bool();
    } else if (name == "parts" && value.is_bool()) {
      videos_.has_parts = value.get_bool();
    } else if (name == "videos" && value.is_object()) {
      for (const auto& [which, most] : value.get_object()) {
        if (!number(most) || (which != "daily" && which != "daily_bytes"))
          return "videos are {\"daily\": 25, \"daily_bytes\": 10000000000}";
        (which == "daily" ? videos_.daily : videos_.daily_bytes) = most.get_int64();
      }
    } else if (name == "points" && value.is_object()) {
      for (const auto& [which, most] : value.get_object()) {
        if (!number(most) || (which != "hourly" && which != "daily"))
          return "points are {\"hourly\": 5000, \"daily\": 35000}";
        (which == "hourly" ? points_.hourly : points_.daily) = most.get_int64();
      }
    } else {
      return std::string{name} + " is no limit of Bluesky, or not so";
    }
  }
  return std::nullopt;
}

void bluesky_platform::replay(const boost::json::object& record, base::timestamp) {
  if (const auto* one = part_of(record, "session")) desk_.restore(*one);
  if (const auto* one = part_of(record, "ended")) desk_.forget(text_at(*one, "did"));
  if (const auto* one = part_of(record, "post")) {
    const auto* made = part_of(*one, "record");
    if (made != nullptr)
      posts_[{text_at(*one, "did"), text_at(*one, "rkey")}] = {*made, cid_of(boost::json::serialize(*made))};
  }
  if (const auto* one = part_of(record, "deleted")) posts_.erase({text_at(*one, "did"), text_at(*one, "rkey")});
  if (const auto* one = part_of(record, "blob")) {
    const auto* size = one->if_contains("size");
    blobs_[text_at(*one, "cid")] = {text_at(*one, "did"), text_at(*one, "type"),
                                    size != nullptr && size->is_int64() ? size->get_int64() : 0};
  }
}

boost::json::object bluesky_platform::state() const {
  boost::json::array users;
  for (const auto& [did, handle] : desk_.accounts())
    users.push_back(boost::json::object{{"user_id", did}, {"username", handle}});
  boost::json::array posts;
  for (const auto& [key, one] : posts_) {
    posts.push_back(boost::json::object{{"id", uri_of(key.first, key.second)},
                                        {"user_id", key.first},
                                        {"text", text_at(one.record, "text")},
                                        {"created_at", text_at(one.record, "createdAt")},
                                        {"record", one.record}});
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}};
}

}  // namespace pulse::sandbox::bluesky
