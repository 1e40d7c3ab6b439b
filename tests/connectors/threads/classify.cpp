#include "connectors/threads/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::threads;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error(int code, int subcode) {
  return reply_of(400, R"({"error":{"message":"m","type":"OAuthException","code":)" + std::to_string(code) +
                           R"(,"error_subcode":)" + std::to_string(subcode) + "}}");
}

}  // namespace

TEST_CASE("Threads: every row of the table is what it says") {
  const auto [code, subcode, expected] = GENERATE(table<int, int, outcome_kind>({
      {190, 0, outcome_kind::auth_expired},
      {100, 0, outcome_kind::invalid},
      {10, 0, outcome_kind::permission},
      {200, 0, outcome_kind::permission},
      {4, 0, outcome_kind::rate_limited},
      {17, 0, outcome_kind::rate_limited},
      {32, 0, outcome_kind::rate_limited},
      {613, 0, outcome_kind::rate_limited},
      {24, 4279009, outcome_kind::transient},
      {9004, 2207052, outcome_kind::invalid},
      {4, 2207051, outcome_kind::unknown},
      {4279013, 0, outcome_kind::permission},
      {1, 0, outcome_kind::unknown},
      {2, 0, outcome_kind::unknown},
  }));
  CAPTURE(code, subcode);
  CHECK(classify_publish(error(code, subcode), now).kind == expected);
}

TEST_CASE("Threads: an id may be a text or a number, and only an id means published") {
  CHECK(classify_publish(reply_of(200, R"({"id":"178"})"), now).external_id == "178");
  CHECK(classify_publish(reply_of(200, R"({"id":17841400000000002})"), now).external_id == "17841400000000002");
  for (const auto* body : {"", "{}", R"({"id":"x"})", R"({"id":1.5})", R"({"id":null})", "<html>"}) {
    CAPTURE(body);
    CHECK(classify_publish(reply_of(200, body), now).kind == outcome_kind::unknown);
  }
}

TEST_CASE("Threads: the states of a container") {
  using enum container_state;
  for (const auto& [word, state] :
       {std::pair{"IN_PROGRESS", in_progress}, std::pair{"FINISHED", finished}, std::pair{"PUBLISHED", published},
        std::pair{"ERROR", container_state::error}, std::pair{"EXPIRED", expired}}) {
    const auto status = status_in(reply_of(200, R"({"id":"1","status":")" + std::string{word} + "\"}"));
    REQUIRE(status);
    CHECK(status->state == state);
  }
  CHECK_FALSE(status_in(reply_of(200, R"({"status":"NEW"})")));
  CHECK_FALSE(status_in(reply_of(500, R"({"status":"FINISHED"})")));
  for (const auto* words :
       {"FAILED_DOWNLOADING_VIDEO", "FAILED_PROCESSING_AUDIO", "FAILED_PROCESSING_VIDEO", "UNKNOWN"})
    CHECK(failed_processing({container_state::error, words}).kind == outcome_kind::transient);
  for (const auto* words : {"INVALID_ASPEC_RATIO", "INVALID_BIT_RATE", "INVALID_DURATION", "INVALID_FRAME_RATE",
                            "INVALID_AUDIO_CHANNELS", "INVALID_AUDIO_CHANNEL_LAYOUT"})
    CHECK(failed_processing({container_state::error, words}).kind == outcome_kind::invalid);
}
