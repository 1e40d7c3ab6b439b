// Texts of which the website would show nothing are refused wherever they come in.
#include <catch2/catch.hpp>

#include "persistence/publishing/website_publications.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;

namespace {

std::string json(const std::string& text) { return boost::json::serialize(boost::json::string{text}); }

struct website_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token);
  std::string website = add_website(token, project);
};

}  // namespace

TEST_CASE("a post of which the website would show nothing is refused when it is written and when it is changed") {
  website_fixture front;
  const auto post = "/posts/" + front.add_post(front.token, front.project);
  for (const std::string nothing :
       {"[a]: https://b.com", "&nbsp;", "#", "- \n- ", "```\n```", "&#8203;\u200b", "---", "[](https://a.com)"}) {
    INFO(nothing);
    const auto text = R"("text":)" + json(nothing) + "}";
    CHECK(names(front.post("/posts", in_project(front.project) + text, front.token), "/text"));
    CHECK(names(front.patch(post, "{" + text, front.token), "/text"));
    const auto variant = R"("variants":[{"platform":"website","text":)" + json(nothing) + "}]}";
    CHECK(names(front.post("/posts", in_project(front.project) + R"("text":"A",)" + variant, front.token),
                "/variants/0/text"));
    CHECK(names(front.patch(post, "{" + variant, front.token), "/variants/0/text"));
    const auto checked = front.post("/posts/check", R"({"platforms":["website"],)" + text, front.token);
    CHECK_FALSE(checked.body.at("is_good").as_bool());
    CHECK(checked.text("/platforms/0/findings/0/sentence").find("Website") != std::string::npos);
  }
  CHECK(front.get(post, front.token).text("/text") == "Hello");
  CHECK(front.patch(post, R"({"text":)" + json("![](https://example.org/a.png)") + "}", front.token).status() == 200);
}

TEST_CASE("a post that was stored by older rules is not sent to a website that would show nothing of it") {
  website_fixture front;
  const auto id = front.add_post(front.token, front.project);
  constexpr persistence::statement empty{"test_empty", "UPDATE posts SET text = '&nbsp;' WHERE id = $1"};
  namespace publications = persistence::website_publications;
  const auto owner = front.database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
    return publications::find_owner(*base::parse_uuid(front.project)).first(tx);
  });
  REQUIRE((owner && *owner));
  REQUIRE(front.database.query_now((*owner)->tenant_id, empty, *base::parse_uuid(id)));
  const auto refused = [&](const std::string& command, const std::string& body) {
    const auto answer = front.post("/posts/" + id + command, body, front.token);
    INFO(answer.raw.bytes());
    CHECK(answer.status() == 409);
    CHECK(answer.code() == "post_does_not_fit");
    CHECK(answer.text("/detail").find("PATCH /posts/") != std::string::npos);
  };
  refused("/schedule", R"({"scheduled_at":"2026-11-23T09:00:00Z"})");
  refused("/publish-now", "");
  CHECK(front.get("/posts/" + id, front.token).text("/status") == "draft");
  CHECK(front.patch("/posts/" + id, R"({"text":"Words"})", front.token).status() == 200);
  CHECK(front.post("/posts/" + id + "/publish-now", "", front.token).status() == 202);
}

TEST_CASE("what each platform refuses is said in its own words while a post is checked") {
  website_fixture front;
  std::string tags;
  for (int i = 0; i < 31; ++i) tags += "#tag" + std::to_string(i) + " ";
  const auto checked = front.post(
      "/posts/check", R"({"platforms":["instagram"],"has_image":true,"text":)" + json(tags) + "}", front.token);
  CHECK(checked.text("/platforms/0/findings/0/sentence") ==
        "For Instagram the text has 31 hashtags, Instagram takes 30.");
}
