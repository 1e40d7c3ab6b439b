// Content becomes a post: judged by the guardrails, fitted to its channels, once. The same for people and for rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "domain/publishing/post_fit.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::scheduling {

/// The request.
struct order {
  base::uuid content_id;
  std::optional<int> version = std::nullopt;  // that was read; none: whatever it is
  base::timestamp at;
  bool is_rule = false;           // the guardrails bind it, whatever the project says of people
  bool takes_other_time = false;  // goes out when the guardrails let it, later than `at`
  base::uuid member_id;           // the caller; for a rule the member for whom it acts: the post's author
  std::optional<std::string> override_reason = std::nullopt;  // of a person who may override the guardrails
};

enum class scheduling_result {
  scheduled,
  already,  // it has its post, and keeps it
  not_found,
  changed,       // it is no longer of the version that was read
  not_approved,  // it waits for approval, was rejected, or must be handed in first
  held,          // by the guardrails: the judgement says why, and when it may go out
  unfit,         // for its channels: the misfits say why
};

struct answer {
  scheduling_result outcome = scheduling_result::not_found;
  std::optional<content::item> item = std::nullopt;                      // as it is then
  std::optional<domain::campaigns::judgement> judgement = std::nullopt;  // where the guardrails were asked
  std::vector<domain::misfit> misfits = {};
};

/// Makes the post of the item, with its deliveries, the campaign's UTM fields on its links and the event
/// ContentScheduled, in one guarded step. Locks the tenant first. The caller notifies the engine afterwards.
answer schedule(transaction& tx, const order& asked, base::timestamp now);

/// Stores what the guardrails held when their transaction was rolled back; `schedule` does it in its own.
void record_held(transaction& tx, const order& asked, const answer& held, base::timestamp now);

/// The result that `schedule` would have, without changes (except for signatures of topics).
answer check(transaction& tx, const order& asked, base::timestamp now);

}  // namespace pulse::persistence::scheduling
