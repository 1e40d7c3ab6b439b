#include "connectors/x/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::x;
using pulse::base::timestamp;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

std::string seconds_from_now(std::chrono::seconds later) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>((now + later).time_since_epoch()).count());
}

egress_reply complete(int status, std::string body, std::vector<egress_header> headers = {}) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return reply;
}

std::string problem(int status, const std::string& title, const std::string& detail,
                    const std::string& type = "about:blank") {
  return R"({"title":")" + title + R"(","detail":")" + detail + R"(","type":")" + type + R"(","status":)" +
         std::to_string(status) + "}";
}

struct row {
  const char* what;
  int status;
  std::string body;
  outcome_kind expected;
};

}  // namespace

TEST_CASE("Every reply of X's error table means what the table says") {
  const std::string old_host = "https://api.twitter.com/2/problems/";
  const std::string new_host = "https://api.x.com/2/problems/";
  const row table[] = {
      {"a created post", 201,
       R"({"data":{"id":"1445880548472328192","text":"hi","edit_history_tweet_ids":["1445880548472328192"]}})",
       outcome_kind::published},
      {"a created post of the newer specification", 201,
       R"({"data":{"id":"7","text":"hi","edit_history_post_ids":["7"]}})", outcome_kind::published},
      {"a created post, as 200", 200, R"({"data":{"id":"7","text":"hi"}})", outcome_kind::published},
      {"an empty 200", 200, "", outcome_kind::unknown},
      {"an empty 201", 201, "", outcome_kind::unknown},
      {"a 201 that is not JSON", 201, "<html>", outcome_kind::unknown},
      {"a 201 without an id", 201, R"({"data":{"text":"hi"}})", outcome_kind::unknown},
      {"a 201 whose id is a number", 201, R"({"data":{"id":1445880548472328192}})", outcome_kind::unknown},
      {"a 201 whose id is no number", 201, R"({"data":{"id":"../../x"}})", outcome_kind::unknown},
      {"a 201 whose id is too long", 201, R"({"data":{"id":"144588054847232819200"}})", outcome_kind::unknown},
      {"a 200 with errors alone", 200, R"({"errors":[{"title":"Not Found Error"}]})", outcome_kind::unknown},
      {"204", 204, "", outcome_kind::unknown},
      {"a redirect", 302, "", outcome_kind::transient},
      {"400 of the schema", 400,
       R"({"errors":[{"parameters":{"foo":["1"]},"message":"[$.foo: is not defined in the schema]"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.x.com/2/problems/invalid-request"})",
       outcome_kind::invalid},
      {"400 without a body", 400, "", outcome_kind::invalid},
      {"401", 401, problem(401, "Unauthorized", "Unauthorized"), outcome_kind::auth_expired},
      {"401 in the legacy form", 401, R"({"errors":[{"code":89,"message":"Invalid or expired token."}]})",
       outcome_kind::auth_expired},
      {"401 that is not JSON", 401, "Unauthorized", outcome_kind::auth_expired},
      {"402", 402, problem(402, "CreditsDepleted", "Your account has no credits."), outcome_kind::permission},
      {"403 duplicate", 403, problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."),
       outcome_kind::duplicate},
      {"403 duplicate of a post", 403,
       problem(403, "Forbidden", "You are not allowed to create a Post with duplicate content."),
       outcome_kind::duplicate},
      {"403 duplicate in the legacy form", 403, R"({"errors":[{"code":187,"message":"Status is a duplicate."}]})",
       outcome_kind::duplicate},
      {"403 wrong kind of token", 403,
       problem(403, "Unsupported Authentication", "Authenticating with OAuth 2.0 Application-Only is forbidden.",
               new_host + "unsupported-authentication"),
       outcome_kind::auth_expired},
      {"403 wrong kind of token, old host", 403,
       problem(403, "Unsupported Authentication", "x", old_host + "unsupported-authentication"),
       outcome_kind::auth_expired},
      {"403 not permitted", 403, problem(403, "Forbidden", "You are not permitted to perform this action."),
       outcome_kind::permission},
      {"403 client forbidden", 403, problem(403, "Client Forbidden", "x", new_host + "client-forbidden"),
       outcome_kind::permission},
      {"403 suspended", 403, problem(403, "Forbidden", "Your account is suspended.", new_host + "user-suspended"),
       outcome_kind::permission},
      {"403 usage capped, without a time", 403,
       problem(403, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", new_host + "usage-capped"),
       outcome_kind::permission},
      {"403 too long", 403, problem(403, "Forbidden", "Your Tweet text is too long."), outcome_kind::invalid},
      {"403 too long in the legacy form", 403,
       R"({"errors":[{"code":186,"message":"Tweet needs to be a bit shorter."}]})", outcome_kind::invalid},
      {"403 that is not JSON", 403, "Forbidden", outcome_kind::permission},
      {"404", 404, problem(404, "Not Found", "Not Found"), outcome_kind::invalid},
      {"408", 408, "", outcome_kind::unknown},
      {"409", 409, problem(409, "Conflict", "x", new_host + "conflict"), outcome_kind::transient},
      {"413", 413, "", outcome_kind::invalid},
      {"422", 422, "", outcome_kind::invalid},
      {"429", 429, problem(429, "Too Many Requests", "Too Many Requests"), outcome_kind::rate_limited},
      {"429 that is not JSON", 429, "slow down", outcome_kind::rate_limited},
      {"500", 500, problem(500, "Internal Server Error", "Something is broken.", new_host + "internal-error"),
       outcome_kind::unknown},
      {"502", 502, "", outcome_kind::unknown},
      {"503", 503, "over capacity", outcome_kind::unknown},
      {"504", 504, "", outcome_kind::unknown},
  };
  for (const auto& row : table) {
    CAPTURE(row.what);
    const auto outcome = classify_publish(complete(row.status, row.body), "acme", now);
    CHECK(outcome.kind == row.expected);
    CHECK(outcome.http_status == row.status);
    CHECK_FALSE(outcome.reason.empty());
    CHECK(outcome.external_id.has_value() == (row.expected == outcome_kind::published));
  }
}

