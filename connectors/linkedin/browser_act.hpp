// A like or comment at LinkedIn in the browser of a member's own session. Each act is one limited process of
// browser_worker/.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/secure.hpp"
#include "connectors/linkedin/browser_worker.hpp"
#include "connectors/roles/engage.hpp"
#include "domain/engagement/browser_act.hpp"

namespace pulse::connectors::linkedin {

struct act_limits {
  std::chrono::milliseconds page_time = domain::engagement::act_page_time_max;
  std::chrono::milliseconds time_max = domain::engagement::act_time_max;  // and at most the call's timeout
  std::int64_t memory_bytes_max = domain::engagement::act_memory_max;
  std::chrono::milliseconds look_every{100};
};

/// Where acts are performed.
struct act_site {
  browser_programs programs;
  std::string address;  // https://www.linkedin.com, or the sandbox's
  act_limits limits{};
};

/// Performs the act, and blocks until it is over. Everything is prepared before `may_send` is asked, and one press
/// follows. `is_stopping` is asked every `look_every` and ends an act before its press. No process and no file is ever
/// left behind. The session is in no argument, variable, file or log.
domain::outcome act(const act_site& at, const engagement_call& what, const std::function<bool()>& is_stopping);
/// Checks whether it is there, and blocks.
domain::reconciliation look(const act_site& at, const engagement_call& what, const std::function<bool()>& is_stopping);

/// The same for callers that must not wait: each act has a thread, up to `at_once` of them.
class browser_acts final : public engages {
 public:
  browser_acts(act_site at, int at_once) : at_{std::move(at)}, at_once_{at_once} {}
  ~browser_acts() override { stop(); }
  browser_acts(const browser_acts&) = delete;
  browser_acts& operator=(const browser_acts&) = delete;

  /// When all browsers are busy: `transient`, and nothing was begun.
  void engage(engagement_call what, std::function<void(domain::outcome)> done) override;
  void find_engagement(engagement_call what, std::function<void(domain::reconciliation)> done) override;

  /// Ends acts before their press, and waits for the rest, which call back. Later acts are refused.
  void stop();

 private:
  /// `job` blocks, and returns the function that tells its caller.
  bool begin(std::function<std::function<void()>()> job);
  bool is_stopping() const;

  const act_site at_;
  const int at_once_;
  mutable std::mutex mutex_;
  bool stopping_ = false;
  int busy_ = 0;  // the number of busy browsers
  int next_ = 0;
  std::map<int, std::thread> running_;  // by number
  std::vector<int> over_;               // those that have ended but are not joined yet
};

}  // namespace pulse::connectors::linkedin
