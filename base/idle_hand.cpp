#include "base/idle_hand.hpp"

#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <thread>
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

struct idle_hand::shared {
  std::function<void()> work;  // the owner's while nothing is begun that is not finished
  std::uint64_t begun = 0;     // the owner's
  std::atomic<std::uint64_t> finished = 0;
  std::atomic<bool> stopping = false;
  // Semaphores of the system: nobody holds them, so a thread that gets no processor keeps nobody out.
  sem_t asked{};
  sem_t done{};

  shared() {
    ::sem_init(&asked, 0, 0);
    ::sem_init(&done, 0, 0);
  }
  ~shared() {
    ::sem_destroy(&asked);
    ::sem_destroy(&done);
  }
  shared(const shared&) = delete;
  shared& operator=(const shared&) = delete;

  void serve();
};

idle_hand::idle_hand(std::chrono::milliseconds rest) : rest_{rest}, shared_{std::make_shared<shared>()} {
  std::thread{[with = shared_] { with->serve(); }}.detach();
}

idle_hand::~idle_hand() {
  shared_->stopping = true;
  ::sem_post(&shared_->asked);
}

bool idle_hand::is_held_up() const { return shared_->finished != shared_->begun; }

bool idle_hand::run(std::function<void()> work, std::chrono::milliseconds patience) {
  if (is_held_up() || std::chrono::steady_clock::now() < rests_until_) return false;
  while (::sem_trywait(&shared_->done) == 0) {  // nobody waited for that
  }
  shared_->work = std::move(work);
  ++shared_->begun;
  ::sem_post(&shared_->asked);
  const auto end = in(patience);
  while (is_held_up()) {
    // A signal may also be of earlier work that was not done in time.
    if (wait_until(shared_->done, end) || !is_held_up()) continue;
    rests_until_ = std::chrono::steady_clock::now() + rest_;
    return false;
  }
  shared_->work = nullptr;
  return true;
}

void idle_hand::shared::serve() {
  work_when_idle();
  for (std::uint64_t number = 1;; ++number) {
    wait_for(asked);
    if (stopping) return;
    work();
    finished = number;
    ::sem_post(&done);
  }
}

}  // namespace pulse::base
