// Channels: a project's connections to platform accounts, as people manage them. The engine's view is
// persistence/engine/deliveries. Whatever changes what goes out on a channel locks the tenant first (tenant_lock).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::channels {

/// Code points of a channel's name.
inline constexpr std::size_t name_characters_max = 120;

/// The account of a channel, without its secrets.
struct channel_account {
  std::string external_user_id;
  std::string handle;
};
BOOST_DESCRIBE_STRUCT(channel_account, (), (external_user_id, handle))

struct channel {
  base::uuid id;
  base::uuid project_id;
  domain::channel_type type = domain::channel_type::website;
  std::string name;
  std::optional<channel_account> account;  // website channels have none
  bool is_active = true;
  std::optional<std::string> disabled_reason;  // why the engine stopped using it
  std::optional<base::timestamp> paused_at;    // nothing starts on it; see persistence/publishing/pauses
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(channel, (),
                      (id, project_id, type, name, account, is_active, disabled_reason, paused_at, created_at,
                       updated_at))

/// One or none.
bound_query<channel> find(const base::uuid& id);

/// Of one project or of all, newest first.
bound_query<channel> list(const std::optional<base::uuid>& project_id, const page_bounds& page);

/// A channel to be made.
struct draft {
  base::uuid id;
  base::uuid project_id;
  domain::channel_type type = domain::channel_type::website;
  std::string name;
  std::optional<base::uuid> account_id;
};

/// Makes the channel; false when the project has it already, or when there is no such project.
bool insert(transaction& tx, const draft& wanted, base::timestamp now);

/// The project's channel of this type and account.
std::optional<channel> find_same(transaction& tx, const draft& wanted);

/// What a change leaves out stays as it is. Switching a channel on or off also forgets why the engine had switched it
/// off.
struct changes {
  std::optional<std::string> name = std::nullopt;
  std::optional<bool> is_active = std::nullopt;
};

/// With an event, ChannelSwitchedOff or ChannelSwitchedOn, when it is switched.
std::optional<channel> update(transaction& tx, const base::uuid& id, const changes& wanted, const base::uuid& member_id,
                              base::timestamp now);

/// Switches on again what the engine had switched off for this account, with an event ChannelReconnected each. A
/// channel that a person switched off stays off.
void reactivate(transaction& tx, const base::uuid& account_id, const base::uuid& member_id, base::timestamp now);

/// Removes the channel and cancels what waits for it, with an event each; what may be live since an earlier attempt is
/// unconfirmed instead, and what is being sent is left to finish. False when there is no such channel.
bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// A channel as a target of a post.
struct target {
  base::uuid id;
  domain::channel_type type = domain::channel_type::website;
  bool is_active = true;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(target, (), (id, type, is_active, name))

/// The project's channels by age, locked so that none of them is removed or switched off before this transaction ends.
std::vector<target> lock_targets(transaction& tx, const base::uuid& project_id);

}  // namespace pulse::persistence::channels
