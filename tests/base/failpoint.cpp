#include "base/failpoint.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "tests/support/sanitized.hpp"

using namespace pulse::base;
using namespace std::chrono_literals;

namespace {

/// How a child ends, or is stopped, that comes to `where` under this plan; it ends with 7 when it gets past it.
int status_of_child(const char* plan, failpoint where) {
  const auto child = ::fork();
  if (child == 0) {
    arm_failpoints(*read_failpoints(plan), 1);
    reach(where);
    ::_exit(7);
  }
  int status = 0;
  ::waitpid(child, &status, WUNTRACED);
  if (WIFSTOPPED(status)) {
    ::kill(child, SIGCONT);
    int ended = 0;
    ::waitpid(child, &ended, 0);
    CHECK(WIFEXITED(ended));
    CHECK(WEXITSTATUS(ended) == 7);
  }
  return status;
}

}  // namespace

TEST_CASE("a plan of failpoints is read with all its parts") {
  const auto plan = read_failpoints("after_intent=kill@0.02,sent=delay:300@0.5*4,received=stop*1");
  REQUIRE(plan);
  REQUIRE(plan->size() == 3);
  CHECK(plan->at(0).where == failpoint::after_intent);
  CHECK(plan->at(0).harm == failpoint_harm::kill);
  CHECK(plan->at(0).probability == Approx(0.02));
  CHECK_FALSE(plan->at(0).times);
  CHECK(plan->at(1).harm == failpoint_harm::delay);
  CHECK(plan->at(1).wait == 300ms);
  CHECK(plan->at(1).times == 4);
  CHECK(plan->at(2).harm == failpoint_harm::stop);
  CHECK(plan->at(2).probability == 1);
  CHECK(plan->at(2).times == 1);
  CHECK(read_failpoints("")->empty());
}

TEST_CASE("a malformed plan of failpoints is refused") {
  const auto* wrong =
      GENERATE("sent", "sent=", "=kill", "nowhere=kill", "sent=explode", "sent=kill@0", "sent=kill@2", "sent=kill@x",
               "sent=kill@nan", "sent=kill*0", "sent=kill*", "sent=delay", "sent=delay:0", "sent=delay:600001",
               "sent=kill:5", "sent=kill,", ",", "sent=kill,sent=stop", " sent=kill");
  INFO(wrong);
  CHECK_FALSE(read_failpoints(wrong));
}

TEST_CASE("a failpoint that kills ends the process at that place, and no other does") {
  const auto killed = status_of_child("sent=kill", failpoint::sent);
  REQUIRE(WIFSIGNALED(killed));
  CHECK(WTERMSIG(killed) == SIGKILL);
  const auto passed = status_of_child("sent=kill", failpoint::received);
  REQUIRE(WIFEXITED(passed));
  CHECK(WEXITSTATUS(passed) == 7);
}

TEST_CASE("a failpoint that stops lets the process go on when it is told to") {
  const auto stopped = status_of_child("received=stop*1", failpoint::received);
  REQUIRE(WIFSTOPPED(stopped));
  CHECK(WSTOPSIG(stopped) == SIGSTOP);
}

TEST_CASE("a failpoint strikes as often as its plan says, and not at all when nothing is armed") {
  const auto took = [] {
    const auto begun = std::chrono::steady_clock::now();
    reach(failpoint::connected);
    return std::chrono::steady_clock::now() - begun;
  };
  arm_failpoints(*read_failpoints("connected=delay:30*2"), 1);
  CHECK(are_failpoints_armed());
  CHECK(took() >= 30ms);
  CHECK(took() >= 30ms);
  CHECK(took() < pulse::tests::time_limit(30ms));
  arm_failpoints({}, 1);
  CHECK_FALSE(are_failpoints_armed());
  CHECK(took() < pulse::tests::time_limit(30ms));
}
