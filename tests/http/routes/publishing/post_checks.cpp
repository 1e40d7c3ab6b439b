// Help for writing and planning: checks, counts, searches, and changes that need the version that was read.
#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::count;
using tests::publishing_fixture;

namespace {

std::int64_t number(const answered& of, std::string_view pointer) {
  return of.body.at_pointer(pointer).to_number<std::int64_t>();
}

std::string etag_of(const answered& of) { return std::string{of.raw.find("etag").value_or("")}; }

answered patch_if(publishing_fixture& front, const std::string& target, std::string body, const std::string& token,
                  const std::string& version) {
  auto asked = publishing_fixture::with_token(
      publishing_fixture::request(http::server::verb::patch, target, std::move(body)), token);
  asked.headers.push_back({"if-match", version});
  return front.answer(asked);
}

}  // namespace

TEST_CASE("a text is counted as each platform counts, and what one would refuse is said at its field") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto checked = front.post(
      "/posts/check",
      R"({"text":"See https://example.com/a/very/long/address/that/is/shortened","platforms":["x","website","x"]})",
      token);
  REQUIRE(checked.status() == 200);
  CHECK(checked.body.at("is_good").as_bool());
  REQUIRE(checked.body.at("platforms").as_array().size() == 2);
  CHECK(checked.text("/platforms/0/platform") == "website");
  CHECK(number(checked, "/platforms/1/length") == 4 + 23);
  CHECK(number(checked, "/platforms/1/limit") == 280);

  const auto refused = front.post("/posts/check",
                                  R"({"text":"","variants":[{"platform":"x","text":")" + std::string(281, 'a') +
                                      R"("}],"platforms":["x","website","instagram"]})",
                                  token);
  REQUIRE(refused.status() == 200);
  CHECK_FALSE(refused.body.at("is_good").as_bool());
  CHECK(refused.text("/platforms/0/findings/0/pointer") == "/text");
  CHECK(refused.text("/platforms/1/findings/0/pointer") == "/variants/0/text");
  CHECK(refused.text("/platforms/1/findings/0/sentence") == "X takes 280 characters, this has 281.");
  CHECK(refused.text("/platforms/2/findings/1/pointer") == "/image");
  CHECK(count(front.get("/posts", token)) == 0);
}

TEST_CASE("a first comment is counted, and judged by the length of its platform's comments") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto check = [&](std::size_t length) {
    return front.post("/posts/check",
                      R"({"text":"Hello","platforms":["linkedin"],"options":{"linkedin":{"first_comment":")" +
                          std::string(length, 'a') + "\"}}}",
                      token);
  };
  const auto good = check(1'250);
  REQUIRE(good.status() == 200);
  CHECK(good.body.at("is_good").as_bool());
  CHECK(number(good, "/platforms/0/part_lengths/0") == 1'250);
  const auto wrong = check(1'251);
  CHECK_FALSE(wrong.body.at("is_good").as_bool());
  CHECK(wrong.text("/platforms/0/findings/0/pointer") == "/options/linkedin/first_comment");
  CHECK(wrong.text("/platforms/0/findings/0/sentence") ==
        "The first comment has 1251 characters, LinkedIn takes 1250 in a comment.");
}

TEST_CASE("posts are found by group, channel and words, and counted by state") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto other = front.sign_up("other");
  const auto project = front.add_project(token);
  const auto website = front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto draft = front.add_post(token, project, R"(,"title":"Winter TYRES","channel_ids":[")" + website + R"("])");
  const auto failed = front.add_post(token, project, R"(,"title":"50% off_now","channel_ids":[")" + x + R"("])");
  front.bring_to(front.delivery_of(token, failed), domain::delivery_state::failed);

  const auto ids = [&](const std::string& query, const std::string& as) {
    std::vector<std::string> found;
    const auto list = front.get("/posts?" + query, as);
    REQUIRE(list.status() == 200);
    for (const auto& each : list.body.at("items").as_array()) found.emplace_back(each.at("id").as_string());
    return found;
  };
  CHECK(ids("q=tyre", token) == std::vector{draft});
  CHECK(ids("q=0%25%20off_", token) == std::vector{failed});
  CHECK(ids("q=%25", token) == std::vector{failed});
  CHECK(ids("q=tyre", other).empty());
  CHECK(ids("group=trouble", token) == std::vector{failed});
  CHECK(ids("group=draft&project_id=" + project, token) == std::vector{draft});
  CHECK(ids("channel_id=" + x, token) == std::vector{failed});
  CHECK(ids("channel_id=" + x, other).empty());
  CHECK(front.get("/posts?group=draft&project_id=" + project, other).status() == 404);

  const auto counts = front.get("/posts/counts?project_id=" + project, token);
  REQUIRE(counts.status() == 200);
  CHECK(number(counts, "/draft") == 1);
  CHECK(number(counts, "/failed") == 1);
  CHECK(number(counts, "/published") == 0);
  CHECK(counts.body.at("is_complete").as_bool());
  CHECK(number(front.get("/posts/counts", other), "/draft") == 0);
}

TEST_CASE("an edit of what was changed meanwhile is refused, and changes nothing") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto address = "/posts/" + front.add_post(token, project);
  const auto read = front.get(address, token);
  REQUIRE_FALSE(etag_of(read).empty());
  CHECK(etag_of(front.get(address, token)) == etag_of(read));

  const auto mine = patch_if(front, address, R"({"text":"Mine"})", token, etag_of(read));
  CHECK(mine.status() == 200);
  CHECK(etag_of(mine) == etag_of(front.get(address, token)));
  const auto late = patch_if(front, address, R"({"text":"Too late"})", token, etag_of(read));
  CHECK(late.status() == 412);
  CHECK(late.code() == "changed_meanwhile");
  CHECK(front.get(address, token).text("/text") == "Mine");
  CHECK(patch_if(front, address, R"({"text":"Weak"})", token, "W/" + etag_of(mine)).status() == 200);
  CHECK(patch_if(front, address, R"({"text":"Any"})", token, "*").status() == 200);
  CHECK(front.patch(address, R"({"text":"Without"})", token).status() == 200);
}

