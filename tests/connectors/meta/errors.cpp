#include "connectors/meta/errors.hpp"

#include <catch2/catch.hpp>

#include "connectors/meta/usage.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::meta;
using pulse::base::timestamp;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

egress_reply complete(int status, std::string body, std::vector<egress_header> headers = {}) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return reply;
}

std::string envelope(int code, int subcode = 0, bool is_transient = false) {
  return R"({"error":{"message":"words","type":"OAuthException","code":)" + std::to_string(code) +
         R"(,"error_subcode":)" + std::to_string(subcode) + R"(,"is_transient":)" + (is_transient ? "true" : "false") +
         R"(,"fbtrace_id":"A6"}})";
}

outcome_kind kind_of(const egress_reply& reply, step which) { return problem_of(reply, which, "Meta", now).kind; }

}  // namespace

TEST_CASE("Every code that Meta's platforms share means what the table says") {
  struct row {
    int code;
    int subcode;
    outcome_kind at_publishing;
    outcome_kind before;
  };
  constexpr auto auth = outcome_kind::auth_expired;
  constexpr auto permission = outcome_kind::permission;
  constexpr auto limited = outcome_kind::rate_limited;
  constexpr auto invalid = outcome_kind::invalid;
  constexpr auto unknown = outcome_kind::unknown;
  constexpr auto transient = outcome_kind::transient;
  const row table[] = {
      {-2, 0, unknown, transient},
      {-1, 0, unknown, transient},
      {1, 0, unknown, transient},
      {2, 0, unknown, transient},
      {3, 0, permission, permission},
      {4, 0, limited, limited},
      {10, 0, permission, permission},
      {17, 0, limited, limited},
      {32, 0, limited, limited},
      {100, 0, invalid, invalid},
      {100, 33, permission, permission},
      {102, 0, auth, auth},
      {104, 0, auth, auth},
      {190, 0, auth, auth},
      {190, 458, auth, auth},
      {190, 459, auth, auth},
      {190, 460, auth, auth},
      {190, 463, auth, auth},
      {190, 464, auth, auth},
      {190, 467, auth, auth},
      {190, 492, auth, auth},
      {200, 0, permission, permission},
      {299, 0, permission, permission},
      {341, 0, limited, limited},
      {368, 1390008, limited, limited},
      {368, 4854002, permission, permission},
      {368, 1346003, permission, permission},
      {506, 0, outcome_kind::duplicate, outcome_kind::duplicate},
      {613, 0, limited, limited},
      {2635, 0, limited, limited},
      {1609005, 0, invalid, invalid},
      {80000, 0, limited, limited},
      {80001, 0, limited, limited},
      {80002, 0, limited, limited},
      {80014, 0, limited, limited},
      {80015, 0, invalid, invalid},
  };
  for (const auto& row : table) {
    for (const int status : {400, 401, 403, 500}) {
      CAPTURE(row.code, row.subcode, status);
      const auto reply = complete(status, envelope(row.code, row.subcode));
      CHECK(kind_of(reply, step::publishing) == row.at_publishing);
      CHECK(kind_of(reply, step::harmless) == row.before);
      const auto told = problem_of(reply, step::publishing, "Meta", now);
      CHECK(told.http_status == status);
      CHECK(told.reason.find("Meta says: \"words\"") != std::string::npos);
    }
  }
  CHECK(kind_of(complete(400, envelope(4711, 0, true)), step::publishing) == unknown);
  CHECK(kind_of(complete(400, envelope(4711, 0, true)), step::harmless) == transient);
}

TEST_CASE("A call without a whole reply is transient unless something may have become public") {
  egress_reply reply;
  reply.error = "The connection could not be made.";
  CHECK(kind_of(reply, step::publishing) == outcome_kind::transient);
  reply.how_far = progress::bytes_may_have_left;
  CHECK(kind_of(reply, step::publishing) == outcome_kind::unknown);
  CHECK(kind_of(reply, step::harmless) == outcome_kind::transient);
  reply.status = 400;
  reply.body = envelope(190);
  CHECK(kind_of(reply, step::publishing) == outcome_kind::unknown);
}

