// The website channel: Pulse itself is the platform, so the limits are ours.
#include "domain/platforms/platform.hpp"
#include "domain/publishing/post_limits.hpp"

namespace pulse::domain::described {

platform website() {
  using namespace std::chrono_literals;
  return {.display_name = "Website",
          .needs_account = false,
          .has_app = false,
          .text = {.max_length = static_cast<int>(most_post_characters),
                   .max_title_length = most_title_characters,
                   .is_markdown = true},
          .media = {.max_images = 1},
          .can = {},
          // A bound, not a budget.
          .account_rate = {.limit = 10'000, .window = 1s, .burst = 5'000}};
}

}  // namespace pulse::domain::described
