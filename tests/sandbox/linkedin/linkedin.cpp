#include "sandbox/linkedin/linkedin.hpp"

#include <catch2/catch.hpp>

#include "connectors/linkedin/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::egress_reply;
using connectors::publication;
using connectors::publish_reply;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};

/// The sandbox, the connector before it, and what was kept of the steps of one delivery.
struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{with_loopback(), clock};
  connectors::linkedin::linkedin_connector connector{{box.url() + "/", "202609", 0ms}, client, clock};
  std::map<std::string, std::string> kept;
  bool keeps = true;
  bool may_send = true;

  fixture() { box.add_account("token-1", "782bbtaQ", "", "linkedin"); }
  ~fixture() { client.stop(); }

  static connectors::egress_options with_loopback() {
    connectors::egress_options options;
    options.user_given = connectors::reach::internet_and_loopback;
    return options;
  }

  publication some_post(std::string text, const std::string& image = "") {
    publication what;
    what.text = std::move(text);
    if (!image.empty()) what.media = {{domain::media_kind::image, image, "A grey square"}};
    what.started_at = some_time;
    what.timeout = 5s;
    what.account = {"782bbtaQ", "", base::secret{"token-1"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      if (keeps) handles.merge(std::exchange(kept, {}));
      if (keeps) kept = std::move(handles);
      then(keeps);
    };
    what.may_send = [this] { return may_send; };
    return what;
  }
  publish_reply publish(publication what) {
    awaited<publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get();
  }
  std::string image(const std::string& mark = "") const { return box.url("/_sandbox/image.jpg?" + mark); }

  void fault(const std::string& kind, const std::string& path, const std::string& more = "") {
    box.add_fault(R"({"platform":"linkedin","kind":")" + kind + R"(","match":{"path_prefix":")" + path + "\"}" + more +
                  "}");
  }
  /// How many posts the journal says are live.
  int accepted() {
    int count = 0;
    for (const auto& line : box.journal("arrived")) count += line.at("decision").as_string() == "accepted" ? 1 : 0;
    return count;
  }
  int arrived(std::string_view path) {
    int count = 0;
    for (const auto& line : box.journal("arrived")) count += line.at("path").as_string().starts_with(path) ? 1 : 0;
    return count;
  }

  egress_reply call(const std::string& method, const std::string& path, const std::string& body = "",
                    std::vector<connectors::egress_header> more = {{"linkedin-version", "202609"},
                                                                   {"x-restli-protocol-version", "2.0.0"}},
                    const std::string& token = "token-1") {
    connectors::egress_request request;
    request.method = method;
    request.url = box.url(path);
    request.body = body;
    request.timeout = patience;
    request.address = connectors::trust::platform;
    request.headers = std::move(more);
    request.headers.push_back({"content-type", "application/json"});
    request.headers.push_back({"authorization", "Bearer " + token});
    return tests::call(client, request);
  }
};

boost::json::object post_body(const std::string& commentary) {
  return {{"author", "urn:li:person:782bbtaQ"},
          {"commentary", commentary},
          {"visibility", "PUBLIC"},
          {"distribution", {{"feedDistribution", "MAIN_FEED"}, {"targetEntities", boost::json::array{}}}},
          {"lifecycleState", "PUBLISHED"}};
}

std::string body_with(const std::string& field, boost::json::value value) {
  auto body = post_body("x");
  body[field] = std::move(value);
  return boost::json::serialize(body);
}

std::string code_of(const egress_reply& reply) {
  return std::string{boost::json::parse(reply.body).at("code").as_string()};
}

}  // namespace

