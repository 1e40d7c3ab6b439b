#include "sandbox/x/x.hpp"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "connectors/x/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};

  fixture() { box.add_account("token-1", "42", "acme"); }

  connectors::egress_reply post(const std::string& text, const std::string& token = "token-1") {
    return box.call("POST", "/2/tweets", boost::json::serialize(boost::json::object{{"text", text}}), token);
  }
  connectors::egress_reply get(const std::string& path) { return box.call("GET", path, "", "token-1"); }
};

std::string string_at(const connectors::egress_reply& reply, std::string_view pointer) {
  return std::string{boost::json::parse(reply.body).at_pointer(pointer).as_string()};
}

}  // namespace

TEST_CASE("The sandbox creates a post as X does") {
  fixture with;
  const auto reply = with.post("Hello & <all>");
  CHECK(reply.status == 201);
  const auto id = string_at(reply, "/data/id");
  CHECK(id.size() == 19);
  CHECK(string_at(reply, "/data/text") == "Hello &amp; &lt;all&gt;");
  CHECK(string_at(reply, "/data/edit_history_tweet_ids/0") == id);
  CHECK(reply.find("x-rate-limit-limit") == "100");
  CHECK(reply.find("x-rate-limit-remaining") == "99");
  CHECK(reply.find("x-rate-limit-reset") ==
        std::to_string(std::chrono::ceil<std::chrono::seconds>((some_time + 900s).time_since_epoch()).count()));
  CHECK(reply.find("x-app-limit-24hour-remaining") == "9999");

  const auto read = with.get("/2/tweets/" + id + "?tweet.fields=created_at,author_id");
  CHECK(read.status == 200);
  CHECK(string_at(read, "/data/created_at") == "2026-11-22T08:00:00.000Z");
  CHECK(string_at(read, "/data/author_id") == "42");
  const auto me = with.get("/2/users/me");
  CHECK(string_at(me, "/data/username") == "acme");
}

TEST_CASE("The sandbox refuses as X refuses") {
  fixture with;
  SECTION("an unknown token") {
    const auto reply = with.post("x", "another");
    CHECK(reply.status == 401);
    CHECK(boost::json::parse(reply.body) ==
          boost::json::parse(R"({"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"})"));
  }
  SECTION("no token") { CHECK(with.post("x", "").status == 401); }
  SECTION("a duplicate, until it is deleted, and only of the same account") {
    with.box.add_account("token-2", "43", "other");
    const auto first = with.post("same");
    const auto second = with.post("same ");
    CHECK(second.status == 403);
    CHECK(
        boost::json::parse(second.body) ==
        boost::json::parse(
            R"({"detail":"You are not allowed to create a Tweet with duplicate content.","type":"about:blank","title":"Forbidden","status":403})"));
    CHECK(with.post("same", "token-2").status == 201);
    const auto path = "/2/tweets/" + string_at(first, "/data/id");
    CHECK(with.box.call("DELETE", path, "", "token-2").status == 403);
    CHECK(with.box.call("DELETE", path, "", "token-1").status == 200);
    CHECK(with.box.call("DELETE", path, "", "token-1").status == 404);
    CHECK(with.post("same").status == 201);
  }
  SECTION("bodies that are not X's") {
    for (const auto* body :
         {"", "[]", "{", "{\"text\":1}", "{}", R"({"text":""})", R"({"text":"  "})", R"({"text":"x","foo":1})",
          R"({"status":"x"})", R"({"text":"x","media":{"media_ids":["1"]}})"}) {
      CAPTURE(body);
      const auto reply = with.box.call("POST", "/2/tweets", body, "token-1");
      CHECK(reply.status == 400);
      CHECK(string_at(reply, "/type") == "https://api.x.com/2/problems/invalid-request");
    }
  }
  SECTION("texts that are too long") {
    CHECK(with.post(std::string(280, 'x')).status == 201);
    CHECK(with.post(std::string(281, 'x')).status == 400);
    std::string wide;
    for (int i = 0; i < 140; ++i) wide += "の";
    CHECK(with.post(wide).status == 201);
    CHECK(with.post(wide + "x").status == 400);
    CHECK(with.post("https://example.com/" + std::string(400, 'a') + " " + std::string(256, 'y')).status == 201);
  }
  SECTION("calls that X does not have") {
    CHECK(with.get("/2/nothing").status == 404);
    CHECK(with.get("/2/tweets").status == 405);
    CHECK(with.box.call("PUT", "/2/tweets/1", "{}", "token-1").status == 405);
    CHECK(with.get("/other").status == 404);
  }
  SECTION("a post that is not there, with a 200") {
    const auto reply = with.get("/2/tweets/1");
    CHECK(reply.status == 200);
    CHECK(string_at(reply, "/errors/0/type") == "https://api.x.com/2/problems/resource-not-found");
    CHECK(with.get("/2/tweets/abc").status == 400);
  }
  SECTION("parameters that X does not have") {
    for (const auto* query : {"max_results=4", "max_results=101", "max_results=x", "foo=1", "start_time=yesterday",
                              "since_id=x", "pagination_token=x", "tweet.fields=foo", "exclude=all"}) {
      CAPTURE(query);
      CHECK(with.get(std::string{"/2/users/42/tweets?"} + query).status == 400);
    }
  }
}

