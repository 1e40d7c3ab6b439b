#include "persistence/analytics/counter.hpp"

#include <spdlog/spdlog.h>

#include "persistence/analytics/events.hpp"

namespace pulse::persistence::analytics {

counter::counter(database& on, const base::clock& clock, options how)
    : on_(on), clock_(clock), how_(how), thread_([this] { run(); }) {}

counter::~counter() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void counter::run() {
  bool has_more = false;
  for (;;) {
    std::unique_lock lock(mutex_);
    if (!has_more) wake_.wait_for(lock, how_.every, [this] { return is_stopping_; });
    if (is_stopping_) return;
    lock.unlock();
    has_more = step();
  }
}

/// Whether there is more to count at once.
bool counter::step() {
  const auto now = clock_.now();
  const auto done = on_.transact_now(
      std::nullopt, [now, most = how_.most_at_once](transaction& tx) { return count_next(tx, now, most); });
  if (done.has_value()) {
    failed_ = false;
    return done->has_more;
  }
  if (!failed_) spdlog::warn("The figures of published posts could not be updated: {}", done.error().detail);
  failed_ = true;
  return false;
}

}  // namespace pulse::persistence::analytics