TEST_CASE("LinkedIn: a text goes out once, as it was written, under the URN of the reply") {
  fixture with;
  const std::string text = "Hello (world) * #hiring {x} @you \\ <ü>";
  const auto reply = with.publish(with.some_post(text));
  REQUIRE(reply.outcome.kind == outcome_kind::published);
  CHECK(reply.first_byte_at);
  const auto& urn = *reply.outcome.external_id;
  CHECK(reply.outcome.external_url == "https://www.linkedin.com/feed/update/" + urn + "/");
  const auto state = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/linkedin/posts/0/text").as_string() == text);
  const auto encoded = "/rest/posts/urn%3Ali%3Ashare%3A" + urn.substr(urn.rfind(':') + 1);
  const auto read = with.call("GET", encoded + "?viewContext=AUTHOR");
  CHECK(read.status == 200);
  CHECK(boost::json::parse(read.body).at("id").as_string() == urn);
  CHECK(with.call("GET", "/rest/posts/" + urn).status == 400);
  CHECK(with.call("DELETE", encoded).status == 204);
  CHECK(with.call("DELETE", encoded).status == 204);
  CHECK(with.call("GET", encoded).status == 404);
  CHECK(with.accepted() == 1);
}

TEST_CASE("LinkedIn: an image is fetched, uploaded, kept and published with its description") {
  fixture with;
  const auto reply = with.publish(with.some_post("with image", with.image()));
  REQUIRE(reply.outcome.kind == outcome_kind::published);
  CHECK(with.kept.at("image").starts_with("urn:li:image:"));
  const auto state = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/linkedin/posts/0/image").as_string() == with.kept.at("image"));
  CHECK(state.at_pointer("/platforms/linkedin/posts/0/alt_text").as_string() == "A grey square");
  CHECK(with.accepted() == 1);
}

TEST_CASE("LinkedIn: an account without an id is asked for it") {
  fixture with;
  auto what = with.some_post("who am I");
  what.account.external_user_id.clear();
  CHECK(with.publish(what).outcome.kind == outcome_kind::published);
  CHECK(with.arrived("/v2/userinfo") == 1);
}

TEST_CASE("LinkedIn: what each fault at the post comes to") {
  const auto [kind, more, expected, live] = GENERATE(table<const char*, const char*, outcome_kind, int>({
      {"accept_then_drop", "", outcome_kind::unknown, 1},
      {"drop_before", "", outcome_kind::unknown, 0},
      {"accept_then_500", "", outcome_kind::unknown, 1},
      {"empty_200", "", outcome_kind::unknown, 0},
      {"accept_then_empty_200", "", outcome_kind::unknown, 1},
      {"cut", "", outcome_kind::unknown, 1},
      {"slow", R"(,"ms":50)", outcome_kind::published, 1},
      {"late", R"(,"ms":50)", outcome_kind::published, 1},
      {"pending", R"(,"ms":50)", outcome_kind::published, 1},
      {"fails_processing", "", outcome_kind::published, 1},
      {"status", R"(,"status":401)", outcome_kind::auth_expired, 0},
      {"status", R"(,"status":403)", outcome_kind::permission, 0},
      {"status", R"(,"status":400)", outcome_kind::invalid, 0},
      {"status", R"(,"status":409)", outcome_kind::transient, 0},
      {"status", R"(,"status":426)", outcome_kind::rate_limited, 0},
      {"status", R"(,"status":429)", outcome_kind::rate_limited, 0},
      {"status", R"(,"status":429,"retry_after":7)", outcome_kind::rate_limited, 0},
      {"status", R"(,"status":500)", outcome_kind::unknown, 0},
      {"status", R"(,"status":503)", outcome_kind::unknown, 0},
  }));
  CAPTURE(kind, more);
  fixture with;
  with.fault(kind, "/rest/posts", more);
  const auto reply = with.publish(with.some_post("faulty"));
  CHECK(reply.outcome.kind == expected);
  CHECK(with.accepted() == live);
  if (std::string{more}.find("retry_after") != std::string::npos) CHECK(reply.outcome.retry_at == some_time + 7s);
  if (expected != outcome_kind::unknown) return;

  // Whatever became of it: sending again makes it one post, and says which.
  awaited<domain::reconciliation> told;
  with.connector.reconcile(with.some_post("faulty"), told.callback());
  const auto found = told.get();
  CHECK(found.kind == domain::reconciliation_kind::repeat_tells);
  CHECK(found.repeat_until == some_time + connectors::linkedin::duplicates_known_for);
  const auto again = with.publish(with.some_post("faulty"));
  CHECK(again.outcome.kind == (live == 1 ? outcome_kind::duplicate : outcome_kind::published));
  const auto state = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
  CHECK(again.outcome.external_id == std::string{state.at_pointer("/platforms/linkedin/posts/0/id").as_string()});
  CHECK(with.accepted() == 1);
}

