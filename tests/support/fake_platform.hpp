// A platform that answers as a test says, keeps a journal of all arrivals, and answers reconciliation truthfully.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/connector.hpp"

namespace pulse::support {

/// One platform; the connectors of several nodes lead to it. Not thread-safe.
class fake_platform {
 public:
  /// What becomes of a call.
  struct manner {
    bool accepts = true;
    std::optional<domain::outcome> says = std::nullopt;  // none: published, when it accepts, and transient when not
    std::vector<connectors::budget_report> budgets{};
    bool is_held = false;  // the reply comes with `reply_all`
    bool throws = false;   // the connector breaks before anything leaves
  };
  struct entry {
    base::uuid delivery_id;
    base::uuid channel_id;
    int attempt = 0;
    base::timestamp at;
    std::chrono::milliseconds timeout{0};
    std::string text;
  };

  explicit fake_platform(const base::clock& clock) : clock_(clock) {}

  /// For the next calls, one each; later ones are published.
  std::deque<manner> script;
  /// Decides instead of the script, when set.
  std::function<manner(const connectors::publication&)> plan;
  /// What every look finds, instead of the truth.
  std::optional<domain::reconciliation> look;
  bool look_throws = false;
  /// So many of the next looks are answered by `answer_look`, with what was true when they were made.
  int looks_held = 0;

  std::vector<entry> calls;
  std::vector<entry> looks;
  std::map<base::uuid, int> accepted;  // how often each delivery was made public

  void reply_all() {
    auto now = std::exchange(held_, {});
    for (auto& each : now) each();
  }
  std::size_t held() const { return held_.size(); }
  /// Answers the oldest look that is held.
  void answer_look() {
    auto answer = std::move(held_looks_.front());
    held_looks_.pop_front();
    answer();
  }
  std::size_t held_looks() const { return held_looks_.size(); }
  /// The process that waits for the replies is gone.
  void abandon() {
    held_.clear();
    held_looks_.clear();
  }

  void publish(const connectors::publication& what, std::function<void(connectors::publish_reply)> done) {
    const auto how = plan ? plan(what) : next();
    if (how.throws) throw std::runtime_error("the connector is broken");
    if (what.may_send && !what.may_send()) {
      return done({.outcome = {.kind = domain::outcome_kind::transient, .reason = "the lease is over"}});
    }
    calls.push_back({what.delivery_id, what.channel_id, what.attempt, clock_.now(), what.timeout, what.text});
    if (how.accepts) ++accepted[what.delivery_id];
    domain::outcome said{.kind = domain::outcome_kind::transient, .reason = "not now"};
    if (how.accepts)
      said = {.kind = domain::outcome_kind::published, .external_id = "at-" + std::to_string(calls.size())};
    if (how.says) said = *how.says;
    auto answer = [done = std::move(done),
                   reply = connectors::publish_reply{
                       .outcome = said, .budgets = how.budgets, .first_byte_at = clock_.now()}] { done(reply); };
    if (how.is_held) {
      held_.push_back(std::move(answer));
    } else {
      answer();
    }
  }

  void reconcile(const connectors::publication& what, std::function<void(domain::reconciliation)> done) {
    if (look_throws) throw std::runtime_error("the connector is broken");
    looks.push_back({what.delivery_id, what.channel_id, what.attempt, clock_.now(), what.timeout, what.text});
    const auto tell = [this, done = std::move(done)](domain::reconciliation found) {
      if (looks_held == 0) return done(std::move(found));
      --looks_held;
      held_looks_.push_back([done, found] { done(found); });
    };
    if (look) return tell(*look);
    const bool live = accepted.contains(what.delivery_id);
    tell({.kind = live ? domain::reconciliation_kind::live : domain::reconciliation_kind::absent,
          .external_id = live ? std::optional<std::string>{"found"} : std::nullopt,
          .reason = live ? "" : "it is not there"});
  }

  bool any_twice() const {
    for (const auto& [id, times] : accepted) {
      if (times > 1) return true;
    }
    return false;
  }

 private:
  manner next() {
    if (script.empty()) return {};
    auto how = script.front();
    script.pop_front();
    return how;
  }

  const base::clock& clock_;
  std::vector<std::function<void()>> held_;
  std::deque<std::function<void()>> held_looks_;
};

class fake_connector final : public connectors::connector {
 public:
  fake_connector(fake_platform& at, domain::channel_type type) : at_(at), type_(type) {}

  domain::channel_type type() const override { return type_; }
  void publish(connectors::publication what, std::function<void(connectors::publish_reply)> done) override {
    at_.publish(what, std::move(done));
  }
  void reconcile(connectors::publication what, std::function<void(domain::reconciliation)> done) override {
    at_.reconcile(what, std::move(done));
  }

 private:
  fake_platform& at_;
  domain::channel_type type_;
};

}  // namespace pulse::support
