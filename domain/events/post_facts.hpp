// What the events of a post carry: that it was written, changed or deleted, and what members ask for its deliveries.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/channel.hpp"

namespace pulse::domain {

/// What a member decided about a delivery that had failed, was late, or had an unknown outcome.
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

struct post_created {
  static constexpr auto kind = event_kind::PostCreated;
  base::omittable<int> channels;  // that it was written for
};
BOOST_DESCRIBE_STRUCT(post_created, (), (channels))

struct post_edited {
  static constexpr auto kind = event_kind::PostEdited;
};
BOOST_DESCRIBE_STRUCT(post_edited, (), ())

struct post_deleted {
  static constexpr auto kind = event_kind::PostDeleted;
  base::omittable<bool> everywhere;  // what could be deleted at the platforms was, first
};
BOOST_DESCRIBE_STRUCT(post_deleted, (), (everywhere))

/// `channel_name` here and below is the channel's name at that time.
struct publish_scheduled {
  static constexpr auto kind = event_kind::PublishScheduled;
  base::omittable<std::string> channel_name;
  base::omittable<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(publish_scheduled, (), (channel_name, scheduled_at))

struct publish_requested {
  static constexpr auto kind = event_kind::PublishRequested;
  base::omittable<std::string> channel_name;
  base::omittable<base::timestamp> scheduled_at;  // due from now on
  base::omittable<base::timestamp> was_due_at;
  base::omittable<event_decision> decision;  // none: it had not begun
  base::omittable<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(publish_requested, (), (channel_name, scheduled_at, was_due_at, decision, platform))

struct publish_cancelled {
  static constexpr auto kind = event_kind::PublishCancelled;
  base::omittable<std::string> channel_name;
  base::omittable<withdrawal_cause> because;
  base::omittable<channel_type> platform;
  base::omittable<int> parts{};      // of a thread that was stopped in the middle
  base::omittable<int> parts_out{};  // of them, those that are out and stay there: the first ones
  base::omittable<std::string> external_url{};
};
BOOST_DESCRIBE_STRUCT(publish_cancelled, (), (channel_name, because, platform, parts, parts_out, external_url))

}  // namespace pulse::domain
