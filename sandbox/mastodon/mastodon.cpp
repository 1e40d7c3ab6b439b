#include "sandbox/mastodon/mastodon.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "sandbox/core/replies.hpp"
#include "sandbox/mastodon/requests.hpp"

namespace pulse::sandbox::mastodon {

namespace {

using http::server::verb;

bool has_scope(const token_holder& holder, std::string_view wanted) {
  const auto top = wanted.substr(0, wanted.find(':'));
  for (const auto& each : words_of(holder.scope)) {
    if (each == wanted || each == top) return true;
  }
  return false;
}

}  // namespace

bool mastodon_platform::owns(std::string_view path) const {
  return desk_.owns(path) || path.starts_with("/api/v1/statuses") || path.starts_with("/api/v1/accounts/") ||
         path.starts_with("/api/v1/media/") || path == "/api/v2/media" || path == "/api/v2/instance" ||
         path == "/api/v1/instance";
}

std::string mastodon_platform::account_of(const http::server::request& request) const {
  const auto holder = desk_.holder_of(request);
  return holder ? holder->user_id : std::string{};
}

http::server::response mastodon_platform::failure(int status) const {
  const auto* words = status == 429 ? "Too many requests" : status < 500 ? "Refused by a fault" : "Something broke";
  return refuse(status, words).response;
}

verdict mastodon_platform::answer(const http::server::request& request, base::timestamp now) {
  if (desk_.owns(request.path)) {
    if (users_.empty()) users_["109000000000000001"] = {"pulse_demo", "Pulse Demo"};
    std::vector<desk_user> shown;
    for (const auto& [id, one] : users_) shown.push_back({id, fmt::format("{} (@{})", one.name, one.username)});
    return desk_.answer(request, shown, now);
  }
  if (request.method == verb::get && request.path == "/api/v2/instance") return show_instance(false);
  if (request.method == verb::get && request.path == "/api/v1/instance") return show_instance(true);
  const auto holder = desk_.holder_of(request);
  if (!holder) return refuse(401, "The access token is invalid");
  if (holder->user_id.empty()) return refuse(422, "This method requires an authenticated user");
  const bool is_post = request.method == verb::post && request.path == "/api/v1/statuses";
  const bool is_upload = request.method == verb::post && request.path == "/api/v2/media";
  const auto budget = is_post                           ? budget::posts
                      : is_upload                       ? budget::uploads
                      : request.method == verb::delete_ ? budget::removals
                                                        : budget::calls;
  const auto& account = holder->user_id;
  const bool may =
      limits_.admit(account, budget::calls, now) && (budget == budget::calls || limits_.admit(account, budget, now));
  auto what = may ? carry_out(request, *holder, now) : refuse(429, "Too many requests");
  for (auto& each : limits_.headers(account, budget, now)) what.response.headers.push_back(std::move(each));
  return what;
}

verdict mastodon_platform::carry_out(const http::server::request& request, const token_holder& holder,
                                     base::timestamp now) {
  const auto& account = holder.user_id;
  const auto lacks = [&holder](std::string_view scope) { return !has_scope(holder, scope); };
  const auto outside = [] { return refuse(403, "This action is outside the authorized scopes"); };
  std::string_view path{request.path};
  if (path == "/api/v1/statuses" && request.method == verb::post)
    return lacks("write:statuses") ? outside() : create(request, holder, now);
  if (path == "/api/v2/media" && request.method == verb::post)
    return lacks("write:media") ? outside() : upload(request, account, now);
  if (path == "/api/v1/accounts/verify_credentials")
    return lacks("read:accounts") && lacks("profile") ? outside() : show_user(account);
  constexpr std::string_view media = "/api/v1/media/";
  if (path.starts_with(media) && request.method == verb::get)
    return lacks("write:media") ? outside() : show_medium(account, std::string{path.substr(media.size())}, now);
  constexpr std::string_view accounts = "/api/v1/accounts/";
  if (path.starts_with(accounts) && path.ends_with("/statuses") && request.method == verb::get) {
    path.remove_prefix(accounts.size());
    path.remove_suffix(std::min(path.size(), std::string_view{"/statuses"}.size()));
    return lacks("read:statuses") ? outside() : list(request, account, std::string{path});
  }
  constexpr std::string_view statuses = "/api/v1/statuses/";
  if (path.starts_with(statuses)) {
    const bool writes = request.method == verb::delete_ || request.method == verb::put;
    return lacks(writes ? "write:statuses" : "read:statuses")
               ? outside()
               : on_status(request, account, path.substr(statuses.size()), now);
  }
  return refuse(404, "Record not found");
}

verdict mastodon_platform::on_status(const http::server::request& request, const std::string& account,
                                     std::string_view rest, base::timestamp) {
  const auto slash = rest.find('/');
  const std::string id{rest.substr(0, slash)};
  const auto edge = slash == rest.npos ? std::string_view{} : rest.substr(slash + 1);
  if (request.method == verb::delete_ && edge.empty()) return remove(account, id);
  if (request.method == verb::put && edge.empty()) return edit(request, account, id);
  const auto* one = find(id);
  if (one == nullptr || request.method != verb::get) return refuse(404, "Record not found");
  if (edge.empty()) return done(200, to_json(*one), id);
  if (edge == "source" && one->user_id == account)
    return done(200, {{"id", id}, {"text", one->text}, {"spoiler_text", one->spoiler}}, id);
  return refuse(404, "Record not found");
}

verdict mastodon_platform::show_instance(bool is_old) const {
  boost::json::object body{
      {is_old ? "uri" : "domain", "sandbox.test"},
      {"title", "Sandbox"},
      {"version", "4.5.0"},
      {"configuration",
       {{"statuses",
         {{"max_characters", rules_.max_characters},
          {"max_media_attachments", rules_.max_media},
          {"characters_reserved_per_url", rules_.characters_of_link}}},
        {"media_attachments",
         {{"supported_mime_types",
           {"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/quicktime", "video/webm"}},
          {"description_limit", rules_.max_description},
          {"image_size_limit", 16'777'216},
          {"video_size_limit", rules_.max_video_bytes}}}}}};
  if (!is_old) body["api_versions"] = {{"mastodon", 7}};
  return done(200, body);
}

verdict mastodon_platform::show_user(const std::string& account) const {
  const auto found = users_.find(account);
  if (found == users_.end()) return refuse(401, "The access token is invalid");
  return done(200,
              {{"id", account},
               {"username", found->second.username},
               {"acct", found->second.username},
               {"display_name", found->second.name},
               {"source", {{"privacy", "public"}, {"sensitive", false}, {"language", nullptr}}}},
              account);
}

complaint mastodon_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name")
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username and name are";
  }
  const auto id = text_at(command, "user_id");
  if (id.empty() || text_at(command, "username").empty()) return "user_id and username are required";
  desk_.add_token(hash, id);
  users_[id] = {text_at(command, "username"), text_at(command, "name")};
  if (users_[id].name.empty()) users_[id].name = users_[id].username;
  return std::nullopt;
}

