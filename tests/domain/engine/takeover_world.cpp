#include "tests/domain/engine/takeover_world.hpp"

#include <algorithm>
#include <utility>

#include "tests/domain/engine/takeover_moves.hpp"

namespace pulse::domain::takeover {

namespace {

std::string name_of(work what) {
  switch (what) {
    case work::enter: return "entry";
    case work::renew: return "renewal";
    case work::take: return "takeover";
    case work::claim: return "intent";
    case work::record: return "outcome";
    case work::hand_over: return "handing-over";
  }
  return {};
}

/// What nothing can come of any more is gone: fewer worlds are different.
void tidy(world& in, const rules_of_world& by) {
  for (int i = in.calls.size() - 1; i >= 0; --i) {
    const auto& each = in.calls[i];
    const bool is_past =
        each.is_accepted || in.now >= each.ends_at + by.travel || (!each.is_sent && in.now >= each.ends_at);
    if (!each.is_heard && is_past) in.calls.erase(i);
  }
  for (auto& each : in.processes) {
    for (int id = 0; id < most_ids; ++id) {
      const bool is_named =
          std::any_of(in.transactions.begin(), in.transactions.end(), [id](const auto& t) { return t.node == id; });
      if (!in.nodes[static_cast<std::size_t>(id)].is_there && !is_named) each.dead &= static_cast<id_set>(~(1 << id));
    }
  }
}

/// All steps from one world.
class stepping {
 public:
  stepping(const world& from, const rules_of_world& by, std::string& broken) : from_(from), by_(by), broken_(broken) {
    steps_.reserve(16);
  }

  std::vector<step> all() {
    if (is_over() || from_.takings > by_.most_takings) return {};
    for (int p = 0; p < most_nodes; ++p) of_process(p);
    for (int i = 0; i < from_.transactions.size(); ++i) of_transaction(i);
    for (int i = 0; i < from_.calls.size(); ++i) of_call(i);
    add("time passes", true, [](world& in, auto&, auto&) { ++in.now; });
    return std::move(steps_);
  }

 private:
  /// The delivery has ended, and nobody has it in any hands: what may happen from here happens from where it has not
  /// ended, too.
  bool is_over() const {
    if (!is_settled(from_.stored.state) || from_.calls.size() > 0) return false;
    const auto& all = from_.transactions;
    return std::none_of(from_.processes.begin(), from_.processes.end(), [](const auto& each) { return each.has; }) &&
           std::none_of(all.begin(), all.end(),
                        [](const auto& t) { return t.what == work::claim || t.what == work::record; });
  }

  template <class Do>
  void add(std::string what, bool is_progress, Do change) {
    step made{from_, std::move(what), is_progress};
    std::string broken;
    database_moves database{made.after, by_, broken};
    node_moves nodes{made.after, by_, broken};
    change(made.after, database, nodes);
    const auto& asked = made.after.transactions;
    const auto is_new = std::find_if(asked.begin(), asked.end(), [](const auto& each) { return each.is_new; });
    if (is_new == asked.end()) return finish(std::move(made), broken);
    const auto i = static_cast<int>(is_new - asked.begin());
    made.after.transactions[i].is_new = false;
    add_ways_of(std::move(made), i, broken);
  }

  /// How it may go with a transaction that has just been asked for.
  void add_ways_of(step made, int i, const std::string& broken) {
    const auto name = name_of(made.after.transactions[i].what);
    const auto add_way = [&](const char* how, std::int8_t budgets::*cost, auto go) {
      if (cost != nullptr && made.after.left.*cost == 0) return;
      step way{made.after, made.what + "; the " + name + how, made.is_progress && cost == nullptr};
      if (cost != nullptr) --(way.after.left.*cost);
      auto its = broken;
      if (go(way.after, database_moves{way.after, by_, its}, node_moves{way.after, by_, its}))
        finish(std::move(way), its);
    };
    add_way(" is done", nullptr, [i](world& in, database_moves database, node_moves nodes) {
      if (!database.run(i)) return false;
      hear_at_once(in, i, nodes);
      return true;
    });
    add_way(" takes its time", &budgets::slow, [](auto&, const auto&, const auto&) { return true; });
    const auto of = made.after.transactions[i];
    add_way(" is done without an answer", &budgets::silences,
            [i, of](world& in, database_moves database, node_moves nodes) {
              in.transactions[i].is_heard = false;
              if (!database.run(i)) return false;
              nodes.hear(of, word::none);
              return true;
            });
    add_way(" is not done and gets no answer", &budgets::silences, [i, of](world& in, const auto&, node_moves nodes) {
      in.transactions.erase(i);
      nodes.hear(of, word::none);
      return true;
    });
  }

