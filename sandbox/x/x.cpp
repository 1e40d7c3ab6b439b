#include "sandbox/x/x.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "http/server/query.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/x/errors.hpp"
#include "sandbox/x/requests.hpp"
#include "sandbox/x/text.hpp"

namespace pulse::sandbox::x {

namespace {

using http::server::verb;

verdict accept(int status, const boost::json::value& body, std::string id) {
  return {http::server::response::json(status, boost::json::serialize(body)), decision::accepted, std::move(id), {}};
}

/// "2026-11-22T08:30:00.000Z", as X writes times.
std::string time_text(base::timestamp at) { return seconds_text(at) + ".000Z"; }

std::uint32_t number_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<std::uint32_t>() : 0;
}

boost::json::object to_json(const stored_post& post, const shown_fields& fields) {
  auto wrapped = wrap(post.text);
  const auto id = std::to_string(post.id);
  if (!post.media_ids.empty()) {  // X shows the media as a link of its own
    wrapped.links.push_back(
        {"https://t.co/m" + id.substr(id.size() - 9), fmt::format("https://x.com/i/status/{}/photo/1", id)});
    wrapped.text += " " + wrapped.links.back().url;
  }
  boost::json::object shown{{"id", id}, {"text", wrapped.text}, {"edit_history_tweet_ids", boost::json::array{id}}};
  if (fields.created_at) shown["created_at"] = time_text(post.created_at);
  if (fields.author_id) shown["author_id"] = post.user_id;
  if (fields.public_metrics) {
    const auto figures = figures_of(id);
    shown["public_metrics"] = {{"like_count", figures.likes},
                               {"reply_count", figures.comments},
                               {"retweet_count", figures.shares},
                               {"quote_count", 0},
                               {"bookmark_count", 0},
                               {"impression_count", figures.views}};
  }
  if (fields.entities && !wrapped.links.empty()) {
    boost::json::array urls;
    for (const auto& link : wrapped.links) urls.push_back({{"url", link.url}, {"expanded_url", link.expanded_url}});
    shown["entities"] = boost::json::object{{"urls", std::move(urls)}};
  }
  return shown;
}

}  // namespace

std::string x_platform::account_of(const http::server::request& request) const {
  return holder_of(request, users_by_token_);
}

http::server::response x_platform::failure(int status) const { return x::failure(status); }

x_platform::route x_platform::route_of(const http::server::request& request) {
  std::string_view path{request.path};
  route to;
  const auto method_is = [&](std::initializer_list<std::pair<verb, call>> calls) {
    for (const auto& [method, which] : calls) {
      if (request.method == method) to.which = which;
    }
    to.wrong_method = !to.which;
    return to;
  };
  const auto is_one_part = [](std::string_view text) {
    return !text.empty() && text.find('/') == std::string_view::npos;
  };
  constexpr std::string_view posts = "/2/tweets";
  constexpr std::string_view users = "/2/users/";
  if (path == posts) return method_is({{verb::post, call::create}});
  if (path == "/2/media/upload") return method_is({{verb::post, call::upload}, {verb::get, call::status}});
  if (path == "/2/media/upload/initialize") return method_is({{verb::post, call::initialize}});
  constexpr std::string_view uploads = "/2/media/upload/";
  for (const auto& [ending, which] : {std::pair{std::string_view{"/append"}, call::append},
                                      std::pair{std::string_view{"/finalize"}, call::finalize}}) {
    if (!path.starts_with(uploads) || !path.ends_with(ending) || path.size() <= uploads.size() + ending.size())
      continue;
    to.id = path.substr(uploads.size(), path.size() - uploads.size() - ending.size());
    if (is_one_part(to.id)) return method_is({{verb::post, which}});
  }
  if (path == "/2/media/metadata") return method_is({{verb::post, call::metadata}});
  if (path == "/2/users/me") return method_is({{verb::get, call::me}});
  if (path.starts_with(posts) && path.substr(posts.size()).starts_with('/') &&
      is_one_part(path.substr(posts.size() + 1))) {
    to.id = path.substr(posts.size() + 1);
    return method_is({{verb::get, call::read}, {verb::delete_, call::remove}});
  }
  if (path.starts_with(users) && path.ends_with("/tweets")) {
    path.remove_prefix(users.size());
    path.remove_suffix(std::min(path.size(), std::string_view{"/tweets"}.size()));
    if (!is_one_part(path)) return to;
    to.id = path;
    return method_is({{verb::get, call::list}});
  }
  return to;
}

