#include "sandbox/pinterest/pinterest.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/pinterest/requests.hpp"

namespace pulse::sandbox::pinterest {

namespace {

using http::server::verb;

verdict reply(int status, const boost::json::value& body, std::string id = {}) {
  return {json_reply(status, body), decision::done, std::move(id), {}};
}

}  // namespace

std::string pinterest_platform::account_of(const http::server::request& request) const {
  return holder_of(request, users_by_token_);
}

http::server::response pinterest_platform::failure(int status) const {
  if (status == 429) return error(429, 8, "This request exceeded a rate limit. See the documentation.");
  if (status == 401) return error(401, 2, "Authentication failed.");
  return error(status, status, "Something went wrong on our end. Sorry about that.");
}

verdict pinterest_platform::answer(const http::server::request& request, base::timestamp now) {
  if (desk_.owns(request.path)) return log_in(request, now);
  if (film_shelf::is_upload(request.path)) return films_.take(request, now);
  constexpr std::string_view version = "/v5/";
  if (!request.path.starts_with(version)) return refuse(error(404, 404, "Not found."));
  const auto user = account_of(request);
  if (user.empty()) return refuse(error(401, 2, "Authentication failed."));
  auto& counter = http::server::is_read(request.method) ? reads_ : writes_;
  const bool may_pass = counter.admit(user, now);
  auto what = may_pass ? carry_out(request, user, std::string_view{request.path}.substr(version.size()), now)
                       : refuse(failure(429));
  const auto which = http::server::is_read(request.method) ? "org_read" : "org_write";
  what.response.headers.push_back(
      {"x-ratelimit-limit", fmt::format("{}, {};w={};name=\"{}_app_id_user_id\"", counter.limit(), counter.limit(),
                                        counter.window().count(), which)});
  what.response.headers.push_back({"x-ratelimit-remaining", std::to_string(counter.remaining(user))});
  what.response.headers.push_back({"x-ratelimit-reset", std::to_string(counter.resets_in(user, now).count())});
  return what;
}

void pinterest_platform::make_demo_account() {
  constexpr const char* demo = "2783136121146311751";
  users_[demo] = "pulse_demo";
  boards_.push_back({"549755885175", demo, "Ideas"});
  boards_.push_back({"549755885176", demo, "Products"});
  boards_.push_back({"549755885177", demo, "Drafts", "SECRET"});
}

verdict pinterest_platform::log_in(const http::server::request& request, base::timestamp now) {
  if (users_.empty()) make_demo_account();
  std::vector<desk_user> shown;
  for (const auto& [id, username] : users_) shown.push_back({id, username});
  if (!desk_.is_token_call(request.path)) return {desk_.authorize(request, shown, now), decision::done, {}, {}};
  auto got = desk_.token(request, now);
  if (!got.is_granted) {
    if (got.response.status == 401) return refuse(error(401, 2, "Authentication failed."));
    return refuse(error(400, 283, "Your authorization code or refresh token is invalid."));
  }
  users_by_token_[got.access_hash] = got.user_id;
  auto body = read_object(got.response.body).value_or(boost::json::object{});
  body["response_type"] =
      request.body.find("grant_type=refresh_token") == std::string::npos ? "authorization_code" : "refresh_token";
  return {json_reply(200, body), decision::done, got.user_id, std::move(got.record)};
}

verdict pinterest_platform::carry_out(const http::server::request& request, const std::string& user,
                                      std::string_view path, base::timestamp now) {
  const auto slash = path.find('/');
  const auto first = path.substr(0, slash);
  const std::string id{slash == path.npos ? std::string_view{} : path.substr(slash + 1)};
  if (path == "user_account" && request.method == verb::get)
    return reply(200, {{"id", user}, {"username", users_.at(user)}, {"account_type", "BUSINESS"}}, user);
  if (path == "media" && request.method == verb::post) return films_.begin(request, user);
  if (first == "media" && !id.empty() && request.method == verb::get) return films_.status(id, user, now);
  if (path == "boards" && request.method == verb::get) return list_boards(request, user);
  if (path == "boards" && request.method == verb::post) return create_board(request, user);
  if (path == "pins" && request.method == verb::post) return create_pin(request, user, now);
  if (path == "pins" && request.method == verb::get) return list_pins(request, user, "");
  if (first == "pins" && !id.empty() && request.method == verb::delete_) return remove_pin(id, user);
  if (first == "pins" && !id.empty() && request.method == verb::get) return read_pin(request, id, user);
  constexpr std::string_view pins = "/pins";
  if (first == "boards" && id.ends_with(pins) && request.method == verb::get)
    return list_pins(request, user, id.substr(0, id.size() - pins.size()));
  return refuse(error(404, 404, "Not found."));
}

std::optional<http::server::response> pinterest_platform::film_refusal(const boost::json::object& body,
                                                                       const std::string& user,
                                                                       base::timestamp now) const {
  const auto& source = body.at("media_source").as_object();
  if (text_at(source, "source_type") != "video_id") return std::nullopt;
  if (films_.is_ready(text_at(source, "media_id"), user, now)) return std::nullopt;
  return error(400, 1, "Invalid request: media_id is no video of yours that is ready.");
}

bool pinterest_platform::owns_board(const std::string& user, const std::string& board_id) const {
  return std::any_of(boards_.begin(), boards_.end(),
                     [&](const board& each) { return each.id == board_id && each.user_id == user; });
}

verdict pinterest_platform::create_pin(const http::server::request& request, const std::string& user,
                                       base::timestamp now) {
  const auto body = read_object(request.body);
  if (!body) return refuse(error(400, 1, "Invalid request: the body is no JSON object."));
  if (auto wrong = pin_problem(*body)) return refuse(std::move(*wrong));
  if (auto wrong = film_refusal(*body, user, now)) return refuse(std::move(*wrong));
  const auto board_id = text_at(*body, "board_id");
  if (!owns_board(user, board_id)) return refuse(error(404, 40, "Board not found."));
  pin made{std::to_string(++last_id_), user, board_id, {}, now};
  for (const std::string_view name : {"title", "description", "link", "alt_text"}) {
    const auto text = text_at(*body, name);
    made.shown[name] = text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
  }
  pins_.push_back(made);
  verdict what{json_reply(201, to_json(made)), decision::accepted, made.id, {}};
  what.record = {{"pin",
                  {{"id", made.id},
                   {"user_id", user},
                   {"board_id", board_id},
                   {"shown", made.shown},
                   {"created_at", base::to_string(now)}}}};
  return what;
}

verdict pinterest_platform::create_board(const http::server::request& request, const std::string& user) {
  const auto body = read_object(request.body);
  const auto called = body ? text_at(*body, "name") : std::string{};
  auto privacy = body ? text_at(*body, "privacy") : std::string{};
  if (privacy.empty()) privacy = "PUBLIC";
  if (called.empty() || base::count_code_points(called) > 50)
    return refuse(error(400, 1, "Invalid request: name must have 1 to 50 characters."));
  if (privacy != "PUBLIC" && privacy != "PROTECTED" && privacy != "SECRET")
    return refuse(error(400, 1, "Invalid request: privacy is none."));
  board made{std::to_string(++last_id_), user, called, privacy};
  boards_.push_back(made);
  const boost::json::object shown{{"id", made.id}, {"user_id", user}, {"name", called}, {"privacy", privacy}};
  auto what = reply(201, shown, made.id);
  what.record = {{"board", shown}};
  return what;
}

verdict pinterest_platform::list_boards(const http::server::request& request, const std::string& user) const {
  const auto page = read_page(request.query, boards_.size());
  if (!page) return refuse(error(400, 1, "Invalid request: page_size must be from 1 to 250."));
  boost::json::array items;
  std::size_t at = page->start;
  for (; at < boards_.size() && items.size() < page->size; ++at) {
    const auto& each = boards_[at];
    if (each.user_id != user) continue;
    items.push_back(
        {{"id", each.id}, {"name", each.name}, {"privacy", each.privacy}, {"owner", {{"username", users_.at(user)}}}});
  }
  return reply(200, {{"items", std::move(items)}, {"bookmark", bookmark_of(at, boards_.size())}});
}

verdict pinterest_platform::list_pins(const http::server::request& request, const std::string& user,
                                      const std::string& board_id) const {
  if (!board_id.empty() && !owns_board(user, board_id)) return refuse(error(404, 40, "Board not found."));
  const auto page = read_page(request.query, pins_.size());
  if (!page) return refuse(error(400, 1, "Invalid request: page_size must be from 1 to 250."));
  boost::json::array items;
  std::size_t at = page->start;
  for (; at < pins_.size() && items.size() < page->size; ++at) {
    const auto& each = pins_[pins_.size() - 1 - at];
    if (each.user_id == user && (board_id.empty() || each.board_id == board_id)) items.push_back(to_json(each));
  }
  return reply(200, {{"items", std::move(items)}, {"bookmark", bookmark_of(at, pins_.size())}});
}

verdict pinterest_platform::read_pin(const http::server::request& request, const std::string& id,
                                     const std::string& user) const {
  const auto found =
      std::find_if(pins_.begin(), pins_.end(), [&](const pin& each) { return each.id == id && each.user_id == user; });
  if (found == pins_.end()) return refuse(error(404, 50, "Pin not found."));
  auto shown = to_json(*found);
  if (request.query.find("pin_metrics=true") != std::string::npos) {
    const auto figures = figures_of(id);
    const boost::json::object lately{{"impression", figures.views}, {"save", figures.shares}, {"pin_click", 0}};
    const boost::json::object ever{{"impression", figures.views},
                                   {"save", figures.shares},
                                   {"reaction", figures.likes},
                                   {"comment", figures.comments}};
    shown["pin_metrics"] = boost::json::object{{"90d", lately}, {"lifetime_metrics", ever}};
  }
  return reply(200, shown, id);
}

verdict pinterest_platform::remove_pin(const std::string& id, const std::string& user) {
  const auto found =
      std::find_if(pins_.begin(), pins_.end(), [&](const pin& each) { return each.id == id && each.user_id == user; });
  if (found == pins_.end()) return refuse(error(404, 50, "Pin not found."));
  pins_.erase(found);
  verdict what{empty_reply(), decision::done, id, {}};
  what.record = {{"deleted", {{"id", id}}}};
  return what;
}

boost::json::object pinterest_platform::to_json(const pin& one) const {
  boost::json::object shown = one.shown;
  shown["id"] = one.id;
  shown["board_id"] = one.board_id;
  shown["created_at"] = seconds_text(one.created_at);
  shown["is_owner"] = true;
  return shown;
}

complaint pinterest_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name" && field.key() != "boards")
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username, name and boards are";
  }
  const auto id = text_at(command, "user_id");
  if (id.empty() || text_at(command, "username").empty()) return "user_id and username are required";
  users_by_token_[hash] = id;
  users_[id] = text_at(command, "username");
  const auto add = [&](const std::string& board_id, const std::string& called) {
    if (!owns_board(id, board_id)) boards_.push_back({board_id, id, called});
  };
  const auto* given = command.if_contains("boards");
  if (given == nullptr || !given->is_array()) {
    add(id, "Board of " + text_at(command, "username"));
    return std::nullopt;
  }
  for (const auto& each : given->get_array()) {
    if (!each.is_string()) return "boards is a list of ids";
    add(each.get_string().c_str(), "Board " + std::string{each.get_string().c_str()});
  }
  return std::nullopt;
}

