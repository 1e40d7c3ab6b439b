#include "persistence/secrets/rotation.hpp"

#include <array>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::persistence {

namespace {

/// A column that holds what a secret box sealed. Its rows are named by the tenant and an id.
struct sealed_column {
  std::string_view table;
  std::string_view column;
  statement read;   // the rows with a value after (tenant, id): $1, $2; $3 of them. A token that was purged is empty
  statement write;  // $4 where the value is still $3
};

#define PULSE_SEALED_COLUMN(TABLE, ID, COLUMN)                                                                   \
  sealed_column {                                                                                                \
#TABLE, #COLUMN,                                                                                             \
        {"read_sealed_" #TABLE "_" #COLUMN,                                                                      \
         "SELECT tenant_id, " #ID " AS id, " #COLUMN " AS sealed FROM " #TABLE " WHERE (tenant_id, " #ID         \
         ") > ($1, $2) AND octet_length(" #COLUMN ") > 0 ORDER BY tenant_id, " #ID " LIMIT $3" },                \
         {"seal_again_" #TABLE "_" #COLUMN,                                                                      \
          "UPDATE " #TABLE " SET " #COLUMN " = $4 WHERE tenant_id = $1 AND " #ID " = $2 AND " #COLUMN " = $3" }, \
  }

/// All of them; a test looks for bytea columns that are missing here. Begun connections (oauth_states) and sign-ins
/// (browser_logins) are not among them: they live for ten and five minutes, for which the older key must stay in the
/// ring anyway.
constexpr std::array columns{
    PULSE_SEALED_COLUMN(accounts, id, access_token),
    PULSE_SEALED_COLUMN(social_accounts, id, access_token),
    PULSE_SEALED_COLUMN(social_accounts, id, refresh_token),
    PULSE_SEALED_COLUMN(token_revocations, id, access_token),
    PULSE_SEALED_COLUMN(token_revocations, id, refresh_token),
    PULSE_SEALED_COLUMN(mail_outbox, id, body),
    PULSE_SEALED_COLUMN(second_factors, member_id, secret),
    PULSE_SEALED_COLUMN(instance_apps, id, client_secret),
    PULSE_SEALED_COLUMN(provider_apps, id, client_secret),
    PULSE_SEALED_COLUMN(identity_providers, id, client_secret),
    PULSE_SEALED_COLUMN(chat_hooks, id, address),
    PULSE_SEALED_COLUMN(chat_outbox, id, body),
    PULSE_SEALED_COLUMN(site_hooks, channel_id, address),
    PULSE_SEALED_COLUMN(site_hooks, channel_id, secret),
    PULSE_SEALED_COLUMN(browser_sessions, id, cookies),
};

#undef PULSE_SEALED_COLUMN

struct sealed_row {
  base::uuid tenant_id;
  base::uuid id;
  bytes sealed;
};
BOOST_DESCRIBE_STRUCT(sealed_row, (), (tenant_id, id, sealed))

void seal_again(transaction& tx, const sealed_column& column, const sealed_row& row, const secret_box& box,
                rotation_report& report) {
  if (!box.needs_sealing(row.sealed.value)) {
    ++report.already;
    return;
  }
  const secret_place place{
      .tenant_id = row.tenant_id, .table = column.table, .row_id = row.id, .column = column.column};
  const auto plain = box.open(row.sealed.value, place);
  if (plain.has_error()) {
    ++report.unreadable;
    return;
  }
  tx.queue(column.write, row.tenant_id, row.id, row.sealed, bytes{box.seal(*plain, place)});
  ++report.sealed_again;
}

/// The rows of one column; `after` is moved on past them. Fewer than `rotation_batch`: there are no more.
result<std::size_t> rotate_batch(database& engine, const sealed_column& column, const secret_box& box,
                                 rotation_report& report, sealed_row& after) {
  const auto before = report;
  return engine.transact_now(std::nullopt, [&](transaction& tx) {
    report = before;  // a transaction may be run again
    const auto found = tx.execute(column.read, after.tenant_id, after.id, rotation_batch).template all<sealed_row>();
    for (const auto& row : found) seal_again(tx, column, row, box, report);
    if (!found.empty()) after = found.back();
    return found.size();
  });
}

std::string name_of(const sealed_column& column) {
  return std::string{column.table} + '.' + std::string{column.column};
}

}  // namespace

std::vector<std::string> sealed_columns() {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const auto& each : columns) names.push_back(name_of(each));
  return names;
}

result<rotation_report> rotate_keys(database& engine, const secret_box& box,
                                    const std::function<void(std::string_view, const rotation_report&)>& tell) {
  rotation_report total;
  for (const auto& column : columns) {
    rotation_report report;
    sealed_row after;
    for (bool is_more = true; is_more;) {
      const auto read = rotate_batch(engine, column, box, report, after);
      if (read.has_error()) return read.error();
      is_more = *read == static_cast<std::size_t>(rotation_batch);
    }
    tell(name_of(column), report);
    total.sealed_again += report.sealed_again;
    total.already += report.already;
    total.unreadable += report.unreadable;
  }
  return total;
}

}  // namespace pulse::persistence
