// Instagram, described.
#include "connectors/meta/settings.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

namespace {

std::vector<platform_setting> settings() {
  auto all = meta_settings();
  all.push_back({.name = "INSTAGRAM_API_BASE_URL",
                 .kind = setting_kind::web_address,
                 .sentence =
                     "The API of Instagram: https://graph.instagram.com instead for accounts that were connected at "
                     "Instagram itself.",
                 .default_text = "{META_GRAPH_API_BASE_URL}",
                 .sandbox_text = "{SANDBOX_URL}/instagram"});
  return all;
}

}  // namespace

platform instagram() {
  using namespace std::chrono_literals;
  return {.display_name = "Instagram",
          .text = {.max_length = 2'200, .max_hashtags = 30, .max_mentions = 20},
          .media = {.min = 1,
                    .max_images = 10,
                    .max_videos = 10,
                    .may_mix = true,  // ten pictures and films in a carousel; a film alone is a reel
                    .max_alt_text = 1'000,
                    .picture = {.types = {"image/jpeg"},
                                .max_bytes = 8 * 1024 * 1024,
                                .min_aspect = 4.0 / 5.0,
                                .max_aspect = 1.91,
                                .min_width = 320,
                                .max_width = 1'440},
                    .film = {.types = {"video/mp4", "video/quicktime"},
                             .max_bytes = 300LL * 1024 * 1024,
                             .min_seconds = 3,
                             .max_seconds = 900}},
          .can = {.can_list = true, .can_delete = true, .can_measure = true},
          // 25, 50 or 100 a day, the documents disagree: the middle one until the account's own quota is read (§limits
          // endpoint).
          .account_rate = {.limit = 50, .window = 24h, .burst = 25},
          .options = {{.name = "first_comment",
                       .kind = option_kind::text,
                       .label = "First comment",
                       .hint = "Goes out below the post, by the same account, right after it.",
                       .max_length = 2'200}},
          .settings = settings(),
          .oauth = meta_provider};
}

}  // namespace pulse::domain::described
