// Threads that give way to others.
#include "base/standing_back.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include <catch2/catch.hpp>

using namespace pulse;

TEST_CASE("lowering one thread's priority leaves the others alone") {
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

TEST_CASE("making one thread work in idle time only leaves the others alone") {
  int made = -1;
  std::thread{[&] {
    base::work_when_idle();
    made = ::sched_getscheduler(0);
  }}.join();
  CHECK(made == SCHED_IDLE);
  CHECK(::sched_getscheduler(0) != SCHED_IDLE);
}
