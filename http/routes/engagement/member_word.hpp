// A member's decision about a like or comment of theirs, made signed in or by a link in a mail.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/problem.hpp"
#include "persistence/engagement/engagements.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

/// The member who decides.
struct speaker {
  base::uuid tenant_id;
  base::uuid member_id;
  bool sees_plans = false;  // whether others' plans are visible: then they are "not yours" instead of 404
  std::string request_id;
  base::timestamp now;
};

/// Locks the act for its member. Another member's act is 404, or "not yours" for callers who may see it.
result<persistence::engagements::locked_engagement> lock_own(persistence::transaction& tx, const speaker& by,
                                                             const base::uuid& id);

/// As `GET /engagements/{id}` shows it to its member.
persistence::engagements::shown_engagement read_back(persistence::transaction& tx, const speaker& by,
                                                     const base::uuid& id);

/// Confirms the act for its time, with a new text if one is given. A repeated call changes nothing.
result<persistence::engagements::shown_engagement> confirm_within(persistence::transaction& tx, const speaker& by,
                                                                  const base::uuid& id,
                                                                  const std::optional<std::string>& text);

result<persistence::engagements::shown_engagement> skip_within(persistence::transaction& tx, const speaker& by,
                                                               const base::uuid& id, const std::string& reason);

problem too_late();

/// The problem, or the refusal that somebody else has the same text.
problem same_words_or(problem why);

}  // namespace pulse::http::routes
