#include "persistence/publishing/withdrawal.hpp"

#include <string>
#include <vector>

#include "domain/explaining/sentence.hpp"
#include "domain/publishing/parts_out.hpp"
#include "persistence/events/events.hpp"

namespace pulse::persistence {

namespace {

constexpr statement withdraw_post{"withdraw_deliveries_of_post",
                                  "WITH changed AS (UPDATE deliveries d SET " PULSE_WITHDRAW("$2", "$3") R"sql(
    FROM channels c, posts p
    WHERE d.post_id = $1 AND d.state = 'waiting' AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
      AND p.tenant_id = d.tenant_id AND p.id = d.post_id
    RETURNING )sql" PULSE_WITHDRAWN("$2") R"sql(),
  moved AS (UPDATE posts SET updated_at = $2 WHERE id = $1 AND EXISTS (SELECT FROM changed))
  SELECT * FROM changed)sql"};

constexpr statement withdraw_channel{"withdraw_deliveries_of_channel",
                                     "WITH changed AS (UPDATE deliveries d SET " PULSE_WITHDRAW("$2", "$3") R"sql(
    FROM channels c, posts p
    WHERE d.channel_id = $1 AND d.state = 'waiting' AND c.tenant_id = d.tenant_id AND c.id = d.channel_id
      AND p.tenant_id = d.tenant_id AND p.id = d.post_id
    RETURNING )sql" PULSE_WITHDRAWN("$2") R"sql()
  SELECT * FROM changed)sql"};

constexpr statement explain{"explain_withdrawn_deliveries", R"sql(
  UPDATE deliveries d SET reason = i.reason
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS i (tenant_id, delivery_id, reason)
  WHERE d.tenant_id = i.tenant_id AND d.id = i.delivery_id)sql"};

domain::parts_out parts_of(const withdrawn_delivery& of) { return domain::count_parts(of.options, of.handles); }

std::string reason_of(const withdrawn_delivery& of, domain::withdrawal_cause cause) {
  const auto words = domain::withdrawal_words(cause, parts_of(of));
  if (of.state == domain::delivery_state::published) return domain::as_sentence(words);
  if (of.state == domain::delivery_state::cancelled) return words;
  return words + ", but an earlier attempt may be live; please look there and say whether it is";
}

/// What every outcome carries.
template <class Facts>
Facts outcome_of(const withdrawn_delivery& of) {
  Facts made;
  made.adapter_type = made.platform = made.channel_type = of.channel_type;
  made.retry_count = of.attempt > 0 ? of.attempt - 1 : 0;
  made.channel_name = of.channel_name;
  const auto parts = parts_of(of);
  if (!parts.is_in_the_middle()) return made;
  made.parts = parts.parts;
  made.parts_out = parts.out;
  made.external_post_id = parts.id;
  if (!parts.url.empty()) made.external_url = parts.url;
  return made;
}

domain::event_facts facts_of(const withdrawn_delivery& of, domain::withdrawal_cause cause) {
  if (of.state == domain::delivery_state::published) {
    auto made = outcome_of<domain::publish_succeeded>(of);
    made.success = true;
    made.reason = reason_of(of, cause);
    if (of.began_late_us) made.lateness_ms = static_cast<double>(*of.began_late_us) / 1000.0;
    return made;
  }
  if (of.state == domain::delivery_state::unconfirmed) {
    auto made = outcome_of<domain::publish_unconfirmed>(of);
    made.because = cause;
    return made;
  }
  domain::publish_cancelled made{.channel_name = of.channel_name, .because = cause, .platform = of.channel_type};
  const auto parts = parts_of(of);
  if (!parts.is_in_the_middle()) return made;
  made.parts = parts.parts;
  made.parts_out = parts.out;
  if (!parts.url.empty()) made.external_url = parts.url;
  return made;
}

int withdraw(transaction& tx, const statement& what, const base::uuid& id, const withdrawal& how) {
  const auto withdrawn =
      tx.execute(what, id, how.now, domain::withdrawal_words(how.cause, {})).all<withdrawn_delivery>();
  explain_withdrawal(tx, withdrawn, how.cause, how.member_id);
  return static_cast<int>(withdrawn.size());
}

}  // namespace

void explain_withdrawal(transaction& tx, const std::vector<withdrawn_delivery>& of, domain::withdrawal_cause cause,
                        const std::optional<base::uuid>& member_id) {
  std::vector<base::uuid> tenants;
  std::vector<base::uuid> ids;
  std::vector<std::string> reasons;
  std::vector<events::event> told;
  for (const auto& each : of) {
    if (parts_of(each).out > 0) {
      tenants.push_back(each.tenant_id);
      ids.push_back(each.delivery_id);
      reasons.push_back(reason_of(each, cause));
    }
    told.push_back({.tenant_id = each.tenant_id,
                    .project_id = each.project_id,
                    .post_id = each.post_id,
                    .delivery_id = each.delivery_id,
                    .channel_id = each.channel_id,
                    .member_id = member_id,
                    .facts = facts_of(each, cause),
                    .at = each.at});
  }
  if (!ids.empty()) tx.execute(explain, tenants, ids, reasons);
  events::append(tx, told);
}

int withdraw_of_post(transaction& tx, const base::uuid& post_id, const withdrawal& how) {
  return withdraw(tx, withdraw_post, post_id, how);
}

int withdraw_of_channel(transaction& tx, const base::uuid& channel_id, const withdrawal& how) {
  return withdraw(tx, withdraw_channel, channel_id, how);
}

}  // namespace pulse::persistence
