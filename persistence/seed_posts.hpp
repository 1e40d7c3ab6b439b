// What the demo company has published and planned, seen from the moment at which it is made: a month behind it, a week
// before it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::demo {

/// What became of a delivery of the demo, or is to.
enum class fate { planned, draft, published, published_at_third_try, failed, missed, cancelled, unconfirmed, asked };

/// A post of the demo, to the channels that have a fate.
struct demo_post {
  std::string title;
  std::string text;
  std::string x_text;                     // empty: as `text`
  std::optional<base::timestamp> due_at;  // none: a draft
  std::optional<fate> website;
  std::optional<fate> x;
  std::optional<fate> linkedin;
};

/// The channels of the demo.
struct demo_channels {
  base::uuid project_id;
  base::uuid author_id;
  base::uuid website_id;
  base::uuid x_id;
  base::uuid linkedin_id;
  std::string website_name;
  std::string x_name;
  std::string linkedin_name;
  std::string public_url;  // without a slash at its end
};

/// Pure: the same for the same moment. Posts of all states, at least two a working day of the last 30, and of the next
/// 7.
std::vector<demo_post> plan_posts(base::timestamp now);

/// Writes them with their deliveries, and the events that tell what became of each. As requests of the tenant.
void insert_posts(transaction& tx, const demo_channels& of, const std::vector<demo_post>& posts, base::timestamp now);

}  // namespace pulse::persistence::demo
