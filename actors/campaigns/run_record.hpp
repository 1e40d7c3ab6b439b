// Records a run while it is carried out: steps, the events that people see, and its end.
#pragma once

#include <string>
#include <vector>

#include "actors/campaigns/rule_work.hpp"
#include "domain/campaigns/run_trace.hpp"
#include "domain/events/facts.hpp"
#include "persistence/campaigns/run_work.hpp"

namespace pulse::actors {

/// Runs in a row that fail before their rule is switched off.
inline constexpr int most_failures_in_a_row = 10;

/// Lives within one transaction.
class run_record {
 public:
  run_record(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
             const persistence::run_work::begun& run, base::timestamp now)
      : tx_(tx), by_(by), run_(run), now_(now) {}

  domain::campaigns::run_figures& note(domain::campaigns::run_step_kind kind);
  void note(domain::campaigns::run_step step) { steps_.push_back(std::move(step)); }
  template <class Facts>
  void tell(const std::string& reason = {});

  /// The content that it has made, for its row.
  void made(const base::uuid& content_id) { ending_.content_id = content_id; }
  void posted(const base::uuid& post_id) { ending_.post_id = post_id; }
  void used(const base::uuid& template_id, int version);
  const std::optional<base::uuid>& content_id() const {
    return ending_.content_id ? ending_.content_id : run_.content_id;
  }

  // Each of these writes everything down, and must be the last call.
  rule_work::performed succeed();
  rule_work::performed wait_for_approval(const std::string& reason);
  rule_work::performed block(const std::string& reason);
  rule_work::performed fail(const std::string& reason);
  /// Retries later, or fails when its attempts are used up.
  rule_work::performed try_again(const std::string& reason, std::optional<base::timestamp> not_before);
  /// Refused at its beginning: its row says so already.
  rule_work::performed refused();
  /// Only writes the steps down.
  void keep_steps();
  /// It continues when the provider has answered.
  rule_work::performed asks(connectors::ai::request question);

 private:
  rule_work::performed end(domain::campaigns::run_state state, std::optional<std::string> error);
  void count_failure();

  persistence::transaction& tx_;
  const persistence::rule_agenda::owner& by_;
  const persistence::run_work::begun& run_;
  base::timestamp now_;
  std::vector<domain::campaigns::run_step> steps_;
  persistence::run_work::ending ending_;
};

}  // namespace pulse::actors
