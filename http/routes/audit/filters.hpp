// Filters of the lists of /audit.
#pragma once

#include <optional>

#include <boost/describe.hpp>

#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/audit/entries.hpp"

namespace pulse::http::routes {

enum class audit_outcome { done, refused };
BOOST_DESCRIBE_ENUM(audit_outcome, done, refused)

struct audit_filters {
  std::optional<base::uuid> actor_id;
  std::optional<base::uuid> subject_id;
  std::optional<base::text<1, 200>> action;  // a route: "POST /org/teams"
  std::optional<base::text<1, 128>> request_id;
  std::optional<audit_outcome> outcome;
  std::optional<base::timestamp> since;
  std::optional<base::timestamp> until;  // before it
};
BOOST_DESCRIBE_STRUCT(audit_filters, (), (actor_id, subject_id, action, request_id, outcome, since, until))

inline persistence::audit::filter to_filter(const audit_filters& from) {
  persistence::audit::filter made;
  made.actor_id = from.actor_id;
  made.subject_id = from.subject_id;
  if (from.action) made.action = from.action->value;
  if (from.request_id) made.request_id = from.request_id->value;
  if (from.outcome) made.is_refused = *from.outcome == audit_outcome::refused;
  made.since = from.since;
  made.until = from.until;
  return made;
}

}  // namespace pulse::http::routes
