// The only insert of events: everything that happens to a company's posts, channels, projects and people is appended
// here, once.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/facts.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::events {

/// What an event is about, beside posts and what they go through.
struct subject {
  domain::subject_kind kind = domain::subject_kind::company;
  base::uuid id;
};

/// An event to append. What does not apply has no value.
struct event {
  base::uuid tenant_id;
  std::optional<base::uuid> project_id{};  // none: of its channel, or of the whole company
  std::optional<base::uuid> post_id{};
  std::optional<base::uuid> delivery_id{};
  std::optional<base::uuid> channel_id{};
  std::optional<subject> about{};
  std::optional<base::uuid> member_id{};    // who did it; none: Pulse itself
  std::optional<std::string> request_id{};  // in which it was asked for
  domain::event_facts facts{};
  base::timestamp at{};
};

/// Appends events with the transaction's next round trip: one statement, however many. As pulse_api the tenant must be
/// the transaction's.
void append(transaction& tx, std::span<const event> events);
void append(transaction& tx, const event& one);

// clang-format off
/// The insert itself, for a statement that appends what it changes in the same step (persistence/engine/deliveries): a
/// SELECT of these columns follows. `append` stands on it too, and no other text inserts events.
#define PULSE_APPEND_EVENTS                                                                                                   \
  "INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, subject_kind, subject_id, member_id, " \
  "request_id, type, metadata_json, created_at, attempt, fence, started_at, deadline_at, outcome, trace) "
// clang-format on

}  // namespace pulse::persistence::events
