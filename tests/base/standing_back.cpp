// Threads that give way to others.
#include "base/standing_back.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
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

TEST_CASE("a thread stands back behind its own process, whatever the priority of that is") {
  const auto own = [] { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); };
  // Threads begin with the niceness of whoever makes them, as those of a program do that nice(1) has started.
  const auto niceness_from = [&own](int of_process) {
    int made = -1;
    std::thread{[&] {
      if (::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), of_process) != 0) return;  // needs a right
      std::thread{[&] {
        base::stand_back(10);
        made = own();
      }}.join();
    }}.join();
    return made;
  };
  const int here = own();
  CHECK(niceness_from(here) == std::min(19, here + 10));
  CHECK(niceness_from(std::min(19, here + 3)) == std::min(19, here + 13));
  CHECK(niceness_from(19) == 19);
  const int raised = niceness_from(-10);
  CHECK((raised == 0 || raised == -1));  // -1: only an administrator raises one
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
