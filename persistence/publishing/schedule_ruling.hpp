// What is asked before a person gives a post a time, or other words: whether the project lets it out so. This says what
// publishing asks; persistence/campaigns/schedule_ruling answers, out of the project's guardrails, so that publishing
// needs to know nothing of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::schedule_ruling {

enum class ruling_kind {
  pass,
  move_to,         // it may go out, at another time
  needs_approval,  // somebody must have approved it
  block,           // it must not go out
};

struct question {
  base::uuid project_id;
  std::optional<base::uuid> post_id = std::nullopt;  // none: it is being written
  std::string title;
  std::string text;
  std::string more_words = {};  // of its variants
  base::timestamp at;
  bool has_new_time = true;  // false: its time stays, and only the words are asked about
  std::vector<base::uuid> channel_ids = {};
  base::uuid member_id;  // who asks
};

/// What a person says to the answer.
struct wish {
  bool takes_other_time = false;                              // goes out when the answer lets it, later than asked for
  std::optional<std::string> override_reason = std::nullopt;  // overrides the answer, if the caller may
};

struct judged;  // the whole answer, for the record

struct ruling {
  ruling_kind kind = ruling_kind::pass;  // the ruling
  bool is_held = false;                  // and it stands: nothing may be scheduled so
  bool is_overridden = false;            // it is gone against
  base::timestamp at = {};               // the time to schedule for, where it is not held
  base::timestamp other_time = {};       // move_to: when it may go out
  std::string sentences = {};
  std::shared_ptr<const judged> whole = {};  // null: nothing had anything to say
};

/// Locks the guardrails until the transaction ends. If they do not bind people in this project, everything passes.
ruling ask(transaction& tx, const question& of, const wish& with);

/// After what passed was scheduled as `post_id`: records what was moved, and what was gone against with its reason and
/// the event GuardrailsOverridden. Does nothing where nothing was said.
void record(transaction& tx, const ruling& made, const wish& with, const base::uuid& post_id, base::timestamp now);

/// After a hold: in a separate transaction, because the other one is rolled back.
void record_held(transaction& tx, const ruling& made, base::timestamp now);

}  // namespace pulse::persistence::schedule_ruling
