// Null in the body of every PATCH: it empties the field or is refused by name, as the API's document says.
#include <catch2/catch.hpp>

#include <functional>
#include <map>

#include "base/uuid.hpp"
#include "persistence/publishing/website_publications.hpp"
#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::in_project;
using tests::names;

namespace {

struct thing {
  std::string address;    // of what is changed
  std::string something;  // a PATCH that puts something where something may be
};

struct fixture : tests::campaigns_fixture {
  std::string add(const std::string& address, const std::string& body) {
    return address + "/" + id_of(post(address, body, token));
  }

  /// What the website shows, as the engine puts it there.
  std::string add_publication() {
    namespace publications = persistence::website_publications;
    const auto written = add_post(token, project);
    const auto delivery = delivery_of(token, written);
    bring_to(delivery, domain::delivery_state::sending);
    const auto owner = *database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return publications::find_owner(*base::parse_uuid(project)).first(tx);
    });
    const publications::publication wanted{
        base::new_uuid(clock.now()), {}, *base::parse_uuid(written), *base::parse_uuid(website), "", "A", clock.now()};
    const auto stored = engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return publications::store(tx, owner->tenant_id, wanted, {*base::parse_uuid(delivery), 1});
    });
    REQUIRE((stored && *stored));
    return base::to_string((*stored)->id);
  }

  /// By the path of the route; an empty address where a test cannot make such a thing, and is content with what is
  /// refused.
  std::map<std::string, thing> make_things() {
    const auto begin = in_project(project);
    const auto campaign = add_campaign(R"("name":"C")");
    const auto template_address = add("/templates", begin + R"("name":"T","text":"B","ai_prompt":"P"})");
    const auto template_id = template_address.substr(std::string_view{"/templates/"}.size());
    const auto variants = R"("variants":[{"platform":"website","text":"V"}])";
    const auto image = R"("image":{"url":"https://example.org/a.jpg","alt_text":"A"})";
    return {
        {"/media/{id}", {"", ""}},
        {"/projects/{id}",
         {"/projects/" + project,
          R"({"description":"D","time_zone":"Europe/Amsterdam","lateness":{"policy":"skip"}})"}},
        {"/channels/{id}", {"/channels/" + website, R"({"name":"N"})"}},
        {"/posts/{id}",
         {"/posts/" + add_post(token, project),
          std::string{R"({"title":"T","lateness":{"policy":"skip"},)"} + variants + "," + image + "}"}},
        {"/website/publications/{id}", {"/website/publications/" + add_publication(), R"({"title":"T"})"}},
        {"/tracked-pages/{id}",
         {add("/tracked-pages", R"({"url":"linkedin.com/company/acme"})"), R"({"name":"N","gap_seconds":7})"}},
        {"/campaigns/{id}",
         {"/campaigns/" + campaign, R"({"goal":"G","first_day":"2026-11-24","last_day":"2026-11-30","labels":["l"],)"
                                    R"("utm":{"source":"s"},"channel_ids":[")" +
                                        website + R"("]})"}},
        {"/templates/{id}",
         {template_address,
          std::string{R"({"title":"T","variables":[{"name":"v"}],"ai":{"tone":"dry"},)"} + variants + "}"}},
        {"/content/{id}",
         {add("/content", begin + R"("text":"B"})"),
          std::string{R"({"title":"T","labels":["l"],"scheduled_at":"2026-12-24T10:00:00Z","campaign_id":")"} +
              campaign + R"(","channel_ids":[")" + website + R"("],)" + variants + "," + image + "}"}},
        {"/automation/rules/{id}",
         {add("/automation/rules",
              begin + R"("name":"R","trigger":{"kind":"cron","cron":"0 9 * * *"},"action":{"kind":"make_content",)" +
                  R"("template_id":")" + template_id + R"("}})"),
          R"({"campaign_id":")" + campaign + R"(","conditions":{"week_days":["monday"]}})"}},
    };
  }
};

bool takes_null(const boost::json::value& schema) {
  const auto& object = schema.as_object();
  const auto is_null = [](const boost::json::value& of) { return of.is_string() && of.as_string() == "null"; };
  if (const auto* type = object.if_contains("type"); type != nullptr && type->is_array())
    return std::any_of(type->as_array().begin(), type->as_array().end(), is_null);
  if (const auto* any = object.if_contains("anyOf"); any != nullptr) {
    return std::any_of(any->as_array().begin(), any->as_array().end(),
                       [&](const auto& each) { return each.as_object().contains("type") && is_null(each.at("type")); });
  }
  return false;
}

