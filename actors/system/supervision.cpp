#include "actors/system/supervision.hpp"

namespace pulse::actors {

crash_ruling crash_count::add(base::timestamp now) {
  times_.push_back(now);
  while (times_.front() < now - window) times_.pop_front();
  const bool is_parked = times_.size() >= most_crashes;
  const std::chrono::milliseconds grown = pause * static_cast<int>(times_.size());
  return {times_.size(), is_parked, is_parked ? std::chrono::milliseconds{window} : grown};
}

}  // namespace pulse::actors
