#include "base/standing_back.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace pulse::base {

namespace {

/// The shortest that Linux takes.
constexpr std::uint64_t slice_ns = 100'000;

/// As sched_setattr(2) reads it; glibc has none before 2.41, and Linux's header does not go with glibc's.
struct scheduling {
  std::uint32_t size = sizeof(scheduling);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t niceness = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime_ns = 0;  // of a usual thread: its slice
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};

}  // namespace

void stand_back(int steps) {
  constexpr int most = 19;
  // Of this thread alone, as Linux has it. -1 is a niceness, too; asking for one's own does not fail.
  const auto self = static_cast<id_t>(::gettid());
  const int niceness = std::min(most, ::getpriority(PRIO_PROCESS, self) + steps);
  ::setpriority(PRIO_PROCESS, self, niceness);
  scheduling wanted;
  wanted.niceness = niceness;
  wanted.runtime_ns = slice_ns;
  ::syscall(SYS_sched_setattr, 0, &wanted, 0);
}

void work_when_idle() {
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_IDLE, &none);  // of this thread alone, as Linux has it
}

}  // namespace pulse::base
