// The class behind `simulate_rules` (rule_simulation.hpp), which nothing else uses: rules on virtual time.
// rule_simulation.cpp triggers rules, rule_playing.cpp runs them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/campaigns/content_fit.hpp"
#include "domain/campaigns/rule_simulation.hpp"
#include "domain/campaigns/topic_index.hpp"

namespace pulse::domain::campaigns {

/// The next moment of a rule, or the end of a post that triggers rules.
struct occasion {
  base::timestamp at;
  std::uint64_t order;  // at one moment
  std::optional<std::size_t> rule;
  std::size_t ending = 0;
  int deferred = 0;  // times: the run that makes its post may come at the same moment, behind it

  bool operator>(const occasion& other) const { return std::pair{at, order} > std::pair{other.at, other.order}; }
};

class playing {
 public:
  playing(const rule_world& world, const std::vector<post_ending>& endings);
  std::vector<simulated_run> play();

 private:
  /// Rules that come at one moment come in the order of their ids, as the engine looks at them, and before what then
  /// goes out.
  void plan_rule(std::size_t rule, base::timestamp at) { to_come_.push({at, rule, rule, 0, 0}); }
  std::uint64_t behind_rules() { return (std::uint64_t{1} << 32U) + ++planned_; }

  // --- state ---------------------------------------------------------------------------------------------------------
  void remember(const known_post& of);
  const simulated_campaign* campaign_of(const simulated_rule& rule) const;

  /// What keeps a run from starting, as the statement that begins one sees it (persistence/campaigns/run_work).
  std::optional<start_refusal> refusal_of(const simulated_rule& rule) const;

  // --- what sets rules off -------------------------------------------------------------------------------------------
  void look_at(std::size_t number);
  void add_left_out(std::size_t number, const left_out& more);
  void hear_of(const post_ending& ending);
  void set_off(std::size_t number, const post_ending& ending, const known_post& post, hearing_kind heard);
  std::vector<channel_type> types_of(const std::vector<base::uuid>& ids) const;

  // --- a run ---------------------------------------------------------------------------------------------------------
  simulated_run& begin(const simulated_rule& rule, run_cause cause);
  static run_figures& note(simulated_run& run, run_step_kind kind);
  static void end(simulated_run& run, run_state state, const std::string& reason);
  static void succeed(simulated_run& run);
  static void hand_in(simulated_run& run, const std::string& reason);
  void perform(simulated_run& run, std::size_t number, std::optional<base::timestamp> moment,
               const std::map<std::string, std::string>& about, const std::vector<base::uuid>& origin);
  static void tell_members(simulated_run& run, const simulated_rule& rule);
  void make_content(simulated_run& run, const simulated_rule& rule, std::optional<base::timestamp> moment,
                    const std::map<std::string, std::string>& about, const std::vector<base::uuid>& origin);
  std::optional<base::timestamp> choose_time(simulated_run& run, const simulated_rule& rule,
                                             const std::vector<base::uuid>& channel_ids) const;
  std::optional<base::timestamp> next_slot(const simulated_rule& rule,
                                           const std::vector<base::uuid>& channel_ids) const;
  void release(simulated_run& run, const simulated_rule& rule, simulated_post post);

  /// With the campaign's fields on its links.
  static void fit(const simulated_post& post, const simulated_campaign* campaign,
                  const std::vector<channel_type>& types, std::vector<misfit>& misfits);
  judgement judge_it(const simulated_post& post, const std::vector<base::uuid>& ids, base::timestamp at) const;
  void schedule(simulated_run& run, simulated_post post, const std::vector<base::uuid>& ids, base::timestamp at);

  const rule_world& world_;
  const std::vector<post_ending>& endings_;
  zone_clock zone_;
  base::timestamp now_;
  std::unordered_map<base::uuid, const simulated_campaign*> campaigns_;
  std::unordered_map<base::uuid, known_post> posts_;
  std::vector<counted_post> counted_;  // in the order of their times
  topic_index topics_;
  std::vector<std::optional<base::timestamp>> next_;  // of each rule
  std::vector<std::optional<left_out>> left_out_;
  std::priority_queue<occasion, std::vector<occasion>, std::greater<>> to_come_;
  std::uint64_t planned_ = 0;
  std::vector<simulated_run> runs_;
};

}  // namespace pulse::domain::campaigns
