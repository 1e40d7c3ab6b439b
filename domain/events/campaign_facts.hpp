// What the events of content, campaigns and rules carry.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/kind.hpp"

namespace pulse::domain {

/// Facts of content; the event's subject is the item.
struct content_facts {
  base::omittable<std::string> title;  // or how its text begins
  base::omittable<int> version;        // of its words
  base::omittable<base::uuid> campaign_id;
  base::omittable<base::uuid> rule_id;  // that made it
  base::omittable<base::uuid> run_id;
  base::omittable<int> depth;             // rules that led to each other before it; none: a person wrote it
  base::omittable<std::string> reviewer;  // who decided without an account
  base::omittable<std::string> reason;    // rejected: why; scheduled: why the guardrails were overridden
  base::omittable<base::timestamp> scheduled_at;
  base::omittable<std::string> step;  // of the approval, that waits
  base::omittable<int> hours;         // after which they were reminded
  base::omittable<int> people;        // who were mailed
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

/// The subject is the project: what binds it is read, not told.
struct guardrails_changed {
  static constexpr auto kind = event_kind::GuardrailsChanged;
};
BOOST_DESCRIBE_STRUCT(guardrails_changed, (), ())

/// A member scheduled a post as it is, or changed one that is scheduled, against the guardrails; the subject is the
/// post.
struct guardrails_overridden {
  static constexpr auto kind = event_kind::GuardrailsOverridden;
  base::omittable<base::timestamp> scheduled_at;
  base::omittable<std::string> reason;    // the member's
  base::omittable<std::string> verdicts;  // what the guardrails said, in sentences
};
BOOST_DESCRIBE_STRUCT(guardrails_overridden, (), (scheduled_at, reason, verdicts))

/// Facts of a campaign; it is the event's subject.
struct campaign_facts {
  base::omittable<std::string> campaign_name;
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

/// Facts of a rule and its runs; the subject is the run, or the rule.
struct run_facts {
  base::omittable<base::uuid> rule_id;
  base::omittable<std::string> rule_name;
  base::omittable<base::uuid> run_id;
  base::omittable<base::uuid> campaign_id;
  base::omittable<base::uuid> content_id;   // that it made
  base::omittable<base::timestamp> moment;  // that it runs for
  base::omittable<int> depth;               // rules that led to each other before it
  base::omittable<std::string> reason;      // why it failed, was blocked or stopped: a sentence
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

/// What a member did with a rule; it is the event's subject.
struct rule_facts {
  base::omittable<base::uuid> rule_id;
  base::omittable<std::string> rule_name;
};
BOOST_DESCRIBE_STRUCT(rule_facts, (), (rule_id, rule_name))

struct rule_created : rule_facts {
  static constexpr auto kind = event_kind::RuleCreated;
};
BOOST_DESCRIBE_STRUCT(rule_created, (rule_facts), ())

struct rule_changed : rule_facts {
  static constexpr auto kind = event_kind::RuleChanged;
};
BOOST_DESCRIBE_STRUCT(rule_changed, (rule_facts), ())

struct rule_switched_on : rule_facts {
  static constexpr auto kind = event_kind::RuleSwitchedOn;
};
BOOST_DESCRIBE_STRUCT(rule_switched_on, (rule_facts), ())

struct rule_switched_off : rule_facts {
  static constexpr auto kind = event_kind::RuleSwitchedOff;
};
BOOST_DESCRIBE_STRUCT(rule_switched_off, (rule_facts), ())

struct rule_removed : rule_facts {
  static constexpr auto kind = event_kind::RuleRemoved;
};
BOOST_DESCRIBE_STRUCT(rule_removed, (rule_facts), ())

/// What a member did with a template; the subject is the project.
struct template_facts {
  base::omittable<base::uuid> template_id;
  base::omittable<std::string> template_name;
};
BOOST_DESCRIBE_STRUCT(template_facts, (), (template_id, template_name))

struct template_created : template_facts {
  static constexpr auto kind = event_kind::TemplateCreated;
};
BOOST_DESCRIBE_STRUCT(template_created, (template_facts), ())

struct template_changed : template_facts {
  static constexpr auto kind = event_kind::TemplateChanged;
};
BOOST_DESCRIBE_STRUCT(template_changed, (template_facts), ())

struct template_removed : template_facts {
  static constexpr auto kind = event_kind::TemplateRemoved;
};
BOOST_DESCRIBE_STRUCT(template_removed, (template_facts), ())

/// The subject is the company.
struct rules_degraded {
  static constexpr auto kind = event_kind::RulesDegraded;
  base::omittable<int> crashes;            // within a minute
  base::omittable<base::timestamp> until;  // then it is started again
};
BOOST_DESCRIBE_STRUCT(rules_degraded, (), (crashes, until))

}  // namespace pulse::domain
