// What the events of channels, projects and companies carry: paused, switched off, degraded, held by a budget.
#pragma once

#include <cstdint>
#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/channel.hpp"

namespace pulse::domain {

struct delivery_throttled {
  static constexpr auto kind = event_kind::DeliveryThrottled;
  base::omittable<base::timestamp> until;
  base::omittable<std::string> budget;  // in words
  base::omittable<std::string> scope;   // account, tenant, app; platform: its own word; backlog: what is late is spread
  base::omittable<std::int64_t> posts;  // of the budget, in any window
  base::omittable<std::int64_t> window_seconds;
  base::omittable<std::int64_t> waiting;  // deliveries that it holds on the channel
  base::omittable<channel_type> platform;
};
BOOST_DESCRIBE_STRUCT(delivery_throttled, (), (until, budget, scope, posts, window_seconds, waiting, platform))

/// Facts of a channel.
struct channel_facts {
  base::omittable<std::string> channel_name;
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
  base::omittable<degraded_part> part;  // none: the channel
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

}  // namespace pulse::domain
