// The engine's events in the audit's chain: a sweep follows the engine and writes audit entries for ranges of
// transactions, with the number of a company's events in the range and their digest. So the engine pays nothing, and
// verification finds changed events as it finds entries.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::audit {

/// The action of an entry that tells of events. It is listed where it is asked for by name.
inline constexpr std::string_view events_action = "EVENTS";

/// What such an entry tells: all events of its company in transactions from `begins` to before `ends`.
struct event_range {
  std::int64_t epoch = 1;  // transactions of one epoch are of one server (migration sealed_events)
  std::int64_t begins = 0;
  std::int64_t ends = 0;
  std::int64_t events = 0;
  std::string digest;  // in hex
};
BOOST_DESCRIBE_STRUCT(event_range, (), (epoch, begins, ends, events, digest))

struct sweep_result {
  std::int64_t events = 0;
  bool has_more = false;  // that could be swept up at once
};

/// Sweeps up about `most` events of all companies (more where one transaction has them), and writes their entries,
/// which the sealer then chains. Only events of transactions that lie before every running one, so none is skipped that
/// commits late. None where another process does so at this moment. As the engine.
sweep_result sweep_events(transaction& tx, base::timestamp now, std::int64_t most);

/// The position of the sweep.
struct sweep_state {
  std::int64_t position = 0;
  std::int64_t epoch = 1;
};
BOOST_DESCRIBE_STRUCT(sweep_state, (), (position, epoch))

/// Compares what one company's entries tell, in their order, with the events that are there. A copy may be kept and
/// gone on with.
class event_comparison {
 public:
  /// Maximum number of one round trip.
  static constexpr std::size_t ranges_at_once = 2'000;
  static constexpr std::int64_t events_at_once = 50'000;

  struct found_range {
    std::int64_t events = 0;
    std::string digest;
  };
  struct difference {
    std::string sentence;
    std::optional<std::int64_t> place;  // of the entry in the chain
  };

  explicit event_comparison(const base::uuid& tenant_id) : tenant_id_(tenant_id) {}

  /// Before the first entry is read.
  void begin(transaction& tx);
  /// The next entry's details; `place` is none for one that is not chained yet. What is wrong with it, if so.
  std::optional<difference> expect(std::string_view details, std::optional<std::int64_t> place);

  bool has_more() const { return !expected_.empty(); }
  /// Reads the available part of the next ranges.
  std::vector<found_range> read(transaction& tx) const;
  /// Judges what `read` gave.
  std::optional<difference> judge(const std::vector<found_range>& there);

  /// Behind the last entry: those that are written and not chained up to `chained`, and events that none tells of.
  std::optional<difference> finish(transaction& tx, std::int64_t chained);

  std::int64_t compared() const { return compared_; }
  /// Which no entry tells of yet: the newest.
  std::int64_t unswept() const { return unswept_; }
  /// Entries from before the database was restored into another server, whose transactions are not known here.
  std::int64_t of_other_servers() const { return of_other_servers_; }

 private:
  struct expected_range {
    event_range what;
    std::optional<std::int64_t> place;
  };

  base::uuid tenant_id_;
  sweep_state swept_;
  std::int64_t covered_ = 0;             // the expected numbers lead up to here without a gap
  std::deque<expected_range> expected_;  // gaps too, with no events
  std::int64_t compared_ = 0;
  std::int64_t unswept_ = 0;
  std::int64_t of_other_servers_ = 0;
};

}  // namespace pulse::persistence::audit
