// Comments that are planned and have no words yet: what drafts are written for, and where they are put. As the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/comments.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::drafts {

/// Tries that a draft gets; then its member is asked for the words.
inline constexpr int tries_max = 3;

struct wanted_draft {
  base::uuid tenant_id;
  base::uuid id;  // of the engagement
  base::uuid member_id;
  base::uuid post_id;
  bool is_automatic = false;
  int tries = 0;  // this one included
};
BOOST_DESCRIBE_STRUCT(wanted_draft, (), (tenant_id, id, member_id, post_id, is_automatic, tries))

/// Takes at most `most` comments without words, those planned first before the others; nobody else takes them before
/// `again_at`.
std::vector<wanted_draft> take(transaction& tx, base::timestamp now, base::timestamp again_at, int most);

struct draft_material {
  domain::engagement::comment_sources from;
  std::vector<std::string> others;  // the words of the other comments under the post, at most 2,000
};

/// What the comment is written from; nothing when its member or its post is gone. With the tenant set.
std::optional<draft_material> read(transaction& tx, const wanted_draft& of);

/// Puts the words in, unless somebody was faster. With `lets_out` an automatic comment is queued with that; one that
/// needs its member's word waits for it. False, and nothing changed: another comment under the post, which may have
/// come meanwhile, is like it.
bool store(transaction& tx, const wanted_draft& of, const std::string& text, bool lets_out, base::timestamp now);

/// No draft this time. Nothing for `again_at`: none at all.
void put_back(transaction& tx, const wanted_draft& of, std::optional<base::timestamp> again_at,
              const std::string& problem);

}  // namespace pulse::persistence::drafts
