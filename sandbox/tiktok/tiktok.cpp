#include "sandbox/tiktok/tiktok.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/core/verdicts.hpp"

namespace pulse::sandbox::tiktok {

namespace {

using http::server::response;
using http::server::verb;

constexpr std::chrono::hours upload_url_lives{1};
constexpr std::size_t most_listed_characters = 150;
constexpr std::string_view upload_path = "/video/";

verdict done(response response, std::string id = {}) {
  return {std::move(response), decision::done, std::move(id), {}};
}

std::string parameter(const http::server::request& request, std::string_view wanted) {
  const auto read = http::server::parse_query(request.query);
  if (!read) return {};
  for (const auto& [name, value] : *read) {
    if (name == wanted) return value;
  }
  return {};
}

/// Cuts between characters.
std::string cut(std::string text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    --characters;
  }
  text.resize(at);
  return text;
}

}  // namespace

std::string tiktok_platform::account_of(const http::server::request& request) const {
  return holder_of(request, users_by_token_);
}

response tiktok_platform::failure(int status) const {
  if (status == 401) return error(401, "access_token_invalid");
  if (status == 403) return error(403, "spam_risk_user_banned_from_posting");
  if (status == 429) return error(429, "rate_limit_exceeded");
  if (status >= 500) return error(status, "internal_error");
  return error(status, "invalid_params");
}

verdict tiktok_platform::answer(const http::server::request& request, base::timestamp now) {
  if (desk_.owns(request.path)) {
    next_.reset();
    return log_in(request, now);
  }
  if (request.path == upload_path && request.method == verb::put) return upload(request, now);
  const auto user = account_of(request);
  if (user.empty()) return refuse(error(401, "access_token_invalid", "The access token is invalid or not found"));
  auto what = carry_out(request, user, now);
  next_.reset();
  return what;
}

verdict tiktok_platform::log_in(const http::server::request& request, base::timestamp now) {
  if (creators_.empty()) creators_["-000demo"] = {"pulse_demo", "Pulse Demo"};
  std::vector<desk_user> shown;
  for (const auto& [id, one] : creators_) shown.push_back({id, fmt::format("{} (@{})", one.name, one.username)});
  if (desk_.is_revocation(request.path)) return desk_.revoke_among(request, users_by_token_);
  if (!desk_.is_token_call(request.path)) return {desk_.authorize(request, shown, now), decision::done, {}, {}};
  auto got = desk_.token(request, now);
  if (!got.is_granted) {
    // Refusals also have status 200: the member `error` decides.
    const auto told = read_object(got.response.body).value_or(boost::json::object{});
    auto code = text_at(told, "error");
    if (code == "invalid_request" || code == "invalid_redirect_uri") code = "invalid_grant";
    return refuse(json_reply(
        200,
        {{"error", code}, {"error_description", text_at(told, "error_description")}, {"log_id", "20261129080000"}}));
  }
  users_by_token_[got.access_hash] = got.user_id;
  auto body = read_object(got.response.body).value_or(boost::json::object{});
  scopes_[got.user_id] = text_at(body, "scope");
  body["open_id"] = got.user_id;
  const auto refresh_life = body["refresh_token_expires_in"];  // a copy: the next line may move all members
  body["refresh_expires_in"] = refresh_life;
  body.erase("refresh_token_expires_in");
  return {json_reply(200, body), decision::done, got.user_id, std::move(got.record)};
}

bool tiktok_platform::has_scope(const std::string& user, std::string_view wanted) const {
  const auto found = scopes_.find(user);
  return found == scopes_.end() || found->second == "all" || found->second.find(wanted) != std::string::npos;
}

verdict tiktok_platform::carry_out(const http::server::request& request, const std::string& user, base::timestamp now) {
  if (request.path == "/v2/user/info/" && request.method == verb::get) {
    const auto& one = creators_.at(user);
    boost::json::object shown{{"open_id", user}, {"display_name", one.name}};
    const bool wants_name = parameter(request, "fields").find("username") != std::string::npos;
    if (wants_name && !has_scope(user, "user.info.profile")) return refuse(error(401, "scope_not_authorized"));
    if (wants_name) shown["username"] = one.username;
    return done(success({{"user", std::move(shown)}}), user);
  }
  if (request.method != verb::post) return refuse(error(404, "invalid_params", "no such path"));
  if (request.path == "/v2/video/list/") {
    if (!has_scope(user, "video.list")) return refuse(error(401, "scope_not_authorized"));
    return list(request, user, now);
  }
  if (request.path == "/v2/video/query/") {
    if (!has_scope(user, "video.list")) return refuse(error(401, "scope_not_authorized"));
    return count(request, user, now);
  }
  if (!has_scope(user, "video.publish")) return refuse(error(401, "scope_not_authorized"));
  if (request.path == "/v2/post/publish/creator_info/query/")
    return asks_.admit(user, now) ? ask_creator(user) : refuse(failure(429));
  if (request.path == "/v2/post/publish/status/fetch/")
    return looks_.admit(user, now) ? look(request, user, now) : refuse(failure(429));
  if (request.path == "/v2/post/publish/video/init/") return begin(request, user, true, now);
  if (request.path == "/v2/post/publish/content/init/") return begin(request, user, false, now);
  return refuse(error(404, "invalid_params", "no such path"));
}

