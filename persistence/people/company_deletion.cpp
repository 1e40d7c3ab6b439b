#include "persistence/people/company_deletion.hpp"

#include "persistence/publishing/pauses.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::company_deletion {

namespace {

constexpr statement count_waiting{"count_waiting_deliveries", R"sql(
  SELECT count(*) FROM deliveries WHERE tenant_id = pulse_tenant() AND state = 'waiting')sql"};

constexpr statement close_one{"close_company", "SELECT pulse_close_company($1::timestamptz)"};

constexpr statement erase_some{"erase_companies", "SELECT pulse_erase_companies($1::timestamptz, $2::integer)"};

constexpr statement erase_those{"erase_rows_of_company",
                                "SELECT pulse_erase_rows($1::uuid, $2::timestamptz, $3::integer)"};

}  // namespace

std::optional<closing> close(transaction& tx, base::timestamp now) {
  lock_tenant(tx);
  closing made;
  made.withdrawn = tx.execute(count_waiting).get<std::int64_t>(0, 0);
  made.under_way = pauses::find_under_way(tx, std::nullopt, std::nullopt).total;
  if (!tx.execute(close_one, now).get<bool>(0, 0)) return std::nullopt;
  return made;
}

int erase(transaction& tx, base::timestamp now, int limit) { return tx.execute(erase_some, now, limit).get<int>(0, 0); }

int erase_rows(transaction& tx, const base::uuid& company_id, base::timestamp now, int limit) {
  return tx.execute(erase_those, company_id, now, limit).get<int>(0, 0);
}

}  // namespace pulse::persistence::company_deletion