complaint pinterest_platform::set_limits(const boost::json::object& command) {
  for (const auto& [key, value] : command) {
    auto* counter = key == "write" ? &writes_ : key == "read" ? &reads_ : nullptr;
    const auto* limits = value.if_object();
    const auto number = [limits](std::string_view called) -> std::int64_t {
      const auto* given = limits == nullptr ? nullptr : limits->if_contains(called);
      return given != nullptr && given->is_int64() ? given->get_int64() : -1;
    };
    if (counter == nullptr || number("limit") < 0 || number("window_s") < 1)
      return "write and read are the limits: {\"limit\": 100, \"window_s\": 60}";
    counter->set(number("limit"), std::chrono::seconds{number("window_s")});
  }
  return std::nullopt;
}

void pinterest_platform::restore_id(const std::string& id) {
  std::uint64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  last_id_ = std::max(last_id_, value);
}

void pinterest_platform::replay(const boost::json::object& record, base::timestamp) {
  const auto part = [&record](std::string_view called) {
    const auto* value = record.if_contains(called);
    return value == nullptr ? nullptr : value->if_object();
  };
  if (const auto* one = part("granted")) {
    if (users_.empty()) make_demo_account();
    users_by_token_[text_at(*one, "access")] = text_at(*one, "user_id");
    desk_.restore(*one);
  }
  if (const auto* one = part("board")) {
    restore_id(text_at(*one, "id"));
    boards_.push_back({text_at(*one, "id"), text_at(*one, "user_id"), text_at(*one, "name"), text_at(*one, "privacy")});
  }
  if (const auto* one = part("pin")) {
    const auto at = base::parse_timestamp(text_at(*one, "created_at"));
    const auto* shown = one->if_contains("shown");
    if (!at || shown == nullptr || !shown->is_object()) return;
    restore_id(text_at(*one, "id"));
    pins_.push_back(
        {text_at(*one, "id"), text_at(*one, "user_id"), text_at(*one, "board_id"), shown->get_object(), *at});
  }
  if (const auto* one = part("deleted")) {
    const auto id = text_at(*one, "id");
    std::erase_if(pins_, [&id](const pin& each) { return each.id == id; });
  }
}

boost::json::object pinterest_platform::state() const {
  boost::json::array users;
  for (const auto& [id, username] : users_) users.push_back({{"user_id", id}, {"username", username}});
  boost::json::array posts;
  for (const auto& each : pins_) {
    auto shown = to_json(each);
    shown["user_id"] = each.user_id;
    shown["text"] = text_at(each.shown, "description");
    posts.push_back(std::move(shown));
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}};
}

}  // namespace pulse::sandbox::pinterest