verdict tiktok_platform::ask_creator(const std::string& user) {
  auto& one = creators_.at(user);
  if (!refuse_with_.empty()) return refuse(error(200, std::exchange(refuse_with_, "")));
  one.was_asked_for = true;
  boost::json::array levels;
  for (const auto& each : privacy_levels_) levels.emplace_back(each);
  return done(success({{"creator_avatar_url", "https://lf16-tt4d.tiktokcdn.com/demo"},
                       {"creator_username", one.username},
                       {"creator_nickname", one.name},
                       {"privacy_level_options", std::move(levels)},
                       {"comment_disabled", false},
                       {"duet_disabled", false},
                       {"stitch_disabled", true},
                       {"max_video_post_duration_sec", 600}}),
              user);
}

verdict tiktok_platform::begin(const http::server::request& request, const std::string& user, bool is_film,
                               base::timestamp now) {
  auto read = read_begin(request, is_film);
  if (auto* refusal = std::get_if<response>(&read)) return refuse(std::move(*refusal));
  auto& content = std::get<post_content>(read);
  auto& one = creators_.at(user);
  if (!one.was_asked_for) return refuse(error(400, "invalid_params", "The creator must be queried before each post"));
  if (std::find(privacy_levels_.begin(), privacy_levels_.end(), content.privacy_level) == privacy_levels_.end())
    return refuse(error(403, "privacy_level_option_mismatch"));
  if (!begins_.admit(user, now)) return refuse(failure(429));
  if (!posts_a_day_.admit(user, now)) return refuse(error(403, "spam_risk_too_many_posts"));
  one.was_asked_for = false;
  const auto how = next_.value_or(processing{});
  const bool is_upload = content.url.empty();
  post made;
  made.user_id = user;
  made.content = std::move(content);
  made.created_at = now;
  made.ready_at = now + how.time;
  made.fails = how.fails;
  made.post_id = std::to_string(++last_id_);
  made.publish_id = std::string{is_upload ? "v_pub_file~v2-1."
                                : is_film ? "v_pub_url~v2-1."
                                          : "p_pub_url~v2."} +
                    made.post_id;
  boost::json::object data{{"publish_id", made.publish_id}};
  if (is_upload) {
    made.upload_token = base::random_token(16);
    data["upload_url"] = fmt::format("http://{}/tiktok{}?upload_id={}&upload_token={}",
                                     request.find("host").value_or(""), upload_path, made.post_id, made.upload_token);
  }
  verdict what{success(std::move(data)), is_upload ? decision::done : decision::accepted, made.publish_id, {}};
  what.record = {{"begun",
                  {{"publish_id", made.publish_id},
                   {"user_id", user},
                   {"post_id", made.post_id},
                   {"is_film", is_film},
                   {"text", made.content.text},
                   {"privacy_level", made.content.privacy_level},
                   {"url", made.content.url},
                   {"video_size", made.content.video_size},
                   {"chunk_size", made.content.chunk_size},
                   {"chunks", made.content.chunks},
                   {"upload_token", made.upload_token},
                   {"ready_at", base::to_string(made.ready_at)},
                   {"fails", made.fails}}}};
  posts_[made.publish_id] = std::move(made);
  return what;
}

verdict tiktok_platform::upload(const http::server::request& request, base::timestamp now) {
  const auto id = parameter(request, "upload_id");
  const auto found =
      std::find_if(posts_.begin(), posts_.end(), [&id](const auto& each) { return each.second.post_id == id; });
  if (found == posts_.end() || found->second.upload_token.empty() ||
      found->second.upload_token != parameter(request, "upload_token"))
    return refuse(response::empty(404));
  auto& one = found->second;
  if (now > one.created_at + upload_url_lives) return refuse(response::empty(403));
  const auto range = read_range(request);
  const auto type = request.find("content-type").value_or("");
  const bool is_film = type == "video/mp4" || type == "video/quicktime" || type == "video/webm";
  if (!range || !is_film || range->last - range->first + 1 != static_cast<std::int64_t>(request.body.size()))
    return refuse(response::empty(400));
  const auto left = one.content.video_size - one.uploaded;
  const bool is_last = left < 2 * one.content.chunk_size;
  const auto wanted = is_last ? left : one.content.chunk_size;
  if (range->total != one.content.video_size || range->first != one.uploaded || one.is_whole() ||
      range->last - range->first + 1 != wanted)
    return refuse(response::empty(416));
  one.uploaded = range->last + 1;
  verdict what{response::empty(one.is_whole() ? 201 : 206),
               one.is_whole() ? decision::accepted : decision::done,
               one.publish_id,
               {}};
  what.record = {{"uploaded", {{"publish_id", one.publish_id}, {"bytes", one.uploaded}}}};
  return what;
}

