// The group commit of the engine: intents and outcomes of many actors, one statement each over arrays, one commit.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "base/uuid.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::persistence {

/// The result of one write.
enum class ledger_answer {
  done,     // committed
  refused,  // the guard said no: the row is somebody else's, or not in the state it should leave
  failed,   // the database did not answer, or its answer to COMMIT was lost: ask again, which is harmless
};

/// Takes single writes from any thread and commits whatever is waiting together: intents in one line, outcomes in
/// another, each with one commit at a time, as long as none is stuck. While it is under way, the next batch gathers:
/// alone a write is committed at once, under load hundreds share one flush (measured: 20 to 30 times the rows of one
/// commit each). When the database refuses a batch for one of its writes, the others are committed without it.
/// Callbacks run on a thread of the database pool and must not block. Bounded by its callers: an actor has one write of
/// a delivery under way.
class delivery_ledger {
 public:
  struct options {
    std::size_t most_in_batch = 500;
    /// A commit that takes longer is held up by something of its own, a row or a silent connection, for which the
    /// writes of all other tenants do not wait: another may start beside it, up to so many.
    std::chrono::milliseconds stuck_after{1'000};
    unsigned most_at_once = 3;
    /// After a commit of so many, that is under load, the next waits for so long or until so many wait, whichever is
    /// sooner: a statement costs as much as several of its rows, and those whose processor it takes are the ones that
    /// wait.
    std::size_t gather_after = 32;
    std::size_t gather_most = 256;
    std::chrono::milliseconds gather_for{10};
  };

  struct counters {
    std::uint64_t commits = 0;
    std::uint64_t writes = 0;
    std::uint64_t refused = 0;  // fences and other guards that said no
  };

  /// The content that a won claim is to publish, or why there is none.
  using claim_done = std::function<void(ledger_answer, std::optional<claimed_content>)>;
  using record_done = std::function<void(ledger_answer)>;

  /// `on` acts as the engine and outlives the ledger.
  delivery_ledger(database& on, const base::uuid& node_id, options limits);
  ~delivery_ledger();
  delivery_ledger(const delivery_ledger&) = delete;
  delivery_ledger& operator=(const delivery_ledger&) = delete;

  /// Commits an intent.
  void claim(intent what, claim_done done);
  /// Commits an outcome with its event.
  void record(std::shared_ptr<const delivery_change> what, record_done done);

  counters count() const;

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the commits under way
  std::thread watcher_;
};

}  // namespace pulse::persistence
