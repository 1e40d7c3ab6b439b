// What a project's rules would do until a time, on virtual time: the moments, conditions, texts, times and guardrails
// of the engine, by the same functions and in the same words (run_trace). It assumes that nobody approves or rejects,
// no feed has news, and an AI's answer is accepted. Pure: the same input gives the same answer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/approval.hpp"
#include "domain/campaigns/campaign.hpp"
#include "domain/campaigns/filled_template.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "domain/campaigns/rule.hpp"
#include "domain/campaigns/rule_matching.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "domain/campaigns/run.hpp"
#include "domain/campaigns/run_trace.hpp"

namespace pulse::domain::campaigns {

/// Maximum number of runs of one simulation: the first ones.
inline constexpr std::size_t most_simulated_runs = 20'000;

struct simulated_template {
  std::string name;
  int version = 1;
  template_words words;
};

struct simulated_rule {
  base::uuid id;
  std::string name;
  int version = 1;
  std::optional<base::uuid> campaign_id = std::nullopt;
  rule_trigger trigger = {};
  rule_conditions conditions = {};
  rule_action action = {};
  missed_policy missed = {};
  std::optional<base::timestamp> next_run_at = std::nullopt;  // none: it waits for something else
  std::optional<campaigns::left_out> left_out = std::nullopt;
  std::optional<simulated_template> from = std::nullopt;  // none: it was removed, or the rule tells members
  int recipients = 0;                                     // active members that it notifies
};

struct simulated_campaign {
  base::uuid id;
  std::string name;
  std::string goal;
  campaign_state state = campaign_state::draft;
  std::optional<std::string> first_day = std::nullopt;  // 2026-12-24, in the project's zone
  std::optional<std::string> last_day = std::nullopt;
  std::vector<base::uuid> channel_ids = {};
  std::vector<std::string> labels = {};
  utm_fields utm = {};
};

struct simulated_channel {
  base::uuid id;
  channel_type type = channel_type::website;
  bool is_active = true;
  std::string name;
};

/// An existing post: planned, on its way or out.
struct known_post {
  base::uuid id;
  base::timestamp at;
  std::vector<base::uuid> channel_ids = {};
  std::optional<base::uuid> campaign_id = std::nullopt;
  std::string title = {};
  std::string text = {};
  std::vector<std::string> labels = {};
  std::vector<base::uuid> origin = {};  // the rules whose runs led to it
};

/// What the rules depend on.
struct rule_world {
  base::timestamp now;
  base::timestamp until;  // runs later than this are not told
  std::string time_zone;
  base::uuid project_id;
  std::string project_name;
  bool is_company_paused = false;
  bool is_project_paused = false;
  campaigns::guardrails guardrails = {};
  approval_policy approval = {};
  std::vector<simulated_rule> rules = {};
  std::vector<simulated_campaign> campaigns = {};
  std::vector<simulated_channel> channels = {};  // in the order in which posts list them
  std::vector<known_post> posts = {};  // in the order of their times; with topics: those of the days before, too
  std::string ai_provider = {};        // empty: no provider
};

/// The end of a post, as a simulation of deliveries predicts it.
struct post_ending {
  base::uuid post_id;
  trigger_event what = trigger_event::post_published;
  base::timestamp at;
  std::optional<std::int64_t> late_by_seconds = std::nullopt;  // of its last delivery
};

/// A post that a run would make.
struct simulated_post {
  base::uuid id;  // made up
  base::timestamp at;
  std::vector<simulated_channel> channels = {};
  std::string title = {};
  std::string text = {};
  std::map<std::string, std::string> variants = {};
  std::optional<base::uuid> campaign_id = std::nullopt;
  std::vector<std::string> labels = {};
  std::vector<base::uuid> origin = {};
};

struct simulated_run {
  base::uuid rule_id;
  std::string rule_name;
  int rule_version = 1;
  run_cause cause = run_cause::schedule;
  base::timestamp at;                                      // when it would begin
  std::optional<base::uuid> about_post_id = std::nullopt;  // whose ending set it off
  run_state state = run_state::queued;                     // in which it would be then
  bool is_ai = false;                                      // an AI writes its text: the words are not known
  std::vector<run_step> steps = {};
  std::optional<simulated_post> post = std::nullopt;
};

/// The runs, in the order of their times. `endings` in the order of theirs; of posts that are in the world, or that an
/// earlier call with the same world has made up.
std::vector<simulated_run> simulate_rules(const rule_world& world, const std::vector<post_ending>& endings);

}  // namespace pulse::domain::campaigns
