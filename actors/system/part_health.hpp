// How often parts of the engine that companies share nothing of have crashed, for the operator's metrics. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>

namespace pulse::actors {

class part_health {
 public:
  /// What works on a company's rules has crashed; `is_parked`: so often that it is left alone for a while.
  void note_rules(bool is_parked) {
    ++rules_crashes_;
    if (is_parked) ++rules_parked_;
  }

  std::uint64_t rules_crashes() const { return rules_crashes_; }
  std::uint64_t rules_parked() const { return rules_parked_; }

 private:
  std::atomic<std::uint64_t> rules_crashes_{0};
  std::atomic<std::uint64_t> rules_parked_{0};
};

}  // namespace pulse::actors
