#include "persistence/audit/sealer.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "persistence/audit/chain.hpp"

namespace pulse::persistence::audit {

namespace {

constexpr std::int64_t fewest_events = 1'000;

}  // namespace

sealer::sealer(database& on, const base::clock& clock, base::signing_key key, options how)
    : on_(on), clock_(clock), key_(std::move(key)), how_(how), events_at_once_(how.events_at_once), thread_([this] {
        run();
      }) {}

sealer::~sealer() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void sealer::run() {
  bool has_more = false;
  for (;;) {
    std::unique_lock lock(mutex_);
    if (!has_more) wake_.wait_for(lock, how_.every, [this] { return is_stopping_; });
    if (is_stopping_) return;
    lock.unlock();
    has_more = step();
  }
}

bool sealer::sweep() {
  if (std::chrono::steady_clock::now() - swept_at_ < how_.sweep_every) return false;
  const auto swept = on_.transact_now(std::nullopt, [now = clock_.now(), most = events_at_once_](transaction& tx) {
    return sweep_events(tx, now, most);
  });
  events_at_once_ = swept.has_error() ? std::max(fewest_events, events_at_once_ / 2)
                                      : std::min(how_.events_at_once, events_at_once_ * 2);
  if (swept.has_error() && !failed_)
    spdlog::warn("The engine's events could not be sealed yet: {}", swept.error().detail);
  failed_ = failed_ || swept.has_error();
  const bool has_more = swept.has_value() && swept->has_more;
  if (!has_more) swept_at_ = std::chrono::steady_clock::now();
  return has_more;
}

/// Whether there is more to do at once.
bool sealer::step() {
  const bool has_more = sweep();
  const auto sealed = on_.transact_now(std::nullopt, [this, now = clock_.now()](transaction& tx) {
    const auto waiting = find_unsealed(tx, how_.companies_at_once);
    const auto entries = seal(tx, waiting, key_, now, how_.entries_at_once);
    // None: somebody else seals them.
    return entries > 0 &&
           (entries >= how_.entries_at_once || waiting.size() == static_cast<std::size_t>(how_.companies_at_once));
  });
  if (sealed.has_error()) {
    if (!failed_) spdlog::warn("Audit entries could not be sealed yet: {}", sealed.error().detail);
    failed_ = true;
    return false;
  }
  failed_ = false;
  return has_more || *sealed;
}

void sweep_all(database& on, const base::clock& clock) {
  constexpr std::int64_t at_once = 5'000;
  for (bool has_more = true; has_more;) {
    const auto done =
        on.transact_now(std::nullopt, [now = clock.now()](transaction& tx) { return sweep_events(tx, now, at_once); });
    has_more = done.has_value() && done->has_more;
  }
}

void seal_all(database& on, const base::clock& clock, const base::signing_key& key) {
  constexpr int companies = 200;
  constexpr int entries = 10'000;
  for (bool has_more = true; has_more;) {
    const auto done = on.transact_now(std::nullopt, [&, now = clock.now()](transaction& tx) {
      return seal(tx, find_unsealed(tx, companies), key, now, entries);
    });
    has_more = done.has_value() && *done > 0;
  }
}

}  // namespace pulse::persistence::audit
