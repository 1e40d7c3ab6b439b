#include "persistence/publishing/post_lists.hpp"

#include <string>

#include "persistence/publishing/post_columns.hpp"

namespace pulse::persistence::posts {

namespace {

#define PULSE_SELECT_LISTED "SELECT " PULSE_POST_COLUMNS("p.")
#define PULSE_SELECT_POSTS "SELECT " PULSE_POST_COLUMNS("") " FROM post_details"

// In all of these: $1, $2 created_at and id that the page comes after; $3 status; $4 limit; $5 project, null for any. A
// delivery is as old as its post (posts::insert). OFFSET 0 keeps the planner from reading all posts first: the
// candidates are few, or come in the order that is wanted, so that the limit ends the search.

constexpr statement select_by_age{
    "list_posts",
    PULSE_SELECT_POSTS R"sql( WHERE (created_at, id) < ($1::timestamptz, $2::uuid) AND ($3::text IS NULL OR status = $3)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

// Of the project $5.
constexpr statement select_by_age_of_project{
    "list_posts_of_project",
    PULSE_SELECT_POSTS R"sql( WHERE project_id = $5::uuid AND (created_at, id) < ($1::timestamptz, $2::uuid)
    AND ($3::text IS NULL OR status = $3)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

// $6 what deliveries are set apart for.
constexpr statement list_set_apart{"list_posts_set_apart", PULSE_SELECT_LISTED R"sql(
  FROM (SELECT DISTINCT created_at, post_id FROM deliveries
        WHERE tenant_id = pulse_tenant() AND set_apart = ANY ($6::text[]) AND (created_at, post_id) < ($1::timestamptz, $2::uuid)
        ORDER BY created_at DESC, post_id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.post_id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.post_id DESC LIMIT $4)sql"};

// What is open, from where each channel's agenda begins (0009).
constexpr statement list_open{"list_open_posts", PULSE_SELECT_LISTED R"sql(
  FROM (SELECT DISTINCT d.created_at, d.post_id
        FROM channel_agendas a
        JOIN deliveries d ON d.tenant_id = a.tenant_id AND d.channel_id = a.channel_id AND d.not_before >= a.open_from
        WHERE a.tenant_id = pulse_tenant() AND d.finished_at IS NULL AND (d.created_at, d.post_id) < ($1::timestamptz, $2::uuid)
        ORDER BY d.created_at DESC, d.post_id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.post_id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.post_id DESC LIMIT $4)sql"};

constexpr statement list_unscheduled{"list_unscheduled_posts", PULSE_SELECT_LISTED R"sql(
  FROM (SELECT created_at, id FROM posts
        WHERE tenant_id = pulse_tenant() AND scheduled_at IS NULL AND deleted_at IS NULL
          AND (created_at, id) < ($1::timestamptz, $2::uuid)
        ORDER BY created_at DESC, id DESC) c
  CROSS JOIN LATERAL (SELECT * FROM post_details d
                      WHERE d.id = c.id AND d.status = $3 AND ($5::uuid IS NULL OR d.project_id = $5) OFFSET 0) p
  ORDER BY c.created_at DESC, c.id DESC LIMIT $4)sql"};

bound_query<post> list_by_age(const listing& of) {
  if (of.project_id) return {select_by_age_of_project, of.before, of.before_id, of.status, of.limit, *of.project_id};
  return {select_by_age, of.before, of.before_id, of.status, of.limit};
}

bound_query<post> list_by(const statement& what, const listing& of) {
  return {what, of.before, of.before_id, of.status, of.limit, of.project_id};
}

bound_query<post> list_by(const listing& of, const std::vector<std::string>& set_apart_for) {
  return {list_set_apart, of.before, of.before_id, of.status, of.limit, of.project_id, set_apart_for};
}

}  // namespace

bound_query<post> list_posts(const listing& wanted) {
  using domain::post_state;
  if (!wanted.status) return list_by_age(wanted);
  switch (*wanted.status) {
    case post_state::draft: return list_by(list_unscheduled, wanted);
    case post_state::scheduled:
    case post_state::publishing: return list_by(list_open, wanted);
    case post_state::published: break;  // most posts are: the next ones by age are soon enough
    case post_state::published_partial:
    case post_state::failed:
    case post_state::needs_attention:
    case post_state::missed:
    case post_state::cancelled: return list_by(wanted, set_apart_of(*wanted.status));
  }
  return list_by_age(wanted);
}

std::vector<std::string> set_apart_of(domain::post_state state) {
  using domain::post_state;
  switch (state) {
    case post_state::draft:
    case post_state::scheduled:
    case post_state::publishing:
    case post_state::published: return {};
    case post_state::published_partial: return {"failed", "missed"};
    case post_state::failed: return {"failed"};
    case post_state::needs_attention: return {"unknown", "unconfirmed", "asking"};
    case post_state::missed: return {"missed"};
    case post_state::cancelled: return {"cancelled"};
  }
  return {};
}

}  // namespace pulse::persistence::posts
