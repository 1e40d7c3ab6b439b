#include "persistence/audit/sealer.hpp"

#include <spdlog/spdlog.h>

#include "persistence/audit/chain.hpp"

namespace pulse::persistence::audit {

sealer::sealer(database& on, const base::clock& clock, base::signing_key key, options how)
    : on_(on), clock_(clock), key_(std::move(key)), how_(how), thread_([this] { run(); }) {}

sealer::~sealer() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool sealer::is_stopping() {
  const std::lock_guard lock(mutex_);
  return is_stopping_;
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
  const auto swept = on_.transact_now(std::nullopt, [now = clock_.now(), most = how_.events_at_once](transaction& tx) {
    return sweep_events(tx, now, most);
  });
  if (swept.has_error() && !failed_)
    spdlog::warn("The engine's events could not be sealed yet: {}", swept.error().detail);
  failed_ = failed_ || swept.has_error();
  const bool has_more = swept.has_value() && swept->has_more;
  if (!has_more) swept_at_ = std::chrono::steady_clock::now();
  return has_more;
}

/// Whether there is more to do at once.
bool sealer::step() {
  const auto failed = [this](const failure& why) {
    if (!failed_) spdlog::warn("Audit entries could not be sealed yet: {}", why.detail);
    failed_ = true;
    return false;
  };
  bool has_more = sweep();
  const auto waiting = on_.transact_now(
      std::nullopt, [most = how_.companies_at_once](transaction& tx) { return find_unsealed(tx, most); });
  if (waiting.has_error()) return failed(waiting.error());
  has_more = has_more || waiting->size() == static_cast<std::size_t>(how_.companies_at_once);
  for (const auto& tenant_id : *waiting) {
    if (is_stopping()) return false;
    const auto sealed = on_.transact_now(std::nullopt, [this, tenant_id, now = clock_.now()](transaction& tx) {
      return seal(tx, tenant_id, key_, now, how_.entries_at_once);
    });
    if (sealed.has_error()) return failed(sealed.error());
    has_more = has_more || *sealed == how_.entries_at_once;
  }
  failed_ = false;
  return has_more;
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
  constexpr int at_once = 2'000;
  const auto waiting = on.transact_now(std::nullopt, [](transaction& tx) { return find_unsealed(tx, 100'000); });
  if (waiting.has_error()) return;
  for (const auto& tenant_id : *waiting) {
    int sealed = at_once;
    while (sealed == at_once) {
      const auto done = on.transact_now(
          std::nullopt, [&, now = clock.now()](transaction& tx) { return seal(tx, tenant_id, key, now, at_once); });
      sealed = done.has_value() ? *done : 0;
    }
  }
}

}  // namespace pulse::persistence::audit