  void finish(step made, std::string broken) {
    node_moves{made.after, by_, broken}.check_owners();
    tidy(made.after, by_);
    if (!broken.empty() && broken_.empty()) broken_ = broken + ": " + made.what;
    steps_.push_back(std::move(made));
  }

  template <class Do>
  void add_of(int p, const char* what, bool is_progress, Do change) {
    add("node " + std::to_string(p) + " " + what, is_progress, change);
  }

  const process& at(int p) const { return from_.processes[static_cast<std::size_t>(p)]; }
  bool is_running(int p) const { return p != nobody && at(p).is_there && !at(p).is_stopped; }
  int questions_of(int p) const {
    return static_cast<int>(std::count_if(from_.transactions.begin(), from_.transactions.end(), [p](const auto& each) {
      return each.asker == p && (each.what == work::enter || each.what == work::renew);
    }));
  }
  bool is_asking_to_take(int p) const {
    return std::any_of(from_.transactions.begin(), from_.transactions.end(),
                       [p](const auto& each) { return each.asker == p && each.what == work::take && each.is_heard; });
  }

  /// Whether its channel has something under way: what only waits is let go of.
  bool is_busy(int p) const {
    const auto& all = from_.transactions;
    const bool is_writing = std::any_of(all.begin(), all.end(), [p](const auto& each) {
      return each.asker == p && each.is_heard && (each.what == work::claim || each.what == work::record);
    });
    return is_writing ||
           (at(p).has && at(p).step != delivery_step::resting && at(p).step != delivery_step::reconciling);
  }

  void of_process(int p) {
    const auto& me = at(p);
    if (me.id == nobody && !me.is_there) {
      if (me.ahead >= 0) add_of(p, "starts", true, [p](world&, auto&, auto& nodes) { nodes.start(p); });
      return;
    }
    if (!is_running(p)) return;
    if (from_.left.crashes > 0) {
      add_of(p, "crashes", false, [p](world& in, auto&, auto& nodes) {
        --in.left.crashes;
        nodes.crash(p);
      });
    }
    if (from_.left.stops > 0) {
      add_of(p, "stops for ever", false, [p](world& in, auto&, auto& nodes) {
        --in.left.stops;
        nodes.stop_for_ever(p);
      });
    }
    const bool is_fresh = me.standing.is_entered() &&
                          me.believed_until >= from_.now + by_.lease.length.count() - by_.lease.margin.count();
    if (!is_fresh && questions_of(p) < by_.most_questions) {
      add_of(p, "asks about its lease", true, [p](world&, auto&, auto& nodes) { nodes.ask_for_lease(p); });
    }
    of_tenant(p);
    if (me.has) of_delivery(p);
  }

  /// select_tenants_with_work: nobody has it who lives, by the calendar of who looks.
  bool is_free_for(int p) const {
    const auto owner = from_.owner.node;
    if (owner == nobody || owner == at(p).id) return true;
    const auto& row = from_.nodes[static_cast<std::size_t>(owner)];
    return !row.is_there || row.lease_until <= from_.now + at(p).ahead;
  }

