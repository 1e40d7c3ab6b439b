// Failpoints: named places at which a test makes the process die, stop or pause, to prove that it survives that. Always
// compiled in; when they are off, reaching one costs a single relaxed load.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::base {

/// The places, in the order in which a delivery reaches them.
enum class failpoint {
  before_intent,  // an attempt is about to be claimed; nothing is committed
  after_intent,   // the intent is committed, and nothing has left
  connected,      // the connection to the platform stands; no byte of the request has left
  mid_body,       // half of the request's body has left
  sent,           // all of the request has left
  received,       // the reply has arrived, and nothing is recorded yet
  commit_sent,    // COMMIT has left for the database, and its reply has not been read
  after_commit,   // the reply to COMMIT is here, and nobody has been told
  before_run,     // a rule's run has a row, and has not begun yet
  after_run,      // what it does is committed, and nobody has been told
};
BOOST_DESCRIBE_ENUM(failpoint, before_intent, after_intent, connected, mid_body, sent, received, commit_sent,
                    after_commit, before_run, after_run)

/// What happens at a failpoint.
enum class failpoint_harm {
  kill,   // SIGKILL to the process, before the caller runs on
  stop,   // SIGSTOP to the process, before the caller continues; SIGCONT resumes it
  delay,  // the calling thread waits
};
BOOST_DESCRIBE_ENUM(failpoint_harm, kill, stop, delay)

/// One entry of a plan.
struct failpoint_rule {
  failpoint where = failpoint::before_intent;
  failpoint_harm harm = failpoint_harm::kill;
  std::chrono::milliseconds wait{0};  // of a delay: 1 to 600,000
  double probability = 1;             // that it strikes when it is reached: in (0, 1]
  std::optional<int> times;           // how often it strikes, at least 1; none: without end
};

/// Reads `PLACE=HARM[:MILLISECONDS][@PROBABILITY][*TIMES],…`, such as
/// "after_intent=kill@0.02,sent=delay:300@0.5,received=stop*1". A place stands there at most once. An empty text is an
/// empty plan; nothing when the text is not a plan.
std::optional<std::vector<failpoint_rule>> read_failpoints(std::string_view text);

/// Switches these failpoints on, and all others off. `seed` seeds those that fire with a probability: the same seed
/// repeats a run whose threads reach them in the same order. Call it once, before other threads run.
void arm_failpoints(const std::vector<failpoint_rule>& plan, std::uint64_t seed);

namespace detail {
extern std::atomic<bool> failpoints_armed;
void strike(failpoint where);
}  // namespace detail

/// Whether any failpoint is on. Any thread.
inline bool are_failpoints_armed() { return detail::failpoints_armed.load(std::memory_order_relaxed); }

/// The calling thread has reached `where`. Any thread.
inline void reach(failpoint where) {
  if (are_failpoints_armed()) [[unlikely]]
    detail::strike(where);
}

}  // namespace pulse::base
