// The world around the ownership of one tenant, small enough to be explored whole: nodes with leases and clocks of
// their own, the rows of `nodes`, `tenant_owners` and one delivery, transactions that lock, wait, commit and lose their
// answers, and calls to the platform.
//
// What decides is the program's own: domain::decide, domain::lease_standing, domain::believed_until. What the program
// has in SQL is played in takeover_database.cpp, where every guard names its statement. A node that is stopped is one
// whose next step takes long: every step of it is one of its own, and time may pass before each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/engine/lease.hpp"
#include "domain/publishing/delivery.hpp"
#include "tests/support/exploration.hpp"

namespace pulse::domain::takeover {

/// A mistake that is made on purpose, so that the exploration is seen to find it.
enum class mistake : std::int8_t {
  none,
  no_margin,               // a node believes in its lease for as long as the database does
  counted_from_answer,     // and from when it was granted
  renewal_revives,         // a renewal enters a row that somebody has buried
  take_without_burial,     // an expired lease is looked at and left there
  fence_stays,             // a takeover does not raise the fence
  claim_without_owner,     // a claim does not ask who owns the tenant
  record_without_owner,    // an outcome neither asks who owns the tenant
  record_without_attempt,  // nor of which attempt and state it is
  no_lease_check,          // the lease is not looked at before anything leaves
  early_reconciliation,    // the attempt's deadline is not waited for
  starts_anew,             // a successor takes what is being sent for what waits
  same_node_id,            // a process starts under the id of one that is only stopped
  buries_the_stopped,      // and buries one whose process it has not seen dead
  doubt_is_done,           // a COMMIT without an answer is taken for done
  takes_before_entering,   // a node takes a tenant while it is not among the nodes
  old_calls_leave,         // a call goes on under the lease that its node has had anew
  hands_over_any_fence,    // a handing-over asks for the owner and not for its fence
  hands_over_and_keeps,    // who hands a tenant over goes on with it until the database has answered
};

/// Whole ticks of a second: everything of this world fits to them.
using tick = std::int16_t;

/// An array with as many in it as there are; more than fit are a mistake of this world.
template <class T, int most>
class few {
 public:
  T* begin() { return all_.data(); }
  T* end() { return all_.data() + size_; }
  const T* begin() const { return all_.data(); }
  const T* end() const { return all_.data() + size_; }
  int size() const { return size_; }
  T& operator[](int at) { return all_.at(static_cast<std::size_t>(at)); }
  const T& operator[](int at) const { return all_.at(static_cast<std::size_t>(at)); }
  void push_back(const T& what) { all_.at(static_cast<std::size_t>(size_++)) = what; }
  void erase(int at) {
    for (; at + 1 < size_; ++at) (*this)[at] = (*this)[at + 1];
    (*this)[--size_] = {};
  }

 private:
  std::array<T, most> all_{};
  std::int8_t size_ = 0;
};

inline constexpr int most_nodes = 3;
/// A node that starts again takes one that nothing speaks of any more.
inline constexpr int most_ids = 8;
inline constexpr std::int8_t nobody = -1;
using id_set = std::uint8_t;

/// A row of `nodes`.
struct node_row {
  bool is_there = false;
  tick lease_until = 0;
  bool was_seen_over = false;  // not of the program: somebody has looked at this lease and found it over
};

/// The row of `tenant_owners`.
struct owner_row {
  std::int8_t node = nobody;
  std::int8_t fence = 0;
  std::int8_t taking = 0;  // not of the program: which of all takings this is, whatever the fence says (0: of none)
};

/// The row of the delivery, as far as ownership matters to it.
struct delivery_row {
  delivery_state state = delivery_state::waiting;
  std::int8_t attempt = 0;
  std::int8_t failures = 0;
  std::int8_t fence = 0;
  std::int8_t interruptions = 0;
  bool may_be_live = false;
  bool is_interrupted = false;
  tick not_before = 0;
  tick started_at = 0;
  tick deadline_at = 0;
};

/// A monotonic moment; of two in the same tick the later question is later.
constexpr lease_moment moment_of(tick at, int question) {
  return lease_moment{std::chrono::seconds{at} + std::chrono::nanoseconds{question}};
}

enum class work : std::int8_t { enter, renew, take, claim, record, hand_over };
enum class progress : std::int8_t {
  asked,    // by the node; nothing is locked
  locked,   // take: the tenant's row. record: it has looked at who owns the tenant
  deleted,  // take: the expired nodes, whose rows are locked
  worked,   // all statements are done; COMMIT is the node's to send
  done,     // committed, and the answer is on its way
};

struct transaction {
  work what = work::enter;
  progress at = progress::asked;
  std::int8_t node = nobody;      // the id in the statements
  std::int8_t receiver = nobody;  // hand_over: the id of the node that is to have the tenant
  std::int8_t asker = nobody;  // the process whose pool carries it; nobody: its COMMIT was sent and no answer will come
  bool is_new = true;          // asked in this step
  bool is_heard = true;        // whether whoever asked still waits for the answer
  bool is_granted = false;
  id_set buries = 0;          // rows of nodes that it has deleted, or will
  tick asked_at = 0;          // monotonic
  std::int16_t question = 0;  // of all that its process has asked
  tick now = 0;               // the asker's calendar, when it asked
  tick lease_until = 0;
  std::int8_t fence = 0;
  std::int8_t taking = 0;
  delivery_state from = delivery_state::waiting;
  delivery_row to{};  // claim, record: what the row shall say

