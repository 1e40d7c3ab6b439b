// The world that is explored around one delivery. Over 400 lines: its moves and its laws read one state, and are read together.
#include "tests/domain/publishing/delivery_world.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace pulse::domain::model {

namespace {

using namespace std::chrono_literals;
namespace event = delivery_event;

const base::timestamp origin = *base::parse_timestamp("2026-11-22T12:00:00Z");

/// One way the world may go on; carries out decisions as actors/publishing/channel does.
class moving {
 public:
  moving(const world& from, const rules_of_world& by) : world_(from), by_(by) {}

  world& in() { return world_; }
  /// The promise that this way breaks; empty: none.
  const std::string& broken() const { return broken_; }

  void feed(int who, const delivery_input& input) {
    auto& me = world_.holders[who];
    const auto from = me.held.state;
    auto current = me.held;
    if (by_.made == mistake::early_look && std::holds_alternative<event::looked>(input))
      current.deadline_at = world_.now;
    if (by_.made == mistake::retry_adopts && std::holds_alternative<event::answered>(input))
      current.may_be_live = current.attempt > 1;
    auto made = decide(current, with_mistake(input), world_.now, by_.rules);
    if (by_.made == mistake::late_claim_calls && std::holds_alternative<event::claimed>(input)) {
      made.next.state = delivery_state::sending;
      made.next.step = delivery_step::calling;
      made.effects = {delivery_effect::call{by_.rules.call_timeout}};
    }
    me.held = made.next;
    for (const auto& what : made.effects) perform(who, from, what);
  }

  void wake(int who) {
    world_.holders[who].wake.reset();
    if (world_.holders[who].held.state == delivery_state::waiting) {
      feed(who, event::due{});
    } else {
      feed(who, event::adopted{});
    }
  }

  /// The supervisor gives the delivery to the channel, as the rows said when they were read.
  void hand_out(int who) {
    auto& me = world_.holders[who];
    const auto seen = *me.loaded;
    me.loaded.reset();
    const bool open = seen.state == delivery_state::waiting ? seen.channel_open : !is_settled(seen.state);
    if (!open) return;
    me.has = true;
    me.held = {};
    me.held.state = seen.state;
    me.held.due_at = seen.due_at;
    me.held.not_before = seen.not_before;
    me.held.attempt = seen.attempt;
    me.held.failures = seen.failures;
    me.held.interruptions = seen.interruptions;
    me.held.is_interrupted = seen.is_interrupted;
    if (by_.made != mistake::wait_is_lost) me.held.look_at = seen.look_at;
    if (seen.state == delivery_state::unknown && !seen.is_interrupted) me.held.not_before = seen.resend_at;
    me.held.started_at = seen.started_at;
    me.held.deadline_at = seen.deadline_at;
    me.held.may_be_live = seen.may_be_live;
    me.held.is_duplicate = seen.is_duplicate;
    me.held.retry = by_.retry;
    me.held.lateness = by_.lateness;
    me.wake = seen.state == delivery_state::waiting ? seen.not_before : look_time(me.held);
  }

  /// The database carries out a statement: the guards of persistence/engine/deliveries.
  void execute(write& w) {
    const bool won = w.kind == write_kind::claim ? claim(w) : record(w);
    w.executed = won ? write_word::won : write_word::refused;
    if (won && w.fence != world_.owner_fence) fail("a write of a replaced owner counted");
  }

  void fail(std::string why) {
    if (broken_.empty()) broken_ = std::move(why);
  }

 private:
  delivery_input with_mistake(const delivery_input& input) const {
    const auto* answer = std::get_if<event::answered>(&input);
    if (answer == nullptr) return input;
    if (by_.made == mistake::retry_when_unknown && answer->result.kind == outcome_kind::unknown) {
      return event::answered{{.kind = outcome_kind::transient}};
    }
    return input;
  }

  bool is_owner(const write& w) const { return by_.made == mistake::no_fence || w.fence == world_.owner_fence; }

  bool claim(const write& w) {
    auto& at = world_.stored;
    const bool first =
        at.state == delivery_state::waiting && at.attempt == w.attempt - 1 && at.not_before <= w.started_at;
    const bool same = at.started_at == w.started_at || by_.made == mistake::any_claim_again;
    const bool again = at.state == delivery_state::sending && at.attempt == w.attempt && at.fence == w.fence && same;
    if (!is_owner(w) || !at.channel_open || !(first || again)) return false;
    at.deadline_at = again ? std::max(at.deadline_at, w.deadline_at) : w.deadline_at;
    at.started_at = w.started_at;
    at.state = delivery_state::sending;
    at.attempt = w.attempt;
    at.fence = w.fence;
    return true;
  }

