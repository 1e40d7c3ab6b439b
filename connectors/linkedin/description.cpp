// LinkedIn, described.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform linkedin() {
  using namespace std::chrono_literals;
  return {
      .display_name = "LinkedIn",
      .text = {.max_length = 3'000},
      .media =
          {.max_images = 20,
           .max_videos = 1,
           .max_alt_text = 1'000,
           .picture = {.types = {"image/jpeg", "image/png", "image/gif"},
                       .max_bytes = 8 * 1024 * 1024,
                       .max_pixels = 36'152'319,
                       .max_animation_pictures = 250},
           .film = {.types = {"video/mp4"}, .max_bytes = 500LL * 1024 * 1024, .min_seconds = 3, .max_seconds = 1'800}},
      .can = {.can_list = false, .can_edit = true, .can_delete = true, .can_measure = true},
      .account_rate = {.limit = 150, .window = 24h, .burst = 75},  // of a member, §8
      .app_rate = rate{.limit = 100'000, .window = 24h, .burst = 50'000},
      .options = {{.name = "first_comment",
                   .kind = option_kind::text,
                   .label = "First comment",
                   .hint = "Goes out below the post, by the same account, right after it.",
                   .max_length = 1'250}},
      .settings = {{.name = "LINKEDIN_API_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The API of LinkedIn.",
                    .default_text = "https://api.linkedin.com",
                    .sandbox_text = "{SANDBOX_URL}/linkedin"},
                   {.name = "LINKEDIN_VERSION",
                    .kind = setting_kind::year_month,
                    .sentence =
                        "The version of LinkedIn's API that Pulse asks for, as year and month. LinkedIn ends each "
                        "one about a year after it appeared.",
                    .default_text = "202609"},
                   {.name = "LINKEDIN_CLIENT_ID",
                    .kind = setting_kind::text,
                    .sentence = "The client id of this installation's app at LinkedIn.",
                    .default_text = "",
                    .sandbox_text = "sandbox-linkedin-app"},
                   {.name = "LINKEDIN_CLIENT_SECRET",
                    .kind = setting_kind::secret,
                    .sentence = "The secret of the app at LinkedIn.",
                    .default_text = "",
                    .sandbox_text = "sandbox-linkedin-secret"},
                   {.name = "LINKEDIN_REDIRECT_URI",
                    .kind = setting_kind::web_address,
                    .sentence = "Where LinkedIn sends people back, exactly as the app's settings there name it.",
                    .default_text = "{API_BASE_URL}/channels/linkedin/oauth/callback"},
                   {.name = "LINKEDIN_OAUTH_SCOPE",
                    .kind = setting_kind::scopes,
                    .sentence = "What is asked for at LinkedIn.",
                    .default_text = "openid profile w_member_social"},
                   {.name = "LINKEDIN_AUTH_REDIRECT_URI",
                    .kind = setting_kind::web_address,
                    .sentence = "Where LinkedIn sends people back who sign in, as the app's settings there name it.",
                    .default_text = "{API_BASE_URL}/auth/linkedin/callback"},
                   {.name = "LINKEDIN_SIGN_IN_SCOPE",
                    .kind = setting_kind::scopes,
                    .sentence = "What is asked for at LinkedIn when somebody signs in. With w_member_social their "
                                "own account is connected by it, too.",
                    .default_text = "openid profile email w_member_social"},
                   {.name = "LINKEDIN_OAUTH_BASE_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "Where people allow the app to act for them.",
                    .default_text = "https://www.linkedin.com",
                    .sandbox_text = "{SANDBOX_URL}/linkedin"},
                   {.name = "LINKEDIN_DASHBOARD_REDIRECT_URL",
                    .kind = setting_kind::web_address,
                    .sentence = "The dashboard's page that people see after connecting LinkedIn.",
                    .default_text = "{PUBLIC_APP_URL}/app/channels"}},
      .oauth = oauth_provider{.name = "linkedin",
                              .display_name = "LinkedIn",
                              .proof = proof_key::none,
                              .client_id = "LINKEDIN_CLIENT_ID",
                              .client_secret = "LINKEDIN_CLIENT_SECRET",
                              .redirect_uri = "LINKEDIN_REDIRECT_URI",
                              .scope = "LINKEDIN_OAUTH_SCOPE",
                              .dashboard_url = "LINKEDIN_DASHBOARD_REDIRECT_URL"}};
}

}  // namespace pulse::domain::described
