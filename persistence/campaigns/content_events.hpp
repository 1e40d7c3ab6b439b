// The events of content.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/facts.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::content {

/// The actor, and further facts about the event.
struct telling {
  std::optional<base::uuid> member_id = std::nullopt;  // none: a rule, or somebody without an account
  base::timestamp now = {};
  std::optional<std::string> reviewer = std::nullopt;  // without an account
  std::optional<std::string> reason = std::nullopt;
  std::optional<std::string> step = std::nullopt;  // of a notice: which waits, for how long, and how many were mailed
  std::optional<int> hours = std::nullopt;
  std::optional<int> people = std::nullopt;
};

/// Appends an event of one of the content's kinds (domain::content_submitted, …) about the item as it is now.
template <class Facts>
void append_event(transaction& tx, const base::uuid& id, const telling& by);

extern template void append_event<domain::content_submitted>(transaction&, const base::uuid&, const telling&);
extern template void append_event<domain::content_approved>(transaction&, const base::uuid&, const telling&);
extern template void append_event<domain::content_rejected>(transaction&, const base::uuid&, const telling&);
extern template void append_event<domain::content_scheduled>(transaction&, const base::uuid&, const telling&);
extern template void append_event<domain::approval_reminded>(transaction&, const base::uuid&, const telling&);
extern template void append_event<domain::approval_escalated>(transaction&, const base::uuid&, const telling&);

}  // namespace pulse::persistence::content