/// The pages and tokens for connecting accounts. There is always a person to connect.
verdict x_platform::connect(const http::server::request& request, base::timestamp now) {
  if (users_.empty()) users_["1001"] = {"1001", "pulse_demo", "Pulse Demo"};
  std::vector<desk_user> shown;
  for (const auto& [id, one] : users_) shown.push_back({id, fmt::format("{} (@{})", one.name, one.username)});
  if (desk_.is_revocation(request.path)) return desk_.revoke_among(request, users_by_token_);
  if (!desk_.is_token_call(request.path)) return {desk_.authorize(request, shown, now), decision::done, {}, {}};
  auto got = desk_.token(request, now);
  if (!got.is_granted) return refuse(std::move(got.response));
  users_by_token_[got.access_hash] = got.user_id;
  return {std::move(got.response), decision::done, got.user_id, std::move(got.record)};
}

verdict x_platform::answer(const http::server::request& request, base::timestamp now) {
  if (desk_.owns(request.path)) return connect(request, now);
  const auto to = route_of(request);
  if (to.wrong_method) return refuse(method_not_allowed());
  if (!to.which) return refuse(not_found());
  const auto account = account_of(request);
  if (account.empty()) return refuse(unauthorized());
  const bool admitted = limits_.admit(account, *to.which, now);
  auto what = admitted ? carry_out(to, request, users_.at(account), now) : refuse(too_many_requests());
  for (auto& header : limits_.headers(account, *to.which, now)) what.response.headers.push_back(std::move(header));
  return what;
}

verdict x_platform::carry_out(const route& to, const http::server::request& request, const user& by,
                              base::timestamp now) {
  switch (*to.which) {
    case call::create: return create(request, by, now);
    case call::read: return read(to.id, request);
    case call::list: return list(to.id, request);
    case call::me: return me(by);
    case call::remove: return remove(to.id, by);
    case call::upload: return upload(request, by, now);
    case call::metadata: return describe(request, by, now);
    case call::initialize: return begin_upload(request, by);
    case call::append: return append(to.id, request, by, now);
    case call::finalize: return finalize(to.id, by, now);
    case call::status: return status(request, by, now);
  }
  return refuse(not_found());
}

