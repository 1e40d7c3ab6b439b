#include "sandbox/facebook/facebook.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::facebook {

namespace {

using http::server::verb;
using instagram::graph_error;
using instagram::invalid_parameter;
using instagram::to_response;

constexpr std::size_t most_characters = 63'206;
constexpr std::chrono::hours long_life{24 * 60};
constexpr int oldest_version = 22, newest_version = 26;

verdict reply(const boost::json::value& body, std::string id = {}) {
  return {http::server::response::json(200, boost::json::serialize(body)), decision::done, std::move(id), {}};
}

/// Removes the version from a path: "/v26.0/me" becomes "/me". Returns its number; 0 if there is none.
int take_version(std::string& path) {
  if (!path.starts_with("/v")) return 0;
  int major = 0;
  const auto [end, failed] = std::from_chars(path.data() + 2, path.data() + path.size(), major);
  const auto dot = static_cast<std::size_t>(end - path.data());
  if (failed != std::errc{} || path.compare(dot, 2, ".0") != 0) return 0;
  path.erase(0, dot + 2);
  return major;
}

std::string value_of(const instagram::parameters& given, const std::string& name) {
  const auto found = given.find(name);
  return found == given.end() ? std::string{} : found->second;
}

std::string time_text(base::timestamp at) { return seconds_text(at) + "+0000"; }

http::server::response duplicate() {
  return to_response({.code = 506,
                      .subcode = 1455006,
                      .message = "Duplicate status message",
                      .user_message = "This status update is identical to the last one you posted."});
}

/// The ids of `attached_media[0]={"media_fbid":"1"}` and of `attached_media=[{…}]`, in order.
std::optional<std::vector<std::string>> attached(const instagram::parameters& given) {
  std::vector<std::string> ids;
  const auto add = [&ids](const boost::json::value& one) {
    if (!one.is_object()) return false;
    ids.push_back(text_at(one.get_object(), "media_fbid"));
    return !ids.back().empty();
  };
  boost::json::error_code failed;
  if (const auto found = given.find("attached_media"); found != given.end()) {
    const auto list = boost::json::parse(found->second, failed);
    if (failed || !list.is_array()) return std::nullopt;
    for (const auto& each : list.get_array()) {
      if (!add(each)) return std::nullopt;
    }
  }
  for (std::size_t i = 0;; ++i) {
    const auto found = given.find(fmt::format("attached_media[{}]", i));
    if (found == given.end()) return ids;
    const auto one = boost::json::parse(found->second, failed);
    if (failed || !add(one)) return std::nullopt;
  }
}

}  // namespace

std::string facebook_platform::account_of(const http::server::request& request) const {
  return holder_of(request, accounts_by_token_);
}

http::server::response facebook_platform::failure(int status) const { return instagram::failure(status); }

verdict facebook_platform::answer(const http::server::request& request, base::timestamp now) {
  auto path = request.path;
  const auto version = take_version(path);
  if (version == 0 || version > newest_version) return refuse(instagram::unknown_path(request.path));
  if (version < oldest_version) return refuse(instagram::old_version(fmt::format("v{}.0", version)));
  if (desk_.owns(path)) return log_in(request, path, now);
  if (!bearer_token(request)) return refuse(instagram::no_token());
  const auto account = account_of(request);
  if (account.empty()) return refuse(instagram::bad_token());
  return carry_out(request, account, path, now);
}

void facebook_platform::make_demo_page() {
  if (!pages_.empty()) return;
  pages_["102000000000001"] = {"102000000000001", "pulse.demo", "Pulse Demo Page", ""};
}

verdict facebook_platform::log_in(const http::server::request& request, const std::string& path, base::timestamp now) {
  make_demo_page();
  if (desk_.is_token_call(path)) return exchange(request, now);
  auto inner = request;
  inner.path = path;
  return {desk_.authorize(inner, {{std::string{person}, "Pulse Demo, with all pages"}}, now), decision::done, {}, {}};
}

