#include "sandbox/instagram/instagram.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/instagram/errors.hpp"
#include "sandbox/instagram/records.hpp"

namespace pulse::sandbox::instagram {

namespace {

using http::server::verb;

constexpr std::string_view prefix = "/instagram";
constexpr int oldest_version = 21;
constexpr int newest_version = 26;
constexpr std::size_t default_page = 25;
constexpr std::size_t largest_page = 100;

verdict reply(const boost::json::value& body, std::string id = {}) {
  return {http::server::response::json(200, boost::json::serialize(body)), decision::done, std::move(id), {}};
}

/// Removes the version from a path: "/instagram/v26.0/42/media" becomes "/42/media". Returns "v26.0"; empty if there is
/// none.
std::string take_version(std::string_view& path) {
  auto rest = path;
  if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  if (!rest.starts_with("/v")) return {};
  rest.remove_prefix(1);
  const auto version = rest.substr(0, rest.find('/'));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto dot = version.find('.');
  if (dot == std::string_view::npos || dot < 2 || dot + 1 == version.size()) return {};
  const auto number = [&](std::string_view part) { return std::all_of(part.begin(), part.end(), is_digit); };
  if (!number(version.substr(1, dot - 1)) || !number(version.substr(dot + 1))) return {};
  path = rest.substr(version.size());
  return std::string{version};
}

std::string status_text(container_state state) {
  switch (state) {
    case container_state::in_progress: return "In Progress: Media is still being processed.";
    case container_state::finished: return "Finished: Media has been uploaded and it is ready to be published.";
    case container_state::error: return "Error: Media upload has failed with error code 2207053";
    case container_state::expired: return "Expired: The container was not published within 24 hours.";
    case container_state::published: return "Published: Media has been successfully published.";
  }
  return "";
}

/// "2026-11-22T08:30:00+0000", as the Graph API writes times.
std::string time_text(base::timestamp at) { return seconds_text(at) + "+0000"; }

const std::set<std::string_view> medium_fields = {"id",         "caption",       "media_type", "media_product_type",
                                                  "permalink",  "timestamp",     "username",   "alt_text",
                                                  "like_count", "comments_count"};

boost::json::object to_json(const medium& one, const container& made_of, const std::string& username,
                            const std::set<std::string>& fields) {
  boost::json::object shown;
  for (const auto& field : fields) {
    if (field == "id") shown[field] = std::to_string(one.id);
    if (field == "caption" && !made_of.caption.empty()) shown[field] = made_of.caption;
    if (field == "alt_text" && !made_of.alt_text.empty()) shown[field] = made_of.alt_text;
    if (field == "media_type")
      shown[field] = made_of.type == "REELS" ? "VIDEO" : made_of.type == "CAROUSEL" ? "CAROUSEL_ALBUM" : "IMAGE";
    if (field == "media_product_type") shown[field] = made_of.type == "REELS" ? "REELS" : "FEED";
    if (field == "permalink") shown[field] = permalink_of(one.id);
    if (field == "timestamp") shown[field] = time_text(one.published_at);
    if (field == "username") shown[field] = username;
    if (field == "like_count") shown[field] = figures_of(std::to_string(one.id)).likes;
    if (field == "comments_count") shown[field] = figures_of(std::to_string(one.id)).comments;
  }
  return shown;
}

/// Opaque to clients; here it is the id of the last shown medium.
std::string cursor_of(const medium& one) { return base::to_base64url("m" + std::to_string(one.id)); }

std::optional<media_id> read_cursor(const std::string& text) {
  const auto plain = base::from_base64url(text);
  return plain && plain->starts_with('m') ? parse_id(std::string_view{*plain}.substr(1)) : std::nullopt;
}

}  // namespace

bool instagram_platform::owns(std::string_view path) const {
  return path.starts_with("/instagram/") || !take_version(path).empty();
}

std::vector<desk_user> instagram_platform::people() {
  if (usernames_.empty()) usernames_["17841400000000001"] = "pulse_demo";
  std::vector<desk_user> found;
  for (const auto& [id, username] : usernames_) found.push_back({id, username});
  return found;
}

std::string instagram_platform::account_of(const http::server::request& request) const {
  return holder_of(request, users_by_token_);
}

http::server::response instagram_platform::failure(int status) const { return instagram::failure(status); }

verdict instagram_platform::answer(const http::server::request& request, base::timestamp now) {
  const auto how = std::exchange(next_, std::nullopt);
  std::string_view path{request.path};
  const auto version = take_version(path);
  if (version.empty()) return refuse(unknown_path(request.path));
  int major = 0;
  std::from_chars(version.data() + 1, version.data() + version.size(), major);
  if (major > newest_version) return refuse(unknown_path("/" + version));
  if (major < oldest_version) return refuse(old_version(version));
  if (!bearer_token(request)) return refuse(no_token());
  const auto account = account_of(request);
  if (account.empty()) return refuse(bad_token());
  verdict what;
  if (!limits_.has_room("app_calls", account, now)) {
    what = refuse(too_many_calls_of_app());
  } else if (!limits_.has_room("calls", account, now)) {
    what = refuse(too_many_calls_of_account());
  } else {
    limits_.count("app_calls", account, now);
    limits_.count("calls", account, now);
    next_ = how;
    what = carry_out(request, account, path, now);
    next_.reset();
  }
  for (auto& header : limits_.usage_headers(account, now)) what.response.headers.push_back(std::move(header));
  return what;
}

verdict instagram_platform::carry_out(const http::server::request& request, const std::string& account,
                                      std::string_view path, base::timestamp now) {
  auto read_given = read_parameters(request);
  if (auto* refusal = std::get_if<http::server::response>(&read_given)) return refuse(std::move(*refusal));
  const auto& given = std::get<parameters>(read_given);
  if (path.empty() || path == "/") return refuse(unknown_path("/"));
  path.remove_prefix(1);
  const auto slash = path.find('/');
  const std::string id{path.substr(0, slash)};
  const auto edge = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  const auto method = request.method;
  const auto missing = [&] { return refuse(no_such_object(http::server::to_string(method), id)); };
  if (edge.empty() && method == verb::delete_) return remove(id, account);
  if (edge.empty()) return method == verb::get ? read(id, given, account, now) : missing();
  if (edge == "comments") return discuss(request, given, id, account, now);
  const bool is_known = edge == "media" || edge == "media_publish" || edge == "content_publishing_limit";
  if (!is_known) return refuse(unknown_path("/" + std::string{edge}));
  if (id != account) return missing();
  if (edge == "media" && method == verb::post) return create(given, account, now);
  if (edge == "media" && method == verb::get) return list(given, account);
  if (edge == "media_publish" && method == verb::post) return publish(given, account, now);
  if (edge == "content_publishing_limit" && method == verb::get) return quota(given, account, now);
  return missing();
}

verdict instagram_platform::create(const parameters& given, const std::string& account, base::timestamp now) {
  auto read_made = read_container(given);
  if (auto* refusal = std::get_if<http::server::response>(&read_made)) return refuse(std::move(*refusal));
  if (!limits_.has_room("create", account, now)) return refuse(publishing_error(2207042));
  const auto how = next_.value_or(processing{});
  auto& wanted = std::get<container>(read_made);
  wanted.user_id = account;
  wanted.created_at = now;
  wanted.ready_at = now + how.time;
  wanted.fails = how.fails;
  for (const auto& child : wanted.children) {
    const auto child_id = parse_id(child);
    const auto* const found = child_id ? media_.find_container(*child_id) : nullptr;
    if (found == nullptr || found->user_id != account || !found->is_child) return refuse(publishing_error(2207006));
    if (found->state_at(now) != container_state::finished) return refuse(publishing_error(2207027));
  }
  const auto& made = media_.create(std::move(wanted));
  limits_.count("create", account, now);
  const auto id = std::to_string(made.id);
  auto what = reply({{"id", id}}, id);
  what.record = {{"made", to_record(made)}};
  return what;
}

verdict instagram_platform::publish(const parameters& given, const std::string& account, base::timestamp now) {
  if (auto refusal = unknown_parameter(given, {"creation_id"})) return refuse(std::move(*refusal));
  const auto named = given.find("creation_id");
  if (named == given.end()) return refuse(invalid_parameter("The parameter creation_id is required."));
  const auto id = parse_id(named->second);
  const auto* made = id ? media_.find_container(*id) : nullptr;
  if (made == nullptr || made->user_id != account || made->is_child) return refuse(publishing_error(2207006));
  switch (made->state_at(now)) {
    case container_state::published: return refuse(publishing_error(2207008));  // it is used up
    case container_state::expired: return refuse(publishing_error(2207020));
    case container_state::in_progress:
    case container_state::error: return refuse(publishing_error(2207027));
    case container_state::finished: break;
  }
  if (!limits_.has_room("publish", account, now)) return refuse(publishing_error(2207042));
  const auto& published = media_.publish(*id, now);
  limits_.count("publish", account, now);
  auto what = reply({{"id", std::to_string(published.id)}}, std::to_string(published.id));
  what.decided = decision::accepted;
  what.record = {{"published", to_record(published)}};
  return what;
}

verdict instagram_platform::remove(const std::string& id, const std::string& account) {
  const auto number = parse_id(id);
  const auto* published = number ? media_.find_medium(*number) : nullptr;
  if (published == nullptr || published->user_id != account) return refuse(no_such_object("DELETE", id));
  media_.remove(*number);
  comments_.forget(id);
  auto what = reply({{"success", true}}, id);
  what.record = {{"deleted", {{"id", id}}}};
  return what;
}

verdict instagram_platform::list(const parameters& given, const std::string& account) const {
  if (auto refusal = unknown_parameter(given, {"fields", "limit", "after"})) return refuse(std::move(*refusal));
  auto read_shown = read_fields(given, medium_fields);
  if (auto* refusal = std::get_if<http::server::response>(&read_shown)) return refuse(std::move(*refusal));
  const auto& fields = std::get<std::set<std::string>>(read_shown);
  std::size_t limit = default_page;
  if (const auto given_limit = given.find("limit"); given_limit != given.end()) {
    const auto& text = given_limit->second;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (failed != std::errc{} || end != text.data() + text.size() || limit < 1 || limit > largest_page)
      return refuse(invalid_parameter("Param limit must be from 1 to 100"));
  }
  std::optional<media_id> after;
  if (const auto cursor = given.find("after"); cursor != given.end()) {
    after = read_cursor(cursor->second);
    if (!after) return refuse(invalid_parameter("Invalid cursors values"));
  }
  auto page = media_.list(account, after, limit);
  const bool more = page.size() > limit;
  if (more) page.pop_back();
  boost::json::array data;
  for (const auto* one : page)
    data.push_back(to_json(*one, *media_.find_container(one->made_of), usernames_.at(account), fields));
  boost::json::object body{{"data", std::move(data)}};
  if (!page.empty()) {
    boost::json::object paging{{"cursors", {{"before", cursor_of(*page.front())}, {"after", cursor_of(*page.back())}}}};
    if (more)
      paging["next"] = fmt::format("https://graph.facebook.com/{}/media?after={}", account, cursor_of(*page.back()));
    body["paging"] = std::move(paging);
  }
  return reply(body);
}

verdict instagram_platform::quota(const parameters& given, const std::string& account, base::timestamp now) {
  if (auto refusal = unknown_parameter(given, {"fields"})) return refuse(std::move(*refusal));
  auto read_shown = read_fields(given, {"quota_usage", "config"});
  if (auto* refusal = std::get_if<http::server::response>(&read_shown)) return refuse(std::move(*refusal));
  const auto& fields = std::get<std::set<std::string>>(read_shown);
  const auto& limit = *limits_.find("publish");
  boost::json::object shown;
  if (fields.size() == 1 || fields.contains("quota_usage"))
    shown["quota_usage"] = limits_.used("publish", account, now);
  if (fields.contains("config"))
    shown["config"] = boost::json::object{{"quota_total", limit.limit}, {"quota_duration", limit.window.count()}};
  return reply({{"data", boost::json::array{std::move(shown)}}});
}

verdict instagram_platform::read(const std::string& id, const parameters& given, const std::string& account,
                                 base::timestamp now) const {
  if (auto refusal = unknown_parameter(given, {"fields"})) return refuse(std::move(*refusal));
  const auto number = parse_id(id);
  const auto* made = number ? media_.find_container(*number) : nullptr;
  const auto* published = number ? media_.find_medium(*number) : nullptr;
  const bool is_own =
      (made != nullptr && made->user_id == account) || (published != nullptr && published->user_id == account);
  if (!is_own) return refuse(no_such_object("GET", id));
  auto read_shown =
      read_fields(given, made != nullptr ? std::set<std::string_view>{"id", "status", "status_code"} : medium_fields);
  if (auto* refusal = std::get_if<http::server::response>(&read_shown)) return refuse(std::move(*refusal));
  const auto& fields = std::get<std::set<std::string>>(read_shown);
  if (published != nullptr)
    return reply(to_json(*published, *media_.find_container(published->made_of), usernames_.at(account), fields), id);
  boost::json::object shown{{"id", id}};
  if (fields.contains("status_code")) shown["status_code"] = to_string(made->state_at(now));
  if (fields.contains("status")) shown["status"] = status_text(made->state_at(now));
  return reply(shown, id);
}

}  // namespace pulse::sandbox::instagram
