#include "connectors/bluesky/film_session.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using namespace pulse::connectors;
using namespace pulse::connectors::bluesky;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

egress_reply reply(int status, const std::string& body) {
  egress_reply made;
  made.how_far = progress::complete;
  made.status = status;
  made.body = body;
  return made;
}

egress_reply refusal(const std::string& name, int status = 400) {
  return reply(status, R"({"error":")" + name + R"(","message":"because"})");
}

}  // namespace

TEST_CASE("Bluesky: an upload in parts is read as the service tells it") {
  const auto begun = session_in(reply(200, R"({"jobId":"j","partSizeBytes":10,"partCount":3,"expiresAt":"…"})"), 25);
  REQUIRE(begun);
  CHECK(begun->is == film_session::state::open);
  CHECK(begun->next_part() == 0);
  CHECK(begun->begin_of(2) == 20);
  CHECK(begun->bytes_of(1, 25) == 10);
  CHECK(begun->bytes_of(2, 25) == 5);
  const auto told = [](const std::string& more) {
    return session_in(reply(200, R"({"jobId":"j","partSizeBytes":10,"partCount":3,)" + more + "}"), 25);
  };
  const auto some = told(R"("receivedParts":[1,3,7,0,-1,"x"],"state":"created")");
  CHECK(some->has == std::vector<bool>{true, false, true});
  CHECK(some->next_part() == 1);
  CHECK_FALSE(told(R"("receivedParts":[1,2,3],"state":"created")")->next_part());
  CHECK(told(R"("receivedParts":[],"state":"finishing")")->is == film_session::state::finishing);
  CHECK(told(R"("state":"completed","completedJobId":"k")")->job == "k");
  CHECK(told(R"("state":"completed")")->job == "j");
  for (const auto* state : {"failed", "aborted", "expired", "of another day"}) {
    CAPTURE(state);
    CHECK(told(R"("state":")" + std::string{state} + "\"")->is == film_session::state::over);
  }
}

TEST_CASE("Bluesky: another film's upload is not taken for this one") {
  for (const auto* body :
       {"", "<html>", "[]", "{}", R"({"jobId":"","partSizeBytes":10,"partCount":3})",
        R"({"jobId":"j","partSizeBytes":0,"partCount":3})", R"({"jobId":"j","partSizeBytes":10,"partCount":2})",
        R"({"jobId":"j","partSizeBytes":10,"partCount":-3})",
        R"({"jobId":"j","partSizeBytes":1,"partCount":99999999999})",
        R"({"jobId":"j","partSizeBytes":"10","partCount":3})"}) {
    CAPTURE(body);
    CHECK_FALSE(session_in(reply(200, body), 25));
  }
  CHECK_FALSE(session_in(reply(500, R"({"jobId":"j","partSizeBytes":10,"partCount":3})"), 25));
}

TEST_CASE("Bluesky: refusals of an upload in parts are told apart by their names") {
  for (const auto* name : {"UploadNotFound", "UploadExpired", "UploadFailed", "UploadAborted"}) {
    CAPTURE(name);
    CHECK(is_session_over(refusal(name)));
    CHECK_FALSE(is_session_ahead(refusal(name)));
    CHECK_FALSE(knows_no_parts(refusal(name, 404)));
  }
  for (const auto* name :
       {"UploadAlreadyCompleted", "UploadNotReady", "MissingParts", "InvalidPartNumber", "PartSizeMismatch"}) {
    CAPTURE(name);
    CHECK(is_session_ahead(refusal(name)));
    CHECK_FALSE(is_session_over(refusal(name)));
  }
  const auto [name, kind] =
      GENERATE(table<std::string, outcome_kind>({{"UnsupportedContentType", outcome_kind::invalid},
                                                 {"BadAspectRatio", outcome_kind::invalid},
                                                 {"VideoTooLarge", outcome_kind::invalid},
                                                 {"VideoTooLong", outcome_kind::invalid},
                                                 {"UploadForbidden", outcome_kind::permission},
                                                 {"TooManyOpenUploads", outcome_kind::transient},
                                                 {"ServiceOverloaded", outcome_kind::transient},
                                                 {"DailyLimitExceeded", outcome_kind::rate_limited}}));
  CAPTURE(name);
  const auto told = session_problem(refusal(name), now);
  REQUIRE(told);
  CHECK(told->kind == kind);
  CHECK(told->reason.find("because") != std::string::npos);
  CHECK(told->retry_at.has_value() == (kind == outcome_kind::rate_limited));
  CHECK_FALSE(session_problem(refusal("SomethingElse"), now));
  CHECK_FALSE(session_problem(reply(500, "<html>"), now));
  CHECK(knows_no_parts(refusal("MethodNotImplemented", 501)));
  CHECK(knows_no_parts(reply(404, "")));
  CHECK_FALSE(knows_no_parts(refusal("InvalidRequest")));
}
