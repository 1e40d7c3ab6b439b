// Pinterest, described. A channel is a board.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform pinterest() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Pinterest",
      .text = {.max_length = 800, .max_title_length = 100},
      .media = {.min = 1,
                .max_images = 1,
                .max_videos = 1,
                .may_mix = true,  // the image is then the film's cover
                .max_alt_text = 500,
                .picture = {.types = {"image/jpeg", "image/png"}, .max_bytes = 20 * 1024 * 1024},
                .film = {.types = {"video/mp4", "video/quicktime"},
                         .max_bytes = 2'000'000'000,
                         .min_seconds = 4,
                         .max_seconds = 15 * 60}},
      .can = {.can_list = true, .can_delete = true, .can_measure = true},
      .account_rate = {.limit = 100, .window = 60s, .burst = 10},  // org_write of standard access
      .options = {{.name = "link",
                   .kind = option_kind::web_address,
                   .label = "Where the pin leads",
                   .hint = "Left out: the first web address of the text.",
                   .max_length = 2'048},
                  {.name = "board_section_id",
                   .kind = option_kind::text,
                   .label = "Section of the board",
                   .hint = "The section's id at Pinterest. Left out: the board itself.",
                   .max_length = 40}},
      .settings = {{.name = "PINTEREST_CLIENT_ID",
                    .kind = setting_kind::text,
                    .sentence = "The id of this installation's app at Pinterest.",
                    .default_text = "",
                    .sandbox_text = "sandbox-pinterest-app"},
                   {.name = "PINTEREST_CLIENT_SECRET",
                    .kind = setting_kind::secret,
                    .sentence = "The secret of the app at Pinterest.",
                    .default_text = "",
                    .sandbox_text = "sandbox-pinterest-secret"},
                   {.name = "PINTEREST_REDIRECT_URI",
                    .kind = setting_kind::web_address,
                    .sentence =
                        "The address to which Pinterest returns people, exactly as in the app's settings there.",
                    .default_text = "{API_BASE_URL}/channels/pinterest/oauth/callback"},
                   {.name = "PINTEREST_OAUTH_SCOPE",
                    .kind = setting_kind::scopes,
                    .sentence = "The scopes that Pulse asks for at Pinterest.",
                    .default_text = "boards:read,boards:write,pins:read,pins:write,user_accounts:read"},
                   {.name = "PINTEREST_CONTINUOUS_REFRESH",
                    .kind = setting_kind::yes_or_no,
                    .sentence =
                        "Whether refresh tokens that can be renewed for ever are asked for. Apps that were made before "
                        "2025-09-25 need it.",
                    .default_text = "yes"},
                   {.name = "PINTEREST_OAUTH_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The page on which people allow the app to act for them.",
                    .default_text = "https://www.pinterest.com",
                    .sandbox_text = "{SANDBOX_URL}/pinterest"},
                   {.name = "PINTEREST_API_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The API of Pinterest, with its version.",
                    .default_text = "https://api.pinterest.com/v5",
                    .sandbox_text = "{SANDBOX_URL}/pinterest/v5"}},
      .oauth = oauth_provider{.name = "pinterest",
                              .display_name = "Pinterest",
                              .client_id = "PINTEREST_CLIENT_ID",
                              .client_secret = "PINTEREST_CLIENT_SECRET",
                              .redirect_uri = "PINTEREST_REDIRECT_URI",
                              .scope = "PINTEREST_OAUTH_SCOPE"}};
}

}  // namespace pulse::domain::described
