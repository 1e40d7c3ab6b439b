#include "persistence/events/events.hpp"

#include "persistence/postgres/binary_column.hpp"

namespace pulse::persistence::events {

namespace {

constexpr statement append_all{"append_events", PULSE_APPEND_EVENTS R"sql(
  SELECT i.tenant_id,
         coalesce(i.project_id, (SELECT c.project_id FROM channels c WHERE c.tenant_id = i.tenant_id AND c.id = i.channel_id)),
         i.post_id, i.delivery_id, i.channel_id, i.subject_kind, i.subject_id, i.member_id, i.request_id, i.type, i.facts, i.at,
         NULL::integer, NULL::bigint, NULL::timestamptz, NULL::timestamptz, NULL, NULL::jsonb
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
      $11::json[], $12::timestamptz[])
    AS i (tenant_id, project_id, post_id, delivery_id, channel_id, subject_kind, subject_id, member_id, request_id, type, facts, at))sql"};

std::optional<domain::subject_kind> subject_kind_of(const event& of) {
  return of.about ? std::optional{of.about->kind} : std::nullopt;
}

std::optional<base::uuid> subject_id_of(const event& of) {
  return of.about ? std::optional{of.about->id} : std::nullopt;
}

}  // namespace

void append(transaction& tx, std::span<const event> events) {
  if (events.empty()) return;
  for (const auto& each : events) tx.note_events(each.tenant_id);
  tx.queue(append_all, binary_column(events, &event::tenant_id), binary_column(events, &event::project_id),
           binary_column(events, &event::post_id), binary_column(events, &event::delivery_id),
           binary_column(events, &event::channel_id), binary_column(events, subject_kind_of),
           binary_column(events, subject_id_of), binary_column(events, &event::member_id),
           binary_column(events, &event::request_id),
           binary_column(events, [](const event& of) { return domain::kind_of(of.facts); }),
           binary_column(events, [](const event& of) { return json_text{domain::to_json(of.facts)}; }),
           binary_column(events, &event::at));
}

void append(transaction& tx, const event& one) { append(tx, std::span{&one, 1}); }

}  // namespace pulse::persistence::events
