// MinHash signatures of a project's posts: finds the post that is most similar to a text, among any number.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::topics {

/// Posts that get their signature with one question; of more the newest. A project that begins to forbid repetition
/// catches up with so many each time.
inline constexpr int most_signed_at_once = 2'000;
/// Posts of one band that are compared, the newest.
inline constexpr int most_compared_of_band = 50;

/// Gives signatures to posts of the project that have none, or whose text has changed; answers how many.
int sign_posts(transaction& tx, const base::uuid& project_id, int limit = most_signed_at_once);

/// The post of the project that is most like the text, of those that are planned or out from `from` to `to`, except
/// one; nothing when none meets it in a band.
std::optional<domain::campaigns::similar_text> find_similar(transaction& tx, const base::uuid& project_id,
                                                            std::string_view text, base::timestamp from,
                                                            base::timestamp to,
                                                            const std::optional<base::uuid>& except_post_id);

}  // namespace pulse::persistence::topics
