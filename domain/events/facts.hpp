// What each kind of event carries, as data. Sentences are made of it when somebody reads (sentences.hpp), and nothing is ever read
// out of a sentence. Over 400 lines, because the variant of all of them (`event_facts`) needs each of them complete.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/describe.hpp>

#include "base/if_any.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "domain/events/after_facts.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/outcome.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::domain {

/// What a member decided about a delivery that had failed, come late, or been lost sight of.
enum class event_decision {
  retry,       // send it again, with all attempts of its policy
  send_again,  // it is not live: send it again
  is_live,     // it is live
  drop,        // it is not to be sent
  send,        // late as it is, send it
  skip,        // it is too late
};
BOOST_DESCRIBE_ENUM(event_decision, retry, send_again, is_live, drop, send, skip)

/// Why a delivery was withdrawn before it was sent, or all of it was.
enum class withdrawal_cause {
  cancelled,        // a member cancelled the post
  post_deleted,     // a member deleted the post
  channel_removed,  // a member removed the channel
};
BOOST_DESCRIBE_ENUM(withdrawal_cause, cancelled, post_deleted, channel_removed)

// --- the post --------------------------------------------------------------------------------------------------------------

struct post_created {
  static constexpr auto kind = event_kind::PostCreated;
  base::if_any<int> channels;  // that it was written for
};
BOOST_DESCRIBE_STRUCT(post_created, (), (channels))

struct post_edited {
  static constexpr auto kind = event_kind::PostEdited;
};
BOOST_DESCRIBE_STRUCT(post_edited, (), ())

struct post_deleted {
  static constexpr auto kind = event_kind::PostDeleted;
  base::if_any<bool> everywhere;  // what could be deleted at the platforms was, first
};
BOOST_DESCRIBE_STRUCT(post_deleted, (), (everywhere))

// --- what the website shows of it ---------------------------------------------------------------------------------------------

struct publication_corrected {
  static constexpr auto kind = event_kind::PublicationCorrected;
  base::if_any<std::string> channel_name;
  base::if_any<base::uuid> publication_id;
  bool is_title = false;  // what was corrected
  bool is_text = false;
};
BOOST_DESCRIBE_STRUCT(publication_corrected, (), (channel_name, publication_id, is_title, is_text))

struct publication_withdrawn {
  static constexpr auto kind = event_kind::PublicationWithdrawn;
  base::if_any<std::string> channel_name;
  base::if_any<base::uuid> publication_id;
};
BOOST_DESCRIBE_STRUCT(publication_withdrawn, (), (channel_name, publication_id))

// --- what members ask for --------------------------------------------------------------------------------------------------

