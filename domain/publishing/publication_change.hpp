// Deleting or editing a published post at its platform, or sending its first comment once more when that was refused: a
// request that a person made, one attempt after the other until it is settled. Each attempt has an intent that is
// committed before the call. Deleting and editing are idempotent, so an attempt whose answer is not known is repeated
// as soon as nothing of the first one can still arrive. A comment whose answer is not known is looked up first, by an
// attempt that only reads.
//
//   waiting ──intent──▶ sending ──▶ done
//      ▲                   ├──────▶ failed   refused for good, or tried too often; a person may ask again
//      └── later, or lost ◀┘
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

enum class publication_change_kind { remove, edit, comment };
BOOST_DESCRIBE_ENUM(publication_change_kind, remove, edit, comment)

enum class publication_change_state { waiting, sending, done, failed };
BOOST_DESCRIBE_ENUM(publication_change_state, waiting, sending, done, failed)

/// What a platform has made of one attempt.
enum class change_answer {
  done,     // it is as it was asked for
  missing,  // the post no longer exists
  refused,  // for good
  later,    // not now, or nobody knows
  unknown,  // bytes may have left, and repeating it would be wrong: it is looked up
  absent,   // it was looked up and is not there: it is made now
};

struct publication_change {
  publication_change_kind kind = publication_change_kind::remove;
  publication_change_state state = publication_change_state::waiting;
  int attempt = 0;               // attempts begun
  int failures = 0;              // of them, those that count
  base::timestamp requested_at;  // by a person
  base::timestamp not_before;    // of the next attempt
  base::timestamp deadline_at;   // of the running attempt: nothing of it can arrive later
  bool is_in_doubt = false;      // an attempt of a comment may have come through: the next one only reads
};

/// Attempts that may fail before it is given up; one that a platform put off to a time of its own does not count.
inline constexpr int most_change_failures = 8;
/// However often it was put off, it is given up after this.
inline constexpr std::chrono::hours longest_change{72};
inline constexpr std::chrono::seconds first_change_pause{15};  // doubled with each failure
inline constexpr std::chrono::minutes longest_change_pause{60};
/// The call, and what it may take longer until its deadline.
inline constexpr std::chrono::milliseconds change_call_timeout{15'000};
inline constexpr std::chrono::milliseconds change_deadline_margin{3'000};

/// The next attempt begins: the row as it is to be committed before the call.
publication_change begin_change(publication_change of, base::timestamp now);

/// What an answer makes of the running attempt. `retry_at` is the platform's own word for when it may be asked again.
publication_change settle_change(publication_change of, change_answer answer, std::optional<base::timestamp> retry_at,
                                 base::timestamp now);

}  // namespace pulse::domain
