// Reminders of content that waits for approval, and notices to others when nobody has approved it. Each is sent once a
// round: the statement that says so, the mails and the event are one transaction.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/approval.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::approval_reminders {

/// Members of a company that are considered as recipients.
inline constexpr int most_members = 1'000;
/// Members that one notice is mailed to.
inline constexpr std::size_t most_mails = 50;

struct due {
  base::uuid tenant_id;
  base::uuid content_id;
  domain::campaigns::approval_notice what = domain::campaigns::approval_notice::reminder;
};
BOOST_DESCRIBE_STRUCT(due, (), (tenant_id, content_id, what))

/// The approvers' reminders that are due at `now`, longest waiting first. As the engine, without a tenant.
std::vector<due> find(transaction& tx, base::timestamp now, int limit);

/// The content of a notice.
struct letterhead {
  const secret_box& box;  // outlives the call
  std::string app_url;    // PUBLIC_APP_URL, without a slash at the end
};

/// Sends one, if it is still to be sent: guarded, so that of two who do only one does. As the engine, for the tenant.
/// False when there was nothing to send.
bool send(transaction& tx, const due& one, const letterhead& with, base::timestamp now);

}  // namespace pulse::persistence::approval_reminders