/// Null, or nothing but empty texts, lists and members that are none.
bool is_empty(const boost::json::value& of) {
  if (of.is_null()) return true;
  if (const auto* text = of.if_string()) return text->empty();
  if (const auto* list = of.if_array()) return list->empty();
  if (const auto* object = of.if_object())
    return std::all_of(object->begin(), object->end(), [](const auto& each) { return is_empty(each.value()); });
  return false;
}

/// The members of a PATCH's body, and whether the document says that they take null.
std::map<std::string, bool> members_of(const boost::json::value& document, const boost::json::value& operation) {
  const auto& schema = operation.at_pointer("/requestBody/content/application~1json/schema");
  const std::string reference{schema.at("$ref").as_string()};
  const auto name = reference.substr(std::string_view{"#/components/schemas/"}.size());
  std::map<std::string, bool> members;
  for (const auto& each : document.at_pointer("/components/schemas").at(name).at("properties").as_object())
    members[std::string{each.key()}] = takes_null(each.value());
  return members;
}

void check_null(fixture& front, const thing& of, const std::string& member, bool is_taken) {
  const auto body = "{\"" + member + "\":null}";
  const bool is_made = !of.address.empty();
  const auto address = is_made ? of.address : "/media/" + tests::no_such_id;
  const auto answer = front.patch(address, body, front.token);
  INFO(address << " " << body << " → " << answer.raw.bytes());
  if (answer.status() == 422) {
    CHECK(names(answer, "/" + member));
    return;
  }
  CHECK(is_taken);
  if (!is_made) return;
  CHECK(answer.status() == 200);
  const auto now = front.get(address, front.token);
  const auto* found = now.body.as_object().if_contains(member);
  CHECK((found != nullptr && is_empty(*found)));
}

}  // namespace

TEST_CASE("null in a PATCH empties a field or is refused by name, for every field of every route") {
  fixture front;
  const auto things = front.make_things();
  const auto document = front.get("/openapi.json", front.token);
  std::size_t members = 0;
  std::size_t emptied = 0;
  for (const auto& path : document.body.at("paths").as_object()) {
    const auto* operation = path.value().as_object().if_contains("patch");
    if (operation == nullptr || !operation->as_object().contains("requestBody")) continue;
    if (!operation->at_pointer("/requestBody/content").as_object().contains("application/json")) continue;
    const auto found = things.find(std::string{path.key()});
    INFO(path.key());
    REQUIRE(found != things.end());
    const auto& one = found->second;
    for (const auto& [member, is_taken] : members_of(document.body, *operation)) {
      if (!one.address.empty()) {
        const auto filled = front.patch(one.address, one.something, front.token);
        INFO(filled.raw.bytes());
        REQUIRE(filled.status() == 200);
      }
      check_null(front, one, member, is_taken);
      ++members;
      emptied += is_taken ? 1 : 0;
    }
  }
  CHECK(members >= 40);
  CHECK(emptied >= 20);
}

TEST_CASE("what a PATCH leaves out stays, and null within a value is what is left out of it") {
  fixture front;
  const auto project = "/projects/" + front.project;
  CHECK(front.patch(project, R"({"description":"D"})", front.token).status() == 200);
  CHECK(front.patch(project, R"({"name":"N"})", front.token).text("/description") == "D");
  CHECK(front.patch(project, R"({"description":null})", front.token).text("/description").empty());
  const auto refused = front.patch(project, R"({"name":null,"time_zone":null,"description":"E"})", front.token);
  CHECK(refused.status() == 422);
  CHECK(names(refused, "/name"));
  CHECK(names(refused, "/time_zone"));
  CHECK(refused.text("/errors/0/detail").find("Leave it out") != std::string::npos);
  CHECK(front.get(project, front.token).text("/description").empty());
  const auto post = "/posts/" + front.add_post(front.token, front.project);
  CHECK(front.patch(post, R"({"image":{"url":"https://example.org/a.jpg","alt_text":null}})", front.token)
            .text("/image/alt_text")
            .empty());
}
