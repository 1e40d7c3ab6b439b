// All possible next steps in the world around a delivery.
#include <algorithm>
#include <utility>

#include "tests/domain/publishing/delivery_moves.hpp"

namespace pulse::domain::model {

namespace {

using namespace std::chrono_literals;

/// All steps from one world.
class stepping {
 public:
  stepping(const world& from, const rules_of_world& by, std::string& broken) : from_(from), by_(by), broken_(broken) {}

  std::vector<step> all() {
    for (int who = 0; who < 2; ++who) {
      if (from_.holders[who].is_there) of_holder(who);
    }
    of_writes();
    of_calls();
    of_time();
    of_people();
    return std::move(steps_);
  }

 private:
  template <class Do>
  void add(std::string what, bool is_progress, Do change) {
    moving m{from_, by_};
    change(m);
    if (!m.broken().empty() && broken_.empty()) broken_ = what + ": " + m.broken();
    steps_.push_back({std::move(m.in()), std::move(what), is_progress});
  }

  void of_holder(int who) {
    const auto& me = from_.holders[who];
    const std::string name = who == 0 ? "owner: " : "replaced: ";
    if (from_.left.crashes > 0) {
      add(name + "crashes", false,
          [who, keeps = by_.made == mistake::old_rows || by_.made == mistake::any_claim_again](moving& m) {
            crash(m.in(), who, keeps);
          });
      if (who == 0 && !from_.holders[1].is_there) {
        // The new supervisor takes the tenant before the old one's channel has heard that it is alone.
        add(name + "its supervisor crashes", false, [](moving& m) {
          --m.in().left.crashes;
          take_over(m.in());
          m.in().holders[1].loaded.reset();
        });
      }
    }
    if (me.lease && from_.left.takeovers > 0) {
      add(name + "loses its lease", false, [who](moving& m) { m.in().holders[who].lease = false; });
    }
    if (!me.lease && me.fence == from_.owner_fence) {
      add(name + "renews its lease", true, [who](moving& m) { m.in().holders[who].lease = true; });
      if (who == 0 && from_.left.takeovers > 0 && !from_.holders[1].is_there) {
        add("another node takes over", false, [](moving& m) {
          --m.in().left.takeovers;
          take_over(m.in());
        });
      }
    }
    if (!me.loaded && me.fence == from_.owner_fence) {
      add(name + "reads the rows", true, [who](moving& m) { m.in().holders[who].loaded = m.in().stored; });
    }
    if (me.loaded && !me.has) {
      add(name + "begins with what it has read", true, [who](moving& m) { m.hand_out(who); });
    }
    if (me.has) of_delivery(who, name);
  }

  void of_delivery(int who, const std::string& name) {
    const auto& me = from_.holders[who];
    if (me.wake && *me.wake <= from_.now) add(name + "wakes", true, [who](moving& m) { m.wake(who); });
    if (me.again) {
      add(name + "writes again", true, [who](moving& m) {
        auto& its = m.in().holders[who];
        auto what = *std::exchange(its.again, std::nullopt);
        what.awaited_by = who;
        if (what.kind == write_kind::claim) return m.feed(who, event::claim_failed{});
        m.in().writes.push_back(what);
      });
    }
    switch (me.held.step) {
      case delivery_step::asking:
      case delivery_step::confirming:
        add(name + "gets a permit", true, [who](moving& m) { m.feed(who, event::permitted{}); });
        if (from_.left.held > 0) {
          add(name + "is held", false, [who](moving& m) {
            --m.in().left.held;
            m.feed(who, event::held{m.in().now + 1s, "budget"});
          });
        }
        return;
      case delivery_step::reconciling: return of_look(who, name);
      case delivery_step::resting:
      case delivery_step::claiming:
      case delivery_step::calling:
      case delivery_step::recording: return;
    }
  }

