// Bluesky, described.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform bluesky() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Bluesky",
      .has_app = false,
      .text = {.max_length = 300, .counted = text_count::graphemes, .max_bytes = 3'000},
      .media = {.max_images = 4,
                .max_videos = 1,
                .max_alt_text = 2'000,
                .picture = {.types = {"image/jpeg", "image/png", "image/gif", "image/webp"}, .max_bytes = 2'000'000},
                .film = {.types = {"video/mp4"}, .max_bytes = 300'000'000, .max_seconds = 3 * 60}},
      .can = {.can_list = true, .can_delete = true, .can_measure = true},
      // 35,000 points a day, of which 5,000 may be spent in an hour; a post put under a key of ours costs 2, an upload
      // none.
      .account_rate = {.limit = 17'500, .window = 24h, .burst = 1'000},
      .options = {{.name = "language",
                   .kind = option_kind::text,
                   .label = "Language",
                   .hint = "A language tag, such as en or pt-BR. Readers filter and translate by it.",
                   .max_length = 20},
                  {.name = "thread",
                   .kind = option_kind::text,
                   .label = "Thread",
                   .hint = "Further posts below this one, with a line of three hyphens between them.",
                   .max_length = 24}},
      .settings = {{.name = "BLUESKY_SERVICE_URL",
                    .kind = setting_kind::web_address,
                    .sentence =
                        "The service that knows where accounts of Bluesky live, and where those live that it hosts.",
                    .default_text = "https://bsky.social",
                    .sandbox_text = "{SANDBOX_URL}/bluesky"},
                   {.name = "BLUESKY_PLC_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The directory of identities (did:plc).",
                    .default_text = "https://plc.directory",
                    .sandbox_text = "{SANDBOX_URL}/bluesky/plc"},
                   {.name = "BLUESKY_VIDEO_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The service that takes films and hands them on to the account's server.",
                    .default_text = "https://video.bsky.app",
                    .sandbox_text = "{SANDBOX_URL}/bluesky"}},
      .oauth = oauth_provider{.name = "bluesky", .display_name = "Bluesky", .way = connect_way::app_password}};
}

}  // namespace pulse::domain::described
