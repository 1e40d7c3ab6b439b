#include "sandbox/threads/threads.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "base/text.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::threads {

namespace {

using http::server::verb;
using instagram::invalid_parameter;
using instagram::to_response;

constexpr std::size_t most_characters = 500;
constexpr std::int64_t replies_a_day = 1'000;
constexpr std::chrono::hours container_life{24};
constexpr std::chrono::hours long_life{24 * 60};

/// Threads counts an emoji by its bytes in UTF-8. Here everything beyond the basic plane is an emoji, which is nearly
/// true.
std::size_t characters_of(std::string_view text) {
  const auto wide =
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
  return base::count_code_points(text) + 3 * static_cast<std::size_t>(wide);
}

verdict reply(const boost::json::value& body, std::string id = {}) {
  return {http::server::response::json(200, boost::json::serialize(body)), decision::done, std::move(id), {}};
}

std::string value_of(const instagram::parameters& given, const std::string& name) {
  const auto found = given.find(name);
  return found == given.end() ? std::string{} : found->second;
}

std::string time_text(base::timestamp at) { return seconds_text(at) + "+0000"; }

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

int links_of(std::string_view text) {
  int links = 0;
  for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) ++links;
  return links;
}

}  // namespace

std::string threads_platform::account_of(const http::server::request& request) const {
  return holder_of(request, users_by_token_);
}

http::server::response threads_platform::failure(int status) const { return instagram::failure(status); }

verdict threads_platform::answer(const http::server::request& request, base::timestamp now) {
  const auto how = std::exchange(next_, std::nullopt);
  auto given = instagram::read_parameters(request);
  if (auto* refusal = std::get_if<http::server::response>(&given)) return refuse(std::move(*refusal));
  if (desk_.owns(request.path)) return log_in(request, now);
  if (request.path == "/access_token") return longer(std::get<parameters>(given), "th_exchange_token", now);
  if (request.path == "/refresh_access_token") return longer(std::get<parameters>(given), "th_refresh_token", now);
  constexpr std::string_view version = "/v1.0/";
  if (!request.path.starts_with(version)) return refuse(instagram::unknown_path(request.path));
  if (!bearer_token(request)) return refuse(instagram::no_token());
  const auto account = account_of(request);
  if (account.empty()) return refuse(instagram::bad_token());
  next_ = how;
  auto what = carry_out(request, account, std::string_view{request.path}.substr(version.size()), now);
  next_.reset();
  return what;
}

verdict threads_platform::log_in(const http::server::request& request, base::timestamp now) {
  if (users_.empty()) users_["17841400000000002"] = {"pulse_demo", "Pulse Demo"};
  std::vector<desk_user> shown;
  for (const auto& [id, names] : users_) shown.push_back({id, fmt::format("{} (@{})", names.second, names.first)});
  if (!desk_.is_token_call(request.path)) return {desk_.authorize(request, shown, now), decision::done, {}, {}};
  auto got = desk_.token(request, now);
  if (!got.is_granted) return refuse(std::move(got.response));
  users_by_token_[got.access_hash] = got.user_id;
  return {std::move(got.response), decision::done, got.user_id, std::move(got.record)};
}

/// Exchanges a token for one that is valid for 60 days.
verdict threads_platform::longer(const parameters& given, std::string_view kind, base::timestamp now) {
  if (value_of(given, "grant_type") != kind)
    return refuse(invalid_parameter("grant_type must be " + std::string{kind}));
  const bool is_exchange = kind == "th_exchange_token";
  if (is_exchange && !desk_.is_client("sandbox-threads-app", value_of(given, "client_secret")))
    return refuse(to_response({.code = 101, .message = "Error validating client secret."}));
  const auto held = users_by_token_.find(token_hash(value_of(given, "access_token")));
  if (held == users_by_token_.end()) return refuse(instagram::bad_token());
  auto got = desk_.issue(held->second, "", std::chrono::seconds{long_life}, now);
  users_by_token_[got.access_hash] = got.user_id;
  return {std::move(got.response), decision::done, got.user_id, std::move(got.record)};
}

verdict threads_platform::carry_out(const http::server::request& request, const std::string& account,
                                    std::string_view path, base::timestamp now) {
  const auto read_given = instagram::read_parameters(request);
  const auto& given = std::get<parameters>(read_given);
  const auto slash = path.find('/');
  std::string id{path.substr(0, slash)};
  const auto edge = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
  if (id == "me") id = account;
  const auto method = request.method;
  const auto missing = [&] { return refuse(instagram::no_such_object(http::server::to_string(method), id)); };
  if (edge.empty()) {
    if (id == account && method == verb::get) {
      const auto& [username, name] = users_.at(account);
      return reply({{"id", account}, {"username", username}, {"name", name}}, account);
    }
    if (method == verb::get) return read(id, account, now);
    if (method == verb::delete_) return remove(id, account);
    return missing();
  }
  if (edge == "insights" && method == verb::get) return count(id, given, account);
  if (edge == "replies" && method == verb::get) return find_post(id) ? list(given, account, id) : missing();
  if (id != account) return missing();
  if (edge == "threads" && method == verb::post) return create(given, account, now);
  if (edge == "threads" && method == verb::get) return list(given, account, "");
  if (edge == "threads_publish" && method == verb::post) return publish(given, account, now);
  return missing();
}

