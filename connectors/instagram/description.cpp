// Instagram, described (platforms/instagram.md).
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform instagram() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Instagram",
      .text = {.max_length = 2'200, .max_hashtags = 30, .max_mentions = 20},
      .media = {.min = 1,
                .max_images = 1,
                .max_alt_text = 1'000,
                .picture = {.types = {"image/jpeg"},
                            .max_bytes = 8 * 1024 * 1024,
                            .min_aspect = 4.0 / 5.0,
                            .max_aspect = 1.91}},
      .can = {.can_list = true},
      // 25, 50 or 100 a day, the documents disagree: the middle one until the account's own quota is read (§limits endpoint).
      .account_rate = {.limit = 50, .window = 24h, .burst = 25},
      .settings = {
          {.name = "INSTAGRAM_API_BASE_URL",
           .kind = setting_kind::web_address,
           .sentence = "The API of Instagram: https://graph.instagram.com instead for accounts that were connected "
                       "at Instagram itself.",
           .default_text = "https://graph.facebook.com",
           .sandbox_text = "{SANDBOX_URL}/instagram"},
          {.name = "META_GRAPH_VERSION",
           .kind = setting_kind::graph_version,
           .sentence = "The version of Meta's Graph API that Pulse asks for. Meta ends each one about two years "
                       "after it appeared.",
           .default_text = "v26.0"}}};
}

}  // namespace pulse::domain::described
