// A post's platform options: required, checked, stored, changed.
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;

namespace {

struct options_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token);

  void connect(const std::string& platform) {
    const auto made = post("/channels",
                           in_project(project) + R"("type":")" + platform +
                               R"(","account":{"external_user_id":"1","handle":"acme","access_token":"secret"}})",
                           token);
    REQUIRE(made.status() == 201);
  }
  tests::answered write(const std::string& more) {
    return post("/posts",
                in_project(project) + R"("text":"Hello","image":{"url":"https://example.com/a.jpg"})" + more + "}",
                token);
  }
};

constexpr const char* chosen =
    R"(,"options":{"tiktok":{"privacy_level":"SELF_ONLY","disclosure":"own_brand"},"pinterest":{"link":"https://example.com/"}})";

}  // namespace

TEST_CASE("the catalogue says what is chosen with a post of each platform") {
  options_fixture front;
  const auto catalogue = front.get("/connectors/available", front.token);
  bool is_there = false;
  for (const auto& each : catalogue.body.at("items").as_array()) {
    if (each.at("type") != "tiktok") continue;
    const auto& option = each.at_pointer("/options/0");
    CHECK(option.at("name") == "privacy_level");
    CHECK(option.at("kind") == "choice");
    CHECK(option.at("is_required") == true);
    CHECK(option.at_pointer("/choices/3/value") == "SELF_ONLY");
    is_there = true;
  }
  CHECK(is_there);
}

TEST_CASE("a post to TikTok needs who can see it and what it promotes; both are kept as they were chosen") {
  options_fixture front;
  front.connect("tiktok");
  const auto without = front.write("");
  CHECK(without.status() == 422);
  CHECK(names(without, "/options/tiktok/privacy_level"));
  CHECK(names(without, "/options/tiktok/disclosure"));
  CHECK(names(front.write(R"(,"options":{"tiktok":{"privacy_level":"PUBLIC","disclosure":"none"}})"),
              "/options/tiktok/privacy_level"));
  CHECK(names(front.write(R"(,"options":{"orkut":{}})"), "/options/orkut"));
  front.connect("pinterest");
  const auto made = front.write(chosen);
  INFO(made.raw.bytes());
  REQUIRE(made.status() == 201);
  CHECK(made.text("/options/tiktok/privacy_level") == "SELF_ONLY");
  const auto at = "/posts/" + made.text("/id");
  CHECK(front.get(at, front.token).text("/options/pinterest/link") == "https://example.com/");
  CHECK(front.get("/posts", front.token).text("/items/0/options/tiktok/disclosure") == "own_brand");
  CHECK(front.patch(at, R"({"text":"Hi"})", front.token).text("/options/tiktok/disclosure") == "own_brand");
  CHECK(names(front.patch(at, R"({"options":{}})", front.token), "/options/tiktok/privacy_level"));
  const auto changed = front.patch(
      at, R"({"options":{"tiktok":{"privacy_level":"FOLLOWER_OF_CREATOR","disclosure":"none"}}})", front.token);
  CHECK(changed.text("/options/tiktok/privacy_level") == "FOLLOWER_OF_CREATOR");
  CHECK(changed.body.at("options").as_object().size() == 1);
}

TEST_CASE("what must be chosen is told while the post is written, and by its preflight") {
  options_fixture front;
  front.connect("tiktok");
  const auto ask = [&front](const std::string& more) {
    return front.post("/posts/check", R"({"text":"Hello","has_image":true,"platforms":["tiktok"])" + more + "}",
                      front.token);
  };
  const auto without = ask("");
  CHECK(without.text("/platforms/0/findings/0/sentence") == "Who can see it must be chosen for TikTok.");
  CHECK(without.text("/platforms/0/findings/1/sentence") == "What it promotes must be chosen for TikTok.");
  CHECK(ask(chosen).body.at("is_good").as_bool());
  const auto made = front.write(chosen);
  REQUIRE(made.status() == 201);
  CHECK(front.post("/posts/" + made.text("/id") + "/preflight", "", front.token).body.at("is_good").as_bool());
}
