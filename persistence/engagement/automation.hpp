// What members let be done in their name, what their organization does not want said, and what a comment is written from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/automation.hpp"
#include "domain/engagement/comments.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::automation {

/// $1 the member → their settings; no row: the defaults.
inline constexpr statement find_settings{"find_member_automation", R"sql(
  SELECT likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days, works_from_minute, works_until_minute, reactions,
         comment_language, comment_characters, comment_examples, ask_by_mail
  FROM member_automation WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

domain::engagement::automation_settings find(transaction& tx, const base::uuid& member_id);
void store(transaction& tx, const base::uuid& member_id, const domain::engagement::automation_settings& settings,
           base::timestamp now);

/// What a comment of this member is written from, without the post; nothing when the tenant has no such active member. As any role, with the tenant set.
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

/// → the tenant's phrases in the order of the alphabet.
inline constexpr statement list_phrases{"list_avoid_phrases", R"sql(
  SELECT id, phrase, created_at FROM avoid_phrases WHERE tenant_id = pulse_tenant() ORDER BY lower(phrase), id LIMIT 200)sql"};

/// False when there are as many as there may be.
bool insert_phrase(transaction& tx, const avoid_phrase& made);
/// False when there is none.
bool remove_phrase(transaction& tx, const base::uuid& id);

}  // namespace pulse::persistence::automation