/// `channel_name` here and below is the channel's name at that time.
struct publish_scheduled {
  static constexpr auto kind = event_kind::PublishScheduled;
  base::if_any<std::string> channel_name;
  base::if_any<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(publish_scheduled, (), (channel_name, scheduled_at))

struct publish_requested {
  static constexpr auto kind = event_kind::PublishRequested;
  base::if_any<std::string> channel_name;
  base::if_any<base::timestamp> scheduled_at;  // due from now on
  base::if_any<base::timestamp> was_due_at;
  base::if_any<event_decision> decision;  // none: it had not begun
  base::if_any<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(publish_requested, (), (channel_name, scheduled_at, was_due_at, decision, platform))

struct publish_cancelled {
  static constexpr auto kind = event_kind::PublishCancelled;
  base::if_any<std::string> channel_name;
  base::if_any<withdrawal_cause> because;
  base::if_any<channel_type> platform;
  base::if_any<int> parts{};      // of a thread that was stopped in the middle
  base::if_any<int> parts_out{};  // of them, those that are out and stay there: the first ones
  base::if_any<std::string> external_url{};
};
BOOST_DESCRIBE_STRUCT(publish_cancelled, (), (channel_name, because, platform, parts, parts_out, external_url))

// --- attempts --------------------------------------------------------------------------------------------------------------

struct publish_started {
  static constexpr auto kind = event_kind::PublishStarted;
  base::if_any<std::string> channel_name;
  base::if_any<int> attempt;
  base::if_any<outcome_kind> outcome;  // of the attempt, once it has one
  base::if_any<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(publish_started, (), (channel_name, attempt, outcome, platform))

/// The seeds' telemetry of one attempt, `lateness_ms`, and the figures by which was decided: what every outcome carries.
struct attempt_facts {
  std::optional<std::string> external_post_id;
  std::optional<double> publish_duration_ms;  // of the call to the platform
  std::optional<double> publish_latency_ms;   // from the due time to the outcome
  std::optional<double>
      lateness_ms;  // from the due time to the first byte at the platform; of a thread, of its first part
  domain::channel_type adapter_type = domain::channel_type::website;
  domain::channel_type platform = domain::channel_type::website;
  domain::channel_type channel_type = domain::channel_type::website;
  int retry_count = 0;
  bool success = false;
  bool retryable = false;
  base::if_any<std::string> reason;  // in words, the platform's where it gave some
  base::if_any<outcome_kind> outcome;
  base::if_any<reconciliation_kind> reconciliation;  // what a look at the platform found
  base::if_any<base::timestamp> retry_at;            // waiting again: not before
  base::if_any<base::timestamp> look_at;             // not known: the platform is asked no earlier
  base::if_any<std::string> obeyed;                  // whose word that is: "platform" or "policy"
  base::if_any<int> part;                      // of a thread, or a post and its comment: which it is about, from 1
  base::if_any<int> parts;                     // and how many there are
  base::if_any<int> parts_out;                 // of them, those that are out with this, the first ones
  base::if_any<base::timestamp> next_part_at;  // this one is out: when the next one follows
  base::if_any<int> failures;                  // of the attempts, those that count
  base::if_any<int> interruptions;             // those that Pulse broke off, when this was one
  base::if_any<int> max_attempts;
  base::if_any<domain::backoff_strategy> backoff_strategy;
  base::if_any<int> retry_delay_seconds;
  base::if_any<bool> was_called;  // false: no byte reached the platform, and no budget was spent; else left out
  base::if_any<lateness_action> lateness_policy;
  base::if_any<std::int64_t> lateness_after_seconds;
  base::if_any<event_decision> decision;  // a member's, instead of a platform's answer
  base::if_any<std::string> channel_name;
  base::if_any<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(attempt_facts, (),
                      (external_post_id, publish_duration_ms, publish_latency_ms, lateness_ms, adapter_type, platform,
                       channel_type, retry_count, success, retryable, reason, outcome, reconciliation, retry_at,
                       look_at, obeyed, part, parts, parts_out, next_part_at, failures, interruptions, max_attempts,
                       backoff_strategy, retry_delay_seconds, was_called, lateness_policy, lateness_after_seconds,
                       decision, channel_name, external_url))

struct publish_succeeded : attempt_facts {
  static constexpr auto kind = event_kind::PublishSucceeded;
};
BOOST_DESCRIBE_STRUCT(publish_succeeded, (attempt_facts), ())

struct publish_failed : attempt_facts {
  static constexpr auto kind = event_kind::PublishFailed;
};
BOOST_DESCRIBE_STRUCT(publish_failed, (attempt_facts), ())

struct publish_outcome_unknown : attempt_facts {
  static constexpr auto kind = event_kind::PublishOutcomeUnknown;
};
BOOST_DESCRIBE_STRUCT(publish_outcome_unknown, (attempt_facts), ())

struct publish_unconfirmed : attempt_facts {
  static constexpr auto kind = event_kind::PublishUnconfirmed;
  base::if_any<withdrawal_cause> because;  // withdrawn while an earlier attempt may be live
};
BOOST_DESCRIBE_STRUCT(publish_unconfirmed, (attempt_facts), (because))

struct publish_retry_scheduled : attempt_facts {
  static constexpr auto kind = event_kind::PublishRetryScheduled;
};
BOOST_DESCRIBE_STRUCT(publish_retry_scheduled, (attempt_facts), ())

struct publish_missed : attempt_facts {
  static constexpr auto kind = event_kind::PublishMissed;
};
BOOST_DESCRIBE_STRUCT(publish_missed, (attempt_facts), ())

struct lateness_asked : attempt_facts {
  static constexpr auto kind = event_kind::LatenessAsked;
};
BOOST_DESCRIBE_STRUCT(lateness_asked, (attempt_facts), ())

struct channel_auth_failed : attempt_facts {
  static constexpr auto kind = event_kind::ChannelAuthFailed;
  base::if_any<bool> may_be_live;  // the refused call was to look whether it is
};
BOOST_DESCRIBE_STRUCT(channel_auth_failed, (attempt_facts), (may_be_live))

// --- what holds deliveries -------------------------------------------------------------------------------------------------

struct delivery_throttled {
  static constexpr auto kind = event_kind::DeliveryThrottled;
  base::if_any<base::timestamp> until;
  base::if_any<std::string> budget;  // in words
  base::if_any<std::string> scope;   // account, tenant, app; platform: its own word; backlog: what is late is spread
  base::if_any<std::int64_t> posts;  // of the budget, in any window
  base::if_any<std::int64_t> window_seconds;
  base::if_any<std::int64_t> waiting;  // deliveries that it holds on the channel
  base::if_any<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(delivery_throttled, (), (until, budget, scope, posts, window_seconds, waiting, platform))

/// What is told of a channel.
struct channel_facts {
  base::if_any<std::string> channel_name;
};
BOOST_DESCRIBE_STRUCT(channel_facts, (), (channel_name))

/// What keeps failing inside Pulse.
enum class degraded_part {
  channel,  // what sends its posts
  budgets,  // what counts the posts of the channels of its type
  company,  // all that publishes for the company: the event names no channel
};
BOOST_DESCRIBE_ENUM(degraded_part, channel, budgets, company)

struct channel_degraded : channel_facts {
  static constexpr auto kind = event_kind::ChannelDegraded;
  base::if_any<degraded_part> part;  // none: the channel
};
BOOST_DESCRIBE_STRUCT(channel_degraded, (channel_facts), (part))

struct channel_paused : channel_facts {
  static constexpr auto kind = event_kind::ChannelPaused;
};
BOOST_DESCRIBE_STRUCT(channel_paused, (channel_facts), ())

struct channel_resumed : channel_facts {
  static constexpr auto kind = event_kind::ChannelResumed;
};
BOOST_DESCRIBE_STRUCT(channel_resumed, (channel_facts), ())

struct channel_switched_off : channel_facts {
  static constexpr auto kind = event_kind::ChannelSwitchedOff;
};
BOOST_DESCRIBE_STRUCT(channel_switched_off, (channel_facts), ())

struct channel_switched_on : channel_facts {
  static constexpr auto kind = event_kind::ChannelSwitchedOn;
};
BOOST_DESCRIBE_STRUCT(channel_switched_on, (channel_facts), ())

struct channel_reconnected : channel_facts {
  static constexpr auto kind = event_kind::ChannelReconnected;
};
BOOST_DESCRIBE_STRUCT(channel_reconnected, (channel_facts), ())

struct project_paused {
  static constexpr auto kind = event_kind::ProjectPaused;
};
BOOST_DESCRIBE_STRUCT(project_paused, (), ())

struct project_resumed {
  static constexpr auto kind = event_kind::ProjectResumed;
};
BOOST_DESCRIBE_STRUCT(project_resumed, (), ())

struct company_paused {
  static constexpr auto kind = event_kind::CompanyPaused;
};
BOOST_DESCRIBE_STRUCT(company_paused, (), ())

struct company_resumed {
  static constexpr auto kind = event_kind::CompanyResumed;
};
BOOST_DESCRIBE_STRUCT(company_resumed, (), ())

// --- content, campaigns and rules --------------------------------------------------------------------------------------------

/// What is told of content; the event's subject is the item.
struct content_facts {
  base::if_any<std::string> title;  // or how its text begins
  base::if_any<int> version;        // of its words
  base::if_any<base::uuid> campaign_id;
  base::if_any<base::uuid> rule_id;  // that made it
  base::if_any<base::uuid> run_id;
  base::if_any<int> depth;             // rules that led to each other before it; none: a person wrote it
  base::if_any<std::string> reviewer;  // who decided without an account
  base::if_any<std::string> reason;    // rejected: why; scheduled: why the guardrails were overridden
  base::if_any<base::timestamp> scheduled_at;
  base::if_any<std::string> step;  // of the approval, that waits
  base::if_any<int> hours;         // after which they were reminded
  base::if_any<int> people;        // who were mailed
};
BOOST_DESCRIBE_STRUCT(content_facts, (),
                      (title, version, campaign_id, rule_id, run_id, depth, reviewer, reason, scheduled_at, step, hours,
                       people))

struct content_submitted : content_facts {
  static constexpr auto kind = event_kind::ContentSubmitted;
};
BOOST_DESCRIBE_STRUCT(content_submitted, (content_facts), ())

struct content_approved : content_facts {
  static constexpr auto kind = event_kind::ContentApproved;
};
BOOST_DESCRIBE_STRUCT(content_approved, (content_facts), ())

struct content_rejected : content_facts {
  static constexpr auto kind = event_kind::ContentRejected;
};
BOOST_DESCRIBE_STRUCT(content_rejected, (content_facts), ())

struct content_scheduled : content_facts {
  static constexpr auto kind = event_kind::ContentScheduled;
};
BOOST_DESCRIBE_STRUCT(content_scheduled, (content_facts), ())

struct approval_reminded : content_facts {
  static constexpr auto kind = event_kind::ApprovalReminded;
};
BOOST_DESCRIBE_STRUCT(approval_reminded, (content_facts), ())

struct approval_escalated : content_facts {
  static constexpr auto kind = event_kind::ApprovalEscalated;
};
BOOST_DESCRIBE_STRUCT(approval_escalated, (content_facts), ())

/// A member scheduled a post as it is, or changed one that is scheduled, against the guardrails; the subject is the post.
struct guardrails_overridden {
  static constexpr auto kind = event_kind::GuardrailsOverridden;
  base::if_any<base::timestamp> scheduled_at;
  base::if_any<std::string> reason;    // the member's
  base::if_any<std::string> verdicts;  // what the guardrails said, in sentences
};
BOOST_DESCRIBE_STRUCT(guardrails_overridden, (), (scheduled_at, reason, verdicts))

/// What is told of a campaign; it is the event's subject.
struct campaign_facts {
  base::if_any<std::string> campaign_name;
};
BOOST_DESCRIBE_STRUCT(campaign_facts, (), (campaign_name))

struct campaign_activated : campaign_facts {
  static constexpr auto kind = event_kind::CampaignActivated;
};
BOOST_DESCRIBE_STRUCT(campaign_activated, (campaign_facts), ())

struct campaign_paused : campaign_facts {
  static constexpr auto kind = event_kind::CampaignPaused;
};
BOOST_DESCRIBE_STRUCT(campaign_paused, (campaign_facts), ())

struct campaign_completed : campaign_facts {
  static constexpr auto kind = event_kind::CampaignCompleted;
};
BOOST_DESCRIBE_STRUCT(campaign_completed, (campaign_facts), ())

/// What is told of a rule and its runs; the subject is the run, or the rule.
struct run_facts {
  base::if_any<base::uuid> rule_id;
  base::if_any<std::string> rule_name;
  base::if_any<base::uuid> run_id;
  base::if_any<base::uuid> campaign_id;
  base::if_any<base::uuid> content_id;   // that it made
  base::if_any<base::timestamp> moment;  // that it runs for
  base::if_any<int> depth;               // rules that led to each other before it
  base::if_any<std::string> reason;      // why it failed, was blocked or stopped: a sentence
};
BOOST_DESCRIBE_STRUCT(run_facts, (), (rule_id, rule_name, run_id, campaign_id, content_id, moment, depth, reason))

struct run_started : run_facts {
  static constexpr auto kind = event_kind::RunStarted;
};
BOOST_DESCRIBE_STRUCT(run_started, (run_facts), ())

struct run_succeeded : run_facts {
  static constexpr auto kind = event_kind::RunSucceeded;
};
BOOST_DESCRIBE_STRUCT(run_succeeded, (run_facts), ())

struct run_failed : run_facts {
  static constexpr auto kind = event_kind::RunFailed;
};
BOOST_DESCRIBE_STRUCT(run_failed, (run_facts), ())

struct run_blocked : run_facts {
  static constexpr auto kind = event_kind::RunBlocked;
};
BOOST_DESCRIBE_STRUCT(run_blocked, (run_facts), ())

struct rule_stopped : run_facts {
  static constexpr auto kind = event_kind::RuleStopped;
};
BOOST_DESCRIBE_STRUCT(rule_stopped, (run_facts), ())

/// The subject is the company.
struct rules_degraded {
  static constexpr auto kind = event_kind::RulesDegraded;
  base::if_any<int> crashes;            // within a minute
  base::if_any<base::timestamp> until;  // then it is started again
};
BOOST_DESCRIBE_STRUCT(rules_degraded, (), (crashes, until))

// --- team engagement -------------------------------------------------------------------------------------------------------

/// What is told of a tracked page; the subject is the page.
struct tracked_page_facts {
  base::if_any<std::string> page_name;
  base::if_any<std::string> post_url;   // of the post that was found
  base::if_any<std::string> source;     // feed, linkedin, link, whatsapp
  base::if_any<int> planned;            // acts of members under it
  base::if_any<int> failures;           // polls in a row that came to nothing
  base::if_any<base::timestamp> until;  // then it is looked at again
  base::if_any<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(tracked_page_facts, (), (page_name, post_url, source, planned, failures, until, reason))

struct tracked_post_found : tracked_page_facts {
  static constexpr auto kind = event_kind::TrackedPostFound;
};
BOOST_DESCRIBE_STRUCT(tracked_post_found, (tracked_page_facts), ())

struct page_poll_failed : tracked_page_facts {
  static constexpr auto kind = event_kind::PagePollFailed;
};
BOOST_DESCRIBE_STRUCT(page_poll_failed, (tracked_page_facts), ())

/// What is told of a like or a comment; the subject is the engagement. Never its words: others read events.
struct engagement_facts {
  base::if_any<std::string> act;  // like, comment
  base::if_any<std::string> page_name;
  base::if_any<std::string> post_url;
  base::if_any<int> attempt;
  base::if_any<std::string> hold;       // what holds it: hours, member_cap, stagger, post_gap, page_cap, account
  base::if_any<base::timestamp> until;  // then it is tried
  base::if_any<outcome_kind> outcome;
  base::if_any<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(engagement_facts, (), (act, page_name, post_url, attempt, hold, until, outcome, reason))

struct engagement_confirmed : engagement_facts {
  static constexpr auto kind = event_kind::EngagementConfirmed;
};
BOOST_DESCRIBE_STRUCT(engagement_confirmed, (engagement_facts), ())

struct engagement_skipped : engagement_facts {
  static constexpr auto kind = event_kind::EngagementSkipped;
};
BOOST_DESCRIBE_STRUCT(engagement_skipped, (engagement_facts), ())

struct engagement_held : engagement_facts {
  static constexpr auto kind = event_kind::EngagementHeld;
};
BOOST_DESCRIBE_STRUCT(engagement_held, (engagement_facts), ())

struct engagement_retried : engagement_facts {
  static constexpr auto kind = event_kind::EngagementRetried;
};
BOOST_DESCRIBE_STRUCT(engagement_retried, (engagement_facts), ())

struct engagement_unknown : engagement_facts {
  static constexpr auto kind = event_kind::EngagementUnknown;
};
BOOST_DESCRIBE_STRUCT(engagement_unknown, (engagement_facts), ())

struct engagement_completed : engagement_facts {
  static constexpr auto kind = event_kind::EngagementCompleted;
};
BOOST_DESCRIBE_STRUCT(engagement_completed, (engagement_facts), ())

struct engagement_failed : engagement_facts {
  static constexpr auto kind = event_kind::EngagementFailed;
};
BOOST_DESCRIBE_STRUCT(engagement_failed, (engagement_facts), ())

struct engagement_expired : engagement_facts {
  static constexpr auto kind = event_kind::EngagementExpired;
};
BOOST_DESCRIBE_STRUCT(engagement_expired, (engagement_facts), ())

// --- any of them -----------------------------------------------------------------------------------------------------------

/// The facts of one event: the alternative says the kind.
using event_facts =
    std::variant<post_created, post_edited, post_deleted, publication_corrected, publication_withdrawn,
                 publish_scheduled, publish_requested, publish_started, publish_succeeded, publish_failed,
                 publish_outcome_unknown, publish_unconfirmed, publish_retry_scheduled, publish_missed,
                 publish_cancelled, tracked_post_found, page_poll_failed, engagement_confirmed, engagement_skipped,
                 engagement_held, engagement_retried, engagement_unknown, engagement_completed, engagement_failed,
                 engagement_expired, lateness_asked, delivery_throttled, channel_auth_failed, channel_degraded,
                 channel_paused, channel_resumed, channel_switched_off, channel_switched_on, channel_reconnected,
                 project_paused, project_resumed, company_paused, company_resumed, content_submitted, content_approved,
                 content_rejected, content_scheduled, campaign_activated, campaign_paused, campaign_completed,
                 run_started, run_succeeded, run_failed, run_blocked, rule_stopped, rules_degraded, approval_reminded,
                 approval_escalated, guardrails_overridden, publication_change_requested, publication_deleted,
                 publication_edited, publication_commented, publication_change_delayed, publication_change_failed,
                 account_disconnected, account_revoked, account_not_revoked>;

event_kind kind_of(const event_facts& facts);

/// As `publish_events.metadata_json` keeps them.
std::string to_json(const event_facts& facts);

/// Reads them back. What another version wrote and this one does not know is left out.
event_facts read_facts(event_kind kind, const boost::json::object& from);

}  // namespace pulse::domain
