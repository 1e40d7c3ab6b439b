#include "domain/people/session.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using namespace pulse::domain;
using namespace std::chrono_literals;

namespace {

const base::timestamp start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

session_state renewed_at(base::timestamp when) {
  return {.generation = 7,
          .rotated_at = when,
          .idle_ends_at = idle_end(when, start + session_lifetime),
          .ends_at = start + session_lifetime,
          .ended_at = {}};
}

}  // namespace

TEST_CASE("a refresh token is good once, gives the same successor for some seconds, and then ends its session") {
  const auto session = renewed_at(start);  // asvs: 7.2.2
  CHECK(judge_refresh(session, 7, start + 1h) == refresh_verdict::next);
  CHECK(judge_refresh(session, 6, start) == refresh_verdict::same_again);
  CHECK(judge_refresh(session, 6, start + lost_reply_grace) == refresh_verdict::same_again);
  CHECK(judge_refresh(session, 6, start + lost_reply_grace + 1us) == refresh_verdict::reused);
  CHECK(judge_refresh(session, 5, start) == refresh_verdict::reused);
  CHECK(judge_refresh(session, 0, start) == refresh_verdict::reused);
  CHECK(judge_refresh(session, 8, start) == refresh_verdict::over);
}

TEST_CASE("a session ends when it is ended, when nobody renews it, and in any case one day") {
  auto session = renewed_at(start);  // asvs: 7.1.1 7.3.2 10.4.8
  CHECK(judge_refresh(session, 7, start + session_idle_max - 1us) == refresh_verdict::next);
  CHECK(judge_refresh(session, 7, start + session_idle_max) == refresh_verdict::over);
  session = renewed_at(start + session_lifetime - 1h);
  CHECK(session.idle_ends_at == session.ends_at);
  CHECK(judge_refresh(session, 7, session.ends_at - 1us) == refresh_verdict::next);
  CHECK(judge_refresh(session, 7, session.ends_at) == refresh_verdict::over);
  session.ended_at = start;
  CHECK(judge_refresh(session, 7, start) == refresh_verdict::over);
  CHECK(judge_refresh(session, 6, start) == refresh_verdict::over);
}
