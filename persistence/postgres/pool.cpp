#include "persistence/postgres/pool.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace pulse::persistence {
namespace {

/// The pool one of whose workers is answering on this thread, and will look at the queue as soon as it has.
thread_local const pool* going_on = nullptr;

failure stopping_failure() { return {failure_kind::unavailable, "the pool of connections is stopping", ""}; }

failure expired_failure() {
  return {failure_kind::timeout, "waited for a connection longer than the queue's time-out", ""};
}

/// `done` is the caller's code: what it throws must not end the thread.
void answer(detail::work& work, const std::optional<failure>& why) {
  try {
    if (why) {
      work.fail(*why);
    } else {
      work.succeed();
    }
  } catch (const std::exception& error) {
    spdlog::error("The receiver of a database answer failed, and its caller gets none: {}", error.what());
  } catch (...) {
    spdlog::error("The receiver of a database answer failed, and its caller gets none");
  }
}

void run_once(connection& on, detail::work& work) {
  auto* query = work.as_query();
  if (query == nullptr) {
    transaction within{on, work.bound};
    if (work.attempt(within)) {
      within.commit();
      work.has_events = within.noted_events();
    } else {
      within.rollback();
    }
    return;
  }
  if (work.bound.tenant_id) on.send_tenant(*work.bound.tenant_id);
  if (work.bound.guarded) on.send(work.bound.guarded->what, work.bound.guarded->values);
  on.send(query->what(), query->values());
  on.sync(only_reads(query->what()) ? at_stake::nothing : at_stake::commit);
  query->answer(on.receive());
}

/// Only a connection that breaks over it is no good.
void warm(connection& on, const std::function<void(transaction&)>& up) {
  transaction within{on, std::nullopt};
  try {
    up(within);
  } catch (const database_error& error) {
    if (on.is_broken()) throw;
    spdlog::debug("a new connection could not be warmed up: {}", error.why().detail);
  }
  within.rollback();
}

void log_failure(const detail::work& work, const failure& why) {
  if (why.kind != failure_kind::bug && why.kind != failure_kind::in_doubt) return;
  spdlog::error("A database job failed ({}): {} tenant={}", base::to_name(why.kind), why.detail,
                work.bound.tenant_id ? base::to_string(*work.bound.tenant_id) : "-");
}

}  // namespace

// --- reconnecting ----------------------------------------------------------------------------------------------------

bool reconnect_gate::admits(time now) {
  if (!down_) return true;
  if (trying_ || now < next_try_) return false;
  trying_ = true;
  return true;
}

void reconnect_gate::succeeded() {
  down_ = false;
  trying_ = false;
  pause_ = std::chrono::milliseconds{0};
}

void reconnect_gate::failed(failure why, time now) {
  down_ = true;
  trying_ = false;
  pause_ = std::clamp(pause_ * 2, min_pause, max_pause);
  next_try_ = now + pause_;
  last_ = std::move(why);
}

bool pool::connect(worker& me, std::unique_lock<std::mutex>& lock) {
  if (!gate_.admits(std::chrono::steady_clock::now())) return false;
  const bool was_down = gate_.is_down();
  // The entry stays in the queue meanwhile, for the first connection that is ready.
  if (connected_ > 0) wake_one();
  start_watching();
  lock.unlock();
  std::optional<failure> why;
  try {
    me.on = std::make_unique<connection>(connection::options{options_.url, options_.as, options_.application_name,
                                                             options_.connect_timeout, options_.statement_timeout});
    if (options_.warm_up) warm(*me.on, options_.warm_up);
  } catch (const database_error& error) {
    why = error.why();
  } catch (const std::exception& error) {
    why = failure{failure_kind::unavailable, error.what(), ""};
  }
  if (why) me.on.reset();
  if (why && !was_down) spdlog::warn("PostgreSQL cannot be reached: {}", why->detail);
  if (!why && was_down) spdlog::info("PostgreSQL is reached again");
  lock.lock();
  if (why) {
    ++counters_.connect_failures;
    gate_.failed(std::move(*why), std::chrono::steady_clock::now());
    return false;
  }
  ++counters_.connects;
  ++connected_;
  gate_.succeeded();
  return true;
}

void pool::disconnect(worker& me, std::unique_lock<std::mutex>& lock) {
  --connected_;
  lock.unlock();
  // Closing is a system call or two: not while others wait for the lock.
  me.on.reset();
  lock.lock();
}

// --- the queue -------------------------------------------------------------------------------------------------------

pool::pool(database::options options) : options_(std::move(options)), queue_(options_.connections_per_tenant) {
  const unsigned count = std::max(1U, options_.connections);
  idle_.reserve(count);
  for (unsigned i = 0; i < count; ++i) workers_.push_back(std::make_unique<worker>());
  for (const auto& each : workers_) {
    each->thread = std::thread{[this, me = each.get()] { run(*me); }};
  }
  watcher_ = std::thread{[this] { watch(); }};
}

pool::~pool() { stop(); }

