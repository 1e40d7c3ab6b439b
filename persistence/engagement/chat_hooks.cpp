#include "persistence/engagement/chat_hooks.hpp"

#include "base/json.hpp"

namespace pulse::persistence::chat_hooks {

namespace {

#define PULSE_CHAT_HOOK_COLUMNS \
  "h.id, h.kind, h.host, h.member_id IS NULL AS is_company, h.created_at, h.last_sent_at, h.problem, h.is_off"

constexpr statement select_of_member{"list_chat_hooks", "SELECT " PULSE_CHAT_HOOK_COLUMNS R"sql(
  FROM chat_hooks h WHERE h.tenant_id = pulse_tenant() AND (h.member_id = $1::uuid OR h.member_id IS NULL)
  ORDER BY h.member_id IS NULL, h.created_at, h.id LIMIT 100)sql"};

constexpr statement select_one{"find_chat_hook", "SELECT " PULSE_CHAT_HOOK_COLUMNS R"sql(
  FROM chat_hooks h WHERE h.tenant_id = pulse_tenant() AND h.id = $1::uuid AND h.member_id IS NOT DISTINCT FROM $2::uuid)sql"};

constexpr statement select_listening{"list_listening_chat_hooks", R"sql(
  SELECT id FROM chat_hooks WHERE tenant_id = pulse_tenant() AND member_id IS NOT DISTINCT FROM $1::uuid AND NOT is_off ORDER BY id LIMIT 5)sql"};

constexpr statement insert_one{"insert_chat_hook", R"sql(
  INSERT INTO chat_hooks (tenant_id, id, member_id, kind, host, address, created_at)
  SELECT pulse_tenant(), $1::uuid, $2::uuid, $3::text, $4::text, $5::bytea, $6::timestamptz
  WHERE (SELECT count(*) FROM chat_hooks WHERE tenant_id = pulse_tenant() AND member_id IS NOT DISTINCT FROM $2::uuid) < $7::bigint)sql"};

constexpr statement remove_one{"remove_chat_hook", R"sql(
  DELETE FROM chat_hooks WHERE tenant_id = pulse_tenant() AND id = $1::uuid AND member_id IS NOT DISTINCT FROM $2::uuid)sql"};

constexpr statement insert_message{"insert_chat_message", R"sql(
  INSERT INTO chat_outbox (tenant_id, id, hook_id, body, next_try_at, created_at) VALUES (pulse_tenant(), $1, $2, $3, $4, $4))sql"};

constexpr statement take_due{"take_chat_messages", R"sql(
  UPDATE chat_outbox o SET next_try_at = $2::timestamptz, tries = o.tries + 1
  FROM (SELECT q.tenant_id, q.id, h.kind, h.address FROM chat_outbox q JOIN chat_hooks h ON h.tenant_id = q.tenant_id AND h.id = q.hook_id
        WHERE q.next_try_at <= $1::timestamptz ORDER BY q.next_try_at LIMIT $3 FOR UPDATE OF q SKIP LOCKED) due
  WHERE o.tenant_id = due.tenant_id AND o.id = due.id
  RETURNING o.tenant_id, o.id, o.hook_id, due.kind, due.address, o.body, o.tries)sql"};

constexpr statement remove_message{"remove_chat_message", R"sql(
  DELETE FROM chat_outbox WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement note_end{"note_chat_message", R"sql(
  UPDATE chat_hooks SET problem = $3::text, is_off = is_off OR $4::boolean,
    last_sent_at = CASE WHEN $3::text IS NULL THEN $5::timestamptz ELSE last_sent_at END
  WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

constexpr statement put_one_back{"put_chat_message_back", R"sql(
  UPDATE chat_outbox SET next_try_at = $3::timestamptz WHERE tenant_id = $1::uuid AND id = $2::uuid)sql"};

secret_place address_of(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "chat_hooks", .row_id = id, .column = "address"};
}

secret_place body_of(const base::uuid& tenant_id, const base::uuid& id) {
  return {.tenant_id = tenant_id, .table = "chat_outbox", .row_id = id, .column = "body"};
}

}  // namespace

bound_query<chat_hook> list(const base::uuid& member_id) { return {select_of_member, member_id}; }

bound_query<chat_hook> find(const base::uuid& id, const std::optional<base::uuid>& member_id) {
  return {select_one, id, member_id};
}

bound_query<hook_id> list_listening(const std::optional<base::uuid>& member_id) {
  return {select_listening, member_id};
}

bool insert(transaction& tx, const new_hook& made, const secret_box& box, base::timestamp now) {
  const bytes sealed{box.seal(made.address, address_of(tx.tenant_id().value_or(base::uuid{}), made.id))};
  return tx.execute(insert_one, made.id, made.member_id, made.kind, made.host, sealed, now, most_hooks).affected() == 1;
}

bool remove(transaction& tx, const base::uuid& id, const std::optional<base::uuid>& member_id) {
  return tx.execute(remove_one, id, member_id).affected() == 1;
}

void queue_message(transaction& tx, const base::uuid& hook_id, const domain::chat_message& what, const secret_box& box,
                   base::timestamp now) {
  const auto id = base::new_uuid(now);
  std::string plain;
  base::json::write(plain, what);
  const bytes sealed{box.seal(plain, body_of(tx.tenant_id().value_or(base::uuid{}), id))};
  tx.queue(insert_message, id, hook_id, sealed, now);
}

std::optional<opened> open(const taken& from, const secret_box& box) {
  auto address = box.open(from.address.value, address_of(from.tenant_id, from.hook_id));
  const auto plain = box.open(from.body.value, body_of(from.tenant_id, from.id));
  if (address.has_error() || plain.has_error()) return std::nullopt;
  auto message = base::json::read<domain::chat_message>(*plain);
  if (message.has_error()) return std::nullopt;
  return opened{std::move(*address), std::move(*message)};
}

std::vector<taken> take(transaction& tx, base::timestamp now, base::timestamp again_at) {
  return tx.execute(take_due, now, again_at, batch).all<taken>();
}

void finish(transaction& tx, const taken& one, const std::optional<std::string>& problem, bool is_gone,
            base::timestamp now) {
  tx.queue(remove_message, one.tenant_id, one.id);
  tx.queue(note_end, one.tenant_id, one.hook_id, problem, is_gone, now);
}

void put_back(transaction& tx, const taken& one, base::timestamp again_at) {
  tx.queue(put_one_back, one.tenant_id, one.id, again_at);
}

}  // namespace pulse::persistence::chat_hooks