  lease_moment asked() const { return moment_of(asked_at, question); }
};

/// A call to the platform. Once its bytes have left, the platform may take it until `until`, whether anybody waits or
/// not.
struct call {
  std::int8_t asker = nobody;  // the process whose egress carries it; nobody: it is gone
  bool is_heard = true;
  bool is_sent = false;
  bool is_accepted = false;
  std::int8_t attempt = 0;
  std::int8_t taking = 0;
  tick ends_at = 0;      // monotonic: its time-out
  tick deadline_at = 0;  // of its attempt, by its node's calendar
};

/// A process with its lease, and the tenant's supervisor and channel in it.
struct process {
  bool is_there = false;
  bool is_stopped = false;  // for ever: it takes no step any more, and nobody knows
  std::int8_t id = nobody;
  std::int8_t ahead = 0;  // its machine's calendar, of the slowest one
  id_set dead = 0;        // the nodes that its lock file has shown it to be gone
  lease_standing standing{};
  tick believed_until = 0;
  std::int16_t questions = 0;

  enum class hold : std::int8_t { none, taking, owner };
  hold tenant = hold::none;
  std::int8_t fence = 0;
  std::int8_t taking = 0;

  bool has = false;  // the delivery, as the row said when it was read; perhaps long ago
  delivery_row held{};
  delivery_step step = delivery_step::resting;
  bool is_early_reconciliation_done = false;
  bool is_waking = false;
  tick wake_at = 0;
  bool is_to_write_again = false;
  transaction again{};
};

/// What may still happen, so that the world is finite.
struct budgets {
  std::int8_t crashes = 0;  // of a process, at any moment
  std::int8_t stops = 0;    // of a process, for ever
  /// Transactions that take their time: each statement is a step of its own, and COMMIT another, whenever they come;
  /// they hold locks and wait for them. The others are done at once, which is the same as long as nobody meets them in
  /// the middle.
  std::int8_t slow = 0;
  std::int8_t silences = 0;    // answers of the database that are lost, the transaction done, undone or in doubt
  std::int8_t lost_calls = 0;  // answers of the platform that are lost, or take long
  std::int8_t notices = 0;     // a node is told of the tenant, and takes it without having seen that nobody has it
  std::int8_t refusals = 0;    // the platform refuses a call for now
  std::int8_t gifts = 0;       // the tenant is handed over to another node
};

struct world {
  tick now = 0;  // monotonic, the same for all; the calendar of process p says now + p.ahead
  std::array<node_row, most_ids> nodes;
  owner_row owner;
  delivery_row stored;
  std::array<process, most_nodes> processes;
  few<transaction, 10> transactions;
  few<call, 5> calls;
  std::int8_t accepted = 0;  // times the platform has made it public
  std::int8_t takings = 0;
  budgets left;
};

struct rules_of_world {
  delivery_rules delivery;
  retry_policy retry;
  lease_terms lease;
  tick travel = 1;           // how long after the end of a call the platform may still take it
  bool cannot_look = false;  // the platform cannot be looked up
  int most_takings = 3;      // what comes after is not looked at
  int most_questions = 1;    // about its lease that a node has under way
  mistake made = mistake::none;
};

using step = support::step_to<world>;

/// A tenant of nobody with one delivery that is due, and `nodes` processes that start, `ahead` of each other.
world beginning(int nodes, const budgets& allowed, std::array<std::int8_t, most_nodes> ahead = {});

/// All that may happen next. The first promise that a step breaks is said in `broken`.
std::vector<step> next_steps(const world& from, const rules_of_world& by, std::string& broken);

/// Whether nothing more is looked at: the delivery has ended, or the tenant was taken too often.
bool is_end(const world& at, const rules_of_world& by);

/// Two worlds that behave alike from here have the same key.
std::string key_of(const world& of, const rules_of_world& by);

}  // namespace pulse::domain::takeover
