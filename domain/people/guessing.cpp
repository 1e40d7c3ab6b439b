#include "domain/people/guessing.hpp"

#include <algorithm>

namespace pulse::domain {

std::chrono::seconds delay_after(int failures) {
  if (failures < free_guesses) return std::chrono::seconds{0};
  constexpr int doublings_max = 20;
  const int doublings = std::min(failures - free_guesses, doublings_max);
  return std::min(std::chrono::seconds{1 << doublings}, guess_delay_max);
}

}  // namespace pulse::domain
