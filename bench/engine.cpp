// Deliveries a second through the real engine: actors, group commit and PostgreSQL, with a platform in the process that
// takes everything at once. Every intent, outcome and event is committed as in production.
//
//   bench_engine --database URL [--deliveries 100000] [--tenants 1000] [--channels 4] [--rounds 3]
//                [--rate PER_SECOND]   paced: due times are spread evenly; how late each call began is reported
//                [--idle SECONDS]      due after that; reports the memory of awake (< 150) or sleeping tenants
//                [--connections 4]
//                [--watched 0]         so many tenants have a watcher of everything: the hubs of the live stream
//                [--swept SECONDS]     meanwhile the audit's sealer runs, and sweeps up the engine's events so often
//
// The database must be migrated and this program's own: it is filled with tenants. Prints one JSON object. Ends with 1
// when any delivery is not published exactly once with its attempt and its event.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "actors/system/actor_engine.hpp"
#include "actors/system/database_store.hpp"
#include "actors/system/node.hpp"
#include "bench/support/engine_load.hpp"
#include "bench/support/engine_watchers.hpp"
#include "bench/support/process_cost.hpp"
#include "config/descriptors.hpp"
#include "persistence/audit/sealer.hpp"

namespace pulse::bench {

namespace {

using namespace std::chrono_literals;

struct options {
  std::string database_url;
  load_shape shape;
  int rounds = 3;
  int rate = 0;          // a second; 0: everything is due at once
  int idle_seconds = 0;  // above 0: nothing is due before
  unsigned connections = 4;
  int watched = 0;        // tenants
  int swept_every_s = 0;  // 0: nobody sweeps
};

/// A platform that takes everything at once, on the thread that calls it, and notes how late the call began.
class null_platform final : public connectors::connector {
 public:
  null_platform(const base::clock& clock, std::size_t expected) : clock_(clock), lateness_us_(expected) {}

  domain::channel_type type() const override { return domain::channel_type::website; }

  void publish(connectors::publication what, std::function<void(connectors::publish_reply)> done) override {
    const auto now = clock_.now();
    const auto place = taken_.fetch_add(1);
    if (place < lateness_us_.size()) lateness_us_[place] = (now - what.due_at).count();
    connectors::publish_reply reply;
    reply.outcome.kind = domain::outcome_kind::published;
    reply.outcome.external_id = base::to_string(what.delivery_id);
    reply.outcome.external_url = "https://null.example/posts/" + *reply.outcome.external_id;
    reply.outcome.http_status = 201;
    reply.first_byte_at = now;
    reply.duration = 1us;
    done(std::move(reply));
  }

  void reconcile(connectors::publication, std::function<void(domain::reconciliation)> done) override {
    done({.kind = domain::reconciliation_kind::absent, .reason = "the null platform keeps nothing"});
  }

  std::size_t taken() const { return taken_; }
  std::vector<std::int64_t> lateness_us() const {
    auto sorted = lateness_us_;
    sorted.resize(std::min(sorted.size(), taken()));
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }

 private:
  const base::clock& clock_;
  std::atomic<std::size_t> taken_{0};
  std::vector<std::int64_t> lateness_us_;
};

double random_unit() {
  thread_local std::mt19937_64 source{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(source);
}

/// The engine as main.cpp wires it, on one node of its own, with the null platform.
class running_engine {
 public:
  running_engine(const options& how, const base::clock& clock, std::size_t expected,
                 const std::vector<base::uuid>& watched = {})
      : database_(database_options(how)),
        watched_(watched_options(how)),
        rows_(database_, clock, {base::new_uuid(clock.now()), "bench_engine", {}}),
        services_{clock,       rows_,       platforms_,
                  lease_,      app_limits_, [](const auto&) { return base::secret{"token"}; },
                  random_unit, {}} {
    auto platform = std::make_unique<null_platform>(clock, expected);
    platform_ = platform.get();
    platforms_.add(std::move(platform));
    database_.ping_now();
    if (!watched.empty()) begin_watching(watched, clock);
    engine_.emplace(services_, lease_, actors::actor_engine::options{});
    if (how.swept_every_s > 0) begin_sweeping(std::chrono::seconds{how.swept_every_s}, clock);
  }

  ~running_engine() {
    sealer_.reset();
    engine_->stop(8s);
    hubs_ = nullptr;
    if (watchers_) watchers_->stop();
    watched_.stop();
    watchers_.reset();
    database_.transact_now(std::nullopt, [this](persistence::transaction& tx) { rows_.leave(tx); });
    database_.stop();
  }

  const null_platform& platform() const { return *platform_; }
  persistence::delivery_ledger::counters writes() const { return rows_.count(); }
  persistence::database::counters jobs() const { return database_.count(); }
  /// Null: nobody watches.
  const engine_watchers* watchers() const { return watchers_ ? &*watchers_ : nullptr; }

 private:
  void begin_watching(const std::vector<base::uuid>& tenants, const base::clock& clock) {
    watchers_.emplace(watched_, clock);
    watchers_->watch(tenants);
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!watchers_->is_watching()) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error{"not everybody watches after a minute"};
      std::this_thread::sleep_for(1ms);
    }
    hubs_ = &*watchers_;
  }

