#include "domain/platform_limits.hpp"

namespace pulse::domain {

rate publish_rate(channel_type type) {
  using namespace std::chrono_literals;
  switch (type) {
    case channel_type::website: return {.limit = 10'000, .window = 1s, .burst = 5'000};
    case channel_type::x: return {.limit = 100, .window = 15min, .burst = 50};
  }
  return {};
}

}  // namespace pulse::domain
