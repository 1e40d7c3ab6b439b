// The publishing routes through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include <set>

#include "domain/channel.hpp"
#include "http/pagination.hpp"
#include "tests/http/publishing_fixture.hpp"
#include "tests/http/server_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::count;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;
using tests::quoted;
using tests::types_of;

namespace {

/// A problem without what differs from request to request.
std::string comparable(const answered& from) {
  auto body = from.body.as_object();
  body.erase("instance");
  return boost::json::serialize(body);
}

}  // namespace

TEST_CASE("a project is made, read, listed and changed") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto made =
      front.post("/projects", R"({"name":"Launch","description":"Spring","time_zone":"Europe/Amsterdam"})", token);
  CHECK(made.status() == 201);
  const auto id = made.text("/id");
  CHECK(made.raw.find("location") == "/projects/" + id);
  CHECK(made.text("/time_zone") == "Europe/Amsterdam");
  CHECK(front.get("/projects/" + id, token).text("/description") == "Spring");
  CHECK(front.get("/api/projects/" + id, token).status() == 200);
  const auto changed = front.patch("/projects/" + id, R"({"name":"Relaunch"})", token);
  CHECK(changed.status() == 200);
  CHECK(changed.text("/name") == "Relaunch");
  CHECK(changed.text("/time_zone") == "Europe/Amsterdam");
  CHECK(count(front.get("/projects", token)) == 1);
}

TEST_CASE("a project without a time zone is in UTC") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  CHECK(front.post("/projects", R"({"name":"Plain"})", token).text("/time_zone") == "UTC");
}

TEST_CASE("a project is refused by the field that is wrong") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto zone = front.post("/projects", R"({"name":"A","time_zone":"Mars/Olympus"})", token);
  CHECK(zone.status() == 422);
  CHECK(names(zone, "/time_zone"));
  CHECK(names(front.post("/projects", R"({"name":""})", token), "/name"));
  CHECK(names(front.post("/projects", R"({"name":"   "})", token), "/name"));
  CHECK(names(front.post("/projects", R"({"name":"A","colour":"red"})", token), "/colour"));
  front.add_project(token, "Taken");
  const auto taken = front.post("/projects", R"({"name":"Taken"})", token);
  CHECK(taken.status() == 409);
  CHECK(taken.code() == "name_taken");
  const auto other = front.add_project(token, "Other");
  CHECK(front.patch("/projects/" + other, R"({"name":"Taken"})", token).code() == "name_taken");
  CHECK(count(front.get("/projects", token)) == 2);
}

TEST_CASE("a website channel is made once, and its second making finds it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto body = in_project(project) + R"("type":"website"})";
  const auto made = front.post("/channels", body, token);
  CHECK(made.status() == 201);
  CHECK(made.text("/name") == "Website");
  CHECK(made.body.at_pointer("/capabilities_json/max_length").as_int64() == 20'000);
  CHECK(made.body.at_pointer("/account").is_null());
  const auto again = front.post("/channels", body, token);
  CHECK(again.status() == 200);
  CHECK(again.text("/id") == made.text("/id"));
  CHECK(names(
      front.post("/channels",
                 in_project(project) + R"("type":"website","account":{"external_user_id":"1","access_token":"t"}})",
                 token),
      "/account"));
}

TEST_CASE("an x channel has an account, whose token is never shown") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  CHECK(names(front.post("/channels", in_project(project) + R"("type":"x"})", token), "/account"));
  const auto id = front.add_x(token, project);
  const auto shown = front.get("/channels/" + id, token);
  CHECK(shown.text("/account/handle") == "acme");
  CHECK(shown.text("/name") == "X @acme");
  for (const auto& each :
       {shown, front.get("/channels?project_id=" + project, token),
        front.patch("/channels/" + id, R"({"account":{"external_user_id":"1001","access_token":"very-secret-2"}})",
                    token)}) {
    CHECK(each.status() == 200);
    CHECK(each.raw.bytes().find("very-secret") == std::string::npos);
  }
  CHECK(front.add_x(token, project) == id);
  CHECK(front.add_x(token, project, "1002") != id);
  const auto other_account =
      front.patch("/channels/" + id, R"({"account":{"external_user_id":"9","access_token":"t"}})", token);
  CHECK(names(other_account, "/account/external_user_id"));
  CHECK(names(
      front.post("/channels",
                 in_project(project) + R"("type":"x","account":{"external_user_id":"1","access_token":"a b"}})", token),
      "/account/access_token"));
}

