// Wrong guesses of passwords, by who guesses at what: in memory, one process's view, bounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pulse::http {

/// Thread-safe. A guess is counted as wrong when it begins and forgiven when it was right, so that guesses at the same moment do not
/// pass together.
class guess_ledger {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Beyond this many keys those that were not seen for longest are forgotten.
  static constexpr std::size_t keys_max = 50'000;

  /// Begins a guess, unless the one before was too short ago: then how long to wait, and nothing is counted. 0: go on.
  std::chrono::seconds begin(std::string_view key, time_point now);
  /// The guess was right: all before it is forgiven.
  void forgive(std::string_view key);

 private:
  struct guesses {
    int failures = 0;
    time_point last{};
  };
  using by_key = std::unordered_map<std::string, guesses>;

  guesses& of(std::string_view key);

  std::mutex lock_;
  by_key recent_;  // up to half of keys_max; when it is full it becomes earlier_
  by_key earlier_;
};

}  // namespace pulse::http
