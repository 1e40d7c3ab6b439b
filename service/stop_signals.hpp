// How the program is asked to stop.
#pragma once

#include <pthread.h>

#include <chrono>
#include <csignal>
#include <ctime>

namespace pulse::service {

/// Waits for SIGTERM or SIGINT. They are blocked in every thread, so that this one takes them.
class stop_signals {
 public:
  stop_signals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

  void wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

  /// As `wait`, for so long at most; whether there was one.
  bool wait_for(std::chrono::milliseconds limit) {
    const timespec at_most{limit.count() / 1000, limit.count() % 1000 * 1'000'000};
    return sigtimedwait(&signals_, nullptr, &at_most) > 0;
  }

 private:
  sigset_t signals_{};
};

}  // namespace pulse::service