  void of_look(int who, const std::string& name) {
    const bool live = from_.accepted > 0;
    add(name + (live ? "finds it live" : "finds it absent"), true, [who, live](moving& m) {
      const auto kind = live ? reconciliation_kind::live : reconciliation_kind::absent;
      look(m, who, {.kind = kind, .external_id = "1"});
    });
    add(name + "cannot know", false, [who](moving& m) { look(m, who, {.kind = reconciliation_kind::cannot_know}); });
    if (from_.left.looks > 0) {
      add(name + "cannot look", false, [who](moving& m) {
        --m.in().left.looks;
        m.feed(who, event::reconciled{{.kind = reconciliation_kind::try_again}});
      });
      add(name + "is to look later", false, [who](moving& m) {
        --m.in().left.looks;
        look(m, who, {.kind = reconciliation_kind::try_again, .retry_at = m.in().now + least_pause_stored + 2s});
      });
      add(name + "may not look", false, [who](moving& m) {
        --m.in().left.looks;
        m.feed(who, event::reconciled{{.kind = reconciliation_kind::try_again, .is_unauthorized = true}});
      });
    }
  }

  /// What a look says but that it is live is believed only when the attempt is surely over.
  static void look(moving& m, int who, reconciliation found) {
    const auto deadline = m.in().holders[who].held.deadline_at;
    const bool is_live = found.kind == reconciliation_kind::live;
    m.feed(who, event::reconciled{std::move(found)});
    const auto& after = m.in().holders[who].held;
    const bool is_unsettled = after.state == delivery_state::sending || after.state == delivery_state::unknown;
    if (!is_live && m.in().now < deadline && !is_unsettled) m.fail("absent was believed before the deadline");
  }

  void of_writes() {
    for (std::size_t i = 0; i < from_.writes.size(); ++i) {
      const auto& w = from_.writes[i];
      const std::string name = w.kind == write_kind::claim ? "the intent " : "the outcome ";
      if (w.executed == write_word::none) {
        add(name + "is executed", true, [i](moving& m) { m.execute(m.in().writes[i]); });
      }
      if (w.awaited_by < 0) {
        add(name + "of nobody is gone", true, [i](moving& m) { erase(m.in().writes, i); });
        continue;
      }
      if (w.executed != write_word::none) add(name + "is answered", true, [i](moving& m) { answer_write(m, i); });
      if (from_.left.silences > 0) {
        add(name + "is not answered", false, [i](moving& m) {
          --m.in().left.silences;
          auto& its = m.in().writes[i];
          auto again = its;
          again.executed = write_word::none;
          m.in().holders[its.awaited_by].again = again;
          its.awaited_by = -1;
        });
      }
    }
  }

  static void answer_write(moving& m, std::size_t i) {
    const auto w = m.in().writes[i];
    erase(m.in().writes, i);
    const bool won = w.executed == write_word::won;
    if (w.kind == write_kind::claim) {
      m.feed(w.awaited_by, won ? delivery_input{event::claimed{}} : delivery_input{event::not_claimed{}});
    } else {
      m.feed(w.awaited_by, won ? delivery_input{event::recorded{}} : delivery_input{event::not_recorded{}});
    }
  }

  void of_calls() {
    for (std::size_t i = 0; i < from_.calls.size(); ++i) {
      const auto& c = from_.calls[i];
      if (!c.accepted && from_.now < c.until) {
        add("the platform takes it", true, [i](moving& m) {
          m.in().calls[i].accepted = true;
          if (++m.in().accepted > 1) m.fail("published twice");
        });
      }
      if (c.awaited_by < 0) {
        if (c.accepted || from_.now >= c.until)
          add("a call of nobody is over", true, [i](moving& m) { erase(m.in().calls, i); });
        continue;
      }
      answers_of(i, c);
    }
  }

  void answers_of(std::size_t i, const call& c) {
    const auto answer = [this, i](const char* what, outcome said, bool is_over, int refusals = 0) {
      if (from_.left.refusals < refusals) return;
      add(std::string{"the platform answers: "} + what, refusals == 0, [i, said, is_over, refusals](moving& m) {
        m.in().left.refusals -= refusals;
        const int who = m.in().calls[i].awaited_by;
        m.in().calls[i].awaited_by = -1;
        if (is_over) erase(m.in().calls, i);  // refused: it will not be taken any more
        m.feed(who, event::answered{said});
      });
    };
    answer("nothing, the reply is lost", {.kind = outcome_kind::unknown}, c.accepted);
    answer("an error, and asks to be left alone", {.kind = outcome_kind::unknown, .retry_at = from_.now + 6s},
           c.accepted, 1);
    if (c.accepted) {
      answer("published", {.kind = outcome_kind::published, .external_id = "1"}, true);
      answer("published, as nothing", {.kind = outcome_kind::published}, true);
      return;
    }
    if (from_.accepted > 0) {
      answer("duplicate of its own", {.kind = outcome_kind::duplicate, .external_id = "1"}, true);
      return;
    }
    answer("not now", {.kind = outcome_kind::transient}, true);
    answer("never", {.kind = outcome_kind::invalid}, true);
    answer("not allowed", {.kind = outcome_kind::permission}, true);
    answer("duplicate of another, without a name", {.kind = outcome_kind::duplicate}, true);
    // After an attempt that may be live nothing tells another's post from its work: there it cannot be played.
    const bool may_be_its_own = from_.holders[c.awaited_by].held.may_be_live;
    if (!may_be_its_own) answer("duplicate of another", {.kind = outcome_kind::duplicate, .external_id = "2"}, true);
    answer("too many", {.kind = outcome_kind::rate_limited, .retry_at = from_.now + 1s}, true, 1);
    answer("who are you", {.kind = outcome_kind::auth_expired}, true, 1);
  }

