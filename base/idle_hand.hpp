// A thread that works only while nobody else wants the processor.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace pulse::base {

/// For work that must not be in anybody's way, and that its owner does itself when no processor is free for too long.
/// Whatever wakes up takes the processor from it at once. In exchange it may be kept from going on at any point, for as
/// long as others work. So what it is given should take no lock that others wait for, nor allocate: that is its owner's
/// part.
class idle_hand {
 public:
  /// After work that was not done in time it is given none for `rest`: on a busy machine waiting for it would only be
  /// lost time.
  explicit idle_hand(std::chrono::milliseconds rest);
  /// Waits for nothing: its thread may get no processor for as long as others work, and a process that is asked to stop
  /// on a busy machine would never end. What it works on then goes on, and is destroyed on its thread.
  ~idle_hand();
  idle_hand(const idle_hand&) = delete;
  idle_hand& operator=(const idle_hand&) = delete;

  /// Has `work` done, and waits for it for at most `patience`. False: it is not, or not done yet; then whoever asks
  /// does it elsewhere. `work` may go on afterwards, so it owns what it uses. Called by one thread alone, on which
  /// `work` is also destroyed as long as this lives.
  bool run(std::function<void()> work, std::chrono::milliseconds patience);

  /// Whether it still works on something that was not done in time.
  bool is_held_up() const;

 private:
  struct shared;  // with the thread, which may outlive this

  std::chrono::milliseconds rest_;
  std::chrono::steady_clock::time_point rests_until_{};
  std::shared_ptr<shared> shared_;
};

}  // namespace pulse::base
