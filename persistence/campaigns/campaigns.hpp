// Campaigns. What a campaign that is not active keeps its rules from is decided by the statements of those rules, which
// look at its row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/nullable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/campaign.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::campaigns {

struct campaign {
  base::uuid id;
  base::uuid project_id;
  std::string name;
  std::string goal;
  domain::campaigns::campaign_state state = domain::campaigns::campaign_state::draft;
  std::optional<std::string> first_day;  // 2026-12-01, in the project's zone; none: from when it is activated
  std::optional<std::string> last_day;   // included; none: until it is completed
  std::vector<base::uuid> channel_ids;   // none: all active ones of the project
  std::vector<std::string> labels;
  domain::campaigns::utm_fields utm;
  int version = 1;
  base::uuid created_by;
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(campaign, (),
                      (id, project_id, name, goal, state, first_day, last_day, channel_ids, labels, utm, version,
                       created_by, created_at, updated_at))

/// The constraint that a second campaign of one name breaks (failure_kind::conflict).
inline constexpr std::string_view name_once = "campaigns_name_once";

/// One or none.
bound_query<campaign> find(const base::uuid& id);

/// Of one project and one state, or of any, newest first.
bound_query<campaign> list(const std::optional<base::uuid>& project_id,
                           std::optional<domain::campaigns::campaign_state> state, const page_bounds& page);

/// Those of a project that have a day from `first_day` to `last_day` (2026-12-24), by their first; those without days
/// are left out.
bound_query<campaign> list_between(const base::uuid& project_id, const std::string& first_day,
                                   const std::string& last_day);

/// Stores a new campaign, a draft. A name that is taken is a conflict of `name_once`.
void insert(transaction& tx, const campaign& made);

/// What a change leaves out stays as it is; null takes a day away.
struct changes {
  std::optional<std::string> name = std::nullopt;
  std::optional<std::string> goal = std::nullopt;
  base::nullable<std::string> first_day{};
  base::nullable<std::string> last_day{};
  std::optional<std::vector<base::uuid>> channel_ids = std::nullopt;
  std::optional<std::vector<std::string>> labels = std::nullopt;
  std::optional<domain::campaigns::utm_fields> utm = std::nullopt;
};

/// False when there is no such campaign, or it is completed. A name that is taken is a conflict of `name_once`.
bool update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now);

/// Locks the campaign until the transaction ends; nothing if there is none.
std::optional<campaign> lock(transaction& tx, const base::uuid& id);

/// Gives the command, with its event, in one step that its state guards; false when the campaign is in another state
/// (also the one that the command leads to).
bool give(transaction& tx, const base::uuid& id, domain::campaigns::campaign_command what, const base::uuid& member_id,
          base::timestamp now);

/// What keeps a campaign from being deleted.
struct in_use {
  bool is_active = false;
  std::int64_t scheduled = 0;  // content that has not gone out yet
};
BOOST_DESCRIBE_STRUCT(in_use, (), (is_active, scheduled))

/// Nothing when there is no such campaign.
std::optional<in_use> find_use(transaction& tx, const base::uuid& id);

/// Removes it from every list, unless it is in use; its content stays. False if nothing was removed.
bool remove(transaction& tx, const base::uuid& id, base::timestamp now);

/// How its content and posts stand.
struct campaign_counts {
  std::int64_t draft = 0;
  std::int64_t pending_approval = 0;
  std::int64_t approved = 0;
  std::int64_t rejected = 0;
  std::int64_t scheduled = 0;
  std::int64_t published = 0;
  std::int64_t posts_out = 0;      // on all of their channels
  std::int64_t posts_partial = 0;  // on some
  std::int64_t posts_failed = 0;   // on none
  std::int64_t posts_missed = 0;
  std::int64_t posts_waiting = 0;  // for a person's decision
  std::optional<base::timestamp> last_published_at;
};
BOOST_DESCRIBE_STRUCT(campaign_counts, (),
                      (draft, pending_approval, approved, rejected, scheduled, published, posts_out, posts_partial,
                       posts_failed, posts_missed, posts_waiting, last_published_at))

campaign_counts count(transaction& tx, const base::uuid& id);

/// A post of the campaign that is still to go out.
struct coming_post {
  base::uuid content_id;
  base::uuid post_id;
  std::string title;  // or how its text begins
  base::timestamp scheduled_at;
};
BOOST_DESCRIBE_STRUCT(coming_post, (), (content_id, post_id, title, scheduled_at))

inline constexpr int most_coming_posts = 10;

/// When a rule of the campaign is due next.
struct coming_campaign_run {
  base::uuid rule_id;
  std::string rule_name;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(coming_campaign_run, (), (rule_id, rule_name, at))

inline constexpr int most_coming_runs = 10;

/// The next run of each rule that goes by the clock, at most `most_coming_runs`; none while the campaign is not active.
std::vector<coming_campaign_run> list_coming_runs(transaction& tx, const base::uuid& id);

/// Those that come next, at most `most_coming_posts`.
std::vector<coming_post> list_coming(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::campaigns