verdict threads_platform::create(const parameters& given, const std::string& account, base::timestamp now) {
  for (const auto& [name, ignored] : given) {
    if (name != "media_type" && name != "text" && name != "image_url" && name != "alt_text" && name != "video_url" &&
        name != "is_carousel_item" && name != "children" && name != "reply_to_id")
      return refuse(invalid_parameter("Unexpected parameter: " + name));
  }
  container made;
  made.user_id = account;
  made.type = value_of(given, "media_type");
  made.text = value_of(given, "text");
  made.image_url = value_of(given, "image_url");
  made.is_child = value_of(given, "is_carousel_item") == "true";
  made.children = split(value_of(given, "children"));
  made.reply_to = value_of(given, "reply_to_id");
  if (!made.reply_to.empty() && !find_post(made.reply_to))
    return refuse(instagram::no_such_object("POST", made.reply_to));
  if (characters_of(made.text) > most_characters)
    return refuse(invalid_parameter("Param text must be at most 500 characters long."));
  if (links_of(made.text) > 5) return refuse(invalid_parameter("The text has too many links."));
  const bool is_image = made.type == "IMAGE";
  const bool is_film = made.type == "VIDEO";
  if (is_film) made.image_url = value_of(given, "video_url");
  if (made.type != "TEXT" && !is_image && !is_film && made.type != "CAROUSEL")
    return refuse(invalid_parameter("media_type is not supported by this sandbox"));
  if (is_film == !given.contains("video_url") || is_image == !given.contains("image_url"))
    return refuse(invalid_parameter("image_url or video_url does not fit the media_type"));
  if (made.type == "TEXT" && made.text.empty()) return refuse(invalid_parameter("The parameter text is required"));
  if ((is_image || is_film) && !made.image_url.starts_with("https://") &&
      !made.image_url.starts_with("http://127.0.0.1") && !made.image_url.starts_with("http://localhost"))
    return refuse(
        to_response({.code = 9004, .subcode = 2207052, .message = "The media could not be fetched from this URI"}));
  if (made.type == "CAROUSEL" && (made.children.size() < 2 || made.children.size() > 20))
    return refuse(invalid_parameter("A carousel has 2 to 20 children"));
  for (const auto& id : made.children) {
    const auto found = containers_.find(id);
    if (found == containers_.end() || found->second.user_id != account || !found->second.is_child)
      return refuse(invalid_parameter("A child of the carousel is none"));
    made.ready_at = std::max(made.ready_at, found->second.ready_at);
    made.fails = made.fails || found->second.fails;
  }
  const auto how = next_.value_or(processing{});
  made.created_at = now;
  made.ready_at = std::max(made.ready_at, now + how.time);
  made.fails = made.fails || how.fails;
  const auto id = std::to_string(++last_id_);
  boost::json::object record{{"id", id},
                             {"user_id", account},
                             {"type", made.type},
                             {"text", made.text},
                             {"is_child", made.is_child},
                             {"reply_to", made.reply_to},
                             {"created_at", base::to_string(now)},
                             {"ready_at", base::to_string(made.ready_at)},
                             {"fails", made.fails}};
  containers_[id] = std::move(made);
  auto what = reply({{"id", id}}, id);
  what.record = {{"container", std::move(record)}};
  return what;
}

std::string_view threads_platform::status_of(const container& one, base::timestamp now) const {
  if (one.is_published) return "PUBLISHED";
  if (now >= one.created_at + container_life) return "EXPIRED";
  if (now < one.ready_at) return "IN_PROGRESS";
  return one.fails ? "ERROR" : "FINISHED";
}

verdict threads_platform::publish(const parameters& given, const std::string& account, base::timestamp now) {
  const auto id = value_of(given, "creation_id");
  const auto found = containers_.find(id);
  const bool is_own = found != containers_.end() && found->second.user_id == account && !found->second.is_child;
  if (!is_own || status_of(found->second, now) != "FINISHED")
    return refuse(to_response({.code = 24,
                               .subcode = 4279009,
                               .message = "The requested resource does not exist",
                               .user_message = "Media Not Found"}));
  const bool is_reply = !found->second.reply_to.empty();
  const auto today = std::count_if(posts_.begin(), posts_.end(), [&](const post& each) {
    return each.user_id == account && each.published_at > now - std::chrono::hours{24} &&
           each.reply_to.empty() != is_reply;
  });
  if (today >= (is_reply ? replies_a_day : posts_a_day_))
    return refuse(to_response({.code = 613, .message = "Calls to this api have exceeded the rate limit."}));
  found->second.is_published = true;
  posts_.push_back({std::to_string(++last_id_), account, found->second.text, id, found->second.reply_to, now});
  const auto& made = posts_.back();
  verdict what{http::server::response::json(200, boost::json::serialize(boost::json::object{{"id", made.id}})),
               decision::accepted,
               made.id,
               {{"published",
                 {{"id", made.id},
                  {"user_id", account},
                  {"text", made.text},
                  {"made_of", id},
                  {"reply_to", made.reply_to},
                  {"published_at", base::to_string(now)}}}}};
  return what;
}

