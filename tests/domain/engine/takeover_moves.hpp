// The steps of a world of takeovers: a transaction in the database, or a node that reacts.
#pragma once

#include <string>
#include <string_view>

#include "tests/domain/engine/takeover_world.hpp"

namespace pulse::domain::takeover {

/// What the node hears of its transaction.
enum class word : std::int8_t { granted, refused, none };

/// The database: locks, guards and commits.
class database_moves {
 public:
  database_moves(world& in, const rules_of_world& by, std::string& broken) : world_(in), by_(by), broken_(broken) {}

  /// Whether the next statement of an open transaction has to wait for another one's lock.
  bool is_waiting(int transaction) const;
  /// Its next statement.
  void go_on(int transaction);
  /// All of them and COMMIT. False: one would have to wait.
  bool run(int transaction);
  /// COMMIT. The transaction is gone when nobody waits for its answer.
  void commit(int transaction);

 private:
  bool is_node_locked(int id, int except) const;
  bool is_tenant_locked(int except, bool also_for_share) const;
  bool is_delivery_locked(int except) const;
  id_set expired_at(tick now) const;
  bool may_be_taken_by(const transaction& of) const;
  bool may_claim(const transaction& of) const;
  bool may_hand_over(const transaction& of) const;
  bool is_recorders_row(const transaction& of) const;
  void look_before_recording(transaction& of);
  void commit_lease(const transaction& of);
  void commit_take(transaction& of);
  void commit_hand_over(const transaction& of);
  void commit_claim(const transaction& of);
  void commit_record(const transaction& of);
  void fail(std::string_view why);

  world& world_;
  const rules_of_world& by_;
  std::string& broken_;
};

/// The nodes: what actors/system/node, actors/tenant/tenant and actors/publishing/channel do, and their ends.
class node_moves {
 public:
  node_moves(world& in, const rules_of_world& by, std::string& broken) : world_(in), by_(by), broken_(broken) {}

  /// By its own clock and belief: actors::lease::is_valid.
  bool has_lease(int process) const;
  /// What the calendar of its machine says.
  tick calendar_of(int process) const;
  /// publication::may_send, which actors/publishing/channel makes, and the time-out of the transfer.
  bool may_send(const call& what) const;

  void ask_for_lease(int process);
  void take(int process);
  /// Nothing of the tenant is in its hands any more: node_state::hand_over_next.
  void hand_over(int process, int to);
  void read_rows(int process);
  void wake(int process);
  void write_again(int process);
  void look(int process);
  void hear(const transaction& of, word said);
  void answer(int call, outcome_kind said);
  void send_bytes(int call);

  void crash(int process);
  void stop_for_ever(int process);
  void start(int process);
  /// No two nodes that both may believe that they act for the tenant.
  void check_owners();

 private:
  void feed(int process, const delivery_input& input);
  void perform(int process, delivery_state from, const effect& what);
  void begin_call(int process, std::chrono::milliseconds timeout);
  void ask_to_write(int process, work what, delivery_state from);
  void hear_of_lease(const transaction& of, word said);
  void hear_of_write(const transaction& of, word said);
  void let_go_of_tenant(int process);
  void end_calls_of(int process);
  std::int8_t unused_id() const;
  void fail(std::string_view why);

  world& world_;
  const rules_of_world& by_;
  std::string& broken_;
};

}  // namespace pulse::domain::takeover