TEST_CASE("a channel that the engine switched off is on again with a new token") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto id = front.add_x(token, project);
  constexpr persistence::statement disable{
      "test_disable", "UPDATE channels SET is_active = false, disabled_reason = 'refused' WHERE id = $1"};
  REQUIRE(front.engine_database.query_now(std::nullopt, disable, *base::parse_uuid(id)));
  CHECK(front.get("/channels/" + id, token).text("/disabled_reason") == "refused");
  CHECK(front.add_x(token, project) == id);
  const auto on = front.get("/channels/" + id, token);
  CHECK(on.body.at("is_active").as_bool());
  CHECK(on.body.at("disabled_reason").is_null());
}

TEST_CASE("a removed channel is gone, and the next one is another") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto id = front.add_website(token, project);
  const auto post = front.add_post(token, project);
  CHECK(front.remove("/channels/" + id, token).status() == 204);
  CHECK(front.remove("/channels/" + id, token).status() == 404);
  CHECK(front.get("/channels/" + id, token).status() == 404);
  CHECK(front.get("/posts/" + post, token).text("/status") == "cancelled");
  CHECK(front.add_website(token, project) != id);
}

TEST_CASE("the catalogue has every platform with what it takes") {
  publishing_fixture front;
  const auto given = front.get("/connectors/available", front.token_of(domain::role::analyst));
  CHECK(given.status() == 200);
  CHECK(count(given) == boost::mp11::mp_size<boost::describe::describe_enumerators<domain::channel_type>>::value);
  CHECK(given.raw.bytes().find(R"("type":"x")") != std::string::npos);
}

TEST_CASE("a post goes to all active channels of its project, or to the chosen ones") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto website = front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto all = front.get("/posts/" + front.add_post(token, project), token);
  CHECK(all.text("/status") == "draft");
  CHECK(all.body.at("deliveries").as_array().size() == 2);
  const auto one = front.get("/posts/" + front.add_post(token, project, R"(,"channel_ids":[")" + x + R"("])"), token);
  REQUIRE(one.body.at("deliveries").as_array().size() == 1);
  CHECK(one.text("/deliveries/0/channel_id") == x);
  CHECK(one.text("/deliveries/0/state") == "waiting");
  CHECK(front.patch("/channels/" + x, R"({"is_active":false})", token).status() == 200);
  const auto rest = front.get("/posts/" + front.add_post(token, project), token);
  REQUIRE(rest.body.at("deliveries").as_array().size() == 1);
  CHECK(rest.text("/deliveries/0/channel_id") == website);
  const auto off = front.post("/posts", in_project(project) + R"("text":"a","channel_ids":[")" + x + R"("]})", token);
  CHECK(off.status() == 422);
  CHECK(names(off, "/channel_ids/0"));
}

TEST_CASE("a post is refused by the field that is wrong, and nothing is stored") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto none = front.post("/posts", in_project(project) + R"("text":"a"})", token);
  CHECK(none.status() == 422);
  CHECK(names(none, "/channel_ids"));
  const auto website = front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto refused = [&](const std::string& rest, std::string_view pointer) {
    const auto given = front.post("/posts", in_project(project) + rest + "}", token);
    INFO(rest.substr(0, 80) << " → " << given.raw.bytes());
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"("text":"")", "/text");
  refused(R"("text":"a\u0000b")", "/text");
  refused(R"("text":7)", "/text");
  refused(R"("text":")" + std::string(20'001, 'a') + "\"", "/text");
  refused(R"("text":")" + std::string(281, 'a') + "\"", "/text");
  refused(R"("text":"a","variants":[{"platform":"x","text":")" + std::string(281, 'a') + "\"}]", "/variants/0/text");
  refused(R"("text":"a","variants":[{"platform":"x","text":"b"},{"platform":"x","text":"c"}])", "/variants/1/platform");
  refused(R"("text":"a","variants":[{"platform":"myspace","text":"b"}])", "/variants/0/platform");
  refused(R"("text":"a","channel_ids":[])", "/channel_ids");
  refused(R"("text":"a","channel_ids":["nonsense"])", "/channel_ids/0");
  refused(R"("text":"a","channel_ids":[")" + x + R"(",")" + x + R"("])", "/channel_ids/1");
  refused(R"("text":"a","channel_ids":[")" + website + R"(",")" + project + R"("])", "/channel_ids/1");
  refused(R"("text":"a","scheduled_at":"2026-11-21T00:00:00Z")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"2099-01-01T00:00:00Z")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"tomorrow")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"2026-11-22T09:00:00")", "/scheduled_at");
  refused(R"("text":"a","status":"published")", "/status");
  CHECK(count(front.get("/posts", token)) == 0);
  CHECK(front
            .post("/posts",
                  in_project(project) + R"("text":")" + std::string(281, 'a') +
                      R"(","variants":[{"platform":"x","text":"short"}]})",
                  token)
            .status() == 201);
}

