#include "sandbox/bluesky/videos.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "sandbox/bluesky/replies.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::bluesky {

namespace {

using namespace std::chrono_literals;

constexpr auto longest_token_life = 1h;

/// In the sandbox the account's server and the video service are one host.
std::string own_did(const http::server::request& request) {
  std::string host{request.find("host").value_or("")};
  if (const auto colon = host.find(':'); colon != std::string::npos) host.replace(colon, 1, "%3A");
  return "did:web:" + host;
}

}  // namespace

boost::json::object status_of(const std::string& id, const std::string& did, std::string_view state) {
  return {{"jobId", id}, {"did", did}, {"state", state}};
}

boost::json::object film_record(const std::string& id, std::string_view film) {
  return {{"id", id}, {"bytes", film.size()}, {"sha256", base::to_hex(base::sha256(film))}};
}

verdict video_service::give_token(const http::server::request& request, const std::string& did, base::timestamp now) {
  const auto given = query_of(request);
  const auto audience = value_of(given, "aud");
  const auto method = value_of(given, "lxm");
  if (!audience.starts_with("did:")) return refuse(400, "InvalidRequest", "Params must have the property \"aud\"");
  auto until = now + 60s;
  if (const auto text = value_of(given, "exp"); !text.empty()) {
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    until = base::timestamp{std::chrono::seconds{seconds}};
    if (until <= now) return refuse(400, "BadExpiration", "expiration is in past");
    if (until > now + longest_token_life || (method.empty() && until > now + 60s))
      return refuse(400, "BadExpiration", "cannot request a token with an expiration more than an hour in the future");
  }
  const auto token = base::random_token(40);
  tokens_[token_hash(token)] = {did, audience, method, until};
  return done(boost::json::object{{"token", token}}, did);
}

std::pair<std::string, std::optional<verdict>> video_service::holder_of(const http::server::request& request,
                                                                        std::string_view method,
                                                                        base::timestamp now) const {
  const auto token = bearer_token(request);
  const auto found = token ? tokens_.find(token_hash(*token)) : tokens_.end();
  if (found == tokens_.end()) return {"", refuse(401, "AuthenticationRequired", "a service token is required")};
  const auto& one = found->second;
  if (one.audience != own_did(request)) return {"", refuse(401, "BadJwtAudience", "jwt audience does not match")};
  if (one.method != method) return {"", refuse(401, "BadJwtLexiconMethod", "bad jwt lexicon method (\"lxm\")")};
  if (now >= one.until) return {"", refuse(401, "JwtExpired", "jwt expired")};
  return {one.did, std::nullopt};
}

std::pair<std::int64_t, std::int64_t> video_service::left_of(const std::string& did, base::timestamp now) const {
  auto left = std::pair{daily, daily_bytes};
  for (const auto& [at, id] : taken_) {
    const auto found = jobs_.find(id);
    if (found == jobs_.end() || found->second.did != did || at + 24h <= now) continue;
    --left.first;
    left.second -= found->second.bytes;
  }
  return {std::max<std::int64_t>(0, left.first), std::max<std::int64_t>(0, left.second)};
}

verdict video_service::take(const http::server::request& request, base::timestamp now) {
  const auto how = std::exchange(next_, processing{});
  const auto [did, wrong] = holder_of(request, "com.atproto.repo.uploadBlob", now);
  if (wrong) return *wrong;
  const auto given = query_of(request);
  if (value_of(given, "did") != did) return refuse(401, "AuthenticationRequired", "did is not the token's issuer");
  if (value_of(given, "name").empty()) return refuse(400, "InvalidRequest", "Params must have the property \"name\"");
  if (!has_email) return refuse(401, "unconfirmed_email", "Your account's e-mail address is not confirmed");
  if (request.find("content-type") != "video/mp4") return refuse(400, "invalid_mimetype", "unsupported video");
  auto made = job_of(did, request.body, how, now);
  if (made.wrong) return std::move(*made.wrong);
  if (made.is_known) {
    auto known = status_of(made.id, did, "JOB_STATE_COMPLETED");
    known["error"] = "already_exists";
    known["message"] = "Video already processed";
    return {json_reply(409, known), decision::refused, made.id, {}};
  }
  return {json_reply(200, status_of(made.id, did, "JOB_STATE_CREATED")),
          decision::done,
          made.id,
          {{"film", film_record(made.id, request.body)}}};
}

video_service::given_job video_service::job_of(const std::string& did, std::string_view film, processing how,
                                               base::timestamp now) {
  if (film.size() < 12 || film.substr(4, 4) != "ftyp")
    return {.id = {}, .wrong = refuse(400, "invalid_mimetype", "unsupported video")};
  if (film.size() > most_film_bytes)
    return {.id = {}, .wrong = refuse(413, "size_limit_exceeded", "video is too large")};
  const auto cid = cid_of(std::string{film});
  for (const auto& [id, one] : jobs_) {
    if (one.did == did && one.cid == cid && !one.fails) return {id, true};
  }
  const auto size = static_cast<std::int64_t>(film.size());
  const auto [videos, bytes] = left_of(did, now);
  if (videos < 1 || bytes < size)
    return {.id = {}, .wrong = refuse(429, "RateLimitExceeded", "daily upload limit exceeded")};
  const auto id = base::random_token(16);
  jobs_[id] = {did, cid, size, now + how.time, how.fails};
  taken_.emplace_back(now, id);
  return {id};
}

verdict video_service::show_job(const http::server::request& request, blobs& at_server, base::timestamp now) {
  const auto id = value_of(query_of(request), "jobId");
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) return refuse(404, "NotFound", "job not found");
  const auto& one = found->second;
  boost::json::object record;
  auto shown = status_of(id, one.did, "JOB_STATE_ENCODING");
  if (now >= one.ready_at && one.fails) {
    shown["state"] = "JOB_STATE_FAILED";
    shown["error"] = "invalid_video";
    shown["message"] = "the video has no pictures";
  } else if (now >= one.ready_at) {
    constexpr std::string_view type = "video/mp4";
    at_server[one.cid] = {one.did, std::string{type}, one.bytes};
    shown["state"] = "JOB_STATE_COMPLETED";
    shown["blob"] = {{"$type", "blob"}, {"ref", {{"$link", one.cid}}}, {"mimeType", type}, {"size", one.bytes}};
    record["blob"] = {{"cid", one.cid}, {"did", one.did}, {"type", type}, {"size", one.bytes}};
  } else {
    shown["progress"] = 50;
  }
  return done(boost::json::object{{"jobStatus", shown}}, id, std::move(record));
}

verdict video_service::show_limits(const http::server::request& request, base::timestamp now) {
  const auto [did, wrong] = holder_of(request, "app.bsky.video.getUploadLimits", now);
  if (wrong) return *wrong;
  const auto [videos, bytes] = left_of(did, now);
  boost::json::object shown{{"canUpload", has_email && videos > 0 && bytes > 0},
                            {"remainingDailyVideos", videos},
                            {"remainingDailyBytes", bytes}};
  if (!has_email) {
    shown["error"] = "unconfirmed_email";
    shown["message"] = "Your account's e-mail address is not confirmed";
  }
  return done(shown, did);
}

}  // namespace pulse::sandbox::bluesky