TEST_CASE("LinkedIn: nothing before the post is ever unknown, and the next attempt goes on with what was kept") {
  const auto* path = GENERATE("/rest/images", "/dms-uploads");
  const auto [kind, more, expected] = GENERATE(table<const char*, const char*, outcome_kind>({
      {"accept_then_drop", "", outcome_kind::transient},
      {"drop_before", "", outcome_kind::transient},
      {"accept_then_500", "", outcome_kind::transient},
      {"cut", "", outcome_kind::transient},
      {"status", R"(,"status":401)", outcome_kind::auth_expired},
      {"status", R"(,"status":403)", outcome_kind::permission},
      {"status", R"(,"status":400)", outcome_kind::invalid},
      {"status", R"(,"status":429)", outcome_kind::rate_limited},
      {"status", R"(,"status":503)", outcome_kind::transient},
      {"slow", R"(,"ms":50)", outcome_kind::published},
      {"late", R"(,"ms":50)", outcome_kind::published},
  }));
  CAPTURE(path, kind, more);
  fixture with;
  with.fault(kind, path, more);
  const auto reply = with.publish(with.some_post("faulty", with.image()));
  CHECK(reply.outcome.kind == expected);
  CHECK(with.accepted() == (expected == outcome_kind::published ? 1 : 0));
  if (expected == outcome_kind::published) return;
  CHECK(with.publish(with.some_post("faulty", with.image())).outcome.kind == outcome_kind::published);
  CHECK(with.accepted() == 1);
}

TEST_CASE("LinkedIn: an uploaded image is used again, and not for another picture") {
  fixture with;
  with.fault("status", "/rest/posts", R"(,"status":409)");
  CHECK(with.publish(with.some_post("twice", with.image())).outcome.kind == outcome_kind::transient);
  CHECK(with.publish(with.some_post("twice", with.image())).outcome.kind == outcome_kind::published);
  CHECK(with.arrived("/dms-uploads") == 1);
  CHECK(with.publish(with.some_post("twice", with.image("other"))).outcome.kind == outcome_kind::published);
  CHECK(with.arrived("/dms-uploads") == 2);
}

TEST_CASE("LinkedIn: what is not kept, and what this node may no longer send, is not sent") {
  fixture with;
  with.keeps = false;
  CHECK(with.publish(with.some_post("x", with.image())).outcome.kind == outcome_kind::transient);
  with.keeps = true;
  with.may_send = false;
  CHECK(with.publish(with.some_post("x", with.image())).outcome.kind == outcome_kind::transient);
  CHECK(with.publish(with.some_post("x")).outcome.kind == outcome_kind::transient);
  CHECK(with.arrived("/rest/posts") == 0);
}