/// Exchanges a code for a short-lived token, and that for a long-lived one.
verdict facebook_platform::exchange(const http::server::request& request, base::timestamp now) {
  auto read = instagram::read_parameters(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  const auto& given = std::get<parameters>(read);
  if (!desk_.is_client(value_of(given, "client_id"), value_of(given, "client_secret")))
    return refuse(to_response(
        {.code = 101, .message = "Error validating application. Cannot get application info due to a system error."}));
  const bool is_long = value_of(given, "grant_type") == "fb_exchange_token";
  std::string scope;
  if (is_long) {
    const auto held = accounts_by_token_.find(token_hash(value_of(given, "fb_exchange_token")));
    if (held == accounts_by_token_.end() || held->second != person) return refuse(instagram::bad_token());
  } else {
    const auto code = desk_.spend(value_of(given, "code"), value_of(given, "redirect_uri"), now);
    if (!code)
      return refuse(to_response({.code = 100, .subcode = 36009, .message = "This authorization code has been used."}));
    scope = code->scope;
  }
  auto got =
      desk_.issue(std::string{person}, scope, is_long ? std::chrono::seconds{long_life} : std::chrono::hours{1}, now);
  accounts_by_token_[got.access_hash] = person;
  return {std::move(got.response), decision::done, got.user_id, std::move(got.record)};
}

verdict facebook_platform::carry_out(const http::server::request& request, const std::string& account,
                                     std::string_view path, base::timestamp now) {
  if (path == fmt::format("/{}/videos", account) && request.method == verb::post && pages_.contains(account))
    return upload_film(request, account, now);
  auto read = instagram::read_parameters(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  const auto& given = std::get<parameters>(read);
  const auto method = request.method;
  path.remove_prefix(path.empty() ? 0 : 1);
  const auto slash = path.find('/');
  const std::string id{path.substr(0, slash)};
  const auto edge = slash == path.npos ? std::string_view{} : path.substr(slash + 1);
  const auto missing = [&] { return refuse(instagram::no_such_object(http::server::to_string(method), id)); };
  if (id == "me" && account == person) {
    if (edge == "accounts" && method == verb::get) return list_pages();
    if (edge == "permissions" && method == verb::delete_) return forget_person();
    if (edge.empty() && method == verb::get)
      return reply({{"id", person}, {"name", "Pulse Demo"}}, std::string{person});
    return missing();
  }
  if (edge.empty()) {
    if (method == verb::get) return read_post(id, account);
    if (method == verb::delete_) return remove_post(id, account);
    if (method == verb::post) return edit_post(id, given, account);
    return missing();
  }
  if (edge == "comments") return discuss(request, given, id, account, now);
  if (id != account || !pages_.contains(account)) return missing();
  if (edge == "feed" && method == verb::post) return create_post(given, account, now);
  if (edge == "photos" && method == verb::post) return create_photo(given, account);
  if (edge == "published_posts" && method == verb::get) return list_posts(given, account);
  return missing();
}

/// The person removes the app: all tokens of the person and of their pages become invalid.
verdict facebook_platform::forget_person() {
  std::erase_if(accounts_by_token_,
                [this](const auto& each) { return each.second == person || pages_.contains(each.second); });
  auto what = reply({{"success", true}}, std::string{person});
  what.record = {{"forgotten", {{"user_id", person}}}};
  return what;
}

/// Each page with its own token and its Instagram account: the first page has the first account, and so on.
verdict facebook_platform::list_pages() {
  boost::json::array data;
  boost::json::array tokens;
  const auto accounts = instagram_.people();
  auto next = accounts.begin();
  for (auto& [id, one] : pages_) {
    if (one.token.empty()) one.token = "sandbox-page-" + base::random_token(24);
    accounts_by_token_[token_hash(one.token)] = id;
    boost::json::object shown{{"id", id},
                              {"name", one.name},
                              {"username", one.username},
                              {"access_token", one.token},
                              {"tasks", boost::json::array{"CREATE_CONTENT", "MANAGE"}}};
    boost::json::object kept{{"page", id}, {"token", token_hash(one.token)}};
    if (next != accounts.end()) {
      instagram_.link(token_hash(one.token), next->id);
      shown["instagram_business_account"] =
          boost::json::object{{"id", next->id}, {"username", next->name}, {"name", next->name}};
      kept["instagram"] = next->id;
      ++next;
    }
    data.push_back(std::move(shown));
    tokens.push_back(std::move(kept));
  }
  auto what = reply({{"data", std::move(data)}});
  what.record = {{"listed", std::move(tokens)}};
  return what;
}

verdict facebook_platform::create_photo(const parameters& given, const std::string& page_id) {
  for (const auto& [name, ignored] : given) {
    if (name != "url" && name != "published" && name != "alt_text_custom")
      return refuse(invalid_parameter("Unexpected parameter: " + name));
  }
  const auto url = value_of(given, "url");
  if (!url.starts_with("http://127.0.0.1") && !url.starts_with("http://localhost") && !url.starts_with("https://"))
    return refuse(to_response({.code = 100, .subcode = 2061006, .message = "Invalid url"}));
  if (value_of(given, "published") != "false")
    return refuse(invalid_parameter("this sandbox takes photos with published=false only"));
  const auto id = std::to_string(++last_id_);
  photos_[id] = {page_id, url, value_of(given, "alt_text_custom"), false};
  auto what = reply({{"id", id}}, id);
  what.record = {{"photo", {{"id", id}, {"page_id", page_id}, {"url", url}}}};
  return what;
}

verdict facebook_platform::create_post(const parameters& given, const std::string& page_id, base::timestamp now) {
  const auto message = value_of(given, "message");
  const auto ids = attached(given);
  if (!ids) return refuse(invalid_parameter("attached_media must name media_fbid"));
  if (message.empty() && ids->empty()) return refuse(invalid_parameter("Missing message or attachment"));
  if (base::count_code_points(message) > most_characters) return refuse(invalid_parameter("Name parameter too long"));
  for (const auto& id : *ids) {
    const auto found = photos_.find(id);
    if (found == photos_.end() || found->second.page_id != page_id || found->second.is_used)
      return refuse(invalid_parameter(fmt::format("The photo {} is none that can be attached", id)));
  }
  const auto last =
      std::find_if(posts_.rbegin(), posts_.rend(), [&](const post& each) { return each.page_id == page_id; });
  if (last != posts_.rend() && last->message == message && last->photos.empty() && ids->empty())
    return refuse(duplicate());
  for (const auto& id : *ids) photos_[id].is_used = true;
  posts_.push_back({fmt::format("{}_{}", page_id, ++last_id_), page_id, message, *ids, now});
  const auto& made = posts_.back();
  verdict what{http::server::response::json(200, boost::json::serialize(boost::json::object{{"id", made.id}})),
               decision::accepted,
               made.id,
               {{"made",
                 {{"id", made.id},
                  {"page_id", page_id},
                  {"message", message},
                  {"photos", boost::json::value_from(made.photos)},
                  {"created_at", base::to_string(now)}}}}};
  return what;
}

verdict facebook_platform::list_posts(const parameters& given, const std::string& page_id) const {
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
    if (each->page_id != page_id) continue;
    if (!begins) {
      begins = each->id == after;
      continue;
    }
    if (data.size() == limit) {
      more = true;
      break;
    }
    data.push_back({{"id", each->id},
                    {"message", each->message},
                    {"created_time", time_text(each->created_at)},
                    {"permalink_url", "https://www.facebook.com/" + each->id}});
    last = each->id;
  }
  boost::json::object body{{"data", std::move(data)}};
  if (!last.empty()) {
    boost::json::object paging{{"cursors", {{"before", last}, {"after", last}}}};
    if (more) paging["next"] = fmt::format("https://graph.facebook.com/{}/published_posts?after={}", page_id, last);
    body["paging"] = std::move(paging);
  }
  return reply(body);
}

const facebook_platform::post* facebook_platform::find(const std::string& id) const {
  const auto found = std::find_if(posts_.begin(), posts_.end(), [&id](const post& each) { return each.id == id; });
  return found == posts_.end() ? nullptr : &*found;
}

verdict facebook_platform::read_post(const std::string& id, const std::string& account) const {
  if (const auto upload = films_.find(id); upload != films_.end() && upload->second.page_id == account) {
    const auto& one = upload->second;
    const std::string state = one.is_finished ? "ready" : "upload_complete";
    return reply({{"id", id}, {"status", {{"video_status", state}}}}, id);
  }
  const auto* found = find(id);
  if (found == nullptr || found->page_id != account) return refuse(instagram::no_such_object("GET", id));
  const auto figures = figures_of(id);
  return reply({{"id", id},
                {"message", found->message},
                {"created_time", time_text(found->created_at)},
                {"reactions", {{"data", boost::json::array{}}, {"summary", {{"total_count", figures.likes}}}}},
                {"comments", {{"data", boost::json::array{}}, {"summary", {{"total_count", figures.comments}}}}},
                {"shares", {{"count", figures.shares}}}},
               id);
}

verdict facebook_platform::edit_post(const std::string& id, const parameters& given, const std::string& account) {
  const auto found = std::find_if(posts_.begin(), posts_.end(), [&](const post& each) { return each.id == id; });
  if (found == posts_.end() || found->page_id != account) return refuse(instagram::no_such_object("POST", id));
  const std::string name = films_.contains(id) ? "description" : "message";
  const auto message = value_of(given, name);
  if (given.size() != 1 || message.empty())
    return refuse(invalid_parameter(fmt::format("Param {} must be given alone", name)));
  if (base::count_code_points(message) > most_characters) return refuse(invalid_parameter("Name parameter too long"));
  found->message = message;
  auto what = reply({{"success", true}}, id);
  what.record = {{"edited", {{"id", id}, {"message", message}}}};
  return what;
}

verdict facebook_platform::remove_post(const std::string& id, const std::string& account) {
  const auto* found = find(id);
  if (found == nullptr || found->page_id != account) return refuse(instagram::no_such_object("DELETE", id));
  posts_.erase(posts_.begin() + (found - posts_.data()));
  comments_.forget(id);
  auto what = reply({{"success", true}}, id);
  what.record = {{"deleted", {{"id", id}}}};
  return what;
}

}  // namespace pulse::sandbox::facebook
