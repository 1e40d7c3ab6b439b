// Every kind of event that Pulse records. A kind is added here, with its facts in the header of its subject and its
// sentence in sentences.cpp.
#pragma once

#include <type_traits>

#include <boost/describe.hpp>

namespace pulse::domain {

/// What happened. Enumerators are spelled as they stand in `publish_events.type` and in the API: a name keeps its
/// meaning for ever, and more may come, so whoever reads an event of another version may meet a name that is not here.
enum class event_kind {
  PostCreated,                 // a member wrote a post
  PostEdited,                  // a member changed it
  PostDeleted,                 // a member took it out here and off the website; what is published elsewhere stays there
  PublicationCorrected,        // a member corrected what the website shows
  PublicationWithdrawn,        // a member took it off the website
  PublishScheduled,            // a delivery was given a time, or another one
  PublishRequested,            // a member wants a delivery sent now: for the first time, once more, or late as it is
  PublishStarted,              // an attempt began; read from the attempt, never recorded
  PublishSucceeded,            // the platform has it
  PublishFailed,               // it was refused for good, its attempts are used up, or a member dropped it
  PublishOutcomeUnknown,       // bytes may have left, and no answer tells what became of them
  PublishUnconfirmed,          // a person must say whether it is live
  PublishRetryScheduled,       // it will be tried again at a time
  PublishMissed,               // too late, by its lateness policy or a member's word
  PublishCancelled,            // withdrawn before it was sent, or in the middle of a thread
  TrackedPostFound,            // a tracked page has a new post
  PagePollFailed,              // a tracked page could not be looked at, and is left alone for a while
  EngagementConfirmed,         // a member said yes to a like or a comment of theirs
  EngagementSkipped,           // and no to this one
  EngagementHeld,              // hours, gaps, caps or a missing account hold it back until a time
  EngagementRetried,           // it did not work, and will be tried again
  EngagementUnknown,           // the platform's answer was lost
  EngagementCompleted,         // it is at the platform
  EngagementFailed,            // it was refused for good, or its attempts are used up
  EngagementExpired,           // the post had become too old for it
  LatenessAsked,               // late, and a person was asked whether it is still to go out
  DeliveryThrottled,           // a budget is used up: the channel waits until a time
  ChannelAuthFailed,           // the platform refuses the account, so the channel was switched off
  ChannelDegraded,             // the channel's actor keeps crashing and is left alone for a while
  ChannelPaused,               // a member paused the channel
  ChannelResumed,              // and let it go on
  ChannelSwitchedOff,          // a member switched the channel off
  ChannelSwitchedOn,           // and on again
  ChannelReconnected,          // the channel's account was connected again
  ProjectPaused,               // a member paused the project
  ProjectResumed,              // and let it go on
  CompanyPaused,               // a member paused the whole company
  CompanyResumed,              // and let it go on
  ContentSubmitted,            // content was handed in for approval
  ContentApproved,             // all who must have approved it
  ContentRejected,             // somebody said no, and why
  ContentScheduled,            // a post was made of it
  CampaignActivated,           // a member let a campaign begin, or go on
  CampaignPaused,              // its rules rest
  CampaignCompleted,           // it is over
  RunStarted,                  // a rule began its work for one moment or event
  RunSucceeded,                // and did it
  RunFailed,                   // and could not
  RunBlocked,                  // a guardrail, or a circle of rules, kept it from its work
  RuleStopped,                 // a rule was switched off because it kept failing, or would have started itself
  RuleCreated,                 // a member made a rule
  RuleChanged,                 // gave it other words, another time or another action
  RuleSwitchedOn,              // let it work
  RuleSwitchedOff,             // let it rest
  RuleRemoved,                 // and removed it
  TemplateCreated,             // a member made a template
  TemplateChanged,             // gave it other words or another name
  TemplateRemoved,             // and removed it
  RulesDegraded,               // what works on a company's rules keeps crashing and is left alone for a while
  ApprovalReminded,            // content has waited, and those who may approve it were mailed
  ApprovalEscalated,           // nobody has: others may approve it now, and were mailed
  GuardrailsChanged,           // a member changed a project's guardrails, or who must approve
  GuardrailsOverridden,        // a member scheduled a post against the guardrails, and why
  PublicationChangeRequested,  // a member wants a published post deleted, edited or commented on at its platform
  PublicationDeleted,          // it is no longer there
  PublicationEdited,           // it has the new words
  PublicationCommented,        // the first comment that was refused when the post went out is below it now
  PublicationChangeDelayed,    // an attempt came to nothing, or nobody knows; it is made again at a time
  PublicationChangeFailed,     // it was refused for good, or tried too often
  AccountDisconnected,         // a member disconnected a login: its tokens are forgotten here
  AccountRevoked,              // and the platform no longer accepts them
  AccountNotRevoked,           // the platform would not, or could not be asked: people can remove the app there
};
// In three lists, because BOOST_DESCRIBE_ENUM takes 52 at most.
// clang-format off
[[maybe_unused]] BOOST_DESCRIBE_ENUM_BEGIN(event_kind)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, event_kind,
    PostCreated, PostEdited, PostDeleted, PublicationCorrected, PublicationWithdrawn, PublishScheduled, PublishRequested,
    PublishStarted, PublishSucceeded, PublishFailed, PublishOutcomeUnknown, PublishUnconfirmed, PublishRetryScheduled,
    PublishMissed, PublishCancelled, TrackedPostFound, PagePollFailed, EngagementConfirmed, EngagementSkipped,
    EngagementHeld, EngagementRetried, EngagementUnknown, EngagementCompleted, EngagementFailed, EngagementExpired,
    LatenessAsked, DeliveryThrottled)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, event_kind,
    RuleCreated, RuleChanged, RuleSwitchedOn, RuleSwitchedOff, RuleRemoved, TemplateCreated, TemplateChanged,
    TemplateRemoved, GuardrailsChanged)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, event_kind,
    ChannelAuthFailed, ChannelDegraded, ChannelPaused, ChannelResumed, ChannelSwitchedOff, ChannelSwitchedOn,
    ChannelReconnected, ProjectPaused, ProjectResumed, CompanyPaused, CompanyResumed, ContentSubmitted, ContentApproved,
    ContentRejected, ContentScheduled, CampaignActivated, CampaignPaused, CampaignCompleted, RunStarted, RunSucceeded,
    RunFailed, RunBlocked, RuleStopped, RulesDegraded, ApprovalReminded, ApprovalEscalated, GuardrailsOverridden,
    PublicationChangeRequested, PublicationDeleted, PublicationEdited, PublicationCommented, PublicationChangeDelayed, PublicationChangeFailed,
    AccountDisconnected, AccountRevoked, AccountNotRevoked)
BOOST_DESCRIBE_ENUM_END(event_kind)
static_assert(std::is_enum_v<event_kind>);
// clang-format on

/// What an event is about. Deliveries, posts, channels and projects have columns of their own; a subject beside those
/// is named by its kind and its id.
enum class subject_kind {
  delivery,
  post,
  channel,
  project,
  company,
  member,  // somebody of the company
  campaign,
  rule,
  engagement,
  tracked_page,
  content,
  run,
};
BOOST_DESCRIBE_ENUM(subject_kind, delivery, post, channel, project, company, member, campaign, rule, engagement,
                    tracked_page, content, run)

}  // namespace pulse::domain