TEST_CASE("The sandbox lists an account's posts by pages, newest first, with short links") {
  fixture with;
  CHECK(boost::json::parse(with.get("/2/users/42/tweets").body) ==
        boost::json::parse(R"({"meta":{"result_count":0}})"));
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) {
    ids.push_back(string_at(
        with.post("post " + std::to_string(i) + " see https://example.com/" + std::to_string(i) + "."), "/data/id"));
    with.clock.advance(1s);
  }
  std::vector<std::string> listed;
  std::string token;
  int pages = 0;
  do {
    const auto reply = with.get("/2/users/42/tweets?max_results=5&tweet.fields=created_at,entities" +
                                (token.empty() ? "" : "&pagination_token=" + token));
    const auto page = boost::json::parse(reply.body);
    for (const auto& post : page.at("data").as_array()) {
      listed.push_back(std::string{post.at("id").as_string()});
      CHECK(post.at("text").as_string().find("https://t.co/") != boost::json::string::npos);
      CHECK(post.at_pointer("/entities/urls/0/expanded_url").as_string().starts_with("https://example.com/"));
    }
    const auto* next = page.at("meta").as_object().if_contains("next_token");
    token = next == nullptr ? "" : std::string{next->as_string()};
    ++pages;
  } while (!token.empty() && pages < 10);
  CHECK(pages == 3);
  std::reverse(listed.begin(), listed.end());
  CHECK(listed == ids);
  CHECK(boost::json::parse(with.get("/2/users/42/tweets?start_time=2026-11-22T08:00:10Z").body)
            .at("data")
            .as_array()
            .size() == 2);
  CHECK(boost::json::parse(with.get("/2/users/42/tweets?max_results=100&since_id=" + ids[8]).body)
            .at("data")
            .as_array()
            .size() == 3);
  CHECK(string_at(with.get("/2/users/99/tweets"), "/errors/0/resource_type") == "user");
}

TEST_CASE("The sandbox keeps X's limits, and they can be changed") {
  fixture with;
  CHECK(with.box.call("POST", "/_sandbox/limits", R"({"platform":"x","create":{"limit":2,"window_s":60}})").status ==
        200);
  CHECK(with.post("1").status == 201);
  CHECK(with.post("2").status == 201);
  const auto reply = with.post("3");
  CHECK(reply.status == 429);
  CHECK(boost::json::parse(reply.body) ==
        boost::json::parse(
            R"({"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429})"));
  CHECK(reply.find("x-rate-limit-remaining") == "0");
  with.clock.advance(60s);
  CHECK(with.post("3").status == 201);
  for (const auto* body : {"{}", "[]", R"({"platform":"y"})", R"({"platform":"x","foo":{"limit":1}})",
                           R"({"platform":"x","create":{"limit":-1}})", R"({"platform":"x","create":5})"}) {
    CAPTURE(body);
    CHECK(with.box.call("POST", "/_sandbox/limits", body).status ==
          (std::string{body} == R"({"platform":"x"})" ? 200 : 400));
  }
}

TEST_CASE("The journal has every request before its answer, and no token") {
  fixture with;
  const auto id = string_at(with.post("Hello"), "/data/id");
  with.post("Hello");
  with.post("x", "wrong-token");
  const auto arrived = with.box.journal("arrived");
  REQUIRE(arrived.size() == 3);
  const auto& first = arrived[0].as_object();
  CHECK(first.at("seq").to_number<int>() == 1);
  CHECK(first.at("arrived_at").as_string() == "2026-11-22T08:00:00.123000Z");
  CHECK(first.at("platform").as_string() == "x");
  CHECK(first.at("method").as_string() == "POST");
  CHECK(first.at("path").as_string() == "/2/tweets");
  CHECK(first.at("account").as_string() == "42");
  CHECK(first.at("body").as_string() == R"({"text":"Hello"})");
  CHECK(first.at("decision").as_string() == "accepted");
  CHECK(first.at("external_id").as_string() == id);
  CHECK(arrived[1].at("decision").as_string() == "refused");
  CHECK(arrived[1].at("status").to_number<int>() == 403);
  CHECK(arrived[2].at("account").as_string() == "");
  CHECK(with.box.journal("answered").size() == 3);
  std::ifstream file{with.folder.file("journal.jsonl")};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  CHECK(text.find("token-1") == std::string::npos);
  CHECK(text.find("wrong-token") == std::string::npos);
  CHECK(text.find(id) != std::string::npos);
}

