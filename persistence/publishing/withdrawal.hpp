// Withdrawing deliveries that wait: of a post that is cancelled or deleted, or of a channel that is removed.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/facts.hpp"
#include "persistence/events/events.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

struct withdrawal {
  domain::withdrawal_cause cause = domain::withdrawal_cause::cancelled;
  base::uuid member_id;
  base::timestamp now;
};

/// A delivery that was withdrawn. Statements that withdraw answer these columns.
struct withdrawn_delivery {
  base::uuid tenant_id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  domain::delivery_state state = domain::delivery_state::cancelled;  // or unconfirmed: it may be live
  int attempt = 0;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(withdrawn_delivery, (),
                      (tenant_id, project_id, post_id, delivery_id, channel_id, state, attempt, channel_name,
                       channel_type, at))

/// The event that tells it; `member_id`: by whom, none: by Pulse itself.
events::event to_event(const withdrawn_delivery& of, domain::withdrawal_cause cause,
                       const std::optional<base::uuid>& member_id);

/// Ends what waits of the post, with an event each; answers how many. One that may be live since an earlier attempt is not sent again,
/// but nobody may say that it never went out: it becomes unconfirmed, and a person looks.
int withdraw_of_post(transaction& tx, const base::uuid& post_id, const withdrawal& how);

/// The same for what waits on the channel.
int withdraw_of_channel(transaction& tx, const base::uuid& channel_id, const withdrawal& how);

}  // namespace pulse::persistence
