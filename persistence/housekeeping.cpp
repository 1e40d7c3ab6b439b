#include "persistence/housekeeping.hpp"

#include <spdlog/spdlog.h>

namespace pulse::persistence {

housekeeping::housekeeping(database& engine, const base::clock& clock, std::vector<chore> chores,
                           std::chrono::milliseconds pause)
    : engine_(engine), clock_(clock), chores_(std::move(chores)), pause_(pause), thread_([this] { run(); }) {}

housekeeping::~housekeeping() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  call_.notify_all();
  thread_.join();
}

bool housekeeping::is_stopping() const {
  const std::lock_guard lock{mutex_};
  return stopping_;
}

void housekeeping::run() {
  while (!is_stopping()) {
    for (const auto& each : chores_) carry_out(each);
    std::unique_lock lock{mutex_};
    call_.wait_for(lock, pause_, [this] { return stopping_; });
  }
}

void housekeeping::carry_out(const chore& one) {
  int total = 0;
  for (int batch = 0; batch < batches_max && !is_stopping(); ++batch) {
    const auto done = engine_.transact_now(
        std::nullopt, [&one, now = clock_.now()](transaction& tx) { return one.forget(tx, now, one.batch); });
    if (done.has_error()) {
      spdlog::warn("Old {} could not be removed and will be retried: {}", one.what, done.error().detail);
      return;
    }
    total += *done;
    if (*done < one.batch) break;
  }
  if (total > 0) spdlog::info("Removed {} old {}", total, one.what);
}

}  // namespace pulse::persistence