  bool record(const write& w) {
    auto& at = world_.stored;
    if (!is_owner(w) || at.attempt != w.attempt || at.state != w.from) return false;
    if (w.from == delivery_state::waiting && at.not_before != w.not_before) {
      if (by_.made != mistake::miss_overwrites) return false;
      fail("a delivery was missed although it had been moved to a later time");
    }
    if (is_settled(at.state)) fail("a final state was changed");
    if (w.to == delivery_state::published && world_.accepted == 0) fail("published, and the platform has nothing");
    if (w.to != delivery_state::published && is_settled(w.to) && w.to != delivery_state::unconfirmed &&
        world_.accepted > 0) {
      fail("given up, and the platform has it");
    }
    at.state = w.to;
    if (w.to != delivery_state::unknown) at.not_before = w.not_before;
    if (w.to == delivery_state::unknown) at.resend_at = w.not_before;
    at.failures = w.failures;
    at.interruptions = w.interruptions;
    at.is_interrupted = w.is_interrupted && w.to == delivery_state::unknown;
    at.look_at = w.to == delivery_state::unknown ? w.look_at : std::nullopt;
    at.may_be_live = w.may_be_live;
    at.is_duplicate = w.is_duplicate;
    if (w.disables_channel) at.channel_open = false;
    return true;
  }

  void perform(int who, delivery_state from, const effect& what) {
    std::visit([&](const auto& one) { perform_one(who, from, one); }, what);
  }

  void perform_one(int, delivery_state, const delivery_effect::ask_permit&) {}
  void perform_one(int, delivery_state, const delivery_effect::look&) {
    const auto& at = world_.stored;
    if (at.state == delivery_state::unknown && at.look_at && world_.now < *at.look_at)
      fail("a platform that had asked to be left alone was looked at");
  }
  void perform_one(int who, delivery_state, const delivery_effect::wake& one) { world_.holders[who].wake = one.at; }
  void perform_one(int who, delivery_state, const delivery_effect::hold& one) { world_.holders[who].wake = one.until; }

  void perform_one(int who, delivery_state, const delivery_effect::commit_intent&) {
    const auto& d = world_.holders[who].held;
    world_.writes.push_back({.kind = write_kind::claim,
                             .fence = world_.holders[who].fence,
                             .attempt = d.attempt,
                             .started_at = d.started_at,
                             .deadline_at = d.deadline_at,
                             .awaited_by = who});
    if (by_.made == mistake::intent_after_call) {
      world_.calls.push_back({.attempt = d.attempt, .until = world_.now + by_.rules.call_timeout});
    }
  }

  void perform_one(int who, delivery_state, const delivery_effect::call& one) {
    auto& me = world_.holders[who];
    if (!me.lease && by_.made != mistake::no_lease_check) return feed(who, event::lease_lost{});
    const auto& at = world_.stored;
    if (at.state != delivery_state::sending || at.attempt != me.held.attempt) fail("a call without a committed intent");
    if (world_.now < at.not_before) fail("a call before its time");
    if (!me.lease) fail("a call without a lease");
    // Bytes may arrive a little after the caller has given up: half of the margin.
    world_.calls.push_back({.attempt = me.held.attempt,
                            .until = world_.now + one.timeout + by_.rules.deadline_margin / 2,
                            .awaited_by = who});
  }

  void perform_one(int who, delivery_state from, const delivery_effect::commit_change& one) {
    const auto& d = world_.holders[who].held;
    world_.writes.push_back({.kind = write_kind::record,
                             .fence = world_.holders[who].fence,
                             .attempt = d.attempt,
                             .from = from,
                             .to = d.state,
                             .not_before = d.not_before,
                             .failures = d.failures,
                             .disables_channel = one.disables_channel,
                             .may_be_live = d.may_be_live,
                             .is_duplicate = d.is_duplicate,
                             .is_interrupted = d.is_interrupted && d.state == delivery_state::unknown,
                             .interruptions = d.interruptions,
                             .look_at = d.state == delivery_state::unknown ? d.look_at : std::nullopt,
                             .awaited_by = who});
  }

  void perform_one(int, delivery_state, const delivery_effect::return_permit&) {}

  void perform_one(int who, delivery_state, const delivery_effect::forget&) {
    world_.holders[who].has = false;
    world_.holders[who].wake.reset();
    world_.holders[who].again.reset();
  }

