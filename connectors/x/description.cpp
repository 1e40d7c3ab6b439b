// X, described.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform x() {
  using namespace std::chrono_literals;
  return {
      .display_name = "X",
      .text = {.max_length = 280, .counted = text_count::weighted, .max_cashtags = 1},
      .media = {.max_images = 4,
                .max_videos = 1,
                .max_alt_text = 1'000,
                .picture = {.types = {"image/jpeg", "image/png", "image/gif", "image/webp"},
                            .max_bytes = 5 * 1024 * 1024,
                            .max_animation_bytes = 15 * 1024 * 1024,
                            .max_animation_width = 1'280,
                            .max_animation_height = 1'080,
                            .max_animation_pictures = 350},
                .film = {.types = {"video/mp4", "video/quicktime"},
                         .max_bytes = 512LL * 1024 * 1024,
                         .min_seconds = 0.5,
                         .max_seconds = 140}},
      .can = {.can_list = true, .can_delete = true, .can_measure = true},
      // 100 in 15 minutes; half of them may come at once, so that a morning's posts go out together and the rest still
      // fits.
      .account_rate = {.limit = 100, .window = 15min, .burst = 50},
      .app_rate = rate{.limit = 10'000, .window = 24h, .burst = 5'000},
      .options = {{.name = "thread",
                   .kind = option_kind::text,
                   .label = "Thread",
                   .hint = "Further posts below this one, with a line of three hyphens between them.",
                   .max_length = 24}},
      .settings = {{.name = "X_API_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The API of X.",
                    .default_text = "https://api.x.com",
                    .sandbox_text = "{SANDBOX_URL}/x"},
                   {.name = "X_CLIENT_ID",
                    .kind = setting_kind::text,
                    .sentence = "The client id of this installation's app at X.",
                    .default_text = "",
                    .sandbox_text = "sandbox-x-app"},
                   {.name = "X_CLIENT_SECRET",
                    .kind = setting_kind::secret,
                    .sentence = "The secret of the app at X.",
                    .default_text = "",
                    .sandbox_text = "sandbox-x-secret"},
                   {.name = "X_REDIRECT_URI",
                    .kind = setting_kind::web_address,
                    .sentence = "The address to which X returns people, exactly as in the app's settings there.",
                    .default_text = "{API_BASE_URL}/channels/x/oauth/callback"},
                   {.name = "X_OAUTH_SCOPE",
                    .kind = setting_kind::scopes,
                    .sentence = "The scopes that Pulse asks for at X.",
                    .default_text = "tweet.read tweet.write users.read media.write offline.access"},
                   {.name = "X_OAUTH_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The page on which people allow the app to act for them.",
                    .default_text = "https://x.com",
                    .sandbox_text = "{SANDBOX_URL}/x"}},
      .oauth = oauth_provider{.name = "x",
                              .display_name = "X",
                              .proof = proof_key::s256,
                              .client_id = "X_CLIENT_ID",
                              .client_secret = "X_CLIENT_SECRET",
                              .redirect_uri = "X_REDIRECT_URI",
                              .scope = "X_OAUTH_SCOPE"}};
}

}  // namespace pulse::domain::described
