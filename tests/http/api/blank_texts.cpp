// A blank text counts as empty in every field of every route. The test derives the fields from the API's own document.
#include <set>
#include <utility>

#include <catch2/catch.hpp>

#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using tests::names;

namespace {

namespace json = boost::json;

/// A text of a body that must have at least one character.
struct text_field {
  std::vector<std::string> path;  // "0": an item of a list
  std::string pointer() const {
    std::string made;
    for (const auto& each : path) made += "/" + each;
    return made;
  }
};

bool is_of(const json::object& schema, std::string_view type) {
  const auto* found = schema.if_contains("type");
  if (found == nullptr) return false;
  if (found->is_string()) return found->as_string() == type;
  for (const auto& each : found->as_array()) {
    if (each.as_string() == type) return true;
  }
  return false;
}

/// All that `schema` says of texts, from `place` down.
void collect(const json::value& document, const json::value& schema, const std::vector<std::string>& place,
             std::vector<text_field>& to) {
  if (place.size() > 6) return;
  const auto& its = schema.as_object();
  if (const auto* there = its.if_contains("$ref"))
    return collect(document, document.at_pointer(std::string{there->as_string()}.substr(1)), place, to);
  for (const auto* key : {"anyOf", "oneOf", "allOf"}) {
    if (const auto* each_of = its.if_contains(key)) {
      for (const auto& each : each_of->as_array()) collect(document, each, place, to);
    }
  }
  const auto below = [&place](std::string_view name) {
    auto made = place;
    made.emplace_back(name);
    return made;
  };
  if (const auto* properties = its.if_contains("properties")) {
    for (const auto& [name, each] : properties->as_object()) collect(document, each, below(name), to);
  }
  if (const auto* items = its.if_contains("items")) collect(document, *items, below("0"), to);
  const auto* least = its.if_contains("minLength");
  if (is_of(its, "string") && least != nullptr && least->to_number<int>() > 0 && !its.contains("enum") &&
      !its.contains("format"))
    to.push_back({place});
}

/// A body with this text in its place and nothing else.
json::value body_with(const std::vector<std::string>& path, const std::string& text, std::size_t at = 0) {
  if (at == path.size()) return json::value(text);
  if (path[at] == "0") return json::array{body_with(path, text, at + 1)};
  json::object made;
  made[path[at]] = body_with(path, text, at + 1);
  return made;
}

std::string without_parameters(std::string_view path) {
  std::string made;
  bool is_inside = false;
  for (const char c : path) {
    if (c == '{') made += tests::no_such_id;
    is_inside = (is_inside || c == '{') && c != '}';
    if (!is_inside && c != '}') made += c;
  }
  return made;
}

}  // namespace

TEST_CASE("no text of any body is accepted that must have something in it and shows nothing") {
  tests::campaigns_fixture front;
  const auto document = front.get("/openapi.json").body;
  // Who has no right to call is not told what is wrong with the body.
  const std::set<std::string, std::less<>> not_an_owners{"/admin/orgs/{id}/suspend", "/webhooks/whatsapp-link"};
  std::string blank;
  for (int i = 0; i < 12; ++i) blank += i % 2 == 0 ? "\u00a0" : "\u200b";  // some texts have a least length
  std::size_t tried = 0;
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object()) {
      const auto* asked = operation.as_object().if_contains("requestBody");
      if (asked == nullptr || not_an_owners.contains(path)) continue;
      const auto* content = asked->at("content").as_object().if_contains("application/json");
      if (content == nullptr) continue;
      std::vector<text_field> fields;
      collect(document, content->at("schema"), {}, fields);
      for (const auto& each : fields) {
        const auto verb = method == "put"     ? http::server::verb::put
                          : method == "patch" ? http::server::verb::patch
                                              : http::server::verb::post;
        const auto body = json::serialize(body_with(each.path, blank));
        const auto answer = front.answer(
            front.with_token(front.request(verb, without_parameters(path), std::string{body}), front.token));
        INFO(std::string{method} << ' ' << std::string{path} << ' ' << body << " → " << answer.raw.bytes());
        CHECK(answer.status() == 422);
        CHECK(names(answer, each.pointer()));
        ++tried;
      }
    }
  }
  CHECK(tried > 70);
}
