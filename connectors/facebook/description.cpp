// Facebook Pages, described.
#include "connectors/meta/settings.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform facebook() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Facebook",
      .text = {.max_length = 20'000},  // Facebook takes 63,206; Pulse's own bound comes first
      .media = {.max_images = 10,
                .max_videos = 1,
                .max_alt_text = 1'000,
                .picture = {.types = {"image/jpeg", "image/png", "image/gif", "image/webp"},
                            .max_bytes = 4 * 1024 * 1024},
                .film = {.types = {"video/mp4", "video/quicktime"},
                         .max_bytes = 1024LL * 1024 * 1024,  // Facebook takes 10 GB; the library's bound comes first
                         .max_seconds = 4 * 3'600}},
      .can = {.can_list = true, .can_edit = true, .can_delete = true, .can_measure = true},
      // No limit a page and day is documented, only that calls may come too fast (1390008). This is a bound; the usage
      // headers say more.
      .account_rate = {.limit = 100, .window = 24h, .burst = 25},
      .options = {{.name = "first_comment",
                   .kind = option_kind::text,
                   .label = "First comment",
                   .hint = "Goes out below the post, by the same account, right after it.",
                   .max_length = 8'000}},
      .settings = meta_settings(),
      .oauth = meta_provider};
}

}  // namespace pulse::domain::described
