// Threads, described.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform threads() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Threads",
      .text = {.max_length = 500, .counted = text_count::emoji_bytes, .max_links = 5},
      .media = {.max_images = 20,
                .max_videos = 20,
                .may_mix = true,  // twenty pictures and films in a carousel
                .max_alt_text = 1'000,
                .picture = {.types = {"image/jpeg", "image/png"},
                            .max_bytes = 8 * 1024 * 1024,
                            .max_aspect = 10.0,
                            .min_width = 320,
                            .max_width = 1'440},
                .film = {.types = {"video/mp4", "video/quicktime"},
                         .max_bytes = 1'000LL * 1024 * 1024,
                         .max_seconds = 300}},
      .can = {.can_list = true, .can_delete = true, .can_measure = true},
      .account_rate = {.limit = 250, .window = 24h, .burst = 60},
      .options = {{.name = "thread",
                   .kind = option_kind::text,
                   .label = "Thread",
                   .hint = "Further posts below this one, with a line of three hyphens between them.",
                   .max_length = 24}},
      .settings =
          {{.name = "THREADS_APP_ID",
            .kind = setting_kind::text,
            .sentence = "The id of this installation's app at Threads.",
            .default_text = "",
            .sandbox_text = "sandbox-threads-app"},
           {.name = "THREADS_APP_SECRET",
            .kind = setting_kind::secret,
            .sentence = "The secret of the app at Threads.",
            .default_text = "",
            .sandbox_text = "sandbox-threads-secret"},
           {.name = "THREADS_REDIRECT_URI",
            .kind = setting_kind::web_address,
            .sentence = "The address to which Threads returns people, exactly as in the app's settings there.",
            .default_text = "{API_BASE_URL}/channels/threads/oauth/callback"},
           {.name = "THREADS_OAUTH_SCOPE",
            .kind = setting_kind::scopes,
            .sentence = "The scopes that Pulse asks for at Threads.",
            .default_text =
                "threads_basic,threads_content_publish,threads_delete,threads_manage_insights,threads_manage_replies,"
                "threads_read_replies"},
           {.name = "THREADS_OAUTH_BASE_URL",
            .kind = setting_kind::web_address,
            .sentence = "The page on which people allow the app to act for them.",
            .default_text = "https://threads.net",
            .sandbox_text = "{SANDBOX_URL}/threads"},
           {.name = "THREADS_API_BASE_URL",
            .kind = setting_kind::web_address,
            .sentence = "The API of Threads.",
            .default_text = "https://graph.threads.net",
            .sandbox_text = "{SANDBOX_URL}/threads"}},
      .oauth = oauth_provider{.name = "threads",
                              .display_name = "Threads",
                              .client_id = "THREADS_APP_ID",
                              .client_secret = "THREADS_APP_SECRET",
                              .redirect_uri = "THREADS_REDIRECT_URI",
                              .scope = "THREADS_OAUTH_SCOPE"}};
}

}  // namespace pulse::domain::described
