// Rules that all publishing routes share, through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include <set>

#include "http/api/pagination.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

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
