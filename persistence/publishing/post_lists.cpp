#include "persistence/publishing/post_lists.hpp"

#include <string>

namespace pulse::persistence::posts {

namespace {

// In all of these: $1, $2 created_at and id that the page comes after; $3 status; $4 limit; $5 project, null for any. A delivery is
// as old as its post (posts::insert). OFFSET 0 keeps the planner from reading all posts first: the candidates are few, or come in
// the order that is wanted, so that the limit ends the search.

// $6 what deliveries are set apart for.
constexpr statement list_set_apart{"list_posts_set_apart", R"sql(
  SELECT p.id, p.project_id, p.author_id, p.title, p.text, p.variants, p.image, p.media, p.options,
         CASE WHEN p.lateness_policy IS NOT NULL
           THEN jsonb_build_object('policy', p.lateness_policy, 'after_seconds', p.lateness_after_seconds) END AS lateness,
         p.status, p.scheduled_at, p.created_at, p.updated_at, p.deliveries
  FROM (SELECT DISTINCT created_at, post_id FROM deliveries
        WHERE tenant_id = pulse_tenant() AND set_apart = ANY ($6::text[]) AND (created_at, post_id) < ($1::timestamptz, $2::uuid)
        ORDER BY created_at DESC, post_id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.post_id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.post_id DESC LIMIT $4)sql"};

// What is open, from where each channel's agenda begins (0009).
constexpr statement list_open{"list_open_posts", R"sql(
  SELECT p.id, p.project_id, p.author_id, p.title, p.text, p.variants, p.image, p.media, p.options,
         CASE WHEN p.lateness_policy IS NOT NULL
           THEN jsonb_build_object('policy', p.lateness_policy, 'after_seconds', p.lateness_after_seconds) END AS lateness,
         p.status, p.scheduled_at, p.created_at, p.updated_at, p.deliveries
  FROM (SELECT DISTINCT d.created_at, d.post_id
        FROM channel_agendas a
        JOIN deliveries d ON d.tenant_id = a.tenant_id AND d.channel_id = a.channel_id AND d.not_before >= a.open_from
        WHERE a.tenant_id = pulse_tenant() AND d.finished_at IS NULL AND (d.created_at, d.post_id) < ($1::timestamptz, $2::uuid)
        ORDER BY d.created_at DESC, d.post_id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.post_id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.post_id DESC LIMIT $4)sql"};

constexpr statement list_unscheduled{"list_unscheduled_posts", R"sql(
  SELECT p.id, p.project_id, p.author_id, p.title, p.text, p.variants, p.image, p.media, p.options,
         CASE WHEN p.lateness_policy IS NOT NULL
           THEN jsonb_build_object('policy', p.lateness_policy, 'after_seconds', p.lateness_after_seconds) END AS lateness,
         p.status, p.scheduled_at, p.created_at, p.updated_at, p.deliveries
  FROM (SELECT created_at, id FROM posts
        WHERE tenant_id = pulse_tenant() AND scheduled_at IS NULL AND deleted_at IS NULL
          AND (created_at, id) < ($1::timestamptz, $2::uuid)
        ORDER BY created_at DESC, id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.id DESC LIMIT $4)sql"};

std::vector<post> list_by_age(transaction& tx, const listing& wanted) {
  if (wanted.project_id) {
    return tx.execute(list_of_project, wanted.before, wanted.before_id, wanted.status, wanted.limit, *wanted.project_id)
        .all<post>();
  }
  return tx.execute(list, wanted.before, wanted.before_id, wanted.status, wanted.limit).all<post>();
}

std::vector<post> list_by(transaction& tx, const statement& what, const listing& wanted) {
  return tx.execute(what, wanted.before, wanted.before_id, wanted.status, wanted.limit, wanted.project_id).all<post>();
}

std::vector<post> list_by(transaction& tx, const listing& wanted, const std::vector<std::string>& set_apart_for) {
  return tx
      .execute(list_set_apart, wanted.before, wanted.before_id, wanted.status, wanted.limit, wanted.project_id,
               set_apart_for)
      .all<post>();
}

}  // namespace

std::vector<post> list_posts(transaction& tx, const listing& wanted) {
  using domain::post_state;
  if (!wanted.status) return list_by_age(tx, wanted);
  switch (*wanted.status) {
    case post_state::draft: return list_by(tx, list_unscheduled, wanted);
    case post_state::scheduled:
    case post_state::publishing: return list_by(tx, list_open, wanted);
    case post_state::published: return list_by_age(tx, wanted);  // most posts are: the next ones by age are soon enough
    case post_state::published_partial: return list_by(tx, wanted, {"failed", "missed"});
    case post_state::failed: return list_by(tx, wanted, {"failed"});
    case post_state::needs_attention: return list_by(tx, wanted, {"unknown", "unconfirmed", "asking"});
    case post_state::missed: return list_by(tx, wanted, {"missed"});
    case post_state::cancelled: return list_by(tx, wanted, {"cancelled"});
  }
  return {};
}

}  // namespace pulse::persistence::posts