  void begin_sweeping(std::chrono::seconds every, const base::clock& clock) {
    const base::signing_key key{base::secret{"the key of a measurement"}, "bench"};
    sealer_.emplace(watched_, clock, key, persistence::audit::sealer::options{.sweep_every = every});
  }

  persistence::database::options database_options(const options& how) {
    persistence::database::options made;
    made.url = how.database_url;
    made.as = persistence::role::engine;
    made.connections = how.connections;
    made.application_name = "pulse engine";
    made.on_events = [this](const base::uuid& tenant_id) {
      if (auto* const hubs = hubs_.load()) hubs->wake(tenant_id);
    };
    return made;
  }

  /// As service/options has them.
  static persistence::database::options watched_options(const options& how) {
    persistence::database::options made;
    made.url = how.database_url;
    made.as = persistence::role::engine;
    made.connections = config::live_stream_connections;
    made.application_name = "pulse live stream";
    return made;
  }

  std::atomic<engine_watchers*> hubs_{nullptr};  // once everybody watches
  persistence::database database_;
  persistence::database watched_;
  std::optional<engine_watchers> watchers_;
  connectors::connector_registry platforms_;
  null_platform* platform_ = nullptr;
  actors::database_store rows_;
  actors::lease lease_;
  actors::local_app_budgets app_limits_;
  actors::services services_;
  std::optional<actors::actor_engine> engine_;
  std::optional<persistence::audit::sealer> sealer_;
};

/// Waits until `holds`, looking often; throws when it takes longer than any machine needs.
template <class Condition>
void wait_until(Condition holds, std::chrono::seconds limit = 300s) {
  const auto patience = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > patience) throw std::runtime_error{"the engine has not finished in time"};
    std::this_thread::sleep_for(500us);
  }
}

double seconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double in_ms(const std::vector<std::int64_t>& sorted_us, double quantile) {
  if (sorted_us.empty()) return 0;
  const auto last = static_cast<double>(sorted_us.size() - 1);
  return static_cast<double>(sorted_us[static_cast<std::size_t>(quantile * last)]) / 1000.0;
}

boost::json::object lateness_of(const std::vector<std::int64_t>& sorted_us) {
  return {{"p50", in_ms(sorted_us, 0.5)},
          {"p90", in_ms(sorted_us, 0.9)},
          {"p99", in_ms(sorted_us, 0.99)},
          {"max", in_ms(sorted_us, 1)}};
}

/// Until whoever watches has been told everything, once; the seconds that it took.
double await_watchers(const running_engine& engine, std::size_t expected) {
  const auto* const watchers = engine.watchers();
  if (watchers == nullptr) return 0;
  const auto begun = std::chrono::steady_clock::now();
  wait_until([&] { return watchers->told() >= expected || watchers->is_broken(); });
  std::this_thread::sleep_for(600ms);  // every hub looks once more
  if (watchers->is_broken() || watchers->told() != expected)
    throw std::runtime_error{"who watches was not told everything, once"};
  return seconds_since(begun) - 0.6;
}

/// One round: a batch of deliveries from filled to all published.
boost::json::object drain(const options& how, const base::clock& clock, engine_load& load) {
  const std::size_t count = load.post_count() * static_cast<std::size_t>(how.shape.channels);
  const auto due = clock.now() + (how.rate > 0 ? load.time_to_fill() : 0us);
  load.fill(due, how.rate > 0 ? std::chrono::microseconds{1'000'000LL * how.shape.channels / how.rate} : 0us);
  const process_cost own_before = own_cost();
  const process_cost server_before = load.server_cost();
  const auto begun = std::chrono::steady_clock::now();
  running_engine engine{how, clock, count, load.some_tenants(how.watched)};
  const auto watched_after = seconds_since(begun);
  wait_until([&] { return engine.platform().taken() > 0; });
  const auto first_call = seconds_since(begun);
  wait_until([&] {
    const auto done = engine.writes();
    return done.writes - done.refused >= 2 * count;
  });
  const auto took = seconds_since(begun);
  const auto own = own_cost() - own_before;
  const auto server = load.server_cost() - server_before;
  const auto written = engine.writes();
  const auto heard_after = await_watchers(engine, load.deliveries_of(how.watched));
  load.verify(count, engine.platform().taken());
  const auto each = [count](double total) { return total / static_cast<double>(count); };
  boost::json::object result{
      {"deliveries", count},
      {"seconds", took - watched_after},
      {"per_second", static_cast<double>(count) / (took - watched_after)},
      {"per_second_after_first_call", static_cast<double>(count) / (took - first_call)},
      {"first_call_after_ms", (first_call - watched_after) * 1000},
      {"commits", written.commits},
      {"writes_per_commit", static_cast<double>(written.writes) / static_cast<double>(written.commits)},
      {"refused", written.refused},
      {"engine_cpu_us", each(own.cpu_us)},
      {"postgres_cpu_us", each(server.cpu_us)},
      {"peak_memory_mib", own_peak_memory() / 1048576.0},
  };
  if (how.watched > 0) result["watchers_had_all_after_ms"] = heard_after * 1000;
  if (how.rate > 0) result["lateness_ms"] = lateness_of(engine.platform().lateness_us());
  return result;
}

