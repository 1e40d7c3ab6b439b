#include "actors/campaigns/rule_isolation.hpp"

#include <memory>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "actors/campaigns/rule_sweep.hpp"

namespace pulse::actors {

namespace {

using persistence::failure_kind;
using persistence::transaction;

class search : public std::enable_shared_from_this<search> {
 public:
  search(persistence::database& on, const base::clock& clock, const base::uuid& tenant_id,
         persistence::rule_agenda::owner by, std::function<void(int)> done)
      : on_(on), clock_(clock), tenant_id_(tenant_id), by_(by), done_(std::move(done)) {}

  void begin() {
    on_.transact(
        tenant_id_, [by = by_, now = clock_.now()](transaction& tx) { return rules_of_sweep(tx, by, now); },
        [self = shared_from_this()](persistence::result<std::vector<base::uuid>> found) {
          if (found.has_error()) return self->done_(0);
          if (!found->empty()) self->parts_.push_back(std::move(*found));
          self->go_on();
        });
  }

 private:
  void go_on() {
    if (parts_.empty() || ++looks_ > most_sweeps_of_search) return done_(stopped_);
    auto part = std::move(parts_.back());
    parts_.pop_back();
    on_.transact(
        tenant_id_, [by = by_, part, now = clock_.now()](transaction& tx) { sweep_some(tx, by, part, now); },
        [self = shared_from_this(), part](persistence::result<void> answer) {
          if (answer.has_value()) return self->go_on();
          if (!is_of_rows(answer.error())) return self->done_(self->stopped_);
          if (part.size() == 1) return self->stop(part.front(), answer.error());
          const auto middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
          self->parts_.emplace_back(part.begin(), middle);
          self->parts_.emplace_back(middle, part.end());
          self->go_on();
        });
  }

  void stop(const base::uuid& rule_id, const persistence::failure& why) {
    spdlog::error("The rule {} fails and is switched off: {}", base::to_string(rule_id), why.detail);
    on_.transact(
        tenant_id_,
        [by = by_, rule_id, now = clock_.now()](transaction& tx) { stop_broken_rule(tx, by, rule_id, now); },
        [self = shared_from_this()](persistence::result<void> answer) {
          if (answer.has_error()) return self->done_(self->stopped_);
          ++self->stopped_;
          self->go_on();
        });
  }

  persistence::database& on_;
  const base::clock& clock_;
  const base::uuid tenant_id_;
  const persistence::rule_agenda::owner by_;
  const std::function<void(int)> done_;
  std::vector<std::vector<base::uuid>> parts_;
  int looks_ = 0;
  int stopped_ = 0;
};

}  // namespace

bool is_of_rows(const persistence::failure& why) {
  switch (why.kind) {
    case failure_kind::bug:
    case failure_kind::conflict:
    case failure_kind::violated: return true;
    case failure_kind::unavailable:
    case failure_kind::overloaded:
    case failure_kind::timeout:
    case failure_kind::in_doubt: return false;
  }
  return false;
}

void isolate_broken_rules(persistence::database& on, const base::clock& clock, const base::uuid& tenant_id,
                          const persistence::rule_agenda::owner& by, std::function<void(int)> done) {
  std::make_shared<search>(on, clock, tenant_id, by, std::move(done))->begin();
}

}  // namespace pulse::actors