  void of_tenant(int p) {
    const auto& me = at(p);
    const bool is_over = is_settled(from_.stored.state);
    if (me.tenant == process::hold::none && !is_over) {
      const bool is_found = me.standing.is_entered() && is_free_for(p);
      if (is_found)
        add_of(p, "finds the tenant and takes it", true, [p](world&, auto&, auto& nodes) { nodes.take(p); });
      const bool may_wake =
          me.standing.is_entered() || by_.made == mistake::takes_before_entering;  // node_state::may_wake
      if (!is_found && may_wake && from_.left.notices > 0) {
        add_of(p, "is told of the tenant and takes it", false, [p](world& in, auto&, auto& nodes) {
          --in.left.notices;
          nodes.take(p);
        });
      }
    }
    if (me.tenant == process::hold::taking && !is_asking_to_take(p))
      add_of(p, "takes the tenant again", true, [p](world&, auto&, auto& nodes) { nodes.take(p); });
    if (me.tenant == process::hold::owner && from_.left.gifts > 0 &&
        (!is_busy(p) || by_.made == mistake::hands_over_and_keeps)) {
      for (int to = 0; to < most_nodes; ++to) {
        if (to == p || !is_running(to) || !at(to).standing.is_entered()) continue;
        add_of(p, "hands the tenant over", false, [p, to](world& in, auto&, auto& nodes) {
          --in.left.gifts;
          nodes.hand_over(p, to);
        });
      }
    }
    if (me.tenant != process::hold::owner || me.has) return;
    const bool is_its = from_.owner.node == me.id && from_.owner.fence == me.fence;
    if (!is_its) {
      add_of(p, "finds nothing that is its own and lets the tenant sleep", true, [p](world& in, auto&, auto&) {
        auto& its = in.processes[static_cast<std::size_t>(p)];
        its.tenant = process::hold::none;
        its.fence = its.taking = 0;
      });
    } else if (!is_over) {
      add_of(p, "reads the row", true, [p](world&, auto&, auto& nodes) { nodes.read_rows(p); });
    }
  }

  void of_delivery(int p) {
    const auto& me = at(p);
    const bool begins = me.held.state == delivery_state::waiting && me.step == delivery_step::resting;
    // channel_state::start_next
    const bool has_lease = from_.now < me.believed_until || by_.made == mistake::no_lease_check;
    if (me.is_waking && me.wake_at <= from_.now + me.ahead && (!begins || has_lease))
      add_of(p, begins ? "begins the delivery" : "wakes", true, [p](world&, auto&, auto& nodes) { nodes.wake(p); });
    if (me.is_to_write_again)
      add_of(p, "writes again", true, [p](world&, auto&, auto& nodes) { nodes.write_again(p); });
    if (me.step == delivery_step::reconciling)
      add_of(p, "looks at the platform", true, [p](world&, auto&, auto& nodes) { nodes.look(p); });
  }

  void of_transaction(int i) {
    const auto& of = from_.transactions[i];
    const auto name = "the " + name_of(of.what) + (of.asker == nobody ? "" : " of node " + std::to_string(of.asker));
    const bool is_carried = is_running(of.asker);
    if (of.at == progress::done) {
      if (is_carried)
        add(name + " is answered", true, [i, of](world& in, auto&, auto& nodes) {
          in.transactions.erase(i);
          nodes.hear(of, of.is_granted ? word::granted : word::refused);
        });
    } else if (of.at != progress::worked) {
      if (!database_moves{from_, by_, broken_}.is_waiting(i))
        add(name + " goes on to its next statement", true, [i](world&, auto& database, auto&) { database.go_on(i); });
    } else if (is_carried || of.asker == nobody) {
      add(name + " commits", true, [i](world& in, auto& database, auto& nodes) {
        database.commit(i);
        hear_at_once(in, i, nodes);
      });
    }
    if (of.asker == nobody)
      add(name + " never reached COMMIT and is rolled back", true,
          [i](world& in, auto&, auto&) { in.transactions.erase(i); });
    // idle_in_transaction_session_timeout
    if (of.asker != nobody && !is_carried)
      add(name + " is rolled back, because nothing comes any more", true,
          [i](world& in, auto&, auto&) { in.transactions.erase(i); });
    if (is_carried && of.is_heard && from_.left.silences > 0) of_silence(i, of, name);
  }

