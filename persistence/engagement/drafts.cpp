#include "persistence/engagement/drafts.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/text/similarity.hpp"
#include "persistence/engagement/automation.hpp"

namespace pulse::persistence::drafts {

namespace {

constexpr statement take_due{"take_drafts", R"sql(
  UPDATE engagements e SET draft_next_at = $2::timestamptz, draft_tries = e.draft_tries + 1
  FROM (SELECT w.tenant_id, w.id FROM engagements w
        WHERE w.kind = 'comment' AND w.state = 'waiting_confirmation' AND w.text = '' AND w.draft_tries < 3
          AND w.expires_at > $1::timestamptz AND (w.draft_next_at IS NULL OR w.draft_next_at <= $1::timestamptz)
          AND EXISTS (SELECT FROM tenants t WHERE t.id = w.tenant_id AND t.paused_at IS NULL)
        ORDER BY w.planned_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
  WHERE e.tenant_id = due.tenant_id AND e.id = due.id
  RETURNING e.tenant_id, e.id, e.member_id, e.post_id, e.is_automatic, e.draft_tries AS tries)sql"};

struct post_texts {
  std::string title;
  std::string text;
  std::string author;
};
BOOST_DESCRIBE_STRUCT(post_texts, (), (title, text, author))

constexpr statement find_post{"find_post_to_comment", R"sql(
  SELECT o.title, o.text, p.name AS author FROM tracked_posts o JOIN tracked_pages p ON p.tenant_id = o.tenant_id AND p.id = o.page_id
  WHERE o.tenant_id = $1::uuid AND o.id = $2::uuid AND p.deleted_at IS NULL)sql"};

struct other_comment {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(other_comment, (), (text))

constexpr statement list_others{"list_other_comments", R"sql(
  SELECT text FROM engagements WHERE tenant_id = $1::uuid AND post_id = $2::uuid AND id <> $3::uuid AND kind = 'comment' AND text <> ''
    AND state NOT IN ('skipped', 'expired', 'failed')
  ORDER BY updated_at DESC LIMIT 2000)sql"};

constexpr statement lock_post{
    "lock_post_to_comment", "SELECT FROM tracked_posts WHERE tenant_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE"};

// What its member has switched off since the plan was made, is off.
constexpr statement store_text{"store_draft", R"sql(
  WITH may AS (
    SELECT w.is_automatic AND $4::boolean
           AND EXISTS (SELECT FROM member_automation a WHERE a.tenant_id = w.tenant_id AND a.member_id = w.member_id AND a.confirm = 'automatic')
           AND EXISTS (SELECT FROM tracked_page_subscriptions s WHERE s.tenant_id = w.tenant_id AND s.page_id = w.page_id
                         AND s.member_id = w.member_id AND s.comment_mode = 'automatic') AS go
    FROM engagements w WHERE w.tenant_id = $1::uuid AND w.id = $2::uuid)
  UPDATE engagements e
  SET text = $3::text, draft_problem = NULL, updated_at = $5::timestamptz,
      state = CASE WHEN may.go THEN 'queued' ELSE e.state END,
      not_before = CASE WHEN may.go THEN greatest(e.not_before, $5::timestamptz) ELSE e.not_before END
  FROM may WHERE e.tenant_id = $1::uuid AND e.id = $2::uuid AND e.state = 'waiting_confirmation' AND e.text = '')sql"};

constexpr statement put_one_back{"put_draft_back", R"sql(
  UPDATE engagements
  SET draft_problem = left($4::text, 500), draft_next_at = $3::timestamptz,
      draft_tries = CASE WHEN $3::timestamptz IS NULL THEN 3 ELSE draft_tries END
  WHERE tenant_id = $1::uuid AND id = $2::uuid AND text = '')sql"};

}  // namespace

std::vector<wanted_draft> take(transaction& tx, base::timestamp now, base::timestamp again_at, int most) {
  return tx.execute(take_due, now, again_at, most).all<wanted_draft>();
}

std::optional<draft_material> read(transaction& tx, const wanted_draft& of) {
  auto sources = automation::comment_sources_of(tx, of.member_id);
  auto post = tx.execute(find_post, of.tenant_id, of.post_id).first<post_texts>();
  if (!sources || !post) return std::nullopt;
  draft_material made{std::move(*sources), {}};
  made.from.post_text = post->text.empty()    ? post->title
                        : post->title.empty() ? post->text
                                              : fmt::format("{}\n{}", post->title, post->text);
  made.from.post_author = std::move(post->author);
  for (auto& each : tx.execute(list_others, of.tenant_id, of.post_id, of.id).all<other_comment>())
    made.others.push_back(std::move(each.text));
  return made;
}

bool store(transaction& tx, const wanted_draft& of, const std::string& text, bool lets_out, base::timestamp now) {
  tx.execute(lock_post, of.tenant_id, of.post_id);  // two that are alike do not both find nothing like them
  const auto others = tx.execute(list_others, of.tenant_id, of.post_id, of.id).all<other_comment>();
  const bool is_alike = std::any_of(others.begin(), others.end(), [&text](const other_comment& each) {
    return domain::exact_similarity(text, each.text) > domain::engagement::most_alike;
  });
  if (is_alike) return false;
  tx.queue(store_text, of.tenant_id, of.id, text, lets_out, now);
  return true;
}

void put_back(transaction& tx, const wanted_draft& of, std::optional<base::timestamp> again_at,
              const std::string& problem) {
  tx.queue(put_one_back, of.tenant_id, of.id, again_at, problem);
}

}  // namespace pulse::persistence::drafts