TEST_CASE("a draft is scheduled, moved, published now, and its timeline tells so") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  const auto scheduled = front.post(post + "/schedule", R"({"scheduled_at":"2026-11-22T10:00:00+01:00"})", token);
  CHECK(scheduled.status() == 200);
  CHECK(scheduled.text("/status") == "scheduled");
  CHECK(scheduled.text("/scheduled_at") == "2026-11-22T09:00:00.000000Z");
  CHECK(scheduled.text("/deliveries/0/due_at") == "2026-11-22T09:00:00.000000Z");
  CHECK(front.post(post + "/schedule", R"({"scheduled_at":"2026-11-23T09:00:00Z"})", token).status() == 200);
  CHECK(names(front.post(post + "/schedule", R"({"scheduled_at":"2020-01-01T00:00:00Z"})", token), "/scheduled_at"));
  const auto now = front.post(post + "/publish-now", "", token);
  CHECK(now.status() == 202);
  CHECK(now.text("/deliveries/0/due_at") == base::to_string(tests::test_start));
  CHECK(now.text("/deliveries/0/state") == "waiting");
  const auto timeline = front.get(post + "/timeline", token);
  CHECK(types_of(timeline) ==
        std::vector<std::string>{"PostCreated", "PublishScheduled", "PublishScheduled", "PublishRequested"});
  CHECK(timeline.text("/items/1/message") == "Scheduled for 2026-11-22 09:00 UTC on Website.");
  CHECK(timeline.body.at("next_cursor").is_null());
}

TEST_CASE("a cancelled post stays cancelled, and says so to every command") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project, R"(,"scheduled_at":"2026-11-23T09:00:00Z")");
  const auto cancelled = front.post(post + "/cancel", "", token);
  CHECK(cancelled.status() == 200);
  CHECK(cancelled.text("/status") == "cancelled");
  CHECK(cancelled.body.at("not_cancelled").as_array().empty());
  for (const auto& refused : {front.post(post + "/cancel", "", token), front.post(post + "/publish-now", "", token),
                              front.post(post + "/schedule", R"({"scheduled_at":"2026-11-24T09:00:00Z"})", token),
                              front.patch(post, R"({"text":"again"})", token)}) {
    CHECK(refused.status() == 409);
    CHECK(refused.code() == "post_is_cancelled");
  }
}

TEST_CASE("what is going out is named when it is too late to cancel it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto id = front.add_post(token, project, R"(,"scheduled_at":"2026-11-22T00:00:00Z")");
  constexpr persistence::statement begin{"test_begin", R"sql(
    UPDATE deliveries SET state = 'sending', attempt = 1, started_at = due_at, deadline_at = due_at + interval '1 minute'
    WHERE post_id = $1 AND channel_id = $2)sql"};
  REQUIRE(front.engine_database.query_now(std::nullopt, begin, *base::parse_uuid(id), *base::parse_uuid(x)));
  CHECK(front.patch("/posts/" + id, R"({"text":"too late"})", token).code() == "post_is_publishing");
  CHECK(front.remove("/posts/" + id, token).status() == 409);
  const auto cancelled = front.post("/posts/" + id + "/cancel", "", token);
  CHECK(cancelled.status() == 200);
  REQUIRE(cancelled.body.at("not_cancelled").as_array().size() == 1);
  CHECK(cancelled.text("/not_cancelled/0/channel_id") == x);
  CHECK(cancelled.text("/not_cancelled/0/state") == "sending");
  CHECK(front.post("/posts/" + id + "/cancel", "", token).status() == 409);
  CHECK(front.get("/posts/" + id, token).text("/text") == "Hello");
}