TEST_CASE("a channel's budget is told by what its account has used and what is planned") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto other = front.sign_up("other");
  const auto project = front.add_project(token);
  const auto website = front.add_website(token, project);
  front.clock.advance(std::chrono::milliseconds{1});  // channels are told in the order in which they were made
  const auto x = front.add_x(token, project);
  const auto second = front.add_project(token, "Second");
  front.add_x(token, second);
  const auto only_x = R"(,"channel_ids":[")" + x + R"("])";
  front.add_post(token, project, only_x + R"(,"scheduled_at":"2026-11-22T00:05:00Z")");
  front.add_post(token, project, only_x + R"(,"scheduled_at":"2026-11-22T09:00:00Z")");
  front.bring_to(
      front.delivery_of(token, front.add_post(token, project, only_x + R"(,"scheduled_at":"2026-11-22T00:00:00Z")")),
      domain::delivery_state::sending);

  const auto usage = front.get("/channels/usage?project_id=" + project, token);
  REQUIRE(usage.status() == 200);
  REQUIRE(count(usage) == 2);
  CHECK(usage.text("/items/0/channel_id") == website);
  CHECK(usage.body.at_pointer("/items/0/limit").is_null());
  CHECK(usage.body.at_pointer("/items/0/next_due_at").is_null());
  CHECK(number(usage, "/items/1/limit") == 100);
  CHECK(number(usage, "/items/1/window_seconds") == 900);
  CHECK(number(usage, "/items/1/used") == 1);
  CHECK(number(usage, "/items/1/planned") == 1);
  CHECK(usage.text("/items/1/next_due_at").starts_with("2026-11-22T00:05:00"));
  // The same account in another project: one budget.
  CHECK(number(front.get("/channels/usage?project_id=" + second, token), "/items/0/used") == 1);
  CHECK(front.get("/channels/usage?project_id=" + project, other).status() == 404);
  CHECK(count(front.get("/channels/usage", other)) == 0);
}

TEST_CASE("what is over since a time is listed with how it ended") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto other = front.sign_up("other");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = front.add_post(token, project, R"(,"title":"Out","scheduled_at":"2026-11-22T00:00:00Z")");
  front.add_post(token, project, R"(,"scheduled_at":"2026-11-23T00:00:00Z")");
  front.bring_to(front.delivery_of(token, post), domain::delivery_state::published);

  const auto over = front.get("/deliveries/outcomes?since=2026-11-21T00:00:00Z&project_id=" + project, token);
  REQUIRE(over.status() == 200);
  REQUIRE(count(over) == 1);
  CHECK(over.text("/items/0/post_title") == "Out");
  CHECK(over.text("/items/0/state") == "published");
  CHECK(over.body.at_pointer("/items/0/lateness_ms").is_null());
  CHECK(count(front.get("/deliveries/outcomes?since=2026-11-22T01:00:00Z", token)) == 0);
  CHECK(count(front.get("/deliveries/outcomes?since=2026-11-21T00:00:00Z", other)) == 0);
  CHECK(front.get("/deliveries/outcomes?since=2026-11-21T00:00:00Z&project_id=" + project, other).status() == 404);
  CHECK(front.get("/deliveries/outcomes?since=2026-11-01T00:00:00Z", token).status() == 422);
}