  world world_;
  const rules_of_world& by_;
  std::string broken_;
};

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
      case delivery_step::looking: return of_look(who, name);
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
        m.feed(who, event::looked{{.kind = reconciliation_kind::try_again}});
      });
      add(name + "is to look later", false, [who](moving& m) {
        --m.in().left.looks;
        look(m, who, {.kind = reconciliation_kind::try_again, .retry_at = m.in().now + told_look_pause_stored + 2s});
      });
      add(name + "may not look", false, [who](moving& m) {
        --m.in().left.looks;
        m.feed(who, event::looked{{.kind = reconciliation_kind::try_again, .is_unauthorized = true}});
      });
    }
  }

  /// What a look says but that it is live is believed only when the attempt is surely over.
  static void look(moving& m, int who, reconciliation found) {
    const auto deadline = m.in().holders[who].held.deadline_at;
    const bool is_live = found.kind == reconciliation_kind::live;
    m.feed(who, event::looked{std::move(found)});
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

/// Writes a world down, times relative to its now. What has passed has passed: it no longer matters when.
class writing {
 public:
  explicit writing(const world& of) : of_(of) {}

  std::string take() {
    put(of_.stored);
    number(of_.owner_fence);
    number(of_.accepted);
    for (const auto& who : of_.holders) put(who);
    number(static_cast<int>(of_.writes.size()));
    for (const auto& w : of_.writes) put(w);
    number(static_cast<int>(of_.calls.size()));
    for (const auto& c : of_.calls) {
      number(c.attempt), moment(c.until), number(c.accepted), number(c.awaited_by);
    }
    const auto& left = of_.left;
    for (const int each :
         {left.crashes, left.takeovers, left.silences, left.refusals, left.held, left.looks, left.commands})
      number(each);
    return std::move(text_);
  }

 private:
  void number(int value) { text_ += static_cast<char>(value + 8); }

  /// How far away it is; how long ago matters only as far as `since` goes. Time goes by in seconds.
  void moment(base::timestamp at, std::chrono::seconds since = 0s) {
    const auto away = std::chrono::ceil<std::chrono::seconds>(at - of_.now).count();
    number(static_cast<int>(std::clamp<std::int64_t>(away, -1 - since.count(), 100)));
  }

  void optional_moment(const std::optional<base::timestamp>& at) {
    number(at.has_value());
    if (at) moment(*at);
  }

  /// Beginnings are only ever compared with each other.
  void beginning_of(base::timestamp at) {
    const auto known = std::find(beginnings_.begin(), beginnings_.end(), at);
    number(static_cast<int>(known - beginnings_.begin()));
    if (known == beginnings_.end()) beginnings_.push_back(at);
  }

  /// A time before which nothing starts: also whether it is what the row says now.
  void start(base::timestamp at) {
    moment(at);
    number(at == of_.stored.not_before);
  }

  void put(const row& r) {
    number(static_cast<int>(r.state)), number(r.attempt), number(r.failures), number(r.fence), number(r.channel_open);
    number(r.may_be_live), number(r.is_duplicate), number(r.interruptions);
    if (r.state == delivery_state::unknown) number(r.is_interrupted), moment(r.resend_at), optional_moment(r.look_at);
    moment(r.due_at, 4s), start(r.not_before), beginning_of(r.started_at), moment(r.deadline_at);
  }

  void put(const write& w) {
    number(static_cast<int>(w.kind)), number(w.fence), number(w.attempt), number(static_cast<int>(w.from));
    number(static_cast<int>(w.to)), number(w.failures), number(w.disables_channel),
        number(static_cast<int>(w.executed));
    number(w.may_be_live), number(w.is_duplicate), number(w.is_interrupted), number(w.interruptions);
    optional_moment(w.look_at);
    number(w.awaited_by), beginning_of(w.started_at), moment(w.deadline_at), start(w.not_before);
    number(of_.stored.not_before <= w.started_at);
  }

  void put(const holder& h) {
    number(h.is_there), number(h.has), number(h.lease), number(h.fence);
    if (h.has) {
      const auto& d = h.held;
      number(static_cast<int>(d.state)), number(static_cast<int>(d.step)), number(d.attempt), number(d.failures),
          number(d.looks), number(d.may_be_live), number(d.is_duplicate), number(d.is_unauthorized),
          number(d.interruptions);
      if (d.state == delivery_state::sending || d.state == delivery_state::unknown) {
        number(d.is_interrupted), number(d.is_early_look_done && of_.now < d.deadline_at);
        optional_moment(d.look_at);
      }
      moment(d.due_at, 4s), start(d.not_before), beginning_of(d.started_at), moment(d.deadline_at);
    }
    number(h.wake.has_value()), number(h.again.has_value()), number(h.loaded.has_value());
    if (h.wake) moment(*h.wake);
    if (h.again) put(*h.again);
    if (h.loaded) put(*h.loaded);
  }

  const world& of_;
  std::string text_;
  std::vector<base::timestamp> beginnings_;
};

}  // namespace

world beginning(const budgets& allowed) {
  world made;
  made.now = origin;
  made.stored.due_at = made.stored.not_before = origin + 1s;
  made.stored.started_at = made.stored.deadline_at = made.stored.resend_at = origin;
  made.holders[0].is_there = true;
  made.holders[0].fence = 1;
  made.left = allowed;
  return made;
}

std::vector<step> next_steps(const world& from, const rules_of_world& by, std::string& broken) {
  return stepping{from, by, broken}.all();
}

std::string key_of(const world& of) { return writing{of}.take(); }

}  // namespace pulse::domain::model
