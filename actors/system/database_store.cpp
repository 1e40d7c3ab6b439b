#include "actors/system/database_store.hpp"

#include <unordered_set>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/system/lease.hpp"
#include "persistence/campaigns/rule_agenda.hpp"
#include "persistence/engine/ownership.hpp"

namespace pulse::actors {

namespace {

/// Tenants that one sweep wakes; the next one wakes the next.
constexpr int most_tenants_in_sweep = 10'000;
/// How far back a new owner reads earlier attempts: the longest budget is of a day. For each account, because accounts
/// have separate budgets.
constexpr std::chrono::hours starts_remembered{24};
constexpr int most_starts_of_budget = 10'000;

store::past read_past(persistence::transaction& tx, const base::uuid& tenant_id, base::timestamp now) {
  return {persistence::select_starts(tx, tenant_id, now - starts_remembered, now, most_starts_of_budget),
          persistence::rate_limits::select_blocks(tx, tenant_id, now)};
}

void log_failure(std::string_view doing, const persistence::failure& why) {
  spdlog::warn("the engine could not {}: {}", doing, why.detail);
}

/// Calls `done` with the value in a shared pointer, or with null and a line in the log.
template <class T>
auto shared_or_null(std::string_view doing, std::function<void(std::shared_ptr<T>)> done) {
  return [doing, done = std::move(done)](persistence::result<T> answer) {
    if (answer.has_error()) {
      log_failure(doing, answer.error());
      return done(nullptr);
    }
    done(std::make_shared<T>(std::move(*answer)));
  };
}

/// How far `clock` is from the server's.
clock_gap gap_to_server(persistence::transaction& tx, const base::clock& clock) {
  const auto before = clock.now();
  const auto server = persistence::server_time(tx);
  return clock_gap::between(before, server, clock.now());
}

}  // namespace

database_store::database_store(persistence::database& on, const base::clock& clock, identity who)
    : database_(on), clock_(clock), who_(std::move(who)), ledger_(on, who_.node_id, {}), wake_ups_(on) {}

void database_store::take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, node_id = who_.node_id, now = clock_.now()](persistence::transaction& tx) {
        taken answer{.answered = true,
                     .fence = persistence::take_tenant(tx, tenant_id, node_id, now),
                     .owner = node_id,
                     .starts = nullptr,
                     .blocks = nullptr};
        if (!answer.fence) {
          answer.owner = persistence::owner_of(tx, tenant_id);
        } else {
          auto known = read_past(tx, tenant_id, now);
          answer.starts = std::make_shared<std::vector<persistence::past_start>>(std::move(known.starts));
          answer.blocks = std::make_shared<std::vector<persistence::rate_limits::block>>(std::move(known.blocks));
        }
        return answer;
      },
      [done = std::move(done)](persistence::result<taken> answer) {
        if (answer.has_error()) {
          log_failure("take a tenant", answer.error());
          return done({});
        }
        done(std::move(*answer));
      });
}

void database_store::load_past(const base::uuid& tenant_id, std::function<void(std::shared_ptr<past>)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, now = clock_.now()](persistence::transaction& tx) { return read_past(tx, tenant_id, now); },
      shared_or_null<past>("read what counts against a tenant's budgets", std::move(done)));
}

void database_store::load_agenda(const base::uuid& tenant_id, std::int64_t fence, const persistence::agenda_part& part,
                                 std::function<void(std::shared_ptr<persistence::agenda_rows>)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, node_id = who_.node_id, fence, part](persistence::transaction& tx) {
        persistence::agenda_rows rows;
        rows.entries = persistence::select_agenda(tx, tenant_id, node_id, fence, part);
        rows.limits = persistence::select_limits(tx, tenant_id);
        rows.apps = persistence::select_own_apps(tx, tenant_id);
        rows.has_rules = persistence::rule_agenda::find_need(tx, tenant_id).has_value();
        return rows;
      },
      shared_or_null<persistence::agenda_rows>("read a tenant's agenda", std::move(done)));
}

void database_store::claim(persistence::intent what, persistence::delivery_ledger::claim_done done) {
  ledger_.claim(std::move(what), std::move(done));
}

void database_store::record(std::shared_ptr<const persistence::delivery_change> what,
                            persistence::delivery_ledger::record_done done) {
  ledger_.record(std::move(what), std::move(done));
}

