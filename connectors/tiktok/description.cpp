// TikTok, described.
#include "domain/platforms/platform.hpp"

namespace pulse::domain::described {

namespace {

/// Nobody but a person knows who may see a post and what must be said of it, so neither has a default.
std::vector<post_option> tiktok_options() {
  return {
      {.name = "privacy_level",
       .kind = option_kind::choice,
       .label = "Who can see it",
       .hint = "TikTok offers each account some of these. An app that TikTok has not audited may post for the account "
               "itself alone.",
       .is_required = true,
       .choices = {{"PUBLIC_TO_EVERYONE", "Everyone"},
                   {"FOLLOWER_OF_CREATOR", "Followers"},
                   {"MUTUAL_FOLLOW_FRIENDS", "Friends"},
                   {"SELF_ONLY", "Only the account itself"}}},
      {.name = "disclosure",
       .kind = option_kind::choice,
       .label = "What it promotes",
       .hint = "TikTok labels posts that promote something.",
       .is_required = true,
       .choices = {{"none", "Nothing"},
                   {"own_brand", "The account's own brand"},
                   {"paid_partnership", "Another brand: a paid partnership"},
                   {"both", "Both"}}},
      {.name = "is_aigc",
       .kind = option_kind::yes_or_no,
       .label = "Made by AI",
       .hint = "TikTok labels films that an AI has made."},
      {.name = "disable_comment", .kind = option_kind::yes_or_no, .label = "No comments"},
      {.name = "disable_duet", .kind = option_kind::yes_or_no, .label = "No duets", .hint = "Of films."},
      {.name = "disable_stitch", .kind = option_kind::yes_or_no, .label = "No stitches", .hint = "Of films."},
      {.name = "auto_add_music",
       .kind = option_kind::yes_or_no,
       .label = "Music chosen by TikTok",
       .hint = "Of pictures."}};
}

}  // namespace

platform tiktok() {
  using namespace std::chrono_literals;
  constexpr std::int64_t mebibyte = 1024 * 1024;
  return {.display_name = "TikTok",
          .text = {.max_length = 2'200, .counted = text_count::utf16_units, .max_title_length = 90},
          .media = {.min = 1,
                    .max_images = 35,
                    .max_videos = 1,
                    .picture = {.types = {"image/jpeg", "image/webp"}, .max_bytes = 20 * mebibyte, .max_width = 1'080},
                    .film = {.types = {"video/mp4", "video/webm", "video/quicktime"},
                             .max_bytes = 4'096 * mebibyte,
                             .max_seconds = 600}},
          .can = {.can_list = true, .can_measure = true},
          .account_rate = {.limit = 15, .window = 24h, .burst = 6},  // of a creator, over all apps
          .options = tiktok_options(),
          .settings =
              {{.name = "TIKTOK_CLIENT_KEY",
                .kind = setting_kind::text,
                .sentence = "The client key of this installation's app at TikTok.",
                .default_text = "",
                .sandbox_text = "sandbox-tiktok-app"},
               {.name = "TIKTOK_CLIENT_SECRET",
                .kind = setting_kind::secret,
                .sentence = "The secret of the app at TikTok.",
                .default_text = "",
                .sandbox_text = "sandbox-tiktok-secret"},
               {.name = "TIKTOK_REDIRECT_URI",
                .kind = setting_kind::web_address,
                .sentence = "The address to which TikTok returns people, exactly as in the app's settings there.",
                .default_text = "{API_BASE_URL}/channels/tiktok/oauth/callback"},
               {.name = "TIKTOK_OAUTH_SCOPE",
                .kind = setting_kind::scopes,
                .sentence = "The scopes that Pulse asks for at TikTok.",
                .default_text = "user.info.basic,user.info.profile,video.publish,video.list"},
               {.name = "TIKTOK_PKCE",
                .kind = setting_kind::yes_or_no,
                .sentence = "Whether a proof key goes with the login, in TikTok's own form. TikTok demands it of apps "
                            "for desktops and phones only.",
                .default_text = "yes"},
               {.name = "TIKTOK_PULL_FILMS",
                .kind = setting_kind::yes_or_no,
                .sentence =
                    "Whether TikTok fetches films from this service instead of being given them piece by piece. The "
                    "address of the service must be verified at TikTok for it, as it must be for pictures.",
                .default_text = "no"},
               {.name = "TIKTOK_OAUTH_BASE_URL",
                .kind = setting_kind::web_address,
                .sentence = "The page on which people allow the app to act for them.",
                .default_text = "https://www.tiktok.com",
                .sandbox_text = "{SANDBOX_URL}/tiktok"},
               {.name = "TIKTOK_API_BASE_URL",
                .kind = setting_kind::web_address,
                .sentence = "The API of TikTok.",
                .default_text = "https://open.tiktokapis.com",
                .sandbox_text = "{SANDBOX_URL}/tiktok"}},
          .oauth = oauth_provider{.name = "tiktok",
                                  .display_name = "TikTok",
                                  .proof = proof_key::hex_s256,
                                  .client_id = "TIKTOK_CLIENT_KEY",
                                  .client_secret = "TIKTOK_CLIENT_SECRET",
                                  .redirect_uri = "TIKTOK_REDIRECT_URI",
                                  .scope = "TIKTOK_OAUTH_SCOPE"}};
}

}  // namespace pulse::domain::described