TEST_CASE("Posts, accounts and limits are there again after a restart, also behind a line that was cut off") {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  const auto path = folder.file("journal.jsonl");
  std::string id;
  {
    running_sandbox box{clock, path};
    box.add_account("token-1", "42", "acme");
    box.call("POST", "/_sandbox/limits", R"({"platform":"x","create":{"limit":3}})");
    id = string_at(box.call("POST", "/2/tweets", R"({"text":"kept"})", "token-1"), "/data/id");
    const auto gone = string_at(box.call("POST", "/2/tweets", R"({"text":"deleted"})", "token-1"), "/data/id");
    box.call("DELETE", "/2/tweets/" + gone, "", "token-1");
  }
  std::ofstream{path, std::ios::app} << R"({"line":99,"kind":"arr)";
  running_sandbox box{clock, path};
  CHECK(box.call("POST", "/2/tweets", R"({"text":"kept"})", "token-1").status == 403);
  const auto third = box.call("POST", "/2/tweets", R"({"text":"deleted"})", "token-1");
  CHECK(third.status == 429);  // the window of the earlier run still counts
  CHECK(string_at(box.call("GET", "/2/users/42/tweets", "", "token-1"), "/data/0/id") == id);
  const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/x/posts").as_array().size() == 1);
  const auto arrived = box.journal("arrived");
  REQUIRE(arrived.size() == 6);
  for (std::size_t i = 0; i < arrived.size(); ++i) CHECK(arrived[i].at("seq").to_number<std::size_t>() == i + 1);
}

