#include "sandbox/instagram/comments.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "base/text.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/instagram/errors.hpp"

namespace pulse::sandbox::instagram {

namespace {

constexpr std::size_t default_page = 25;

boost::json::object to_record(const comment& one) {
  return {{"id", one.id},
          {"object", one.object},
          {"user_id", one.author},
          {"text", one.text},
          {"at", base::to_string(one.at)}};
}

}  // namespace

verdict comment_store::add(const parameters& given, const std::string& object, const std::string& author,
                           const std::string& prefix, base::timestamp now) {
  if (auto refusal = unknown_parameter(given, {"message"})) return refuse(std::move(*refusal));
  const auto message = given.find("message");
  const bool is_blank = message == given.end() || message->second.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank) return refuse(invalid_parameter("The parameter message is required."));
  if (base::count_code_points(message->second) > manners_.most_characters)
    return refuse(invalid_parameter("The comment is too long"));
  const comment made{prefix + std::to_string(++last_id_), object, author, message->second, now};
  all_.push_back(made);
  const boost::json::object body{{"id", made.id}};
  return {http::server::response::json(200, boost::json::serialize(body)),
          decision::accepted,
          made.id,
          {{"commented", to_record(made)}}};
}

verdict comment_store::list(const parameters& given, const std::string& object) const {
  if (auto refusal = unknown_parameter(given, {"fields", "limit", "after"})) return refuse(std::move(*refusal));
  auto read_shown = read_fields(given, manners_.fields);
  if (auto* refusal = std::get_if<http::server::response>(&read_shown)) return refuse(std::move(*refusal));
  const auto& fields = std::get<std::set<std::string>>(read_shown);
  std::size_t limit = default_page;
  if (const auto given_limit = given.find("limit"); given_limit != given.end()) {
    const auto& text = given_limit->second;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (failed != std::errc{} || end != text.data() + text.size() || limit < 1 || limit > manners_.largest_page)
      return refuse(invalid_parameter("Param limit must be from 1 to " + std::to_string(manners_.largest_page)));
  }
  std::vector<const comment*> below;
  for (const auto& each : all_) {
    if (each.object == object) below.push_back(&each);
  }
  if (manners_.newest_first) std::reverse(below.begin(), below.end());
  auto first = below.begin();
  if (const auto after = given.find("after"); after != given.end()) {
    first = std::find_if(below.begin(), below.end(), [&](const comment* each) { return each->id == after->second; });
    if (first == below.end()) return refuse(invalid_parameter("Invalid cursors values"));
    ++first;
  }
  boost::json::array data;
  std::string last;
  for (; first != below.end() && data.size() < limit; ++first) {
    boost::json::object shown;
    for (const auto& field : fields) {
      auto value = field == "id" ? boost::json::value((*first)->id) : manners_.show(**first, field);
      if (!value.is_null()) shown[field] = std::move(value);
    }
    data.push_back(std::move(shown));
    last = (*first)->id;
  }
  boost::json::object body{{"data", std::move(data)}};
  if (!last.empty()) {
    boost::json::object paging{{"cursors", {{"before", last}, {"after", last}}}};
    if (first != below.end())
      paging["next"] = fmt::format("https://graph.facebook.com/{}/comments?after={}", object, last);
    body["paging"] = std::move(paging);
  }
  return {http::server::response::json(200, boost::json::serialize(body)), decision::done, object, {}};
}

void comment_store::forget(const std::string& object) {
  std::erase_if(all_, [&object](const comment& each) { return each.object == object; });
}

void comment_store::restore(const boost::json::object& record) {
  const auto at = base::parse_timestamp(text_at(record, "at"));
  if (!at) return;
  comment one{text_at(record, "id"), text_at(record, "object"), text_at(record, "user_id"), text_at(record, "text"),
              *at};
  const auto digits = one.id.substr(one.id.rfind('_') + 1);  // the whole id if it has no underscore
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  last_id_ = std::max(last_id_, number);
  all_.push_back(std::move(one));
}

boost::json::array comment_store::state() const {
  boost::json::array shown;
  for (const auto& each : all_) shown.push_back(to_record(each));
  return shown;
}

}  // namespace pulse::sandbox::instagram
