// What the events of team engagement carry.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::domain {

/// Facts of a tracked page; the subject is the page.
struct tracked_page_facts {
  base::omittable<std::string> page_name;
  base::omittable<std::string> post_url;   // of the post that was found
  base::omittable<std::string> source;     // feed, linkedin, link, whatsapp
  base::omittable<int> planned;            // acts of members under it
  base::omittable<int> failures;           // polls in a row that came to nothing
  base::omittable<base::timestamp> until;  // then it is polled again
  base::omittable<std::string> reason;
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

/// Facts of a like or a comment; the subject is the engagement. Never its text: others read events.
struct engagement_facts {
  base::omittable<std::string> act;  // like, comment
  base::omittable<std::string> page_name;
  base::omittable<std::string> post_url;
  base::omittable<int> attempt;
  base::omittable<std::string> hold;       // what holds it: hours, member_cap, stagger, post_gap, page_cap, account
  base::omittable<base::timestamp> until;  // then it is tried
  base::omittable<outcome_kind> outcome;
  base::omittable<std::string> reason;
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

}  // namespace pulse::domain
