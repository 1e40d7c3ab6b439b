// What Meta's platforms have in common in their descriptions: one app, one provider.
#pragma once

#include <vector>

#include "domain/platforms/oauth.hpp"
#include "domain/platforms/setting.hpp"

namespace pulse::domain::described {

inline constexpr oauth_provider meta_provider{.name = "meta",
                                              .display_name = "Meta",
                                              .client_id = "META_APP_ID",
                                              .client_secret = "META_APP_SECRET",
                                              .redirect_uri = "META_REDIRECT_URI",
                                              .scope = "META_OAUTH_SCOPE",
                                              .dashboard_url = "META_DASHBOARD_REDIRECT_URL"};

inline std::vector<platform_setting> meta_settings() {
  return {
      {.name = "META_APP_ID",
       .kind = setting_kind::text,
       .sentence = "The id of this installation's app at Meta, for Facebook and Instagram.",
       .default_text = "",
       .sandbox_text = "sandbox-meta-app"},
      {.name = "META_APP_SECRET",
       .kind = setting_kind::secret,
       .sentence = "The secret of the app at Meta.",
       .default_text = "",
       .sandbox_text = "sandbox-meta-secret"},
      {.name = "META_REDIRECT_URI",
       .kind = setting_kind::web_address,
       .sentence = "The address to which Meta returns people, exactly as in the app's settings there.",
       .default_text = "{API_BASE_URL}/channels/meta/oauth/callback"},
      {.name = "META_DASHBOARD_REDIRECT_URL",
       .kind = setting_kind::web_address,
       .sentence = "The dashboard's page that people see after connecting Facebook and Instagram.",
       .default_text = "{PUBLIC_APP_URL}/app/channels"},
      {.name = "META_OAUTH_SCOPE",
       .kind = setting_kind::scopes,
       .sentence = "The scopes that Pulse asks for at Meta.",
       .default_text =
           "pages_show_list,pages_manage_posts,pages_read_engagement,pages_manage_engagement,instagram_basic,instagram_"
           "content_publish,instagram_manage_comments"},
      {.name = "META_GRAPH_API_BASE_URL",
       .kind = setting_kind::web_address,
       .sentence = "Meta's Graph API; a version at its end holds instead of META_GRAPH_VERSION.",
       .default_text = "https://graph.facebook.com",
       .sandbox_text = "{SANDBOX_URL}/facebook"},
      {.name = "META_OAUTH_BASE_URL",
       .kind = setting_kind::web_address,
       .sentence = "The page on which people allow the app to act for them.",
       .default_text = "https://www.facebook.com",
       .sandbox_text = "{SANDBOX_URL}/facebook"},
      {.name = "META_GRAPH_VERSION",
       .kind = setting_kind::graph_version,
       .sentence =
           "The version of Meta's Graph API that Pulse asks for. Meta ends each one about two years after it appeared.",
       .default_text = "v26.0"}};
}

}  // namespace pulse::domain::described