TEST_CASE("A published post has X's id and its address") {
  const auto reply = complete(201, R"({"data":{"id":"1445880548472328192","text":"hi"}})");
  CHECK(classify_publish(reply, "acme", now).external_id == "1445880548472328192");
  CHECK(classify_publish(reply, "acme", now).external_url == "https://x.com/acme/status/1445880548472328192");
  CHECK(classify_publish(reply, "", now).external_url == "https://x.com/i/status/1445880548472328192");
  CHECK(classify_publish(reply, "a/../b", now).external_url == "https://x.com/i/status/1445880548472328192");
}

TEST_CASE("A call without a whole reply is transient only when surely nothing left") {
  egress_reply reply;
  reply.error = "The connection could not be made.";
  reply.how_far = progress::no_byte_sent;
  CHECK(classify_publish(reply, "acme", now).kind == outcome_kind::transient);
  reply.how_far = progress::bytes_may_have_left;
  CHECK(classify_publish(reply, "acme", now).kind == outcome_kind::unknown);
  reply.status = 201;
  reply.body = R"({"data":{"id":"7"}})";
  CHECK(classify_publish(reply, "acme", now).kind == outcome_kind::unknown);
  reply.status = 401;
  CHECK(classify_publish(reply, "acme", now).kind == outcome_kind::unknown);
}