TEST_CASE("a draft is edited within what its channels take") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  front.add_x(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  const auto edited =
      front.patch(post, R"({"title":"T","text":"New","variants":[{"platform":"x","text":"Short"}]})", token);
  CHECK(edited.status() == 200);
  CHECK(edited.text("/variants/0/text") == "Short");
  const auto long_text = std::string(300, 'a');
  CHECK(front.patch(post, R"({"text":")" + long_text + "\"}", token).status() == 200);
  CHECK(names(front.patch(post, R"({"variants":[]})", token), "/variants"));
  CHECK(names(front.patch(post, R"({"variants":[],"text":")" + long_text + "\"}", token), "/text"));
  const auto kept = front.patch(post, "{}", token);
  CHECK(kept.text("/title") == "T");
  CHECK(kept.text("/variants/0/text") == "Short");
  CHECK(types_of(front.get(post + "/timeline", token)) ==
        std::vector<std::string>{"PostCreated", "PostEdited", "PostEdited"});
}

TEST_CASE("a deleted post is gone everywhere") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  CHECK(front.remove(post, token).status() == 204);
  CHECK(front.remove(post, token).status() == 404);
  CHECK(front.get(post, token).status() == 404);
  CHECK(front.get(post + "/timeline", token).status() == 404);
  CHECK(front.post(post + "/publish-now", "", token).status() == 404);
  CHECK(count(front.get("/posts", token)) == 0);
}

TEST_CASE("another company's ids answer exactly like ids that are nowhere") {
  publishing_fixture front;
  const auto owner = front.sign_up("acme");
  const auto stranger = front.sign_up("other");
  const auto project = front.add_project(owner);
  const auto channel = front.add_website(owner, project);
  const auto post = front.add_post(owner, project);
  const auto own_project = front.add_project(stranger);
  front.add_website(stranger, own_project);
  const auto nowhere = base::to_string(base::uuid_from_name("nowhere"));

  const auto same = [&](const std::string& method, const std::string& before, const std::string& id,
                        const std::string& after, const std::string& body) {
    const auto send = [&](const std::string& wanted) {
      const auto target = before + wanted + after;
      if (method == "GET") return front.get(target, stranger);
      if (method == "PATCH") return front.patch(target, body, stranger);
      if (method == "DELETE") return front.remove(target, stranger);
      return front.post(target, body, stranger);
    };
    const auto foreign = send(id);
    INFO(method << ' ' << before << "…" << after << " → " << foreign.raw.bytes());
    CHECK(foreign.status() == 404);
    CHECK(comparable(foreign) == comparable(send(nowhere)));
  };
  same("GET", "/projects/", project, "", "");
  same("PATCH", "/projects/", project, "", R"({"name":"Mine"})");
  same("GET", "/channels/", channel, "", "");
  same("PATCH", "/channels/", channel, "", R"({"is_active":false})");
  same("DELETE", "/channels/", channel, "", "");
  same("GET", "/posts/", post, "", "");
  same("PATCH", "/posts/", post, "", R"({"text":"Mine"})");
  same("DELETE", "/posts/", post, "", "");
  same("GET", "/posts/", post, "/timeline", "");
  same("POST", "/posts/", post, "/schedule", R"({"scheduled_at":"2026-11-23T09:00:00Z"})");
  same("POST", "/posts/", post, "/publish-now", "");
  same("POST", "/posts/", post, "/cancel", "");
  same("GET", "/posts?project_id=", project, "", "");
  same("GET", "/channels?project_id=", project, "", "");
  same("GET", "/website/publications?project_id=", project, "", "");

  const auto into = [&](const std::string& id) {
    return front.post("/posts", in_project(id) + R"("text":"Mine"})", stranger);
  };
  CHECK(into(project).status() == 404);
  CHECK(names(into(project), "/project_id"));
  CHECK(comparable(into(project)) == comparable(into(nowhere)));
  const auto connect = [&](const std::string& id) {
    return front.post("/channels", in_project(id) + R"("type":"website"})", stranger);
  };
  CHECK(connect(project).status() == 404);
  CHECK(comparable(connect(project)) == comparable(connect(nowhere)));
  const auto onto = [&](const std::string& id) {
    return front.post("/posts", in_project(own_project) + R"("text":"Mine","channel_ids":[)" + quoted(id) + "]}",
                      stranger);
  };
  CHECK(onto(channel).status() == 422);
  CHECK(comparable(onto(channel)) == comparable(onto(nowhere)));
  CHECK(front.get("/posts/" + post, owner).text("/status") == "draft");
}