verdict x_platform::create(const http::server::request& request, const user& by, base::timestamp now) {
  auto read = read_create(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  auto& given = std::get<new_post>(read);
  for (const auto& media : given.media_ids) {
    const auto* const found = media_.find(media, by.id, now);
    if (found == nullptr) return refuse(invalid_request("media.media_ids", media, "Your media IDs are invalid."));
    const auto state = processing_.find(media);
    if (state != processing_.end() && (now < state->second.until || state->second.fails))
      return refuse(invalid_request("media.media_ids", media, "Your media IDs are not ready."));
    if (found->is_film && given.media_ids.size() > 1)
      return refuse(invalid_request("media.media_ids", media, "A film must be the only media of a post."));
  }
  if (given.reply_to != 0 && posts_.find(given.reply_to) == nullptr)
    return refuse(forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."));
  if (posts_.has_text(by.id, given.text)) return refuse(duplicate());
  const auto& post = posts_.create(by.id, std::move(given.text), now, std::move(given.media_ids), given.reply_to);
  const auto id = std::to_string(post.id);
  auto made = accept(201, {{"data", to_json(post, {})}}, id);
  made.record = {{"made",
                  {{"id", id},
                   {"user_id", by.id},
                   {"text", post.text},
                   {"created_at", base::to_string(post.created_at)},
                   {"media_ids", boost::json::value_from(post.media_ids)},
                   {"reply_to", std::to_string(post.reply_to)}}}};
  return made;
}

verdict x_platform::read(const std::string& id, const http::server::request& request) const {
  const auto number = parse_id(id);
  if (!number)
    return refuse(invalid_request("id", id, fmt::format("The `id` query parameter value [{}] is not valid", id)));
  shown_fields fields;
  const auto query = http::server::parse_query(request.query);
  if (!query) return refuse(invalid_request("", "", http::server::to_sentence(query.error())));
  for (const auto& [name, value] : *query) {
    const bool is_fields = name == "tweet.fields" || name == "post.fields";
    if (!is_fields || read_fields(value, fields))
      return refuse(invalid_request(name, value, fmt::format("The query parameter [{}] is not valid", name)));
  }
  const auto* post = posts_.find(*number);
  if (post == nullptr) return refuse(resource_not_found("tweet", id));
  return accept(200, {{"data", to_json(*post, fields)}}, id);
}

verdict x_platform::list(const std::string& user_id, const http::server::request& request) const {
  if (!parse_id(user_id))
    return refuse(
        invalid_request("id", user_id, fmt::format("The `id` query parameter value [{}] is not valid", user_id)));
  list_parameters parameters;
  const auto query = http::server::parse_query(request.query);
  if (!query) return refuse(invalid_request("", "", http::server::to_sentence(query.error())));
  for (const auto& [name, value] : *query) {
    if (auto refusal = read_parameter(name, value, parameters)) return refuse(std::move(*refusal));
  }
  if (!users_.contains(user_id)) return refuse(resource_not_found("user", user_id));
  const auto page = posts_.timeline(user_id, parameters.query);
  boost::json::object meta{{"result_count", page.posts.size()}};
  boost::json::object body;
  if (!page.posts.empty()) {
    boost::json::array data;
    for (const auto* post : page.posts) data.push_back(to_json(*post, parameters.fields));
    meta["newest_id"] = std::to_string(page.posts.front()->id);
    meta["oldest_id"] = std::to_string(page.posts.back()->id);
    if (page.more) meta["next_token"] = "p" + std::to_string(page.posts.back()->id);
    body["data"] = std::move(data);
  }
  body["meta"] = std::move(meta);
  return accept(200, body, {});
}

verdict x_platform::me(const user& by) const {
  return accept(200, {{"data", {{"id", by.id}, {"name", by.name}, {"username", by.username}}}}, by.id);
}

verdict x_platform::remove(const std::string& id, const user& by) {
  const auto number = parse_id(id);
  if (!number)
    return refuse(invalid_request("id", id, fmt::format("The `id` query parameter value [{}] is not valid", id)));
  const auto* post = posts_.find(*number);
  if (post == nullptr) return refuse(not_found());
  if (post->user_id != by.id) return refuse(forbidden("You are not authorized to delete this Tweet."));
  posts_.remove(*number);
  auto removed = accept(200, {{"data", {{"deleted", true}}}}, id);
  removed.record = {{"deleted", {{"id", id}}}};
  return removed;
}

complaint x_platform::add_account(const boost::json::object& command, const std::string& hash) {
  const user added{text_at(command, "user_id"), text_at(command, "username"), text_at(command, "name")};
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name") {
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username and name are";
    }
  }
  if (!parse_id(added.id)) return "user_id must be a string of digits";
  if (added.username.empty()) return "username is required";
  users_by_token_[hash] = added.id;
  users_[added.id] = {added.id, added.username, added.name.empty() ? added.username : added.name};
  return std::nullopt;
}

