// Decisions and comments about content, by members and by holders of a review link.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/approval.hpp"
#include "domain/campaigns/content.hpp"
#include "persistence/campaigns/content.hpp"

namespace pulse::persistence::reviews {

/// Who decides or comments: a member, or a link with the name that it was made for.
struct reviewer {
  std::optional<base::uuid> member_id = std::nullopt;
  std::optional<domain::role> role = std::nullopt;  // of the member
  std::optional<base::uuid> link_id = std::nullopt;
  std::optional<std::string> link_name = std::nullopt;
};

/// What is decided about the version that was read.
struct verdict {
  base::uuid content_id;
  int version = 1;
  domain::campaigns::content_decision decision = domain::campaigns::content_decision::approve;  // approve or reject
  std::string reason = {};
};

enum class review_result {
  done,  // recorded; the item may wait for others still
  not_found,
  not_pending,  // it does not wait for approval
  changed,      // it is no longer of the version that was read
  refused,      // not theirs to decide: the sentence says why
};

struct decided {
  review_result outcome = review_result::done;
  std::string sentence = {};                         // refused
  std::optional<content::item> item = std::nullopt;  // as it is then, where there is one
};

/// Records the decision, and approves or rejects the item when nothing else is needed, with its event. Everything is
/// decided with the item's row locked; who gives the same approval twice has given it once.
decided decide(transaction& tx, const verdict& what, const reviewer& by, base::timestamp now);

/// How far an item has come.
struct progress {
  std::vector<domain::campaigns::approval_step> steps;
  std::size_t waiting = 0;  // the step that waits; the number of steps when all are complete
  domain::campaigns::approval_question question;
  domain::campaigns::approval_policy policy;
};
progress find_progress(transaction& tx, const content::item& of);

/// A decision as people read it.
struct decision_entry {
  base::uuid id;
  int version = 1;
  int round = 0;
  int step = 0;
  domain::campaigns::content_decision decision = domain::campaigns::content_decision::approve;
  std::optional<base::uuid> member_id;
  std::string by;  // the member's name, or the link's
  std::string reason;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(decision_entry, (), (id, version, round, step, decision, member_id, by, reason, created_at))

/// Oldest first, at most 500.
bound_query<decision_entry> list_decisions(const base::uuid& content_id);

/// Records that a person scheduled the item against the guardrails. `verdicts` as JSON.
void record_override(transaction& tx, const content::item& of, const base::uuid& member_id, const std::string& reason,
                     const std::string& verdicts, base::timestamp now);

// --- comments --------------------------------------------------------------------------------------------------------

inline constexpr int most_comments_of_item = 1'000;

struct comment {
  base::uuid id;
  base::uuid content_id;
  int version = 1;  // that was read
  std::optional<base::uuid> member_id;
  std::string by;  // the member's name, or the link's
  std::string text;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(comment, (), (id, content_id, version, member_id, by, text, created_at))

/// Oldest first.
bound_query<comment> list_comments(const base::uuid& content_id, const page_bounds& page);

/// Adds a comment; false when the item has `most_comments_of_item` already.
bool add_comment(transaction& tx, const comment& made, const std::optional<base::uuid>& link_id);

/// Deletes one's own comment; false if there is none.
bool remove_comment(transaction& tx, const base::uuid& content_id, const base::uuid& id, const base::uuid& member_id,
                    base::timestamp now);

}  // namespace pulse::persistence::reviews