/// The memory of tenants whose deliveries are not due yet.
boost::json::object rest(const options& how, const base::clock& clock, engine_load& load) {
  const auto tenants = static_cast<std::uint64_t>(how.shape.tenants);
  load.fill(clock.now() + std::chrono::seconds{how.idle_seconds}, 0us);
  const auto before = own_memory();
  const auto begun = std::chrono::steady_clock::now();
  running_engine engine{how, clock, 0};
  // Entering, the look for work, and for each tenant that is awake the taking and the agenda.
  const bool awake = std::chrono::seconds{how.idle_seconds} < actors::node_state::sweep_ahead;
  const std::uint64_t jobs = 3 + (awake ? 2 * tenants : 0);
  wait_until([&] {
    const auto now = engine.jobs();
    return now.jobs >= jobs && now.connections_busy == 0 && now.queue_depth == 0;
  });
  const auto took = seconds_since(begun);
  const auto grown = static_cast<double>(own_memory()) - static_cast<double>(before);
  return {{"tenants", tenants},
          {"awake", awake},
          {"deliveries", load.post_count() * static_cast<std::size_t>(how.shape.channels)},
          {"ready_after_ms", took * 1000},
          {"memory_mib", grown / 1048576.0},
          {"memory_of_a_tenant_kib", grown / 1024.0 / static_cast<double>(tenants)}};
}

int number(std::string_view text, int least) {
  int value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || value < least) {
    throw std::invalid_argument{"\"" + std::string{text} + "\" is not a number of at least " + std::to_string(least)};
  }
  return value;
}

options read_options(int count, char** arguments) {
  options how;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view name{arguments[at]};
    const std::string_view value{arguments[at + 1]};
    if (name == "--database") {
      how.database_url = value;
    } else if (name == "--deliveries") {
      how.shape.deliveries = number(value, 1);
    } else if (name == "--tenants") {
      how.shape.tenants = number(value, 1);
    } else if (name == "--channels") {
      how.shape.channels = number(value, 1);
    } else if (name == "--rounds") {
      how.rounds = number(value, 1);
    } else if (name == "--rate") {
      how.rate = number(value, 1);
    } else if (name == "--idle") {
      how.idle_seconds = number(value, 1);
    } else if (name == "--connections") {
      how.connections = static_cast<unsigned>(number(value, 2));
    } else if (name == "--swept") {
      how.swept_every_s = number(value, 1);
    } else if (name == "--watched") {
      how.watched = number(value, 0);
    } else {
      throw std::invalid_argument{"there is no option " + std::string{name}};
    }
  }
  if (how.watched > how.shape.tenants) throw std::invalid_argument{"there are fewer tenants than are to be watched"};
  if (count % 2 == 0 || how.database_url.empty()) throw std::invalid_argument{"usage: bench_engine --database URL …"};
  return how;
}

}  // namespace
}  // namespace pulse::bench

int main(int count, char** arguments) {
  try {
    const auto how = pulse::bench::read_options(count, arguments);
    const pulse::base::system_clock clock;
    pulse::bench::engine_load load{how.database_url, how.shape, clock};
    boost::json::array rounds;
    for (int round = 0; round < how.rounds; ++round) {
      rounds.push_back(how.idle_seconds > 0 ? pulse::bench::rest(how, clock, load)
                                            : pulse::bench::drain(how, clock, load));
    }
    std::cout << boost::json::serialize(boost::json::object{{"tenants", how.shape.tenants},
                                                            {"channels", how.shape.channels},
                                                            {"rate", how.rate},
                                                            {"rounds", std::move(rounds)}})
              << '\n';
    return EXIT_SUCCESS;
  } catch (const std::exception& why) {
    std::cerr << "bench_engine: " << why.what() << '\n';
    return EXIT_FAILURE;
  }
}
