#include "persistence/people/mail_outbox.hpp"

namespace pulse::persistence::mail_outbox {

namespace {

constexpr statement insert_one{"insert_mail", R"sql(
  INSERT INTO mail_outbox (tenant_id, id, recipient, subject, body, next_try_at, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $5))sql"};

constexpr statement take_due{"take_mails", R"sql(
  UPDATE mail_outbox o SET next_try_at = $2, tries = o.tries + 1
  FROM (SELECT tenant_id, id FROM mail_outbox WHERE next_try_at <= $1::timestamptz
        ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
  WHERE o.tenant_id = due.tenant_id AND o.id = due.id
  RETURNING o.tenant_id, o.id, o.recipient, o.subject, o.body, o.tries, o.created_at)sql"};

constexpr statement remove_one{"remove_mail", "DELETE FROM mail_outbox WHERE tenant_id = $1 AND id = $2"};

constexpr statement put_one_back{"put_mail_back", R"sql(
  UPDATE mail_outbox SET next_try_at = $3, last_problem = $4 WHERE tenant_id = $1 AND id = $2)sql"};

secret_place place_of(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "mail_outbox", .row_id = id, .column = "body"};
}

}  // namespace

void insert(transaction& tx, const mail& made, const secret_box& box, base::timestamp now) {
  const bytes sealed{box.seal(made.text, place_of(tx.tenant_id().value_or(base::uuid{}), made.id))};
  tx.queue(insert_one, made.id, made.recipient, made.subject, sealed, now);
}

std::optional<std::string> open_text(const taken& from, const secret_box& box) {
  auto opened = box.open(from.body.value, place_of(from.tenant_id, from.id));
  if (opened.has_error()) return std::nullopt;
  return std::move(*opened);
}

std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at) {
  return tx.execute(take_due, now, again_at, batch).all<taken>();
}

void remove(transaction& tx, const taken& sent) { tx.queue(remove_one, sent.tenant_id, sent.id); }

void put_back(transaction& tx, const taken& unsent, std::optional<base::timestamp> again_at,
              const std::string& problem) {
  tx.queue(put_one_back, unsent.tenant_id, unsent.id, again_at, problem);
}

}  // namespace pulse::persistence::mail_outbox
