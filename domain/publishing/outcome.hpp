// The outcome of a call to a platform, in the terms that all connectors share and the engine decides by.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// The one classification of a publish call (design, "A delivery"; platforms/INDEX.md rule 2).
enum class outcome_kind {
  published,     // the platform's id is known
  auth_expired,  // the credentials are refused: the channel is disabled until its account is connected again
  permission,    // the account may not do this: final
  rate_limited,  // nothing was published; not before `retry_at` where the platform said when
  duplicate,     // the platform says this content is already live (`external_id` when it names it)
  invalid,       // the content is refused: final
  transient,     // surely nothing was published (no byte left, or a refusal that says so); may be repeated
  unknown,       // bytes may have left and no answer tells what became of them
};
BOOST_DESCRIBE_ENUM(outcome_kind, published, auth_expired, permission, rate_limited, duplicate, invalid, transient,
                    unknown)

/// The outcome of one publish call.
struct outcome {
  outcome_kind kind = outcome_kind::unknown;
  std::optional<std::string> external_id = std::nullopt;  // the platform's id of the post
  std::optional<std::string> external_url = std::nullopt;
  std::optional<base::timestamp> retry_at = std::nullopt;  // rate_limited, transient, unknown: the platform's own word
  std::string reason{};  // a sentence for the user: what happened and what can be done; no secrets
  int http_status = 0;   // 0: no reply
  /// transient: a part of a film was taken or is worked on, and the next attempt goes on behind it. No failure, and
  /// none of the attempts that the retry policy counts.
  bool goes_on = false;
  /// False: surely no byte of the attempt reached the platform (no image, no address, no connection), so it spent none
  /// of its calls.
  bool was_called = true;
  /// Of a thread, or of a post with its first comment: the part that this is about, from 1, and how many there are. 0:
  /// it stands alone.
  int part = 0;
  int parts = 0;
};

/// What a reconciliation (reading only) found out about an attempt whose outcome is unknown.
enum class reconciliation_kind {
  live,    // it is there, under `external_id`
  absent,  // it is surely not there
  repeat_tells,  // it cannot be read, but the platform refuses the same post a second time and names the first: sending again tells
  cannot_know,  // the platform offers no way to find out
  try_again,    // the reconciliation itself failed; try again later
};
BOOST_DESCRIBE_ENUM(reconciliation_kind, live, absent, repeat_tells, cannot_know, try_again)

struct reconciliation {
  reconciliation_kind kind = reconciliation_kind::try_again;
  std::optional<std::string> external_id = std::nullopt;
  std::optional<std::string> external_url = std::nullopt;
  std::optional<base::timestamp> repeat_until =
      std::nullopt;  // repeat_tells: after this a second post would be a second one
  /// try_again: the platform asked to wait until then (Retry-After). Such a reconciliation says nothing of the
  /// platform's list and does not count as a failed one.
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::string reason{};
  /// try_again: the account's credentials are refused, so nothing can be looked up until a person has connected it
  /// again.
  bool is_unauthorized = false;
  /// absent: and the platform would refuse it again, so it has failed for `reason`.
  bool is_refused = false;
  /// live: it is the part that was in doubt that is out, and the next attempt goes on behind it (see `outcome`).
  bool goes_on = false;
  int part = 0;  // this and the next: see `outcome`
  int parts = 0;
};

}  // namespace pulse::domain