  /// What a node does with an answer it may do as late as it likes, so only the answer to an intent, by which a call
  /// begins, may itself be late: the others are heard when they are given.
  static void hear_at_once(world& in, int i, node_moves& nodes) {
    if (i >= in.transactions.size() || in.transactions[i].at != progress::done ||
        in.transactions[i].what == work::claim)
      return;
    const auto of = in.transactions[i];
    in.transactions.erase(i);
    nodes.hear(of, of.is_granted ? word::granted : word::refused);
  }

  void of_silence(int i, const transaction& of, const std::string& name) {
    add(name + (of.at == progress::worked ? " is in doubt" : " gets no answer"), false,
        [i, of](world& in, auto&, auto& nodes) {
          --in.left.silences;
          if (of.at == progress::worked) {
            in.transactions[i].asker = nobody;
            in.transactions[i].is_heard = false;
          } else {
            in.transactions.erase(i);
          }
          nodes.hear(of, word::none);
        });
  }

  void of_call(int i) {
    const auto& of = from_.calls[i];
    if (!of.is_sent) {
      if (!is_running(of.asker)) return;
      if (node_moves{from_, by_, broken_}.may_send(of)) {
        add_of(of.asker, "sends the bytes", true, [i](world&, auto&, auto& nodes) { nodes.send_bytes(i); });
      } else {
        add_of(of.asker, "may not send any more", true, [i](world& in, auto&, auto& nodes) {
          if (in.calls[i].is_heard) return nodes.answer(i, outcome_kind::transient);
          in.calls.erase(i);
        });
      }
      return;
    }
    if (!of.is_accepted && from_.now < of.ends_at + by_.travel) {
      add("the platform takes it", true, [this, i](world& in, auto&, auto&) {
        in.calls[i].is_accepted = true;
        if (++in.accepted > 1 && broken_.empty()) broken_ = "published twice";
      });
    }
    if (!of.is_heard || !is_running(of.asker)) return;
    const auto answered = [this, i](const char* what, outcome_kind said, bool is_progress, std::int8_t budgets::*cost) {
      add(what, is_progress, [i, said, cost](world& in, auto&, auto& nodes) {
        if (cost != nullptr) --(in.left.*cost);
        nodes.answer(i, said);
      });
    };
    if (of.is_accepted) answered("the platform answers", outcome_kind::published, true, nullptr);
    if (from_.now >= of.ends_at) return answered("the call runs out of time", outcome_kind::unknown, true, nullptr);
    if (from_.left.lost_calls > 0) answered("the answer is lost", outcome_kind::unknown, false, &budgets::lost_calls);
    if (from_.left.refusals > 0 && !of.is_accepted)
      answered("the platform refuses for now", outcome_kind::transient, false, &budgets::refusals);
  }

  world from_;
  const rules_of_world& by_;
  std::string& broken_;
  std::vector<step> steps_;
};

}  // namespace

world beginning(int nodes, const budgets& allowed, std::array<std::int8_t, most_nodes> ahead) {
  world made;
  made.left = allowed;
  for (std::size_t p = 0; p < most_nodes; ++p) {
    auto& each = made.processes[p];
    each.ahead = p < static_cast<std::size_t>(nodes) ? ahead[p] : std::int8_t{-1};
    if (each.ahead < 0) continue;
    each.is_there = true;
    each.id = static_cast<std::int8_t>(p);
    each.standing.begin(moment_of(0, 0));
  }
  return made;
}

bool is_end(const world& at, const rules_of_world& by) {
  return is_settled(at.stored.state) || at.takings > by.most_takings;
}

std::vector<step> next_steps(const world& from, const rules_of_world& by, std::string& broken) {
  return stepping{from, by, broken}.all();
}

}  // namespace pulse::domain::takeover
