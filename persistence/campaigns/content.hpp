// Content items: their rows, versions and what changes them. People and rules write them through here; both in
// transactions that name their tenant, as pulse_api or as pulse_engine.
//
// Every change is one guarded statement; its result says whether somebody else was faster.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/content.hpp"
#include "domain/platforms/image.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::content {

/// An item as people see it.
struct item {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> template_id;
  std::optional<int> template_version;
  std::optional<base::uuid> rule_id;  // that wrote it, and its run
  std::optional<base::uuid> run_id;
  std::string title;
  std::string text;
  std::vector<posts::variant> variants;
  std::optional<domain::image> image;
  std::map<std::string, std::string> template_values;  // with which the template was filled in
  std::vector<base::uuid> channel_ids;                 // none: all active ones of the project
  std::vector<std::string> labels;
  domain::campaigns::content_state state = domain::campaigns::content_state::draft;
  int version = 1;  // of its words
  int round = 0;    // how often it was handed in
  bool needs_approval = false;
  std::optional<base::timestamp> submitted_at;
  std::optional<base::uuid> submitted_by;  // none: a rule
  std::optional<int> approved_version;
  std::optional<base::timestamp> scheduled_at;  // of its post; before there is one, when it is wanted
  std::optional<base::uuid> post_id;
  std::optional<domain::post_state> post_status;
  std::optional<base::uuid> author_id;  // none: a rule
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(item, (),
                      (id, project_id, campaign_id, template_id, template_version, rule_id, run_id, title, text,
                       variants, image, template_values, channel_ids, labels, state, version, round, needs_approval,
                       submitted_at, submitted_by, approved_version, scheduled_at, post_id, post_status, author_id,
                       created_at, updated_at))

/// An item to be stored.
struct draft {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id = std::nullopt;
  std::optional<base::uuid> template_id = std::nullopt;  // with its version
  std::optional<int> template_version = std::nullopt;
  std::optional<base::uuid> rule_id = std::nullopt;
  std::optional<base::uuid> run_id = std::nullopt;
  std::string title = {};
  std::string text = {};
  std::map<std::string, std::string> variants = {};  // by channel type
  std::optional<domain::image> image = std::nullopt;
  std::map<std::string, std::string> template_values = {};
  std::vector<base::uuid> channel_ids = {};
  std::vector<std::string> labels = {};
  bool needs_approval = false;
  std::optional<base::timestamp> scheduled_at = std::nullopt;  // when it is wanted
  std::optional<base::uuid> author_id = std::nullopt;          // none: the rule
};

/// Stores the item as a draft, with the first version of its words. A run makes at most one item: asked again with the
/// same run it stores nothing, and gives the id of what the run has made.
base::uuid insert(transaction& tx, const draft& made, base::timestamp now);

/// One or none.
bound_query<item> find(const base::uuid& id);

/// What a run has made, if it has.
std::optional<base::uuid> find_of_run(transaction& tx, const base::uuid& run_id);

/// Hands a draft in for approval, of the version that is named, with the event ContentSubmitted; false when it is no
/// draft, or not of this version any more. `member_id` is who does it; none: a rule.
bool submit(transaction& tx, const base::uuid& id, int version, const std::optional<base::uuid>& member_id,
            base::timestamp now);

/// Sets what state an item has that needs nobody's approval: a draft is approved at once, without an event. False when
/// it is no draft, not of this version any more, or needs approval.
bool pass(transaction& tx, const base::uuid& id, int version, base::timestamp now);

}  // namespace pulse::persistence::content
