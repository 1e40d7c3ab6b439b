// The interface through which the rules' actor reaches everything else, so that it can be tested on virtual time. The
// real one is actors/campaigns/database_rule_work.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/ai/provider.hpp"

namespace pulse::actors {

/// Thread-safe. Every call returns at once and calls back exactly once, on any thread, perhaps before it returns.
class rule_work {
 public:
  /// A feed that a rule reads.
  struct feed {
    base::uuid rule_id;
    std::string url;
    std::string etag;      // of the last answer
    std::string modified;  // its Last-Modified
  };

  /// What there is to do.
  struct found {
    bool is_ours = true;                    // false: another node has the tenant
    std::vector<base::uuid> runs{};         // to be worked on, the oldest first
    std::vector<feed> feeds{};              // to be read
    std::optional<base::timestamp> next{};  // when something is due
    bool listens = false;                   // rules wait for events
    bool is_more = false;                   // one look did not see all
    bool is_early = false;                  // an event was committed that cannot be read yet
  };

  /// The state in which a run waits.
  enum class rest {
    done,       // it is over, or waits for somebody or for its next try
    asks,       // it needs a text of the AI provider first
    nothing,    // there was nothing to do: somebody else has it, or it was withdrawn
    no_answer,  // the database did not answer
  };
  struct performed {
    rest how = rest::no_answer;
    bool has_posts = false;  // it has made posts: the supervisor's agenda is older than the rows
    std::shared_ptr<connectors::ai::request> question{};  // asks
  };

  virtual ~rule_work() = default;

  /// Makes the runs of the moments that have come and of the events that were committed, and tells what there is to do.
  /// Null when the database did not answer.
  virtual void sweep(const base::uuid& tenant_id, std::int64_t fence,
                     std::function<void(std::shared_ptr<found>)> done) = 0;

  /// Carries a run out until it waits or ends, in one transaction.
  virtual void perform(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
                       std::function<void(performed)> done) = 0;

  /// Calls the AI provider, and stores the answer or the failure with the run. Takes as long as the call.
  virtual void ask(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
                   std::shared_ptr<connectors::ai::request> question, std::function<void()> done) = 0;

  /// Reads a feed, and makes the runs of what is new in it.
  virtual void read(const base::uuid& tenant_id, std::int64_t fence, feed what, std::function<void()> done) = 0;

  /// From now on `heard` is called when events of the tenant are committed in this process; until `deafen`
  /// of the number that this answers, or until somebody else listens.
  virtual std::uint64_t listen(const base::uuid& tenant_id, std::function<void()> heard) = 0;
  virtual void deafen(const base::uuid& tenant_id, std::uint64_t listener) = 0;
};

}  // namespace pulse::actors
