#include "sandbox/linkedin/organizations.hpp"

#include <charconv>
#include <chrono>
#include <vector>

#include "http/server/query.hpp"
#include "sandbox/linkedin/errors.hpp"

namespace pulse::sandbox::linkedin {

namespace {

constexpr std::string_view urn_head = "urn:li:organization:";
constexpr std::size_t largest_page = 100;

verdict refuse(http::server::response answer) { return {std::move(answer), decision::refused, {}, {}}; }

verdict reply(const boost::json::value& body) {
  return {http::server::response::json(200, boost::json::serialize(body)), decision::done, {}, {}};
}

std::map<std::string, std::string> parameters_of(const http::server::request& request) {
  std::map<std::string, std::string> made;
  if (const auto query = http::server::parse_query(request.query)) {
    for (const auto& [name, value] : *query) made[name] = value;
  }
  return made;
}

std::int64_t ms_of(base::timestamp at) {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

}  // namespace

bool organization_store::add(const std::string& text, const std::string& admin) {
  const auto slash = text.find('/');
  const auto number = text.substr(0, slash);
  if (slash == text.npos || number.empty() || number.size() > 15 ||
      number.find_first_not_of("0123456789") != number.npos)
    return false;
  numbers_[text.substr(slash + 1)] = number;
  admins_[std::string{urn_head} + number].insert(admin);
  return true;
}

bool organization_store::administers(const std::string& member, const std::string& urn) const {
  const auto found = admins_.find(urn);
  return found != admins_.end() && found->second.contains(member);
}

verdict organization_store::find(const http::server::request& request) const {
  const auto given = parameters_of(request);
  const auto name = given.find("vanityName");
  if (given.size() != 2 || given.count("q") == 0 || given.at("q") != "vanityName" || name == given.end())
    return refuse(refusal(400, "PARAM_INVALID", "This stand-in finds organizations by q=vanityName alone"));
  boost::json::array elements;
  if (const auto found = numbers_.find(name->second); found != numbers_.end()) {
    std::int64_t id = 0;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), id);
    elements.push_back(boost::json::object{{"id", id}, {"vanityName", found->first}, {"localizedName", found->first}});
  }
  return reply(boost::json::object{{"elements", std::move(elements)},
                                   {"paging", boost::json::object{{"start", 0}, {"count", 10}}}});
}

verdict organization_store::list(const http::server::request& request, const std::string& member,
                                 const content_store& posts) const {
  auto given = parameters_of(request);
  const auto author = given["author"];
  const bool is_finder = given["q"] == "author" && request.find("x-restli-method") == "FINDER";
  if (!is_finder || !author.starts_with(urn_head) || !administers(member, author))
    return refuse(forbidden("posts.FINDER-author.NO_VERSION"));
  std::size_t count = 10;
  if (const auto& text = given["count"]; !text.empty()) std::from_chars(text.data(), text.data() + text.size(), count);
  if (count < 1 || count > largest_page) return refuse(refusal(400, "PARAM_INVALID", "Invalid param count"));
  std::vector<const stored_post*> found;
  for (const auto& [urn, post] : posts.posts()) {
    if (post.author == author) found.push_back(&post);
  }
  boost::json::array elements;
  for (auto each = found.rbegin(); each != found.rend() && elements.size() < count; ++each) {
    elements.push_back(boost::json::object{{"id", (*each)->urn},
                                           {"author", author},
                                           {"commentary", (*each)->commentary},
                                           {"createdAt", ms_of((*each)->created_at)},
                                           {"publishedAt", ms_of((*each)->created_at)},
                                           {"lifecycleState", "PUBLISHED"},
                                           {"visibility", "PUBLIC"}});
  }
  return reply(
      boost::json::object{{"elements", std::move(elements)},
                          {"paging", boost::json::object{{"start", 0}, {"count", static_cast<std::int64_t>(count)}}}});
}

}  // namespace pulse::sandbox::linkedin
