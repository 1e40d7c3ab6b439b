// Evaluates a project's guardrails for a text and a time, among the existing posts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::judging {

/// Posts around the days in question that are counted; of more the first.
inline constexpr int most_counted_posts = 20'000;

struct question {
  base::uuid project_id;
  std::string time_zone;        // of the project
  std::string text;             // whose topic is compared
  std::string more_words = {};  // that must not hold a forbidden phrase either: title, variants
  base::timestamp at;
  std::vector<base::uuid> channel_ids = {};
  std::optional<base::uuid> campaign_id = std::nullopt;
  std::optional<base::uuid> except_post_id = std::nullopt;  // the post itself, where there is one
  bool is_approved = false;
};

/// Reads only what the settings need. Where topics must not repeat it also gives signatures to posts that have none.
domain::campaigns::judgement judge(transaction& tx, const domain::campaigns::guardrails& settings, const question& of);

}  // namespace pulse::persistence::judging
