#include "http/routes/all.hpp"
#include "http/routes/activity/activity.hpp"

#include "http/routes/ai/budget.hpp"
#include "http/routes/analytics/export.hpp"
#include "http/routes/analytics/figures.hpp"
#include "http/routes/analytics/reactions.hpp"
#include "http/routes/audit/audit.hpp"
#include "http/routes/budgets/rate_limits.hpp"
#include "http/routes/budgets/usage.hpp"
#include "http/routes/calendar/feeds.hpp"
#include "http/routes/campaigns/calendar.hpp"
#include "http/routes/campaigns/campaigns.hpp"
#include "http/routes/campaigns/content.hpp"
#include "http/routes/campaigns/content_decisions.hpp"
#include "http/routes/campaigns/content_scheduling.hpp"
#include "http/routes/campaigns/guardrails.hpp"
#include "http/routes/campaigns/reviews.hpp"
#include "http/routes/campaigns/rules.hpp"
#include "http/routes/campaigns/runs.hpp"
#include "http/routes/campaigns/simulate.hpp"
#include "http/routes/campaigns/templates.hpp"
#include "http/routes/engagement/automation.hpp"
#include "http/routes/engagement/browser_session.hpp"
#include "http/routes/engagement/chat_hooks.hpp"
#include "http/routes/engagement/confirmation_links.hpp"
#include "http/routes/engagement/engagements.hpp"
#include "http/routes/engagement/figures.hpp"
#include "http/routes/engagement/found_posts.hpp"
#include "http/routes/engagement/import.hpp"
#include "http/routes/engagement/integrations.hpp"
#include "http/routes/engagement/subscriptions.hpp"
#include "http/routes/engagement/tracked_pages.hpp"
#include "http/routes/engagement/whatsapp_link.hpp"
#include "http/routes/explaining/explain.hpp"
#include "http/routes/media/files.hpp"
#include "http/routes/media/library.hpp"
#include "http/routes/media/storage.hpp"
#include "http/routes/media/uploads.hpp"
#include "http/routes/operations/docs.hpp"
#include "http/routes/operations/system.hpp"
#include "http/routes/people/admin.hpp"
#include "http/routes/people/api_tokens.hpp"
#include "http/routes/people/archive.hpp"
#include "http/routes/people/auth.hpp"
#include "http/routes/people/company_deletion.hpp"
#include "http/routes/people/company_provider.hpp"
#include "http/routes/people/confirmation.hpp"
#include "http/routes/people/factor_reset.hpp"
#include "http/routes/people/invite_import.hpp"
#include "http/routes/people/invites.hpp"
#include "http/routes/people/member_access.hpp"
#include "http/routes/people/org_members.hpp"
#include "http/routes/people/passkeys.hpp"
#include "http/routes/people/passwords.hpp"
#include "http/routes/people/roles.hpp"
#include "http/routes/people/second_factor.hpp"
#include "http/routes/people/sessions.hpp"
#include "http/routes/people/sign_in_rules.hpp"
#include "http/routes/people/signup.hpp"
#include "http/routes/people/single_sign_on.hpp"
#include "http/routes/people/teams.hpp"
#include "http/routes/people/users.hpp"
#include "http/routes/publishing/channels.hpp"
#include "http/routes/publishing/connectors.hpp"
#include "http/routes/publishing/deliveries.hpp"
#include "http/routes/publishing/oauth.hpp"
#include "http/routes/publishing/outcomes.hpp"
#include "http/routes/publishing/pauses.hpp"
#include "http/routes/publishing/post_checks.hpp"
#include "http/routes/publishing/posts.hpp"
#include "http/routes/publishing/preflight.hpp"
#include "http/routes/publishing/projects.hpp"
#include "http/routes/publishing/provider_apps.hpp"
#include "http/routes/publishing/publications.hpp"
#include "http/routes/publishing/published.hpp"
#include "http/routes/publishing/retry_policies.hpp"
#include "http/routes/publishing/site_hooks.hpp"
#include "http/routes/site/site.hpp"

namespace pulse::http::routes {

void add_all(route_table& table, const foundations& on) {
  add_system(table);
  add_docs(table, on.docs);
  add_signup(table, on.signing_in);
  add_auth(table, on.signing_in);
  add_sessions(table, on.signing_in);
  add_confirmation(table, on.signing_in);
  add_passkeys(table, on.signing_in);
  add_passwords(table, on.signing_in);
  add_second_factor(table);
  add_single_sign_on(table, on.signing_in);
  add_company_provider(table);
  add_sign_in_rules(table);
  add_api_tokens(table, on.signing_in);
  add_users(table);
  add_org_members(table, on.signing_in);
  add_company_deletion(table, on.signing_in);
  add_member_access(table, on.signing_in);
  add_factor_reset(table, on.signing_in);
  add_teams(table, on.signing_in);
  add_invites(table, on.signing_in);
  add_invite_import(table);
  add_roles(table);
  add_archive(table);
  add_admin(table, on.signing_in);
  add_audit(table);
  add_audit_export(table);
  add_audit_chain(table);
  add_projects(table);
  add_channels(table);
  add_connectors(table);
  add_oauth(table);
  add_integrations(table);
  add_browser_session(table);
  add_posts(table);
  add_published(table);
  add_provider_apps(table);
  add_reactions(table);
  add_post_checks(table);
  add_preflight(table);
  add_deliveries(table);
  add_outcomes(table);
  add_pauses(table);
  add_retry_policies(table);
  add_site_hooks(table);
  add_rate_limits(table);
  add_usage(table);
  add_explain(table);
  add_simulate(table);
  add_publications(table);
  add_site(table, on.sites);
  add_media_uploads(table, on.media);
  add_media_library(table);
  add_media_files(table);
  add_media_storage(table);
  add_activity(table);
  add_calendar(table);
  add_calendar_feeds(table);
  add_campaigns(table);
  add_templates(table);
  add_content(table);
  add_content_decisions(table);
  add_content_scheduling(table);
  add_reviews(table);
  add_guardrails(table);
  add_rules(table);
  add_runs(table);
  add_analytics_figures(table);
  add_analytics_export(table);
  add_ai_budget(table);
  add_automation(table);
  add_tracked_pages(table);
  add_page_subscriptions(table);
  add_page_import(table);
  add_engagements(table);
  add_confirmation_links(table);
  add_chat_hooks(table);
  add_engagement_figures(table);
  add_found_posts(table);
  add_whatsapp_link(table);
}

}  // namespace pulse::http::routes
