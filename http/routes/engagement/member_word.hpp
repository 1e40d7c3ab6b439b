// A member's own word about a like or comment of theirs, whichever way it comes: signed in, or by a link in a mail.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/problem.hpp"
#include "persistence/engagement/engagements.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

/// Who speaks.
struct speaker {
  base::uuid tenant_id;
  base::uuid member_id;
  bool sees_plans = false;  // of others, which makes theirs "not yours" instead of not there
  std::string request_id;
  base::timestamp now;
};

/// Locks it for whoever speaks. Another member's is found by those who may see it, and is not theirs to decide.
result<persistence::engagements::locked_engagement> lock_own(persistence::transaction& tx, const speaker& by,
                                                             const base::uuid& id);

/// As `GET /engagements/{id}` shows it to its member.
persistence::engagements::shown_engagement read_back(persistence::transaction& tx, const speaker& by,
                                                     const base::uuid& id);

/// It may go out at its time, with these words where some are given. Said before: nothing changes.
result<persistence::engagements::shown_engagement> confirm_within(persistence::transaction& tx, const speaker& by,
                                                                  const base::uuid& id,
                                                                  const std::optional<std::string>& text);

result<persistence::engagements::shown_engagement> skip_within(persistence::transaction& tx, const speaker& by,
                                                               const base::uuid& id, const std::string& reason);

problem too_late();

/// The problem, or that somebody else says the same.
problem same_words_or(problem why);

}  // namespace pulse::http::routes
