#include "persistence/campaigns/reviews.hpp"

#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/content_events.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"

namespace pulse::persistence::reviews {

namespace {

namespace rules = domain::campaigns;
using rules::content_decision;
using rules::content_state;

constexpr statement select_decisions{"list_content_decisions", R"sql(
  SELECT d.id, d.version, d.round, d.step, d.decision, d.member_id, coalesce(m.display_name, l.name, '') AS by, d.reason, d.created_at
  FROM content_decisions d
  LEFT JOIN members m ON m.tenant_id = d.tenant_id AND m.id = d.member_id
  LEFT JOIN review_links l ON l.tenant_id = d.tenant_id AND l.id = d.review_link_id
  WHERE d.tenant_id = pulse_tenant() AND d.content_id = $1
  ORDER BY d.created_at, d.id LIMIT 500)sql"};

constexpr statement select_comments{"list_content_comments", R"sql(
  SELECT c.id, c.content_id, c.version, c.member_id, coalesce(m.display_name, l.name, '') AS by, c.text, c.created_at
  FROM content_comments c
  LEFT JOIN members m ON m.tenant_id = c.tenant_id AND m.id = c.member_id
  LEFT JOIN review_links l ON l.tenant_id = c.tenant_id AND l.id = c.review_link_id
  WHERE c.tenant_id = pulse_tenant() AND c.content_id = $1 AND c.deleted_at IS NULL AND (c.created_at, c.id) > ($2::timestamptz, $3::uuid)
  ORDER BY c.created_at, c.id LIMIT $4)sql"};

constexpr statement insert_decision{"insert_content_decision", R"sql(
  INSERT INTO content_decisions (tenant_id, id, content_id, version, round, step, decision, member_id, review_link_id, reason, verdicts,
    created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT DO NOTHING)sql"};

constexpr statement settle_item{"settle_content", R"sql(
  UPDATE content_items SET state = $4, approved_version = CASE WHEN $4 = 'approved' THEN version END, updated_at = $5
  WHERE tenant_id = pulse_tenant() AND id = $1 AND version = $2 AND round = $3 AND state = 'pending_approval' AND deleted_at IS NULL
  RETURNING id)sql"};

constexpr statement select_approvals{"select_content_approvals", R"sql(
  SELECT d.step, d.member_id, m.role, d.created_at AS at
  FROM content_decisions d LEFT JOIN members m ON m.tenant_id = d.tenant_id AND m.id = d.member_id
  WHERE d.tenant_id = pulse_tenant() AND d.content_id = $1 AND d.version = $2 AND d.round = $3 AND d.decision = 'approve'
  ORDER BY d.created_at, d.id)sql"};

constexpr statement select_author{"select_content_author", R"sql(
  SELECT author_id FROM content_versions WHERE tenant_id = pulse_tenant() AND content_id = $1 AND version = $2)sql"};

constexpr statement insert_comment{"insert_content_comment", R"sql(
  INSERT INTO content_comments (tenant_id, id, content_id, version, member_id, review_link_id, text, created_at)
  SELECT pulse_tenant(), $1, $2, $3, $4, $5, $6, $7
  WHERE (SELECT count(*) FROM content_comments WHERE tenant_id = pulse_tenant() AND content_id = $2 AND deleted_at IS NULL) < $8)sql"};

constexpr statement delete_comment{"delete_content_comment", R"sql(
  UPDATE content_comments SET deleted_at = $4
  WHERE tenant_id = pulse_tenant() AND content_id = $1 AND id = $2 AND member_id = $3 AND deleted_at IS NULL)sql"};

struct given_approval {
  int step = 0;
  std::optional<base::uuid> member_id;
  std::optional<domain::role> role;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(given_approval, (), (step, member_id, role, at))

rules::approval_question question_of(transaction& tx, const content::item& of) {
  rules::approval_question made{.submitted_at = of.submitted_at.value_or(of.created_at)};
  if (of.author_id) made.author_ids.push_back(*of.author_id);
  const auto author = tx.execute(select_author, of.id, of.version);
  if (!author.empty()) {
    if (const auto id = author.get<std::optional<base::uuid>>(0, 0)) made.author_ids.push_back(*id);
  }
  for (const auto& each : tx.execute(select_approvals, of.id, of.version, of.round).all<given_approval>()) {
    made.approvals.push_back({.step = each.step, .by = {each.member_id, each.role}, .at = each.at});
  }
  return made;
}

content::telling telling_of(const reviewer& by, const verdict& what, base::timestamp now) {
  content::telling made{.member_id = by.member_id, .now = now, .reviewer = by.link_name};
  if (!what.reason.empty()) made.reason = what.reason;
  return made;
}

/// Puts the item into the state, if it is still as it was when it was locked.
bool settle(transaction& tx, const content::item& of, content_state to, base::timestamp now) {
  return !tx.execute(settle_item, of.id, of.version, of.round, to, now).empty();
}

void record(transaction& tx, const content::item& of, const verdict& what, const reviewer& by, std::size_t step,
            base::timestamp now) {
  tx.queue(insert_decision, base::new_uuid(now), of.id, of.version, of.round, static_cast<int>(step), what.decision,
           by.member_id, by.link_id, what.reason, std::nullopt, now);
}

}  // namespace

bound_query<decision_entry> list_decisions(const base::uuid& content_id) { return {select_decisions, content_id}; }

bound_query<comment> list_comments(const base::uuid& content_id, const page_bounds& page) {
  return {select_comments, content_id, page.at, page.id, page.rows};
}

progress find_progress(transaction& tx, const content::item& of) {
  progress made;
  made.policy = guardrail_settings::get(tx, of.project_id).approval;
  made.question = question_of(tx, of);
  made.steps = rules::steps_of(made.policy);
  made.waiting = rules::waiting_step(made.policy, made.question);
  return made;
}

decided decide(transaction& tx, const verdict& what, const reviewer& by, base::timestamp now) {
  auto found = content::lock(tx, what.content_id);
  if (!found) return {.outcome = review_result::not_found};
  if (found->version != what.version) return {.outcome = review_result::changed, .item = std::move(found)};
  if (found->state != content_state::pending_approval) {
    return {.outcome = review_result::not_pending, .item = std::move(found)};
  }
  auto standing = find_progress(tx, *found);
  const rules::approver who{by.member_id, by.role};
  if (auto why = rules::refusal(standing.policy, standing.question, who, now)) {
    return {.outcome = review_result::refused, .sentence = std::move(*why), .item = std::move(found)};
  }
  record(tx, *found, what, by, standing.waiting, now);
  if (what.decision == content_decision::reject) {
    settle(tx, *found, content_state::rejected, now);
    content::append_event<domain::content_rejected>(tx, found->id, telling_of(by, what, now));
  } else {
    standing.question.approvals.push_back({.step = static_cast<int>(standing.waiting), .by = who, .at = now});
    if (rules::waiting_step(standing.policy, standing.question) == standing.steps.size()) {
      settle(tx, *found, content_state::approved, now);
      content::append_event<domain::content_approved>(tx, found->id, telling_of(by, what, now));
    }
  }
  return {.outcome = review_result::done, .item = content::find(found->id).first(tx)};
}

void record_override(transaction& tx, const content::item& of, const base::uuid& member_id, const std::string& reason,
                     const std::string& verdicts, base::timestamp now) {
  tx.queue(insert_decision, base::new_uuid(now), of.id, of.version, of.round, 0, content_decision::override, member_id,
           std::nullopt, reason, verdicts, now);
}

bool add_comment(transaction& tx, const comment& made, const std::optional<base::uuid>& link_id) {
  return tx.execute(insert_comment, made.id, made.content_id, made.version, made.member_id, link_id, made.text,
                    made.created_at, most_comments_of_item)
             .affected() == 1;
}

bool remove_comment(transaction& tx, const base::uuid& content_id, const base::uuid& id, const base::uuid& member_id,
                    base::timestamp now) {
  return tx.execute(delete_comment, content_id, id, member_id, now).affected() == 1;
}

}  // namespace pulse::persistence::reviews