void database_store::keep_handles(persistence::intent of, persistence::attempt_handles handles,
                                  std::function<void(bool)> done) {
  database_.transact(
      std::nullopt,
      [of = std::move(of), handles = std::move(handles), node_id = who_.node_id](persistence::transaction& tx) {
        return persistence::keep_handles(tx, node_id, of, handles);
      },
      [done = std::move(done)](persistence::result<bool> answer) {
        if (answer.has_error()) log_failure("keep what a platform has given", answer.error());
        done(answer.has_value() && *answer);
      });
}

void database_store::find_content(const base::uuid& tenant_id, const base::uuid& delivery_id,
                                  std::function<void(std::shared_ptr<persistence::claimed_content>)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, delivery_id](persistence::transaction& tx) {
        return persistence::find_content(tx, tenant_id, delivery_id);
      },
      [done = std::move(done)](persistence::result<std::optional<persistence::claimed_content>> answer) {
        if (answer.has_error()) log_failure("read what a delivery was to publish", answer.error());
        if (answer.has_error() || !*answer) return done(nullptr);
        done(std::make_shared<persistence::claimed_content>(std::move(**answer)));
      });
}

void database_store::tenants_with_work(base::timestamp until,
                                       std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) {
  database_.transact(
      std::nullopt,
      [until, node_id = who_.node_id, now = clock_.now()](persistence::transaction& tx) {
        auto found = persistence::tenants_with_work(tx, node_id, until, now, most_tenants_in_sweep);
        const std::unordered_set<base::uuid> known{found.begin(), found.end()};
        for (const auto& each :
             persistence::rule_agenda::tenants_with_rules(tx, node_id, until, now, most_tenants_in_sweep)) {
          if (!known.contains(each)) found.push_back(each);
        }
        return found;
      },
      shared_or_null<std::vector<base::uuid>>("look for tenants with work", std::move(done)));
}

void database_store::enter(std::function<void(entry_answer)> done) {
  database_.transact(
      std::nullopt,
      [who = who_, &clock = clock_, now = clock_.now()](persistence::transaction& tx) {
        entry_answer answer{.word = entry_word::done, .clock = gap_to_server(tx, clock)};
        if (answer.clock.at_least() > clock_gap::unbearable) {
          answer.word = entry_word::clock_apart;
          return answer;
        }
        persistence::bury_nodes(tx, who.dead);
        persistence::register_node(tx, who.node_id, who.name, now + lease::length, now);
        return answer;
      },
      [done = std::move(done), buried = who_.buried](persistence::result<entry_answer> answer) {
        if (answer.has_error()) {
          log_failure("enter as a node", answer.error());
          return done({});
        }
        if (answer->word == entry_word::done && buried) buried();
        done(*answer);
      });
}

void database_store::renew_lease(int tenants, std::function<void(lease_answer)> done) {
  database_.transact(
      std::nullopt,
      [node_id = who_.node_id, tenants, &clock = clock_, now = clock_.now()](persistence::transaction& tx) {
        lease_answer answer;
        answer.word = persistence::renew_lease(tx, node_id, now + lease::length, tenants) ? lease_word::renewed
                                                                                          : lease_word::over;
        answer.ends = persistence::lease_ends(tx, node_id, now + lease::ends_ahead);
        answer.others = persistence::other_shares(tx, node_id, now);
        answer.clock = gap_to_server(tx, clock);
        return answer;
      },
      [this, done = std::move(done)](persistence::result<lease_answer> answer) {
        if (answer.has_error()) {
          log_failure("renew its lease", answer.error());
          return done({});
        }
        wake_ups_.retry();  // the database answers: what could not be told goes out now
        done(std::move(*answer));
      });
}

void database_store::hand_over(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& to,
                               std::function<void(bool)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, node_id = who_.node_id, fence, to, now = clock_.now()](persistence::transaction& tx) {
        return persistence::hand_over(tx, tenant_id, node_id, fence, to, now);
      },
      [this, tenant_id, to, done = std::move(done)](persistence::result<bool> answer) {
        if (answer.has_error()) log_failure("hand a tenant over", answer.error());
        const bool is_handed = answer.has_value() && *answer;
        if (is_handed) wake_ups_.notify(to, tenant_id);
        done(is_handed);
      });
}

void database_store::leave(persistence::transaction& tx) const { persistence::release_node(tx, who_.node_id); }

void database_store::append_event(persistence::events::event what) {
  database_.transact(
      std::nullopt, [what = std::move(what)](persistence::transaction& tx) { persistence::events::append(tx, what); },
      [](persistence::result<void> answer) {
        if (answer.has_error()) log_failure("tell people of a channel", answer.error());
      });
}

void database_store::notify_owner(const base::uuid& node_id, const base::uuid& tenant_id) {
  wake_ups_.notify(node_id, tenant_id);
}

}  // namespace pulse::actors
