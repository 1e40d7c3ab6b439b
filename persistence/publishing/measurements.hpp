// Reactions to published posts: when they are fetched next, and the figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::measurements {

/// Figures of one look; nothing for what the platform does not tell.
struct figures {
  std::optional<std::int64_t> likes;
  std::optional<std::int64_t> comments;
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> views;
};
BOOST_DESCRIBE_STRUCT(figures, (), (likes, comments, shares, views))

struct look : figures {
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(look, (figures), (at))

/// One delivery with its figures.
struct measured : figures {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::optional<base::timestamp> counted_at;  // none: not yet
  std::optional<base::timestamp> next_at;     // none: no look follows
  std::optional<std::string> stopped_because;
  std::vector<look> history;  // oldest first
};
BOOST_DESCRIBE_STRUCT(measured, (figures),
                      (delivery_id, channel_id, channel_name, channel_type, counted_at, next_at, stopped_because,
                       history))

/// The figures of a post's published deliveries, in the order of their channels.
bound_query<measured> list(const base::uuid& post_id);

/// Of a project, added up by channel.
struct channel_figures : figures {
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::int64_t posts = 0;  // with figures
};
BOOST_DESCRIBE_STRUCT(channel_figures, (figures), (channel_id, channel_name, channel_type, posts))

/// Publications of a project, or of one of its channels, from `from` to before `to`.
struct measured_span {
  base::uuid project_id;
  std::optional<base::uuid> channel_id;
  base::timestamp from;
  base::timestamp to;
};

bound_query<channel_figures> sum_up(const measured_span& of);

struct post_figures : figures {
  base::uuid post_id;
  std::string title;
  domain::channel_type channel_type = domain::channel_type::website;
  base::timestamp published_at;
};
BOOST_DESCRIBE_STRUCT(post_figures, (figures), (post_id, title, channel_type, published_at))

/// The `most` posts that people made the most of.
bound_query<post_figures> best(const measured_span& of, int most);

// --- the engine's side: names the tenant, because its role sees all of them ---

/// Has what went out in these transactions looked after: $1, $2 the first transaction and the one behind the last, as
/// text.
void follow(transaction& tx, const std::string& before, const std::string& until);

struct due_measurement {
  base::uuid tenant_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  base::timestamp published_at;
  int failures = 0;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string external_id;
  std::optional<base::uuid> account_id;
  std::optional<std::string> external_user_id;
  std::optional<std::string> handle;
  std::optional<bytes> access_token;  // sealed
};
BOOST_DESCRIBE_STRUCT(due_measurement, (),
                      (tenant_id, delivery_id, channel_id, published_at, failures, channel_type, external_id,
                       account_id, external_user_id, handle, access_token))

/// Takes what is due, at most `limit`, one a channel: nobody else takes it before `until`.
std::vector<due_measurement> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit);

/// Stores the figures; `next`: the next fetch.
void store(transaction& tx, const due_measurement& of, const figures& found, std::optional<base::timestamp> next,
           base::timestamp now);

/// A look came to nothing. Without `next` none follows, and `reason` says why. `for_channel`: nothing of the channel is
/// looked up before.
void put_off(transaction& tx, const due_measurement& of, std::optional<base::timestamp> next, const std::string& reason,
             bool for_channel);

}  // namespace pulse::persistence::measurements
