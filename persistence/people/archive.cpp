#include "persistence/people/archive.hpp"

namespace pulse::persistence::archive {

namespace {

// $1 the id behind which the page begins, $2 rows, $3 the member or none → id and line.
#define PULSE_ARCHIVE(kind, columns, from)                                                                         \
  "SELECT x.id, json_build_object('kind', '" kind "', 'data', row_to_json(x))::text AS line FROM (SELECT " columns \
  " FROM " from " ORDER BY id LIMIT $2) x ORDER BY x.id"

// Whole rows of a table that holds no secret: what a page is ordered by, and which column names the member.
#define PULSE_ARCHIVE_ROWS(kind, table, place, member, minus)                                                       \
  "SELECT x.id, json_build_object('kind', '" kind "', 'data', x.data)::text AS line FROM (SELECT " place            \
  " AS id, to_jsonb(t) - 'tenant_id'" minus " AS data FROM " table " t WHERE tenant_id = pulse_tenant() AND " place \
  " > $1 AND ($3::uuid IS NULL OR " member " = $3) ORDER BY 1 LIMIT $2) x ORDER BY x.id"

constexpr statement sections[] = {
    {"archive_company", PULSE_ARCHIVE("company", "id, name, created_at, paused_at, suspended_at",
                                      "tenants WHERE id = pulse_tenant() AND id > $1 AND $3::uuid IS NULL")},
    {"archive_members",
     PULSE_ARCHIVE("member",
                   "id, email, display_name, role, team_id, is_active, profile_markdown, tone, email_verified_at, "
                   "deactivated_at, created_at",
                   "members WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR id = $3)")},
    {"archive_sessions",
     PULSE_ARCHIVE("session",
                   "id, member_id, device, address, created_at, rotated_at, ends_at, ended_at, ended_because",
                   "sessions WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_api_tokens",
     PULSE_ARCHIVE("api_token",
                   "id, member_id, name, ends_with, scopes, project_ids, created_at, expires_at, last_used_at, "
                   "last_used_address, revoked_at",
                   "api_tokens WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_passkeys",
     PULSE_ARCHIVE("passkey", "id, member_id, name, model, is_synced, created_at, last_used_at, refused_at",
                   "passkeys WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_identities",
     PULSE_ARCHIVE(
         "sign_in_elsewhere", "id, member_id, provider, issuer, subject, name, created_at, last_used_at",
         "member_identities WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_member_grants", PULSE_ARCHIVE_ROWS("granted_project", "member_grants",
                                                 "md5(member_id::text || project_id::text)::uuid", "member_id", "")},
    {"archive_teams", PULSE_ARCHIVE("team", "id, name, created_at",
                                    "teams WHERE tenant_id = pulse_tenant() AND id > $1 AND $3::uuid IS NULL")},
    {"archive_invites",
     PULSE_ARCHIVE("invite", "id, email, role, team_id, uses_max, uses, created_by, created_at, expires_at, revoked_at",
                   "invites WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR created_by = $3)")},
    {"archive_projects", PULSE_ARCHIVE("project", "id, name, description, time_zone, paused_at, created_at, updated_at",
                                       "projects WHERE tenant_id = pulse_tenant() AND id > $1 AND $3::uuid IS NULL")},
    {"archive_channels",
     PULSE_ARCHIVE("channel",
                   "id, project_id, type, name, is_active, disabled_reason, paused_at, deleted_at, created_at",
                   "channels WHERE tenant_id = pulse_tenant() AND id > $1 AND $3::uuid IS NULL")},
    {"archive_posts",
     PULSE_ARCHIVE("post",
                   "id, project_id, author_id, title, text, variants, image, scheduled_at, deleted_at, created_at, "
                   "updated_at",
                   "posts WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR author_id = $3)")},
    {"archive_deliveries",
     PULSE_ARCHIVE("delivery",
                   "id, post_id, channel_id, state, due_at, attempt, external_id, external_url, reason, finished_at, "
                   "created_at",
                   "deliveries WHERE tenant_id = pulse_tenant() AND id > $1 AND $3::uuid IS NULL")},
    {"archive_campaigns", PULSE_ARCHIVE_ROWS("campaign", "campaigns", "id", "created_by", "")},
    {"archive_content_items", PULSE_ARCHIVE_ROWS("content_item", "content_items", "id", "author_id", "")},
    {"archive_content_versions", PULSE_ARCHIVE_ROWS("content_version", "content_versions",
                                                    "md5(content_id::text || version)::uuid", "author_id", "")},
    {"archive_review_links",
     PULSE_ARCHIVE(
         "link_for_review",
         "id, content_id, name, may_decide, created_by, created_at, expires_at, last_read_at, revoked_at",
         "review_links WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR created_by = $3)")},
    {"archive_content_decisions", PULSE_ARCHIVE_ROWS("content_decision", "content_decisions", "id", "member_id", "")},
    {"archive_content_comments", PULSE_ARCHIVE_ROWS("content_comment", "content_comments", "id", "member_id", "")},
    {"archive_automation_rules", PULSE_ARCHIVE_ROWS("automation_rule", "automation_rules", "id", "created_by", "")},
    {"archive_automation_runs", PULSE_ARCHIVE_ROWS("automation_run", "automation_runs", "id", "requested_by", "")},
    {"archive_tracked_pages", PULSE_ARCHIVE_ROWS("tracked_page", "tracked_pages", "id", "added_by", "")},
    {"archive_tracked_posts", PULSE_ARCHIVE_ROWS("tracked_post", "tracked_posts", "id", "brought_by", "")},
    {"archive_engagements", PULSE_ARCHIVE_ROWS("engagement", "engagements", "id", "member_id", "")},
    {"archive_media", PULSE_ARCHIVE_ROWS("media", "media", "id", "created_by", " - 'file'")},
    {"archive_tracked_page_subscriptions",
     PULSE_ARCHIVE_ROWS("followed_page", "tracked_page_subscriptions", "md5(page_id::text || member_id::text)::uuid",
                        "member_id", "")},
    {"archive_member_automation",
     PULSE_ARCHIVE_ROWS("automation_settings", "member_automation", "member_id", "member_id", "")},
    {"archive_template_versions", PULSE_ARCHIVE_ROWS("template_version", "content_template_versions",
                                                     "md5(template_id::text || version)::uuid", "created_by", "")},
    {"archive_calendar_feeds",
     PULSE_ARCHIVE(
         "calendar_feed", "id, project_id, member_id, name, created_at, revoked_at, last_read_at",
         "calendar_feeds WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_chat_hooks",
     PULSE_ARCHIVE("chat", "id, member_id, kind, host, created_at, last_sent_at, problem, is_off",
                   "chat_hooks WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_site_hooks",
     PULSE_ARCHIVE("site_of_a_channel", "channel_id AS id, host, created_at, last_sent_at, problem, is_off",
                   "site_hooks WHERE tenant_id = pulse_tenant() AND channel_id > $1 AND $3::uuid IS NULL")},
    {"archive_browser_sessions",
     PULSE_ARCHIVE(
         "session_in_a_browser", "id, member_id, allowed_at, origin, connected_at, expires_at",
         "browser_sessions WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR member_id = $3)")},
    {"archive_social_accounts",
     PULSE_ARCHIVE(
         "login_at_a_platform", "id, platform, external_user_id, name, scope, connected_by, created_at, updated_at",
         "social_accounts WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR connected_by = $3)")},
    {"archive_audit",
     PULSE_ARCHIVE(
         "audit_entry", "id, at, action, status, code, actor_id, subject_id, request_id, details",
         "audit_entries WHERE tenant_id = pulse_tenant() AND id > $1 AND ($3::uuid IS NULL OR actor_id = $3)")},
};
#undef PULSE_ARCHIVE
#undef PULSE_ARCHIVE_ROWS

constexpr statement erase_one{"erase_member", "SELECT pulse_erase_member($1::uuid, $2::timestamptz)"};

}  // namespace

bool read_next(transaction& tx, const std::optional<base::uuid>& member_id, int limit, place& at, std::string& to) {
  if (at.section == std::size(sections)) return false;
  const auto found = tx.execute(sections[at.section], at.after, limit, member_id);
  for (std::size_t row = 0; row < found.size(); ++row) {
    to += found.get<std::string>(row, 1);
    to += '\n';
  }
  if (found.size() < static_cast<std::size_t>(limit)) {
    at = {at.section + 1, base::uuid{}};
  } else {
    at.after = found.get<base::uuid>(found.size() - 1, 0);
  }
  return true;
}

bool erase(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  return tx.execute(erase_one, member_id, now).get<bool>(0, 0);
}

}  // namespace pulse::persistence::archive