void pool::submit(entry work) {
  entry rejected;
  std::optional<failure> refused;
  worker* wake = nullptr;
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) {
      refused = stopping_failure();
      rejected = std::move(work);
    } else if (!queue_.has_room_for(work->bound.tenant_id, options_.queue_limit)) {
      ++counters_.overloaded;
      refused = failure{failure_kind::overloaded, "the queue for database connections is full", ""};
      rejected = std::move(work);
    } else {
      work->submitted = std::chrono::steady_clock::now();
      queue_.push(std::move(work));
      // What a receiver asks for next is for the connection that has just answered: what it works with is at hand, in
      // its server process too. Whoever asks for more than one thing gets others as well.
      const bool is_mine = std::exchange(going_on, nullptr) == this;
      if (!is_mine && idle_.empty()) start_watching();
      if (!is_mine && !idle_.empty()) {
        wake = idle_.back();
        idle_.pop_back();
        wake->called = true;
      }
    }
  }
  if (wake != nullptr) wake->call.notify_one();
  if (rejected) answer(*rejected, refused);
}

void pool::wake_one() {
  if (idle_.empty()) return;
  worker* wake = idle_.back();
  idle_.pop_back();
  wake->called = true;
  wake->call.notify_one();
}

void pool::sleep(worker& me, std::unique_lock<std::mutex>& lock, std::optional<time> until) {
  const auto called = [this, &me] { return me.called || stopping_; };
  me.called = false;
  if (until) {
    me.call.wait_until(lock, *until, called);
  } else {
    idle_.push_back(&me);
    me.call.wait(lock, called);
  }
}

pool::entry pool::take(worker& me, std::unique_lock<std::mutex>& lock) {
  for (;;) {
    if (queue_.empty()) {
      if (stopping_) return nullptr;
      sleep(me, lock, std::nullopt);
      continue;
    }
    if (me.on && me.on->has_died()) {
      disconnect(me, lock);
      continue;
    }
    if (!me.on && !connect(me, lock) && connected_ > 0) {
      // Others are connected: they serve what waits, and this worker does not fail it in their place.
      if (stopping_) return nullptr;
      wake_one();
      sleep(me, lock, gate_.next_try());
      continue;
    }
    if (queue_.empty()) continue;
    return queue_.take();
  }
}

void pool::run(worker& me) {
  // Of this thread alone, as Linux has it. Standing back needs no rights.
  if (options_.niceness > 0) ::setpriority(PRIO_PROCESS, 0, options_.niceness);
  std::unique_lock lock{mutex_};
  if (options_.warm_up) connect(me, lock);
  while (auto work = take(me, lock)) {
    const auto waited = std::chrono::steady_clock::now() - work->submitted;
    counters_.waited_us +=
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(waited).count());
    ++counters_.jobs;
    ++counters_.connections_busy;
    std::optional<failure> missing;
    if (waited > options_.queue_timeout) {
      ++counters_.expired;
      missing = expired_failure();
    } else if (!me.on) {
      missing = gate_.last();
    }
    lock.unlock();
    const auto tenant_id = work->bound.tenant_id;
    const auto came_out = perform(me, *work, missing);
    if (came_out != attempt_result::again) work.reset();
    lock.lock();
    --counters_.connections_busy;
    if (came_out == attempt_result::failed) ++counters_.failed;
    if (came_out == attempt_result::again) {
      ++counters_.retried;
      queue_.push_front(std::move(work));
    }
    queue_.done(tenant_id);
    if (me.on && me.on->is_broken()) disconnect(me, lock);
  }
  if (me.on) disconnect(me, lock);
}

pool::attempt_result pool::perform(worker& me, detail::work& work, const std::optional<failure>& missing) {
  std::optional<failure> why = missing;
  if (!why) {
    try {
      run_once(*me.on, work);
    } catch (const database_error& error) {
      const bool lost = error.why().kind == failure_kind::unavailable;
      const int limit = lost ? database::max_retries_when_lost : database::max_retries;
      if (error.is_repeatable() && work.tries++ < limit) return attempt_result::again;
      why = error.why();
    } catch (const std::exception& error) {
      why = failure{failure_kind::bug, std::string{"a database job threw: "} + error.what(), ""};
    } catch (...) {
      why = failure{failure_kind::bug, "a database job threw", ""};
    }
    if (why) log_failure(work, *why);
  }
  if (!why && options_.on_events) {
    for (const auto& tenant_id : work.has_events) options_.on_events(tenant_id);
  }
  going_on = this;
  answer(work, why);
  going_on = nullptr;
  return why ? attempt_result::failed : attempt_result::done;
}

// --- time-outs, counters, the end ------------------------------------------------------------------------------------

void pool::start_watching() {
  if (watching_) return;
  watching_ = true;
  watch_call_.notify_one();
}

void pool::watch() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    const auto oldest = queue_.oldest();
    if (!oldest) {
      watching_ = false;
      watch_call_.wait(lock, [this] { return watching_ || stopping_; });
      continue;
    }
    const auto until = *oldest + options_.queue_timeout;
    if (std::chrono::steady_clock::now() <= until) {
      watch_call_.wait_until(lock, until, [this] { return stopping_; });
      continue;
    }
    const auto late = queue_.take_oldest();
    ++counters_.expired;
    ++counters_.failed;
    lock.unlock();
    answer(*late, expired_failure());
    lock.lock();
  }
}

database::counters pool::count() const {
  const std::lock_guard lock{mutex_};
  auto now = counters_;
  now.queue_depth = queue_.size();
  return now;
}

void pool::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    idle_.clear();
    for (const auto& each : workers_) each->call.notify_one();
    watch_call_.notify_one();
  }
  for (const auto& each : workers_) {
    if (each->thread.joinable()) each->thread.join();
  }
  if (watcher_.joinable()) watcher_.join();
}

}  // namespace pulse::persistence