bool tiktok_platform::is_live(const post& one, base::timestamp now) const {
  return one.is_whole() && !one.fails && now >= one.ready_at;
}

verdict tiktok_platform::look(const http::server::request& request, const std::string& user,
                              base::timestamp now) const {
  const auto body = read_object(request.body);
  const auto found = posts_.find(body ? text_at(*body, "publish_id") : std::string{});
  if (found == posts_.end()) return refuse(error(400, "invalid_publish_id"));
  const auto& one = found->second;
  if (one.user_id != user) return refuse(error(400, "token_not_authorized_for_specified_publish_id"));
  boost::json::object data;
  if (!one.is_whole()) {
    data = {{"status", "PROCESSING_UPLOAD"}, {"uploaded_bytes", one.uploaded}};
  } else if (now < one.ready_at) {
    data = {{"status", "PROCESSING_DOWNLOAD"}};
  } else if (one.fails) {
    data = {{"status", "FAILED"}, {"fail_reason", fail_reason_}};
  } else {
    data = {{"status", "PUBLISH_COMPLETE"}};
    if (one.content.privacy_level == "PUBLIC_TO_EVERYONE")
      data["publicaly_available_post_id"] = boost::json::array{std::stoll(one.post_id)};
  }
  return done(success(std::move(data)), one.publish_id);
}

verdict tiktok_platform::list(const http::server::request& request, const std::string& user,
                              base::timestamp now) const {
  const auto body = read_object(request.body).value_or(boost::json::object{});
  const auto number = [&body](std::string_view called, std::int64_t otherwise) {
    const auto* value = body.if_contains(called);
    return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
  };
  const auto most = number("max_count", 10);
  const auto before = number("cursor", 0);
  if (most < 1 || most > 20) return refuse(error(400, "invalid_params", "max_count must be from 1 to 20"));
  std::vector<const post*> found;
  for (const auto& [id, one] : posts_) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(one.created_at.time_since_epoch()).count();
    if (one.user_id == user && is_live(one, now) && one.content.privacy_level == "PUBLIC_TO_EVERYONE" &&
        (before == 0 || ms < before))
      found.push_back(&one);
  }
  std::sort(found.begin(), found.end(), [](const post* a, const post* b) { return a->post_id > b->post_id; });
  const bool has_more = static_cast<std::int64_t>(found.size()) > most;
  if (has_more) found.resize(static_cast<std::size_t>(most));
  boost::json::array videos;
  std::int64_t cursor = 0;
  for (const auto* one : found) {
    cursor = std::chrono::duration_cast<std::chrono::milliseconds>(one->created_at.time_since_epoch()).count();
    const auto words = cut(one->content.text, most_listed_characters);
    videos.push_back(
        {{"id", one->post_id},
         {"create_time", cursor / 1'000},
         {"title", words},
         {"video_description", words},
         {"share_url", fmt::format("https://www.tiktok.com/@{}/video/{}", creators_.at(user).username, one->post_id)}});
  }
  return done(success({{"videos", std::move(videos)}, {"cursor", cursor}, {"has_more", has_more}}));
}

verdict tiktok_platform::count(const http::server::request& request, const std::string& user,
                               base::timestamp now) const {
  const boost::json::value body(read_object(request.body).value_or(boost::json::object{}));
  boost::system::error_code missing;
  const auto* ids = body.find_pointer("/filters/video_ids", missing);
  if (ids == nullptr || !ids->is_array() || ids->get_array().empty() || ids->get_array().size() > 20)
    return refuse(error(400, "invalid_params", "filters.video_ids must name 1 to 20 videos"));
  boost::json::array videos;
  for (const auto& [publish_id, one] : posts_) {
    const auto& wanted = ids->get_array();
    const bool is_asked = std::any_of(wanted.begin(), wanted.end(), [&one = one](const auto& each) {
      return each.is_string() && std::string_view{each.get_string().data(), each.get_string().size()} == one.post_id;
    });
    if (!is_asked || one.user_id != user || !is_live(one, now) || one.content.privacy_level != "PUBLIC_TO_EVERYONE")
      continue;
    const auto figures = figures_of(one.post_id);
    videos.push_back({{"id", one.post_id},
                      {"like_count", figures.likes},
                      {"comment_count", figures.comments},
                      {"share_count", figures.shares},
                      {"view_count", figures.views}});
  }
  return done(success({{"videos", std::move(videos)}}));
}

}  // namespace pulse::sandbox::tiktok