  /// The next second in which anything can be different.
  void of_time() {
    std::optional<base::timestamp> next;
    const auto at = [&](base::timestamp moment) {
      const base::timestamp tick = std::chrono::ceil<std::chrono::seconds>(moment);
      if (tick > from_.now && (!next || tick < *next)) next = tick;
    };
    at(from_.stored.not_before);
    if (from_.stored.state == delivery_state::unknown) at(from_.stored.resend_at);
    at(from_.stored.deadline_at);
    if (from_.stored.look_at) at(*from_.stored.look_at);
    at(from_.stored.due_at + by_.lateness.after + 1s);
    for (const auto& who : from_.holders) {
      if (who.wake) at(*who.wake);
      if (!who.has) continue;
      at(who.held.not_before);
      at(who.held.deadline_at);
      at(who.held.deadline_at - by_.rules.deadline_margin);
      at(who.held.deadline_at - by_.rules.deadline_margin / 2 - by_.rules.call_timeout / 2 + 1s);
    }
    for (const auto& c : from_.calls) at(c.until);
    if (next) add("time passes", true, [next](moving& m) { m.in().now = *next; });
  }

  void of_people() {
    if (!from_.stored.channel_open) {
      add("a person connects the account again", true, [](moving& m) { m.in().stored.channel_open = true; });
    }
    if (from_.left.commands == 0 || from_.stored.state != delivery_state::waiting) return;
    add("a person cancels", false, [](moving& m) {
      --m.in().left.commands;
      m.in().stored.state = delivery_state::cancelled;
      if (m.in().accepted > 0) m.fail("cancelled, and the platform has it");
    });
    if (from_.stored.attempt > 0) return;
    add("a person moves it to later", false, [](moving& m) {
      --m.in().left.commands;
      m.in().stored.due_at = m.in().stored.not_before = m.in().now + 3s;
    });
  }

  static void crash(world& in, int who, bool keeps_old_rows) {
    --in.left.crashes;
    for (auto& w : in.writes) {
      if (w.awaited_by == who) w.awaited_by = -1;
    }
    for (auto& c : in.calls) {
      if (c.awaited_by == who) c.awaited_by = -1;
    }
    auto& me = in.holders[who];
    if (who == 1) {
      me = {};
      return;
    }
    // The channel is gone. Its supervisor starts it again, and no longer believes what it read before.
    if (!keeps_old_rows) me.loaded.reset();
    me.has = false;
    me.wake.reset();
    me.again.reset();
  }

  static void take_over(world& in) {
    in.holders[1] = in.holders[0];
    for (auto& w : in.writes) {
      if (w.awaited_by == 0) w.awaited_by = 1;
    }
    for (auto& c : in.calls) {
      if (c.awaited_by == 0) c.awaited_by = 1;
    }
    in.holders[0] = {};
    in.holders[0].is_there = true;
    in.holders[0].fence = ++in.owner_fence;
  }

  template <class T>
  static void erase(std::vector<T>& from, std::size_t i) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
  }

  const world& from_;
  const rules_of_world& by_;
  std::string& broken_;
  std::vector<step> steps_;
};

}  // namespace

std::vector<step> next_steps(const world& from, const rules_of_world& by, std::string& broken) {
  return stepping{from, by, broken}.all();
}

}  // namespace pulse::domain::model
