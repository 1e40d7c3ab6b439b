#include "persistence/budgets/app_budgets.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::persistence::app_budgets {

namespace {

struct stored {
  base::timestamp now;
  bool lets_go = true;
  int posts = 1;
  std::int64_t window_ms = 1;
  int burst = 1;
  base::timestamp asked_at;
  base::timestamp base_at;
  std::vector<base::timestamp> slots;
  base::timestamp last_at;
  base::timestamp blocked_until;
  std::int64_t spread_us = 0;
  base::timestamp spread_until;
};
BOOST_DESCRIBE_STRUCT(stored, (),
                      (now, lets_go, posts, window_ms, burst, asked_at, base_at, slots, last_at, blocked_until,
                       spread_us, spread_until))

// A process that stops while it holds the row's lock keeps all others waiting: not for as long as other transactions
// may be idle.
constexpr statement lock_budget{"lock_app_budget", R"sql(
  SELECT coalesce($2::timestamptz, clock_timestamp()) AS now,
         set_config('idle_in_transaction_session_timeout', '2s', true) IS NOT NULL AS lets_go,
         posts, window_ms, burst, asked_at, base_at, slots, last_at, blocked_until, spread_us, spread_until
  FROM app_budgets WHERE key = $1 FOR NO KEY UPDATE)sql"};

constexpr statement insert_budget{"insert_app_budget", R"sql(
  INSERT INTO app_budgets (key, posts, window_ms, burst, asked_at, base_at, slots, last_at, blocked_until, spread_us, spread_until)
  VALUES ($1, 1, 1, 1, 'epoch', 'epoch', '{}', 'epoch', 'epoch', 0, 'epoch') ON CONFLICT (key) DO NOTHING)sql"};

constexpr statement update_budget{"update_app_budget", R"sql(
  UPDATE app_budgets SET posts = $2, window_ms = $3, burst = $4, asked_at = $5, base_at = $6, slots = $7::timestamptz[], last_at = $8,
    blocked_until = $9, spread_us = $10, spread_until = $11 WHERE key = $1)sql"};

domain::app_budget read(const stored& row) {
  domain::app_budget budget;
  budget.counted_by = {row.posts, std::chrono::milliseconds{row.window_ms}, row.burst};
  budget.asked_at = row.asked_at;
  budget.base = row.base_at;
  budget.slots = row.slots;
  budget.last = row.last_at;
  budget.told = {row.blocked_until, std::chrono::microseconds{row.spread_us}, row.spread_until};
  return budget;
}

}  // namespace

domain::slot_grant ask(transaction& tx, const std::string& key, const domain::slot_request& question,
                       std::optional<base::timestamp> now) {
  auto found = tx.execute(lock_budget, key, now).first<stored>();
  if (!found) {
    tx.queue(insert_budget, key);
    found = tx.execute(lock_budget, key, now).first<stored>();
  }
  auto row = read(found.value());
  auto grant = domain::grant_slots(row, question, found->now);
  const auto& by = row.counted_by;
  tx.queue(update_budget, key, by.limit, by.window.count(), by.burst, row.asked_at, row.base, row.slots, row.last,
           row.told.blocked_until, row.told.interval.count(), row.told.until);
  return grant;
}

}  // namespace pulse::persistence::app_budgets
