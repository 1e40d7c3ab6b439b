#include "actors/database_store.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "actors/lease.hpp"
#include "persistence/ownership.hpp"

namespace pulse::actors {

namespace {

/// Tenants that one sweep wakes; the next one wakes the next.
constexpr int most_tenants_in_sweep = 10'000;

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

}  // namespace

database_store::database_store(persistence::database& on, const base::clock& clock, identity who)
    : database_(on), clock_(clock), who_(std::move(who)), ledger_(on, who_.node_id, {}) {}

void database_store::take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, node_id = who_.node_id, now = clock_.now()](persistence::transaction& tx) {
        return persistence::take_tenant(tx, tenant_id, node_id, now);
      },
      [done = std::move(done)](persistence::result<std::optional<std::int64_t>> answer) {
        if (answer.has_error()) {
          log_failure("take a tenant", answer.error());
          return done({});
        }
        done({.answered = true, .fence = *answer});
      });
}

void database_store::load_agenda(const base::uuid& tenant_id, std::int64_t fence, base::timestamp until, int limit,
                                 std::function<void(std::shared_ptr<std::vector<persistence::agenda_entry>>)> done) {
  database_.transact(
      std::nullopt,
      [tenant_id, node_id = who_.node_id, fence, until, limit](persistence::transaction& tx) {
        return persistence::select_agenda(tx, tenant_id, node_id, fence, until, limit);
      },
      shared_or_null<std::vector<persistence::agenda_entry>>("read a tenant's agenda", std::move(done)));
}

void database_store::claim(persistence::intent what, persistence::delivery_ledger::claim_done done) {
  ledger_.claim(std::move(what), std::move(done));
}

void database_store::record(persistence::change what, persistence::delivery_ledger::record_done done) {
  ledger_.record(std::move(what), std::move(done));
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
        return persistence::tenants_with_work(tx, node_id, until, now, most_tenants_in_sweep);
      },
      shared_or_null<std::vector<base::uuid>>("look for tenants with work", std::move(done)));
}

void database_store::enter(std::function<void(bool)> done) {
  database_.transact(
      std::nullopt,
      [who = who_, now = clock_.now()](persistence::transaction& tx) {
        auto gone = who.dead;
        gone.push_back(who.node_id);  // an earlier lease of our own
        persistence::bury_nodes(tx, gone);
        persistence::register_node(tx, who.node_id, who.name, now + lease::length, now);
      },
      [done = std::move(done), buried = who_.buried](persistence::result<void> answer) {
        if (answer.has_error()) log_failure("enter as a node", answer.error());
        if (answer.has_value() && buried) buried();
        done(answer.has_value());
      });
}

void database_store::renew_lease(std::function<void(lease_word)> done) {
  database_.transact(
      std::nullopt,
      [node_id = who_.node_id, now = clock_.now()](persistence::transaction& tx) {
        return persistence::renew_lease(tx, node_id, now + lease::length, now);
      },
      [done = std::move(done)](persistence::result<bool> answer) {
        if (answer.has_error()) {
          log_failure("renew its lease", answer.error());
          return done(lease_word::no_answer);
        }
        done(*answer ? lease_word::renewed : lease_word::over);
      });
}

void database_store::leave(persistence::transaction& tx) const { persistence::release_node(tx, who_.node_id); }

void database_store::tell_degraded(const base::uuid& tenant_id, const base::uuid& channel_id) {
  database_.transact(
      std::nullopt,
      [tenant_id, channel_id, now = clock_.now()](persistence::transaction& tx) {
        persistence::append_channel_event(
            tx, tenant_id, channel_id, "ChannelDegraded",
            "The channel keeps failing inside Pulse and is left alone for a minute; what waits will "
            "be sent then. Please tell the operator.",
            now);
      },
      [](persistence::result<void> answer) {
        if (answer.has_error()) log_failure("tell that a channel is degraded", answer.error());
      });
}

}  // namespace pulse::actors
