// A company's rules: one actor for all of them, with one timer for the next moment. domain/campaigns decides, rule_work
// carries it out; this actor knows when to sweep and what is under way.
//
// One actor a company and not one a rule: a rule that sleeps is then a row and nothing else, so that 100,000 of them
// cost what the companies that are awake cost. Rules do not hold each other up, because runs are worked on beside each
// other, each in transactions of its own; what would crash on one rule's row crashes in its run's transaction, which
// ends as a failed run.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_set>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/campaigns/messages.hpp"
#include "actors/system/services.hpp"
#include "actors/tenant/messages.hpp"

namespace pulse::actors {

/// Whose rules these are. Values only, so that a restart is the same spawn again.
struct rules_identity {
  base::uuid tenant_id;
  std::int64_t fence = 0;
};

class rules_state {
 public:
  static constexpr const char* name = "rules";

  /// Runs that are carried out at a time. Each locks the tenant for its transaction, so more would only wait.
  static constexpr std::size_t most_working = 2;
  /// Runs that wait for an AI provider at one time, and feeds that are read.
  static constexpr std::size_t most_asking = 16;
  static constexpr std::size_t most_reading = 8;
  /// How often the stream is polled while rules listen: other processes commit events too.
  static constexpr std::chrono::milliseconds poll_events_every{2'000};
  /// An event was committed that cannot be read yet; doubles up to the longest.
  static constexpr std::chrono::milliseconds early_wait{4};
  static constexpr std::chrono::milliseconds early_wait_max{256};
  /// While the database does not answer, and after rows were not as believed.
  static constexpr std::chrono::milliseconds database_pause{500};
  /// The longest timer, so that a clock that was set is noticed.
  static constexpr std::chrono::minutes longest_wait{10};

  ~rules_state();
  void init(rules_actor::stateful_pointer<rules_state> self, const services* services, rules_identity who,
            tenant_actor supervisor);

  void sweep();
  void on(const rules_found& message);
  void on(const run_rested& message);
  void on(const run_was_answered& message);
  void on(const feed_was_read& message);
  void on(const rules_tick& message);

 private:
  void start_next();
  void read_feeds(const rule_work::found& found);
  void rested();
  void arm(std::optional<std::chrono::milliseconds> no_later_than = std::nullopt);
  void ask(const run_rested& message);
  bool is_idle() const;

  rules_actor::stateful_pointer<rules_state> self_ = nullptr;
  const services* services_ = nullptr;
  rules_identity who_;
  tenant_actor supervisor_;
  bool is_sweeping_ = false;
  bool sweeps_again_ = false;
  bool listens_ = false;
  std::uint64_t listener_ = 0;
  bool has_rested_ = false;  // something, since the last look: the agenda is older than the rows
  std::optional<base::timestamp> next_;
  std::chrono::milliseconds early_wait_{0};
  std::deque<base::uuid> queue_;            // runs that were found and are not begun; bounded by what one look finds
  std::unordered_set<base::uuid> working_;  // runs
  std::unordered_set<base::uuid> asking_;   // runs
  std::unordered_set<base::uuid> reading_;  // rules whose feeds are being read
  std::uint64_t generation_ = 0;
};

/// Runs as a monitored child of the tenant's supervisor, and ends with it. The next one finds what was under way in the
/// rows.
rules_actor::behavior_type rules(rules_actor::stateful_pointer<rules_state> self, const services* services,
                                 rules_identity who, tenant_actor supervisor);

}  // namespace pulse::actors
