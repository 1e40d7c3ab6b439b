// Templates and their previews through the whole front door.
#include <catch2/catch.hpp>

#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;

namespace {

constexpr const char* offer =
    R"("name":"Offer","title":"{{ product }}","text":"{{ product }} for {{ price | default: \"free\" }}",
  "variants":[{"platform":"x","text":"{{ product | upper }}!"}],
  "variables":[{"name":"product","default_value":"Tea"},{"name":"price"}])";

struct with_template : campaigns_fixture {
  answered made = post("/templates", in_project(project) + offer + "}", token);
  std::string id = id_of(made);

  answered read(const std::string& more = {}) { return get("/templates/" + id + more, token); }
  answered change(const std::string& body) { return patch("/templates/" + id, body, token); }
  answered preview(const std::string& body = "{}") { return post("/templates/" + id + "/preview", body, token); }
};

std::int64_t version_of(const answered& from) { return from.body.at_pointer("/version").as_int64(); }

}  // namespace

TEST_CASE("a template is read as it was made") {
  with_template on;
  CHECK(on.read().raw.body == on.made.raw.body);
  CHECK(on.made.text("/variants/0/platform") == "x");
  CHECK(on.made.text("/variables/0/default_value") == "Tea");
  CHECK(on.made.text("/variables/1/default_value").empty());
  CHECK(version_of(on.made) == 1);
}

TEST_CASE("a template that cannot be filled in is refused when it is saved") {  // asvs: 1.3.5 1.3.7
  with_template on;
  const auto refused = [&](const std::string& fields, std::string_view pointer) {
    const auto given = on.post("/templates", in_project(on.project) + R"("name":"B",)" + fields + "}", on.token);
    INFO(fields.substr(0, 200) << " → " << given.raw.body);
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"("text":"{{ unknown }}")", "/text");
  refused(R"("text":"{{ now ")", "/text");
  refused(R"("text":"{{ now | reverse }}")", "/text");
  refused(R"("text":"   ")", "/text");
  refused(R"("title":"{{ x }}","text":"a")", "/title");
  refused(R"("text":"a","ai_prompt":"{{ x }}")", "/ai_prompt");
  refused(R"("text":"a","variants":[{"platform":"x","text":"{{ x }}"}])", "/variants/0/text");
  refused(R"("text":"a","variants":[{"platform":"x","text":"b"},{"platform":"x","text":"c"}])", "/variants/1/platform");
  refused(R"("text":"a","variables":[{"name":"with space"}])", "/variables/0/name");
  refused(R"("text":"a","variables":[{"name":"now"}])", "/variables/0/name");
  refused(R"("text":"a","ai":{"temperature":3})", "/ai/temperature");
  refused(R"("text":"a","ai":{"provider":"oracle"})", "/ai/provider");
  refused(R"("text":")" + std::string(40'001, 'a') + '"', "/text");
  std::string nested;
  for (int i = 0; i < 1'000; ++i) nested += "{{ ";
  refused(R"("text":")" + nested + '"', "/text");
  CHECK(on.post("/templates", in_project(on.project) + R"("name":"offer","text":"a"})", on.token).code() ==
        "name_taken");
}

TEST_CASE("other words are another version, and versions stay as they were") {
  with_template on;
  CHECK(version_of(on.change(R"({"name":"Better offer"})")) == 1);
  CHECK(version_of(on.change(R"({"title":"{{ product }}"})")) == 1);
  const auto changed = on.change(R"({"title":"New"})");
  CHECK(version_of(changed) == 2);
  CHECK(changed.text("/text") == on.made.text("/text"));
  CHECK(on.read("?version=1").text("/title") == "{{ product }}");
  CHECK(on.read("?version=3").status() == 404);
  REQUIRE(count(on.read("/versions")) == 2);
  CHECK(on.read("/versions").body.at_pointer("/items/0/version").as_int64() == 2);
  // Without their variables the texts are no templates any more.
  CHECK(names(on.change(R"({"variables":[]})"), "/text"));
  CHECK(on.patch_if("/templates/" + on.id, R"({"title":"Mine"})", header_of(on.made, "etag")).status() == 412);
}

TEST_CASE("a preview fills in what is given and what is declared, and counts as each platform does") {
  with_template on;
  const auto told = on.preview(R"({"platforms":["website","x"],"values":{"price":"3 €"}})");
  INFO(told.raw.body);
  REQUIRE(told.status() == 200);
  CHECK(told.text("/title") == "Tea");
  CHECK(told.text("/text") == "Tea for 3 €");
  CHECK(told.body.at_pointer("/is_good").as_bool());
  CHECK(told.body.at_pointer("/missing").as_array().empty());
  REQUIRE(told.body.at_pointer("/platforms").as_array().size() == 2);
  for (const auto& each : told.body.at_pointer("/platforms").as_array()) {
    const bool is_x = each.at("platform").as_string() == "x";
    CHECK(each.at("text").as_string() == (is_x ? "TEA!" : "Tea for 3 €"));
    CHECK(each.at("has_own_text").as_bool() == is_x);
    if (is_x) CHECK(each.at("length").as_int64() == 4);
    if (is_x) CHECK(each.at("limit").as_int64() == 280);
  }
}

TEST_CASE("a preview is of the project's platforms when none is named, and tells what is missing or too long") {
  with_template on;
  const auto told = on.preview();
  REQUIRE(told.body.at_pointer("/platforms").as_array().size() == 1);
  CHECK(told.text("/platforms/0/platform") == "website");
  CHECK(told.text("/missing/0") == "price");
  const auto longer = on.preview(R"({"platforms":["x"],"values":{"product":")" + std::string(300, 'a') + R"("}})");
  CHECK_FALSE(longer.body.at_pointer("/is_good").as_bool());
  CHECK(longer.text("/platforms/0/problem").find("280") != std::string::npos);
}

TEST_CASE("words that are not saved yet are previewed, with and without a template, and nothing is stored") {
  with_template on;
  const auto told = on.preview(R"({"title":"Other","text":"{{ product }}?"})");
  CHECK(told.text("/title") == "Other");
  CHECK(told.text("/text") == "Tea?");
  CHECK(on.read().raw.body == on.made.raw.body);
  CHECK(names(on.preview(R"({"text":"{{ unknown }}"})"), "/text"));
  const auto preview_of = [&](const std::string& project, const std::string& fields) {
    return on.post("/templates/preview", in_project(project) + fields + "}", on.token);
  };
  CHECK(preview_of(on.project, R"("text":"Hello {{ project.name }}","platforms":["x"])").text("/platforms/0/text") ==
        "Hello Project");
  CHECK(names(preview_of(no_such_id, R"("text":"Hello")"), "/project_id"));
}

TEST_CASE("a preview knows the campaign, if it is one of the project") {
  with_template on;
  const auto campaign = on.add_campaign(R"("name":"Spring")");
  CHECK(on.preview(R"({"text":"{{ campaign.name }}","campaign_id":)" + tests::quoted(campaign) + "}").text("/text") ==
        "Spring");
  CHECK(names(on.preview(R"({"campaign_id":)" + tests::quoted(no_such_id) + "}"), "/campaign_id"));
}

TEST_CASE("what a member does with a template is told, so that others see it") {
  with_template on;
  CHECK(version_of(on.change(R"({"title":"New"})")) == 2);
  CHECK(names(on.change(R"({"variables":[]})"), "/text"));
  CHECK(on.remove("/templates/" + on.id, on.token).status() == 204);
  CHECK(on.remove("/templates/" + on.id, on.token).status() == 404);
  CHECK(on.events("Template") == std::vector<std::string>{"TemplateRemoved", "TemplateChanged", "TemplateCreated"});
}

TEST_CASE("a deleted template is gone, and its name is free") {
  with_template on;
  CHECK(on.remove("/templates/" + on.id, on.token).status() == 204);
  CHECK(on.read().status() == 404);
  CHECK(on.read("/versions").status() == 404);
  CHECK(count(on.get("/templates?project_id=" + on.project, on.token)) == 0);
  CHECK(on.post("/templates", in_project(on.project) + offer + "}", on.token).status() == 201);
}
