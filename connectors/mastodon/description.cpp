// Mastodon, described. The figures are those of an instance that changes nothing; what an instance says of itself
// holds when a post goes out (connectors/mastodon/instance_limits).
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

platform mastodon() {
  using namespace std::chrono_literals;
  return {
      .display_name = "Mastodon",
      .has_app = false,
      .text = {.max_length = 500, .counted = text_count::link_graphemes},
      .media = {.max_images = 4,
                .max_videos = 1,
                .max_alt_text = 1'500,
                .picture = {.types = {"image/jpeg", "image/png", "image/gif", "image/webp"},
                            .max_bytes = 16 * 1024 * 1024},
                .film = {.types = {"video/mp4", "video/quicktime", "video/webm"}, .max_bytes = 99 * 1024 * 1024}},
      .can = {.can_list = true, .can_edit = true, .can_delete = true, .can_measure = true},
      // Posts of an account; requests have a wider limit of their own, 300 in 5 minutes.
      .account_rate = {.limit = 300, .window = 3h, .burst = 60},
      .options = {{.name = "visibility",
                   .kind = option_kind::choice,
                   .label = "Who can see it",
                   .hint = "Left out: everybody.",
                   .choices = {{"public", "Everybody, also in the server's lists"},
                               {"unlisted", "Everybody, but in no list"},
                               {"private", "Followers"}}},
                  {.name = "content_warning",
                   .kind = option_kind::text,
                   .label = "Content warning",
                   .hint = "The text is hidden behind it, and it counts with the text.",
                   .max_length = 200},
                  {.name = "sensitive",
                   .kind = option_kind::yes_or_no,
                   .label = "Pictures are hidden until somebody asks for them"},
                  {.name = "language",
                   .kind = option_kind::text,
                   .label = "Language",
                   .hint = "Two letters, such as en. Left out: the account's own.",
                   .max_length = 3},
                  {.name = "thread",
                   .kind = option_kind::text,
                   .label = "Thread",
                   .hint = "Further posts below this one, with a line of three hyphens between them.",
                   .max_length = 24}},
      .settings =
          {{.name = "MASTODON_API_BASE_URL",
            .kind = setting_kind::web_address,
            .sentence =
                "Where every instance of Mastodon is reached instead of at its own address. Empty: each at its own.",
            .default_text = "",
            .sandbox_text = "{SANDBOX_URL}/mastodon"},
           {.name = "MASTODON_REDIRECT_URI",
            .kind = setting_kind::web_address,
            .sentence =
                "Where instances of Mastodon send people back; each is told so when the app is registered there.",
            .default_text = "{API_BASE_URL}/channels/mastodon/oauth/callback"},
           {.name = "MASTODON_OAUTH_SCOPE",
            .kind = setting_kind::scopes,
            .sentence = "The scopes that Pulse asks for at an instance of Mastodon.",
            .default_text = "read:accounts read:statuses write:statuses write:media"},
           {.name = "MASTODON_APP_NAME",
            .kind = setting_kind::text,
            .sentence = "The name of this installation's app, as instances of Mastodon show it below posts.",
            .default_text = "Pulse"}},
      .oauth = oauth_provider{.name = "mastodon",
                              .display_name = "Mastodon",
                              .proof = proof_key::s256,
                              .way = connect_way::instance_page,
                              .redirect_uri = "MASTODON_REDIRECT_URI",
                              .scope = "MASTODON_OAUTH_SCOPE"}};
}

}  // namespace pulse::domain::described
