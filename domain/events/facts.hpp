// What each kind of event carries, as data: a header a subject, and the variant of all of them. Sentences are made of
// it when somebody reads (sentences.hpp), and nothing is ever read out of a sentence.
#pragma once

#include <string>
#include <variant>

#include "base/json.hpp"
#include "domain/events/account_facts.hpp"
#include "domain/events/attempt_facts.hpp"
#include "domain/events/campaign_facts.hpp"
#include "domain/events/channel_facts.hpp"
#include "domain/events/engagement_facts.hpp"
#include "domain/events/kind.hpp"
#include "domain/events/post_facts.hpp"
#include "domain/events/publication_facts.hpp"

namespace pulse::domain {

/// The facts of one event: the alternative says the kind.
using event_facts = std::variant<
    post_created, post_edited, post_deleted, publication_corrected, publication_withdrawn, publish_scheduled,
    publish_requested, publish_started, publish_succeeded, publish_failed, publish_outcome_unknown, publish_unconfirmed,
    publish_retry_scheduled, publish_missed, publish_cancelled, tracked_post_found, page_poll_failed,
    engagement_confirmed, engagement_skipped, engagement_held, engagement_retried, engagement_unknown,
    engagement_completed, engagement_failed, engagement_expired, lateness_asked, delivery_throttled,
    channel_auth_failed, channel_degraded, channel_paused, channel_resumed, channel_switched_off, channel_switched_on,
    channel_reconnected, project_paused, project_resumed, company_paused, company_resumed, content_submitted,
    content_approved, content_rejected, content_scheduled, campaign_activated, campaign_paused, campaign_completed,
    run_started, run_succeeded, run_failed, run_blocked, rule_stopped, rule_created, rule_changed, rule_switched_on,
    rule_switched_off, rule_removed, template_created, template_changed, template_removed, rules_degraded,
    approval_reminded, approval_escalated, guardrails_changed, guardrails_overridden, publication_change_requested,
    publication_deleted, publication_edited, publication_commented, publication_change_delayed,
    publication_change_failed, account_disconnected, account_revoked, account_not_revoked>;

event_kind kind_of(const event_facts& facts);

/// As `publish_events.metadata_json` keeps them.
std::string to_json(const event_facts& facts);

/// Reads them back. What another version wrote and this one does not know is left out.
event_facts read_facts(event_kind kind, const boost::json::object& from);

}  // namespace pulse::domain
