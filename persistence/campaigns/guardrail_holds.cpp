#include "persistence/campaigns/guardrail_holds.hpp"

#include <fmt/core.h>

#include "base/describe.hpp"

namespace pulse::persistence::guardrail_holds {

namespace {

namespace rules = domain::campaigns;

constexpr statement upsert_hold{"upsert_guardrail_hold", R"sql(
  INSERT INTO guardrail_holds (tenant_id, id, project_id, guardrail, verdict, ended, title, sentence, wanted_at, moved_to, rule_id, run_id,
    content_id, post_id, member_id, reason, at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, left($6, 80), left($7, 2000), $8, $9, $10, $11, $12, $13, $14, $15, $16)
  ON CONFLICT (tenant_id, id) DO UPDATE
    SET verdict = excluded.verdict, ended = excluded.ended, sentence = excluded.sentence, moved_to = excluded.moved_to,
        post_id = coalesce(excluded.post_id, guardrail_holds.post_id), member_id = excluded.member_id, reason = excluded.reason,
        at = excluded.at)sql"};

constexpr statement count_holds{"count_guardrail_holds", R"sql(
  SELECT guardrail, count(*) FILTER (WHERE ended = 'held')::integer AS held, count(*) FILTER (WHERE ended = 'moved')::integer AS moved,
         count(*) FILTER (WHERE ended = 'asked')::integer AS asked, count(*) FILTER (WHERE ended = 'overridden')::integer AS overridden
  FROM guardrail_holds WHERE tenant_id = pulse_tenant() AND project_id = $1 AND at >= $2
  GROUP BY guardrail ORDER BY count(*) DESC, guardrail)sql"};

constexpr statement list_holds{"list_guardrail_holds", R"sql(
  SELECT h.id, h.guardrail, h.verdict, h.ended, h.title, h.sentence, h.wanted_at, h.moved_to, h.rule_id, r.name AS rule_name, h.run_id,
         h.content_id, h.post_id, h.member_id, m.display_name AS member_name, h.reason, h.at
  FROM guardrail_holds h
  LEFT JOIN automation_rules r ON r.tenant_id = h.tenant_id AND r.id = h.rule_id
  LEFT JOIN members m ON m.tenant_id = h.tenant_id AND m.id = h.member_id
  WHERE h.tenant_id = pulse_tenant() AND h.project_id = $1 AND h.at >= $2
  ORDER BY h.at DESC, h.id DESC LIMIT $3)sql"};

constexpr statement forget_old{"forget_guardrail_holds", R"sql(
  DELETE FROM guardrail_holds h USING (SELECT tenant_id, id FROM guardrail_holds WHERE at < $1 ORDER BY at LIMIT $2) old
  WHERE h.tenant_id = old.tenant_id AND h.id = old.id)sql"};

/// What it was about, as far as it is known: the same thing asked about again is the same row.
std::string subject_of(const asker& by) {
  const auto known = [](const std::optional<base::uuid>& id) { return id ? base::to_string(*id) : std::string{}; };
  if (by.content_id) return known(by.content_id);
  if (by.post_id) return known(by.post_id);
  return fmt::format("{} {}", known(by.member_id), by.title);
}

base::uuid id_of(const asker& by, rules::guardrail which) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(by.wanted_at);
  return base::uuid_from_name(fmt::format("hold {} {} {} {}", base::to_string(by.project_id), base::to_name(which),
                                          subject_of(by), minute.time_since_epoch().count()));
}

}  // namespace

void record(transaction& tx, const rules::judgement& judged, const asker& by, hold_end ended, base::timestamp now) {
  const bool is_about_all = ended == hold_end::moved || ended == hold_end::overridden;
  for (const auto& each : judged.verdicts) {
    if (each.kind == rules::verdict_kind::allow || (!is_about_all && each.kind != judged.kind)) continue;
    tx.queue(upsert_hold, id_of(by, each.by), by.project_id, each.by, each.kind, ended, by.title, each.sentence,
             by.wanted_at, each.at, by.rule_id, by.run_id, by.content_id, by.post_id, by.member_id, by.reason, now);
  }
}

std::vector<hold_count> count(transaction& tx, const base::uuid& project_id, base::timestamp from) {
  return tx.execute(count_holds, project_id, from).all<hold_count>();
}

std::vector<hold> latest(transaction& tx, const base::uuid& project_id, base::timestamp from, int limit) {
  return tx.execute(list_holds, project_id, from, limit).all<hold>();
}

int forget(transaction& tx, base::timestamp before, int limit) {
  return static_cast<int>(tx.execute(forget_old, before, limit).affected());
}

}  // namespace pulse::persistence::guardrail_holds
