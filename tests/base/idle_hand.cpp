#include "base/idle_hand.hpp"

#include <sched.h>

#include <latch>
#include <memory>
#include <thread>

#include <catch2/catch.hpp>

using namespace pulse;
using namespace std::chrono_literals;

namespace {

constexpr auto for_ever = 10min;

}  // namespace

TEST_CASE("an idle hand works in the scheduling class that slows nobody down") {
  base::idle_hand hand{0ms};
  int policy = -1;
  int times = 0;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(hand.run(
        [&] {
          policy = ::sched_getscheduler(0);
          ++times;
        },
        for_ever));
  }
  CHECK(policy == SCHED_IDLE);
  CHECK(times == 100);
  CHECK_FALSE(hand.is_held_up());
}

TEST_CASE("waiting for an idle hand without a processor ends at the caller's limit") {
  base::idle_hand hand{0ms};
  std::latch goes_on{1};
  const auto held = [&goes_on] { goes_on.wait(); };
  CHECK_FALSE(hand.run(held, 1ms));
  // It still works on that, so nobody waits for it at all.
  CHECK(hand.is_held_up());
  CHECK_FALSE(hand.run([] {}, for_ever));
  goes_on.count_down();
  bool is_done = false;
  while (!hand.run([&is_done] { is_done = true; }, for_ever)) std::this_thread::yield();
  CHECK(is_done);
}

TEST_CASE("an idle hand that was not done in time is left alone for a while") {
  base::idle_hand hand{for_ever};
  std::latch goes_on{1};
  CHECK_FALSE(hand.run([&goes_on] { goes_on.wait(); }, 1ms));
  goes_on.count_down();
  while (hand.is_held_up()) std::this_thread::yield();
  CHECK_FALSE(hand.run([] {}, for_ever));
}

TEST_CASE("whoever destroys an idle hand does not wait for a thread that gets no processor") {
  const auto goes_on = std::make_shared<std::latch>(1);
  {
    base::idle_hand hand{0ms};
    CHECK_FALSE(hand.run([goes_on] { goes_on->wait(); }, 1ms));
    CHECK(goes_on.use_count() == 2);
  }
  // Only now can it end, and what it used was kept for it.
  CHECK(goes_on.use_count() == 2);
  goes_on->count_down();
  while (goes_on.use_count() > 1) std::this_thread::yield();
}