TEST_CASE("A reply that is no error of the Graph API is not taken for one") {
  for (const auto* body : {"", "<html>", "[]", "{}", R"({"error":"text"})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_error(body));
    CHECK(kind_of(complete(400, body), step::publishing) == outcome_kind::unknown);
    CHECK(kind_of(complete(400, body), step::harmless) == outcome_kind::transient);
    CHECK(kind_of(complete(502, body), step::publishing) == outcome_kind::unknown);
    CHECK(kind_of(complete(302, body), step::publishing) == outcome_kind::transient);
    CHECK(kind_of(complete(401, body), step::publishing) == outcome_kind::auth_expired);
    CHECK(kind_of(complete(429, body), step::publishing) == outcome_kind::rate_limited);
  }
}

TEST_CASE("A platform's own errors come before the common ones") {
  const own_errors own = [](const graph_error& error) -> std::optional<pulse::domain::outcome> {
    if (error.subcode != 7) return std::nullopt;
    return pulse::domain::outcome{.kind = outcome_kind::invalid, .reason = "own"};
  };
  CHECK(problem_of(complete(400, envelope(190, 7)), step::publishing, "Meta", now, own).reason == "own");
  CHECK(problem_of(complete(400, envelope(190)), step::publishing, "Meta", now, own).kind ==
        outcome_kind::auth_expired);
}

TEST_CASE("A throttled call says when to come back as the headers say it") {
  const auto limited = [](std::vector<egress_header> headers) {
    return problem_of(complete(400, envelope(80002), std::move(headers)), step::harmless, "Meta", now).retry_at;
  };
  const std::string business =
      R"({"1":[{"type":"instagram","call_count":100,"total_cputime":5,"total_time":5,"estimated_time_to_regain_access":7}]})";
  CHECK(limited({{"x-business-use-case-usage", business}}) == now + 7min);
  CHECK(limited({{"retry-after", "30"}}) == now + 30s);
  CHECK(limited({{"retry-after", "600"}, {"x-business-use-case-usage", business}}) == now + 10min);
  CHECK_FALSE(limited({}));
  CHECK_FALSE(limited({{"x-business-use-case-usage", "nonsense"}}));
  CHECK_FALSE(limited({{"x-business-use-case-usage", R"({"1":[{"estimated_time_to_regain_access":"7"}],"2":5})"}}));
  CHECK(problem_of(complete(400, envelope(368, 1390008)), step::harmless, "Meta", now).retry_at == now + 1h);
}

TEST_CASE("A retired version of the API holds every post, and tells the operator what to do") {
  const auto told = problem_of(complete(400, envelope(2635)), step::publishing, "Meta", now);
  CHECK(told.retry_at == now + 15min);
  CHECK(told.reason.find("META_GRAPH_VERSION") != std::string::npos);
}

TEST_CASE("An error on Meta's side says when to come back when a header does") {
  for (const auto& body : {envelope(2), std::string{"<html>"}}) {
    const auto told = problem_of(complete(503, body, {{"retry-after", "90"}}), step::publishing, "Meta", now);
    CHECK(told.kind == outcome_kind::unknown);
    CHECK(told.retry_at == now + 90s);
    CHECK_FALSE(problem_of(complete(503, body), step::publishing, "Meta", now).retry_at);
  }
}

TEST_CASE("Usage is a budget only when it is nearly used up") {
  const auto usage = [](const std::string& app, const std::string& business = "") {
    std::vector<egress_header> headers{{"x-app-usage", app}};
    if (!business.empty()) headers.push_back({"x-business-use-case-usage", business});
    return read_usage(complete(200, "{}", headers), "instagram", now);
  };
  CHECK(usage(R"({"call_count":28,"total_time":25,"total_cputime":25})").empty());
  CHECK(usage("").empty());
  CHECK(usage(R"({"call_count":"x","total_time":-1,"total_cputime":null})").empty());
  const auto scarce = usage(R"({"call_count":28,"total_time":94.2,"total_cputime":25})");
  REQUIRE(scarce.size() == 1);
  CHECK(scarce[0].budget == "calls_app");
  CHECK(scarce[0].limit == 100);
  CHECK(scarce[0].remaining == 5);
  CHECK(scarce[0].resets_at == now + 1h);
  const auto shut = usage(R"({"call_count":130})",
                          R"({"1":[{"type":"instagram","call_count":10,"estimated_time_to_regain_access":15},
                                  {"type":"pages","call_count":99,"estimated_time_to_regain_access":60}]})");
  REQUIRE(shut.size() == 2);
  CHECK(shut[0].remaining == 0);
  CHECK(shut[1].budget == "calls_account");
  CHECK(shut[1].remaining == 0);
  CHECK(shut[1].resets_at == now + 15min);
}
