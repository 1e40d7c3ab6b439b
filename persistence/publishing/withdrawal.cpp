#include "persistence/publishing/withdrawal.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "persistence/events/events.hpp"

namespace pulse::persistence {

namespace {

// $1 and $2 name a post or a channel; $3 is why, and what a person is asked beside it where it may be live.
#define PULSE_WITHDRAW(of)                                                                                           \
  "WITH changed AS ("                                                                                                \
  "  UPDATE deliveries d"                                                                                            \
  "  SET state = CASE WHEN d.doubt_until IS NULL THEN 'cancelled' ELSE 'unconfirmed' END, updated_at = $2,"          \
  "      finished_at = CASE WHEN d.doubt_until IS NULL THEN $2::timestamptz END,"                                    \
  "      reason = CASE WHEN d.doubt_until IS NULL THEN $3::text"                                                     \
  "               ELSE $3::text || ', but an earlier attempt may be live; please look there and say whether it is' " \
  "END"                                                                                                              \
  "  FROM channels c"                                                                                                \
  "  WHERE d." of                                                                                                    \
  " = $1 AND d.state = 'waiting' AND c.tenant_id = d.tenant_id AND c.id = d.channel_id"                              \
  "  RETURNING d.tenant_id, d.project_id, d.post_id, d.id AS delivery_id, d.channel_id, d.state, d.attempt,"         \
  "            c.name AS channel_name, c.type AS channel_type, d.updated_at AS at"                                   \
  ")"
constexpr statement withdraw_post{"withdraw_deliveries_of_post", PULSE_WITHDRAW("post_id") R"sql(
  , moved AS (UPDATE posts SET updated_at = $2 WHERE id = $1 AND EXISTS (SELECT FROM changed))
  SELECT * FROM changed)sql"};
constexpr statement withdraw_channel{"withdraw_deliveries_of_channel",
                                     PULSE_WITHDRAW("channel_id") " SELECT * FROM changed"};
#undef PULSE_WITHDRAW

std::string_view reason_of(domain::withdrawal_cause cause) {
  switch (cause) {
    case domain::withdrawal_cause::cancelled: return "it was cancelled before it went out";
    case domain::withdrawal_cause::post_deleted: return "the post was deleted before it went out";
    case domain::withdrawal_cause::channel_removed: return "the channel was removed before the post went out";
  }
  return "";
}

domain::event_facts facts_of(const withdrawn_delivery& of, domain::withdrawal_cause cause) {
  if (of.state == domain::delivery_state::cancelled)
    return domain::publish_cancelled{of.channel_name, cause, of.channel_type};
  domain::publish_unconfirmed made;
  made.adapter_type = made.platform = made.channel_type = of.channel_type;
  made.retry_count = of.attempt > 0 ? of.attempt - 1 : 0;
  made.channel_name = of.channel_name;
  made.because = cause;
  return made;
}

int withdraw(transaction& tx, const statement& what, const base::uuid& id, const withdrawal& how) {
  std::vector<events::event> made;
  for (const auto& each : tx.execute(what, id, how.now, reason_of(how.cause)).all<withdrawn_delivery>())
    made.push_back(to_event(each, how.cause, how.member_id));
  events::append(tx, made);
  return static_cast<int>(made.size());
}

}  // namespace

events::event to_event(const withdrawn_delivery& of, domain::withdrawal_cause cause,
                       const std::optional<base::uuid>& member_id) {
  return {.tenant_id = of.tenant_id,
          .project_id = of.project_id,
          .post_id = of.post_id,
          .delivery_id = of.delivery_id,
          .channel_id = of.channel_id,
          .member_id = member_id,
          .facts = facts_of(of, cause),
          .at = of.at};
}

int withdraw_of_post(transaction& tx, const base::uuid& post_id, const withdrawal& how) {
  return withdraw(tx, withdraw_post, post_id, how);
}

int withdraw_of_channel(transaction& tx, const base::uuid& channel_id, const withdrawal& how) {
  return withdraw(tx, withdraw_channel, channel_id, how);
}

}  // namespace pulse::persistence