const threads_platform::post* threads_platform::find_post(const std::string& id) const {
  const auto found = std::find_if(posts_.begin(), posts_.end(), [&](const post& each) { return each.id == id; });
  return found == posts_.end() ? nullptr : &*found;
}

/// The account's own posts, or all replies to one.
verdict threads_platform::list(const parameters& given, const std::string& account, const std::string& above) const {
  std::size_t limit = 25;
  if (const auto text = value_of(given, "limit"); !text.empty())
    std::from_chars(text.data(), text.data() + text.size(), limit);
  if (limit < 1 || limit > 100) return refuse(invalid_parameter("Param limit must be from 1 to 100"));
  const auto after = value_of(given, "after");
  bool begins = after.empty();
  boost::json::array data;
  std::string last;
  bool more = false;
  for (auto each = posts_.rbegin(); each != posts_.rend(); ++each) {
    if (each->reply_to != above || (above.empty() && each->user_id != account)) continue;
    if (!begins) {
      begins = each->id == after;
      continue;
    }
    if (data.size() == limit) {
      more = true;
      break;
    }
    data.push_back({{"id", each->id},
                    {"text", each->text},
                    {"timestamp", time_text(each->published_at)},
                    {"is_reply_owned_by_me", !above.empty() && each->user_id == account},
                    {"permalink", permalink_of(*each)}});
    last = each->id;
  }
  boost::json::object body{{"data", std::move(data)}};
  if (!last.empty()) {
    boost::json::object paging{{"cursors", {{"before", last}, {"after", last}}}};
    if (more) paging["next"] = "https://graph.threads.net/v1.0/me/threads?after=" + last;
    body["paging"] = std::move(paging);
  }
  return reply(body);
}

std::string threads_platform::permalink_of(const post& one) const {
  return fmt::format("https://www.threads.net/@{}/post/{}", users_.at(one.user_id).first, one.id);
}

verdict threads_platform::read(const std::string& id, const std::string& account, base::timestamp now) const {
  for (const auto& each : posts_) {
    if (each.id != id || each.user_id != account) continue;
    return reply({{"id", id}, {"permalink", permalink_of(each)}}, id);
  }
  const auto found = containers_.find(id);
  if (found == containers_.end() || found->second.user_id != account)
    return refuse(instagram::no_such_object("GET", id));
  boost::json::object shown{{"id", id}, {"status", status_of(found->second, now)}};
  if (found->second.fails) shown["error_message"] = "INVALID_ASPEC_RATIO";
  return reply(shown, id);
}

verdict threads_platform::count(const std::string& id, const parameters& given, const std::string& account) const {
  const auto found = std::find_if(posts_.begin(), posts_.end(),
                                  [&](const post& each) { return each.id == id && each.user_id == account; });
  if (found == posts_.end()) return refuse(instagram::no_such_object("GET", id));
  const auto figures = figures_of(id);
  const std::map<std::string, std::int64_t> known{{"views", figures.views},
                                                  {"likes", figures.likes},
                                                  {"replies", figures.comments},
                                                  {"reposts", figures.shares},
                                                  {"quotes", 0},
                                                  {"shares", 0}};
  boost::json::array data;
  for (const auto& name : split(value_of(given, "metric"))) {
    const auto one = known.find(name);
    if (one == known.end()) return refuse(invalid_parameter("metric[0] must be one of the following values"));
    data.push_back({{"name", name},
                    {"period", "lifetime"},
                    {"values", boost::json::array{boost::json::object{{"value", one->second}}}},
                    {"id", fmt::format("{}/insights/{}/lifetime", id, name)}});
  }
  return reply({{"data", std::move(data)}}, id);
}

verdict threads_platform::remove(const std::string& id, const std::string& account) {
  const auto found = std::find_if(posts_.begin(), posts_.end(),
                                  [&](const post& each) { return each.id == id && each.user_id == account; });
  if (found == posts_.end()) return refuse(instagram::no_such_object("DELETE", id));
  posts_.erase(found);
  auto what = reply({{"success", true}, {"deleted_id", id}}, id);
  what.record = {{"deleted", {{"id", id}}}};
  return what;
}

}  // namespace pulse::sandbox::threads