TEST_CASE("Each fault does what it is for, as often as it was told") {
  fixture with;
  const auto fault = [&](const std::string& kind, const std::string& more = "") {
    with.box.add_fault(R"({"platform":"x","kind":")" + kind + R"(","match":{"method":"POST"})" + more + "}");
  };
  const auto posts = [&] {
    return boost::json::parse(with.box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/x/posts")
        .as_array()
        .size();
  };
  using connectors::progress;

  SECTION("accept then drop") {
    fault("accept_then_drop");
    const auto reply = with.post("x");
    CHECK(reply.how_far == progress::bytes_may_have_left);
    CHECK(reply.status == 0);
    CHECK(posts() == 1);
    CHECK(with.post("x").status == 403);
  }
  SECTION("drop before") {
    fault("drop_before", R"(,"count":2)");
    CHECK(with.post("x").how_far == progress::bytes_may_have_left);
    CHECK(with.post("x").how_far == progress::bytes_may_have_left);
    CHECK(posts() == 0);
    CHECK(with.post("x").status == 201);
    CHECK(with.box.journal("arrived").at(0).at("decision").as_string() == "dropped");
  }
  SECTION("a status, with when to come back") {
    fault("status", R"(,"status":429,"retry_after":30)");
    const auto reply = with.post("x");
    CHECK(reply.status == 429);
    CHECK(reply.find("retry-after") == "30");
    CHECK(posts() == 0);
    CHECK(with.box.journal("arrived").at(0).at("decision").as_string() == "refused");
  }
  SECTION("accept then 500") {
    fault("accept_then_500");
    CHECK(with.post("x").status == 500);
    CHECK(posts() == 1);
    const auto line = with.box.journal("arrived").at(0);
    CHECK(line.at("decision").as_string() == "accepted");
    CHECK(line.at_pointer("/fault/kind").as_string() == "accept_then_500");
    CHECK(with.box.journal("answered").at(0).at("status").to_number<int>() == 500);
  }
  SECTION("an empty 200") {
    fault("empty_200");
    const auto reply = with.post("x");
    CHECK(reply.status == 200);
    CHECK(reply.body == "");
    CHECK(posts() == 0);
  }
  SECTION("an empty 200, accepted") {
    fault("accept_then_empty_200");
    CHECK(with.post("x").body == "");
    CHECK(posts() == 1);
  }
  SECTION("an answer that is cut off") {
    fault("cut", R"(,"bytes":20)");
    CHECK(with.post("x").how_far == progress::bytes_may_have_left);
    CHECK(posts() == 1);
  }
  SECTION("a slow answer is decided at once, a late one later") {
    fault("slow", R"(,"ms":50)");
    const auto slow = with.post("x");
    CHECK(slow.status == 201);
    CHECK(slow.duration >= 50ms);
    fault("late", R"(,"ms":50)");
    const auto late = with.post("y");
    CHECK(late.status == 201);
    CHECK(late.duration >= 50ms);
  }
  SECTION("skipping, matching and deleting") {
    with.box.add_fault(
        R"({"platform":"x","kind":"status","status":503,"skip":1,"count":0,"match":{"body_contains":"bad","account":"42","path_prefix":"/2/tweets"}})");
    CHECK(with.post("good").status == 201);
    CHECK(with.post("bad 1").status == 201);
    CHECK(with.post("bad 2").status == 503);
    CHECK(with.post("bad 3").status == 503);
    CHECK(with.post("good 2").status == 201);
    CHECK(with.box.call("DELETE", "/_sandbox/faults/f9").status == 404);
    CHECK(with.box.call("DELETE", "/_sandbox/faults/f1").status == 204);
    CHECK(with.post("bad 2").status == 201);
    fault("status", R"(,"status":500,"count":0)");
    CHECK(with.box.call("DELETE", "/_sandbox/faults").status == 204);
    CHECK(with.post("bad 4").status == 201);
  }
  SECTION("faults that make no sense are refused") {
    for (const auto* body :
         {"{}", R"({"platform":"y","kind":"slow","ms":1})", R"({"platform":"x","kind":"slow"})",
          R"({"platform":"x","kind":"status","status":200})", R"({"platform":"x","kind":"odd"})",
          R"({"platform":"x","kind":"drop_before","ms":5})", R"({"platform":"x","kind":"drop_before","more":1})",
          R"({"platform":"x","kind":"drop_before","count":-1})"}) {
      CAPTURE(body);
      CHECK(with.box.call("POST", "/_sandbox/faults", body).status == 400);
    }
  }
}

TEST_CASE("The connector publishes to the sandbox, and finds again what it lost") {
  fixture with;
  connectors::x::x_connector connector{{with.box.url()}, with.box.client(), with.clock};
  const auto some_post = [&](std::string text) {
    connectors::publication what;
    what.text = std::move(text);
    what.started_at = with.clock.now();
    what.timeout = patience;
    what.account = {"42", "acme", base::secret{"token-1"}};
    return what;
  };
  const auto publish = [&](const connectors::publication& what) {
    awaited<connectors::publish_reply> reply;
    connector.publish(what, reply.callback());
    return reply.get();
  };
  const auto reconcile = [&](const connectors::publication& what) {
    awaited<domain::reconciliation> found;
    connector.reconcile(what, found.callback());
    return found.get();
  };

  const auto published = publish(some_post("first"));
  CHECK(published.outcome.kind == domain::outcome_kind::published);
  REQUIRE(published.budgets.size() == 2);
  CHECK(published.budgets[0].remaining == 99);
  CHECK(publish(some_post("first")).outcome.kind == domain::outcome_kind::duplicate);

  const auto lost = some_post("Fish & chips <now>: https://example.com/menu?a=b and example.org. 😀");
  with.box.add_fault(R"({"platform":"x","kind":"accept_then_drop"})");
  CHECK(publish(lost).outcome.kind == domain::outcome_kind::unknown);
  const auto found = reconcile(lost);
  CHECK(found.kind == domain::reconciliation_kind::live);
  CHECK(found.external_id == std::string{with.box.journal("arrived").at(2).at("external_id").as_string()});

  const auto never = some_post("never arrived");
  with.box.add_fault(R"({"platform":"x","kind":"drop_before"})");
  CHECK(publish(never).outcome.kind == domain::outcome_kind::unknown);
  with.clock.advance(10s);
  CHECK(reconcile(never).kind == domain::reconciliation_kind::absent);

  const auto other_link = some_post("Fish & chips <now>: https://example.com/other and example.org. 😀");
  CHECK(reconcile(other_link).kind != domain::reconciliation_kind::live);
}

TEST_CASE("The control API says what it does not have") {
  fixture with;
  CHECK(with.box.call("GET", "/_sandbox/health").status == 200);
  CHECK(with.box.call("GET", "/_sandbox/nothing").status == 404);
  CHECK(with.box.call("GET", "/_sandbox/journal?since=x").status == 400);
  CHECK(with.box.call("GET", "/_sandbox/journal?limit=10001").status == 400);
  CHECK(with.box.call("POST", "/_sandbox/accounts", "{}").status == 400);
  CHECK(with.box.call("POST", "/_sandbox/accounts", R"({"platform":"x","token":"t","user_id":"x","username":"a"})")
            .status == 400);
  CHECK(with.box
            .call("POST", "/_sandbox/accounts", R"({"platform":"x","token":"t","user_id":"1","username":"a","foo":1})")
            .status == 400);
}
