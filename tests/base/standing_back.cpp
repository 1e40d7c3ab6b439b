// Threads that stand back behind others.
#include "base/standing_back.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include <catch2/catch.hpp>

using namespace pulse;

TEST_CASE("a thread that stands back does so alone") {
  const auto own = [] { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); };
  const int before = own();
  int made = -1;
  std::thread{[&] {
    base::stand_back(19);
    made = own();
  }}.join();
  CHECK(made == 19);
  CHECK(own() == before);
}

TEST_CASE("a thread that works when nobody else does is alone in that, too") {
  int made = -1;
  std::thread{[&] {
    base::work_when_idle();
    made = ::sched_getscheduler(0);
  }}.join();
  CHECK(made == SCHED_IDLE);
  CHECK(::sched_getscheduler(0) != SCHED_IDLE);
}
