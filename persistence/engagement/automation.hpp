// What members let be done in their name, what their organization does not want said, and what a comment is written
// from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/automation.hpp"
#include "domain/engagement/comments.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::automation {

/// Nothing stored: the defaults.

domain::engagement::automation_settings find(transaction& tx, const base::uuid& member_id);
void store(transaction& tx, const base::uuid& member_id, const domain::engagement::automation_settings& settings,
           base::timestamp now);

/// What a comment of this member is written from, without the post; nothing when the tenant has no such active member.
/// As any role, with the tenant set.
std::optional<domain::engagement::comment_sources> comment_sources_of(transaction& tx, const base::uuid& member_id);

struct avoid_phrase {
  base::uuid id;
  std::string phrase;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(avoid_phrase, (), (id, phrase, created_at))

/// Phrases that an organization may have.
inline constexpr std::int64_t avoid_phrases_max = static_cast<std::int64_t>(domain::engagement::max_avoid_phrases);
/// The index that a second phrase of the same letters breaks, whatever the case.
inline constexpr std::string_view phrase_once = "avoid_phrases_once";

/// The tenant's phrases in the order of the alphabet.
bound_query<avoid_phrase> list_phrases();

/// False when there are as many as there may be.
bool insert_phrase(transaction& tx, const avoid_phrase& made);
/// False if there is none.
bool remove_phrase(transaction& tx, const base::uuid& id);

}  // namespace pulse::persistence::automation