TEST_CASE("A 429 says when to come back as X's headers say it") {
  const auto limited = [](std::vector<egress_header> headers) {
    return classify_publish(complete(429, "", std::move(headers)), "acme", now).retry_at;
  };
  SECTION("the window's reset") {
    CHECK(limited({{"x-rate-limit-limit", "100"},
                   {"x-rate-limit-remaining", "0"},
                   {"x-rate-limit-reset", seconds_from_now(600s)}}) == now + 600s);
  }
  SECTION("the day's, when the day is used up and the window is not") {
    CHECK(limited({{"x-rate-limit-limit", "100"},
                   {"x-rate-limit-remaining", "40"},
                   {"x-rate-limit-reset", seconds_from_now(600s)},
                   {"x-user-limit-24hour-limit", "17"},
                   {"x-user-limit-24hour-remaining", "0"},
                   {"x-user-limit-24hour-reset", seconds_from_now(7200s)}}) == now + 7200s);
  }
  SECTION("the window's, when nothing is said to be used up") {
    CHECK(limited({{"x-rate-limit-limit", "100"},
                   {"x-rate-limit-remaining", "40"},
                   {"x-rate-limit-reset", seconds_from_now(600s)}}) == now + 600s);
  }
  SECTION("Retry-After, when there is one") { CHECK(limited({{"retry-after", "30"}}) == now + 30s); }
  SECTION("Retry-After as a date, and never later than its longest window") {
    CHECK(limited({{"retry-after", "Sun, 22 Nov 2026 08:10:00 GMT"}}) == now + 10min);
    CHECK(limited({{"retry-after", "Fri, 31 Dec 2027 23:59:59 GMT"}}) == now + 25h);
    CHECK(limited({{"retry-after", "1000000"}}) == now + 25h);
  }
  SECTION("never before now") {
    CHECK(limited({{"x-rate-limit-limit", "100"},
                   {"x-rate-limit-remaining", "0"},
                   {"x-rate-limit-reset", seconds_from_now(-600s)}}) == now);
  }
  SECTION("nothing, when nothing is said or it makes no sense") {
    CHECK_FALSE(limited({}));
    CHECK_FALSE(limited({{"retry-after", "Fri, 31 Dec 2027 23:59:59"}}));
    CHECK_FALSE(limited({{"retry-after", "99999999999999999999"}}));
    CHECK_FALSE(limited(
        {{"x-rate-limit-limit", "100"}, {"x-rate-limit-remaining", "0"}, {"x-rate-limit-reset", "99999999999"}}));
    CHECK_FALSE(
        limited({{"x-rate-limit-limit", "100"}, {"x-rate-limit-remaining", "0"}, {"x-rate-limit-reset", "soon"}}));
  }
}

TEST_CASE("An error of X's own says when to come back when Retry-After does") {
  const auto outcome = classify_publish(complete(503, "", {{"retry-after", "120"}}), "acme", now);
  CHECK(outcome.kind == outcome_kind::unknown);
  CHECK(outcome.retry_at == now + 2min);
  CHECK_FALSE(classify_publish(complete(500, ""), "acme", now).retry_at);
}

TEST_CASE("A used-up usage cap whose end is known is waited for") {
  const auto body =
      problem(429, "UsageCapExceeded", "Usage cap exceeded: Daily", "https://api.x.com/2/problems/usage-capped");
  const auto outcome = classify_publish(complete(429, body, {{"retry-after", "3600"}}), "acme", now);
  CHECK(outcome.kind == outcome_kind::rate_limited);
  CHECK(outcome.retry_at == now + 1h);
}

TEST_CASE("Budgets are read from every family of headers, and only where they make sense") {
  const auto budgets = read_budgets(complete(201, "",
                                             {{"x-rate-limit-limit", "100"},
                                              {"x-rate-limit-remaining", "99"},
                                              {"x-rate-limit-reset", seconds_from_now(900s)},
                                              {"x-user-limit-24hour-limit", "100"},
                                              {"x-user-limit-24hour-remaining", "200"},
                                              {"x-user-limit-24hour-reset", seconds_from_now(9s)},
                                              {"x-app-limit-24hour-limit", "10000"},
                                              {"x-app-limit-24hour-remaining", "9"},
                                              {"x-app-limit-24hour-reset", seconds_from_now(86'400s)}}),
                                    now);
  REQUIRE(budgets.size() == 2);
  CHECK(budgets[0].budget == "posts");
  CHECK(budgets[0].limit == 100);
  CHECK(budgets[0].remaining == 99);
  CHECK(budgets[0].resets_at == now + 900s);
  CHECK(budgets[1].budget == "posts_app_24h");
  CHECK(budgets[1].remaining == 9);
  CHECK(read_budgets(complete(201, ""), now).empty());
  CHECK(read_budgets(
            complete(201, "",
                     {{"x-rate-limit-limit", "-1"}, {"x-rate-limit-remaining", "x"}, {"x-rate-limit-reset", ""}}),
            now)
            .empty());
}

TEST_CASE("X's words in a reason are one clean, short line") {
  const auto outcome = classify_publish(
      complete(403, problem(403, "Forbidden", "line\\nbreak\\u0000 " + std::string(5000, 'x'))), "acme", now);
  CHECK(outcome.reason.size() < 600);
  CHECK(outcome.reason.find('\n') == std::string::npos);
  CHECK(outcome.reason.find('\0') == std::string::npos);
  const auto cut = classify_publish(complete(403, problem(403, "Forbidden", std::string(299, 'x') + "é")), "acme", now);
  CHECK(cut.reason.find("x\"") != std::string::npos);
}