void mastodon_platform::replay(const boost::json::object& record, base::timestamp) {
  desk_.restore(record);
  const auto part = [&record](std::string_view name) {
    const auto* value = record.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
  };
  if (const auto* one = part("token"); one != nullptr && !text_at(*one, "user_id").empty())
    users_.try_emplace(text_at(*one, "user_id"), user{"pulse_demo", "Pulse Demo"});
  if (const auto* one = part("medium")) {
    const auto ready_at = base::parse_timestamp(text_at(*one, "ready_at"));
    if (!ready_at) return;
    const auto is = [one](std::string_view what) {
      const auto* value = one->if_contains(what);
      return value != nullptr && value->is_bool() && value->get_bool();
    };
    media_[text_at(*one, "id")] = {
        text_at(*one, "user_id"), text_at(*one, "description"), *ready_at, is("fails"), {}, is("film")};
  }
  if (const auto* one = part("status")) restore_status(*one);
  if (const auto* one = part("edited")) {
    for (auto& each : statuses_) {
      if (each.id != text_at(*one, "id")) continue;
      each.text = text_at(*one, "text");
      each.spoiler = text_at(*one, "spoiler");
      each.media_ids.clear();
      if (const auto* media = one->if_contains("media_ids"); media != nullptr && media->is_array()) {
        for (const auto& id : media->get_array()) each.media_ids.emplace_back(id.get_string().c_str());
      }
    }
  }
  if (const auto* one = part("deleted")) {
    const auto id = text_at(*one, "id");
    std::erase_if(statuses_, [&id](const stored_status& each) { return each.id == id; });
  }
}

boost::json::object mastodon_platform::state() const {
  boost::json::array users;
  for (const auto& [id, one] : users_)
    users.push_back({{"user_id", id}, {"username", one.username}, {"name", one.name}});
  boost::json::array posts;
  for (const auto& each : statuses_) {
    boost::json::array descriptions;
    for (const auto& id : each.media_ids) {
      const auto found = media_.find(id);
      descriptions.emplace_back(found == media_.end() ? "" : found->second.description);
    }
    posts.push_back({{"id", each.id},
                     {"user_id", each.user_id},
                     {"text", each.text},
                     {"visibility", each.visibility},
                     {"reply_to", each.reply_to},
                     {"alt_texts", std::move(descriptions)},
                     {"created_at", base::to_string(each.created_at)}});
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}};
}

}  // namespace pulse::sandbox::mastodon