TEST_CASE("lists go page by page, and filter by project and state") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto other = front.add_project(token, "Other");
  front.add_website(token, project);
  front.add_website(token, other);
  std::set<std::string> made;
  for (int i = 0; i < 5; ++i) {
    made.insert(front.add_post(token, project));
    front.clock.advance(std::chrono::seconds{1});
  }
  front.add_post(token, project, R"(,"scheduled_at":"2026-11-23T09:00:00Z")");
  front.add_post(token, other);
  std::set<std::string> listed;
  auto target = "/posts?project_id=" + project + "&status=draft&limit=2";
  int pages = 0;
  for (;;) {
    const auto page = front.get(target, token);
    REQUIRE(page.status() == 200);
    ++pages;
    for (const auto& each : page.body.at("items").as_array()) listed.insert(std::string{each.at("id").as_string()});
    if (page.body.at("next_cursor").is_null()) break;
    CHECK(page.raw.find("link"));
    target = "/posts?project_id=" + project + "&status=draft&limit=2&cursor=" + page.text("/next_cursor");
  }
  CHECK(pages == 3);
  CHECK(listed == made);
  CHECK(count(front.get("/posts?status=scheduled", token)) == 1);
  CHECK(count(front.get("/posts", token)) == 7);
  CHECK(front.get("/posts?status=gone", token).status() == 422);
  CHECK(front.get("/posts?cursor=nonsense", token).status() == 422);
  CHECK(front.get("/posts?limit=0", token).status() == 422);
  // Well-formed, but of a time that no column can hold.
  CHECK(front.get("/posts?cursor=" + http::to_cursor({.at = base::timestamp::max(), .id = {}}), token).status() == 422);
  CHECK(front.get("/posts?cursor=" + http::to_cursor({.at = base::timestamp::min(), .id = {}}), token).status() == 422);
}

TEST_CASE("a timeline is read page by page without a gap") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  front.add_x(token, project);
  const auto post = "/posts/" + front.add_post(token, project, R"(,"scheduled_at":"2026-11-23T09:00:00Z")");
  front.post(post + "/publish-now", "", token);
  front.post(post + "/cancel", "", token);
  const auto whole = types_of(front.get(post + "/timeline", token));
  CHECK(whole.size() == 7);
  std::vector<std::string> paged;
  auto target = post + "/timeline?limit=2";
  for (;;) {
    const auto page = front.get(target, token);
    for (const auto& each : types_of(page)) paged.push_back(each);
    if (page.body.at("next_cursor").is_null()) break;
    target = post + "/timeline?limit=2&cursor=" + page.text("/next_cursor");
  }
  CHECK(paged == whole);
}

TEST_CASE("creating calls that are sent again with their key do nothing twice") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project =
      publishing_fixture::id_of(front.post_once("/projects", R"({"name":"Once"})", token, "project-1"));
  CHECK(publishing_fixture::id_of(front.post_once("/projects", R"({"name":"Once"})", token, "project-1")) == project);
  const auto website = in_project(project) + R"("type":"website"})";
  const auto first_channel = front.post_once("/channels", website, token, "channel-1");
  const auto second_channel = front.post_once("/channels", website, token, "channel-1");
  CHECK(first_channel.status() == 201);
  CHECK(second_channel.status() == 201);
  const auto body = in_project(project) + R"("text":"Once"})";
  const auto first = front.post_once("/posts", body, token, "post-1");
  const auto second = front.post_once("/posts", body, token, "post-1");
  CHECK(first.text("/id") == second.text("/id"));
  CHECK(second.raw.find("idempotent-replayed"));
  CHECK(second.raw.find("location") == "/posts/" + first.text("/id"));
  CHECK(count(front.get("/posts", token)) == 1);
  CHECK(front.post_once("/posts", in_project(project) + R"("text":"Other"})", token, "post-1").status() == 422);
}
