#include "base/idle_hand.hpp"

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <utility>

#include "base/standing_back.hpp"

namespace pulse::base {

namespace {

void wait_for(sem_t& signal) {
  while (::sem_wait(&signal) != 0 && errno == EINTR) {
  }
}

timespec in(std::chrono::milliseconds time) {
  timespec then{};
  ::clock_gettime(CLOCK_MONOTONIC, &then);
  constexpr std::int64_t second_ns = 1'000'000'000;
  const auto nanoseconds = then.tv_nsec + std::chrono::nanoseconds{time}.count();
  then.tv_sec += static_cast<time_t>(nanoseconds / second_ns);
  then.tv_nsec = static_cast<long>(nanoseconds % second_ns);
  return then;
}

/// False: it did not come before `then`.
bool wait_until(sem_t& signal, const timespec& then) {
  for (;;) {
    if (::sem_clockwait(&signal, CLOCK_MONOTONIC, &then) == 0) return true;
    if (errno != EINTR) return false;
  }
}

}  // namespace

idle_hand::idle_hand(std::chrono::milliseconds rest) : rest_{rest} {
  ::sem_init(&asked_, 0, 0);
  ::sem_init(&done_, 0, 0);
  thread_ = std::thread{[this] { serve(); }};
}

idle_hand::~idle_hand() {
  stopping_ = true;
  ::sem_post(&asked_);
  thread_.join();
  ::sem_destroy(&asked_);
  ::sem_destroy(&done_);
}

bool idle_hand::run(std::function<void()> work, std::chrono::milliseconds patience) {
  if (is_held_up() || std::chrono::steady_clock::now() < rests_until_) return false;
  while (::sem_trywait(&done_) == 0) {  // nobody waited for that
  }
  work_ = std::move(work);
  ++begun_;
  ::sem_post(&asked_);
  const auto end = in(patience);
  while (is_held_up()) {
    // A signal may also be of earlier work that was not done in time.
    if (wait_until(done_, end) || !is_held_up()) continue;
    rests_until_ = std::chrono::steady_clock::now() + rest_;
    return false;
  }
  work_ = nullptr;
  return true;
}

void idle_hand::serve() {
  work_when_idle();
  for (std::uint64_t number = 1;; ++number) {
    wait_for(asked_);
    if (stopping_) return;
    work_();
    finished_ = number;
    ::sem_post(&done_);
  }
}

}  // namespace pulse::base