TEST_CASE("LinkedIn: an address that gives no image is refused for good, one that may later is not") {
  fixture with;
  CHECK(with.publish(with.some_post("x", with.box.url("/_sandbox/nothing.jpg"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", with.box.url("/_sandbox/health"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", "http://10.0.0.1/a.jpg")).outcome.kind == outcome_kind::invalid);
  const auto closed = "http://127.0.0.1:" + std::to_string(closed_port()) + "/a.jpg";
  CHECK(with.publish(with.some_post("x", closed)).outcome.kind == outcome_kind::transient);
  raw_server elsewhere{[&with](raw_connection& connection) {
    while (const auto asked = connection.read_request()) {
      if (asked->starts_with("GET /to ")) connection.reply(302, "", "location: " + with.image("moved") + "\r\n");
      if (asked->starts_with("GET /round ")) connection.reply(302, "", "location: /round\r\n");
      if (asked->starts_with("GET /blank ")) connection.reply(302, "", "location: /my picture \xc3\xa9.jpg?a b\r\n");
      if (asked->starts_with("GET /my%20picture%20%C3%A9.jpg?a%20b "))
        connection.reply(302, "", "location: " + with.image("blank") + "\r\n");
      if (asked->starts_with("GET /inside-too "))
        connection.reply(302, "", "location: http:\\\\kubernetes.default.svc/ a\r\n");
      if (asked->starts_with("GET /inside ")) connection.reply(302, "", "location: http://192.168.0.1/\r\n");
      if (asked->starts_with("GET /large ")) connection.reply(200, std::string(9 * 1024 * 1024, 'x'));
      if (asked->starts_with("GET /busy ")) connection.reply(503, "");
    }
  }};
  CHECK(with.publish(with.some_post("moved", elsewhere.url("/to"))).outcome.kind == outcome_kind::published);
  CHECK(with.publish(with.some_post("blank", elsewhere.url("/blank"))).outcome.kind == outcome_kind::published);
  CHECK(with.publish(with.some_post("x", elsewhere.url("/inside-too"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", elsewhere.url("/round"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", elsewhere.url("/inside"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", elsewhere.url("/large"))).outcome.kind == outcome_kind::invalid);
  CHECK(with.publish(with.some_post("x", elsewhere.url("/busy"))).outcome.kind == outcome_kind::transient);
}

TEST_CASE("LinkedIn: an attempt whose picture cannot be had, or that finds no LinkedIn, has not called it") {
  fixture with;
  const auto closed = "http://127.0.0.1:" + std::to_string(closed_port());
  raw_server silent{[](raw_connection& connection) { connection.read_request(); }};
  for (const auto& image :
       {closed + "/a.jpg", with.box.url("/_sandbox/nothing.jpg"), std::string{"http://10.0.0.1/a.jpg"},
        std::string{"http://no.such.host.invalid/a.jpg"}, silent.url("/a.jpg")}) {
    CAPTURE(image);
    const auto reply = with.publish(with.some_post("x", image));
    CHECK(reply.outcome.kind != outcome_kind::published);
    CHECK_FALSE(reply.outcome.was_called);
  }
  with.may_send = false;
  CHECK_FALSE(with.publish(with.some_post("x")).outcome.was_called);
  CHECK(with.publish(with.some_post("x", with.image())).outcome.was_called);  // the picture was brought there
  with.may_send = true;
  connectors::linkedin::linkedin_connector nowhere{{closed, "202609", 0ms}, with.client, with.clock};
  awaited<publish_reply> refused;
  nowhere.publish(with.some_post("x"), refused.callback());
  CHECK_FALSE(refused.get().outcome.was_called);
  with.fault("status", "/rest/posts", R"(,"status":503)");
  CHECK(with.publish(with.some_post("x")).outcome.was_called);
  CHECK(with.publish(with.some_post("x")).outcome.was_called);
}

TEST_CASE("LinkedIn: reconciliation reads nothing, and ends when a repeat would be a second post") {
  fixture with;
  with.clock.advance(connectors::linkedin::duplicates_known_for);
  awaited<domain::reconciliation> told;
  with.connector.reconcile(with.some_post("x"), told.callback());
  CHECK(told.get().kind == domain::reconciliation_kind::cannot_know);
  CHECK(with.arrived("/") == 0);
}

TEST_CASE("The sandbox refuses as LinkedIn refuses") {
  fixture with;
  const auto good = boost::json::serialize(post_body("x"));
  const connectors::egress_header protocol{"x-restli-protocol-version", "2.0.0"};
  CHECK(with.call("POST", "/rest/posts", good, {}, "nobody").status == 401);
  CHECK(code_of(with.call("POST", "/rest/posts", good, {protocol})) == "VERSION_MISSING");
  CHECK(with.call("POST", "/rest/posts", good, {protocol, {"linkedin-version", "202508"}}).status == 426);
  CHECK(with.call("POST", "/rest/posts", good, {{"linkedin-version", "202609"}}).status == 400);
  CHECK(with.call("GET", "/rest/posts?author=urn%3Ali%3Aperson%3A782bbtaQ&q=author").status == 403);
  CHECK(with.call("GET", "/rest/images/urn%3Ali%3Aimage%3A1").status == 403);
  CHECK(with.call("GET", "/rest/other").status == 404);
  CHECK(with.call("GET", "/v2/userinfo", "", {}).status == 200);
  const std::pair<std::string, const char*> wrong[] = {
      {"[]", "INVALID_REQUEST"},
      {body_with("foo", 1), "UNPERMITTED_FIELD"},
      {body_with("visibility", "ALL"), "INVALID_VALUE_FOR_FIELD"},
      {body_with("lifecycleState", "DRAFT"), "INVALID_VALUE_FOR_FIELD"},
      {body_with("distribution", 1), "INVALID_VALUE_FOR_FIELD"},
      {body_with("author", "urn:li:group:1"), "INVALID_URN_TYPE"},
      {body_with("author", "urn:li:person:other"), "ACCESS_DENIED"},
      {body_with("commentary", "a (b)"), "INVALID_VALUE_FOR_FIELD"},
      {body_with("commentary", "a_b"), "INVALID_VALUE_FOR_FIELD"},
      {body_with("commentary", " \n"), "INVALID_VALUE_BLANK_FIELD"},
      {body_with("commentary", boost::json::string(3001, 'x')), "FIELD_LENGTH_TOO_LONG"},
      {body_with("content", {{"media", {{"id", "urn:li:image:1"}}}}), "INVALID_URN_ID"},
  };
  for (const auto& [body, code] : wrong) {
    CAPTURE(body);
    CHECK(code_of(with.call("POST", "/rest/posts", body)) == code);
  }
  boost::json::string long_one;
  for (int i = 0; i < 3000; ++i) long_one += "\\_";
  CHECK(with.call("POST", "/rest/posts", body_with("commentary", long_one)).status == 201);
  CHECK(with.accepted() == 1);
}

TEST_CASE("The sandbox knows LinkedIn's duplicates for a time, by member, text and picture") {
  fixture with;
  const auto first = with.publish(with.some_post("same"));
  const auto second = with.publish(with.some_post("same"));
  CHECK(second.outcome.kind == outcome_kind::duplicate);
  CHECK(second.outcome.external_id == first.outcome.external_id);
  CHECK(with.publish(with.some_post("same", with.image())).outcome.kind == outcome_kind::published);
  with.kept.clear();
  CHECK(with.publish(with.some_post("same", with.image())).outcome.kind == outcome_kind::duplicate);
  with.kept.clear();
  CHECK(with.publish(with.some_post("same", with.image("b"))).outcome.kind == outcome_kind::published);
  with.clock.advance(1h);
  CHECK(with.publish(with.some_post("same")).outcome.kind == outcome_kind::published);
}

TEST_CASE("The sandbox keeps LinkedIn's daily limit, and a restart brings everything back") {
  fixture with;
  CHECK(with.box.call("POST", "/_sandbox/limits", R"({"platform":"linkedin","posts":{"limit":2}})").status == 200);
  CHECK(with.publish(with.some_post("1", with.image())).outcome.kind == outcome_kind::published);
  CHECK(with.publish(with.some_post("2")).outcome.kind == outcome_kind::published);
  const auto third = with.publish(with.some_post("3"));
  CHECK(third.outcome.kind == outcome_kind::rate_limited);
  CHECK(third.outcome.retry_at == base::timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}});

  running_sandbox again{with.clock, with.folder.file("journal.jsonl")};
  const auto before = boost::json::parse(with.box.call("GET", "/_sandbox/state").body).at("platforms").at("linkedin");
  CHECK(boost::json::parse(again.call("GET", "/_sandbox/state").body).at("platforms").at("linkedin") == before);
  with.clock.advance(16h);
  CHECK(with.publish(with.some_post("3")).outcome.kind == outcome_kind::published);
  for (const auto* body : {R"({"platform":"linkedin","foo":{"limit":1}})", R"({"platform":"linkedin","posts":5})",
                           R"({"platform":"linkedin","duplicates":{"limit":5}})"}) {
    CHECK(with.box.call("POST", "/_sandbox/limits", body).status == 400);
  }
}
