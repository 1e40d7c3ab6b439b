#include "sandbox/linkedin/social.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/linkedin/errors.hpp"
#include "sandbox/linkedin/requests.hpp"

namespace pulse::sandbox::linkedin {

namespace {

using http::server::request;
using http::server::verb;

constexpr std::string_view reactions_path = "/rest/reactions";
constexpr std::string_view actions_path = "/rest/socialActions/";
constexpr std::string_view comments_end = "/comments";
constexpr std::size_t most_comment = 1'250;
constexpr std::int64_t first_comment_id = 7'000'000'000'000'000'000;

response json(int status, const boost::json::value& body) {
  return response::json(status, boost::json::serialize(body));
}

std::string person_of(const std::string& member) { return "urn:li:person:" + member; }

bool is_post_urn(std::string_view urn) {
  for (const std::string_view kind : {"urn:li:activity:", "urn:li:share:", "urn:li:ugcPost:"}) {
    if (!urn.starts_with(kind)) continue;
    const auto number = urn.substr(kind.size());
    return !number.empty() && number.find_first_not_of("0123456789") == number.npos;
  }
  return false;
}

std::optional<boost::json::object> body_of(const request& request) {
  const auto type = request.find("content-type");
  base::json::cursor ignored;
  auto document = base::json::parse(request.body, ignored);
  if (!type || !type->starts_with("application/json") || !document || !document->is_object()) return std::nullopt;
  return std::move(document->get_object());
}

std::string query_value(const request& request, std::string_view name) {
  const auto query = http::server::parse_query(request.query);
  if (!query) return {};
  for (const auto& [key, value] : *query) {
    if (key == name) return value;
  }
  return {};
}

std::int64_t ms_of(base::timestamp at) {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

std::size_t number_of(const std::string& text, std::size_t otherwise) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? value : otherwise;
}

}  // namespace

bool social_store::owns(std::string_view path) const {
  return path == reactions_path || path.starts_with("/rest/reactions/") || path.starts_with(actions_path);
}

verdict social_store::answer(const request& request, const std::string& member,
                             const std::function<bool(const std::string& actor)>& may_act, daily_limits& limits,
                             base::timestamp now) {
  if (request.path == reactions_path)
    return request.method == verb::post ? react(request, member, limits, now) : refuse(method_not_allowed());
  if (request.path.starts_with(reactions_path)) {
    if (request.method != verb::get) return refuse(method_not_allowed());
    return read_reaction(std::string_view{request.path}.substr(reactions_path.size() + 1));
  }
  auto urn = request.path.substr(actions_path.size());
  if (!urn.ends_with(comments_end)) return refuse(not_found());
  urn.resize(urn.size() - comments_end.size());
  const bool is_encoded = request.target.substr(0, request.target.find('?')).find(':') == std::string::npos;
  if (!is_encoded || !is_post_urn(urn)) return refuse(refusal(400, "INVALID_URN_ID", "Invalid URN in the path"));
  if (request.method == verb::get) return list_comments(request, urn);
  if (request.method == verb::post) return add_comment(request, urn, member, may_act, limits, now);
  return refuse(method_not_allowed());
}

verdict social_store::react(const request& request, const std::string& member, daily_limits& limits,
                            base::timestamp now) {
  const auto actor = query_value(request, "actor");
  if (actor != person_of(member)) return refuse(forbidden("reactions.CREATE"));
  const auto body = body_of(request);
  if (!body) return refuse(refusal(400, "INVALID_REQUEST", "Unable to parse the request body"));
  const auto root = text_at(*body, "root");
  const auto type = text_at(*body, "reactionType");
  if (body->size() != 2 || !is_post_urn(root))
    return refuse(refusal(400, "INVALID_URN_ID", "ERROR :: /root :: is no post"));
  const std::string_view types[] = {"LIKE", "PRAISE", "EMPATHY", "INTEREST", "APPRECIATION", "ENTERTAINMENT"};
  if (std::find(std::begin(types), std::end(types), type) == std::end(types))
    return refuse(refusal(400, "INVALID_VALUE_FOR_FIELD", "ERROR :: /reactionType :: is not an enum symbol"));
  if (!limits.admit("reactions", member, now)) return refuse(daily_limit());
  return react_as(actor, root, type, now);
}

verdict social_store::react_as(const std::string& actor, const std::string& urn, const std::string& type,
                               base::timestamp now) {
  if (reactions_.contains({actor, urn})) return refuse(refusal(409, "CONFLICT", "The reaction exists"));
  const auto id = fmt::format("urn:li:reaction:({},{})", actor, urn);
  const boost::json::object made{{"id", id},
                                 {"root", urn},
                                 {"reactionType", type},
                                 {"created", {{"actor", actor}, {"time", ms_of(now)}}},
                                 {"lastModified", {{"actor", actor}, {"time", ms_of(now)}}}};
  reactions_[{actor, urn}] = made;
  return {json(201, made), decision::accepted, id, {{"reacted", {{"actor", actor}, {"root", urn}, {"shown", made}}}}};
}

std::string social_store::reaction_of(const std::string& actor, const std::string& urn) const {
  const auto found = reactions_.find({actor, urn});
  return found == reactions_.end() ? std::string{} : text_at(found->second, "reactionType");
}

std::vector<social_store::comment> social_store::comments_below(const std::string& urn) const {
  std::vector<comment> found;
  for (const auto& each : comments_) {
    if (each.object == urn) found.push_back(each);
  }
  return found;
}

verdict social_store::read_reaction(std::string_view key) const {
  constexpr std::string_view begin = "(actor:";
  constexpr std::string_view middle = ",entity:";
  const auto at = key.find(middle);
  if (!key.starts_with(begin) || !key.ends_with(')') || at == key.npos)
    return refuse(refusal(400, "INVALID_REQUEST", "The key must be (actor:…,entity:…)"));
  const std::string actor{key.substr(begin.size(), at - begin.size())};
  const std::string entity{key.substr(at + middle.size(), key.size() - at - middle.size() - 1)};
  const auto found = reactions_.find({actor, entity});
  if (found == reactions_.end()) return refuse(not_found());
  return {json(200, found->second), decision::done, text_at(found->second, "id"), {}};
}

verdict social_store::add_comment(const request& request, const std::string& urn, const std::string& member,
                                  const std::function<bool(const std::string& actor)>& may_act, daily_limits& limits,
                                  base::timestamp now) {
  const auto body = body_of(request);
  if (!body) return refuse(refusal(400, "INVALID_REQUEST", "Unable to parse the request body"));
  const auto* message = body->if_contains("message");
  const auto text = message != nullptr && message->is_object() ? text_at(message->get_object(), "text") : std::string{};
  const auto actor = text_at(*body, "actor");
  if (!may_act(actor)) return refuse(forbidden("socialActions.CREATE"));
  if (body->size() != 3 || text_at(*body, "object") != urn)
    return refuse(refusal(400, "INVALID_URN_ID", "ERROR :: /object :: is not the post of the path"));
  if (text.find_first_not_of(" \t\r\n") == text.npos)
    return refuse(refusal(400, "INVALID_VALUE_BLANK_FIELD", "ERROR :: /message/text :: must not be blank"));
  if (base::count_code_points(text) > most_comment)
    return refuse(refusal(400, "FIELD_LENGTH_TOO_LONG", "ERROR :: /message/text :: is too long"));
  if (!limits.admit("comments", member, now)) return refuse(daily_limit());
  return comment_as(actor, urn, text, now);
}

verdict social_store::comment_as(const std::string& actor, const std::string& urn, const std::string& text,
                                 base::timestamp now) {
  comment made{std::to_string(first_comment_id + made_++), actor, urn, text, ms_of(now)};
  const auto comment_urn = fmt::format("urn:li:comment:({},{})", urn, made.id);
  auto answer = json(201, {{"id", made.id},
                           {"commentUrn", comment_urn},
                           {"actor", made.actor},
                           {"object", urn},
                           {"message", {{"attributes", boost::json::array{}}, {"text", text}}},
                           {"created", {{"actor", made.actor}, {"time", made.at_ms}}}});
  answer.headers.push_back({"x-restli-id", made.id});
  boost::json::object record{
      {"id", made.id}, {"actor", made.actor}, {"object", urn}, {"text", text}, {"at_ms", made.at_ms}};
  comments_.push_back(std::move(made));
  return {std::move(answer), decision::accepted, comment_urn, {{"commented", std::move(record)}}};
}

verdict social_store::list_comments(const request& request, const std::string& urn) const {
  const auto start = number_of(query_value(request, "start"), 0);
  const auto count = std::clamp<std::size_t>(number_of(query_value(request, "count"), 10), 1, 100);
  boost::json::array shown;
  std::size_t index = 0;
  for (const auto& each : comments_) {
    if (each.object != urn) continue;
    if (index >= start && shown.size() < count) {
      shown.push_back({{"id", each.id},
                       {"commentUrn", fmt::format("urn:li:comment:({},{})", urn, each.id)},
                       {"actor", each.actor},
                       {"object", urn},
                       {"message", {{"attributes", boost::json::array{}}, {"text", each.text}}},
                       {"created", {{"actor", each.actor}, {"time", each.at_ms}}}});
    }
    ++index;
  }
  return {
      json(200, {{"paging", {{"start", start}, {"count", count}, {"total", index}, {"links", boost::json::array{}}}},
                 {"elements", std::move(shown)}}),
      decision::done,
      urn,
      {}};
}

void social_store::restore_reaction(const boost::json::object& record) {
  const auto* shown = record.if_contains("shown");
  if (shown != nullptr && shown->is_object())
    reactions_[{text_at(record, "actor"), text_at(record, "root")}] = shown->get_object();
}

void social_store::restore_comment(const boost::json::object& record) {
  const auto* at = record.if_contains("at_ms");
  ++made_;
  comments_.push_back({text_at(record, "id"), text_at(record, "actor"), text_at(record, "object"),
                       text_at(record, "text"), at != nullptr && at->is_int64() ? at->get_int64() : 0});
}

void social_store::forget(const std::string& urn) {
  std::erase_if(comments_, [&urn](const comment& each) { return each.object == urn; });
}

boost::json::array social_store::reactions() const {
  boost::json::array all;
  for (const auto& [key, shown] : reactions_) all.push_back(shown);
  return all;
}

boost::json::array social_store::comments() const {
  boost::json::array all;
  for (const auto& each : comments_)
    all.push_back(
        {{"id", each.id}, {"actor", each.actor}, {"object", each.object}, {"text", each.text}, {"at_ms", each.at_ms}});
  return all;
}

}  // namespace pulse::sandbox::linkedin