complaint x_platform::set_limits(const boost::json::object& command) {
  constexpr std::int64_t most = 1'000'000'000;
  struct change {
    window_limit* target;
    window_limit to;
  };
  std::vector<change> changes;
  for (const auto& field : command) {
    auto* target = limits_.find(std::string_view{field.key()});
    if (target == nullptr)
      return std::string{field.key()} +
             " is not a limit; create, read, list, me, remove, upload, metadata and app_create are";
    window_limit to = *target;
    const auto* values = field.value().if_object();
    const auto* limit = values == nullptr ? nullptr : values->if_contains("limit");
    const auto* window = values == nullptr ? nullptr : values->if_contains("window_s");
    if (limit == nullptr || !limit->is_int64() || limit->get_int64() < 0 || limit->get_int64() > most)
      return "limit must be a number from 0";
    if (window != nullptr && (!window->is_int64() || window->get_int64() < 1 || window->get_int64() > most))
      return "window_s must be a number from 1";
    to.limit = limit->get_int64();
    if (window != nullptr) to.window = std::chrono::seconds{window->get_int64()};
    changes.push_back({target, to});
  }
  for (const auto& one : changes) *one.target = one.to;
  return std::nullopt;
}

void x_platform::replay(const boost::json::object& record, base::timestamp at) {
  if (const auto* made = record.if_contains("made"); made != nullptr && made->is_object()) {
    const auto& post = made->get_object();
    const auto id = parse_id(text_at(post, "id"));
    const auto created_at = base::parse_timestamp(text_at(post, "created_at"));
    if (!id || !created_at) return;
    std::vector<std::string> media_ids;
    if (const auto* ids = post.if_contains("media_ids"); ids != nullptr && ids->is_array()) {
      for (const auto& one : ids->get_array()) media_ids.emplace_back(one.is_string() ? one.get_string().c_str() : "");
    }
    posts_.restore({*id, text_at(post, "user_id"), text_at(post, "text"), *created_at, std::move(media_ids),
                    parse_id(text_at(post, "reply_to")).value_or(0)});
    limits_.admit(text_at(post, "user_id"), call::create, at);
  }
  if (const auto* uploaded = record.if_contains("uploaded"); uploaded != nullptr && uploaded->is_object()) {
    const auto& media = uploaded->get_object();
    const auto expires_at = base::parse_timestamp(text_at(media, "expires_at"));
    const auto* size = media.if_contains("size");
    if (!expires_at || size == nullptr || !size->is_number()) return;
    media_.restore({text_at(media, "id"), text_at(media, "user_id"), size->to_number<std::size_t>(),
                    text_at(media, "alt_text"), *expires_at, flag_at(media, "is_film"), number_at(media, "checksum")});
  }
  if (const auto* granted = record.if_contains("granted"); granted != nullptr && granted->is_object()) {
    const auto& one = granted->get_object();
    const auto granted_to = text_at(one, "user_id");
    if (!users_.contains(granted_to)) users_[granted_to] = {granted_to, "pulse_demo", "Pulse Demo"};
    users_by_token_[text_at(one, "access")] = granted_to;
    desk_.restore(one);
  }
  if (const auto* deleted = record.if_contains("deleted"); deleted != nullptr && deleted->is_object()) {
    if (const auto id = parse_id(text_at(deleted->get_object(), "id"))) posts_.remove(*id);
  }
}

boost::json::object x_platform::state() const {
  boost::json::array users;
  for (const auto& [id, one] : users_)
    users.push_back({{"user_id", id}, {"username", one.username}, {"name", one.name}});
  boost::json::array posts;
  for (const auto& [id, post] : posts_.all()) {
    posts.push_back({{"id", std::to_string(id)},
                     {"user_id", post.user_id},
                     {"text", post.text},
                     {"media_ids", boost::json::value_from(post.media_ids)},
                     {"reply_to", post.reply_to == 0 ? "" : std::to_string(post.reply_to)},
                     {"created_at", base::to_string(post.created_at)}});
  }
  boost::json::array media;
  for (const auto& [id, one] : media_.all()) {
    media.push_back({{"id", id},
                     {"size", one.size},
                     {"alt_text", one.alt_text},
                     {"is_film", one.is_film},
                     {"checksum", one.checksum}});
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}, {"media", std::move(media)}};
}

}  // namespace pulse::sandbox::x
