// X, described (platforms/x.md).
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform x() {
  using namespace std::chrono_literals;
  return {
      .display_name = "X",
      .text = {.max_length = 280, .counted = text_count::weighted, .max_cashtags = 1},
      .media = {.max_images = 4,
                .max_alt_text = 1'000,
                .picture = {.types = {"image/jpeg", "image/png", "image/gif", "image/webp"},
                            .max_bytes = 5 * 1024 * 1024,
                            .max_animation_bytes = 15 * 1024 * 1024}},
      .can = {.can_list = true, .can_delete = true},
      // 100 in 15 minutes; half of them may come at once, so that a morning's posts go out together and the rest still fits.
      .account_rate = {.limit = 100, .window = 15min, .burst = 50},
      .app_rate = rate{.limit = 10'000, .window = 24h, .burst = 5'000},
      .settings = {{.name = "X_API_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The API of X.",
                    .default_text = "https://api.x.com",
                    .sandbox_text = "{SANDBOX_URL}/x"}}};
}

}  // namespace pulse::domain::described
