// TikTok: a code with a proof key in hexadecimal, errors that come with 200, and the account that was allowed
// (as the platform documents it).
#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "TikTok";
constexpr std::string_view token_path = "/v2/oauth/token/";

/// Whether a list of scopes, between commas or blanks, has this one.
bool has_scope(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(", "), list.size());
    if (list.substr(0, end) == wanted) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

class steps final : public authorization_steps {
 public:
  steps(std::string api, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), api_(std::move(api)) {}

  void start(const oauth_app& app, const std::string& code, const std::string& verifier) {
    fields form{{"client_key", app.client_id},
                {"client_secret", app.client_secret.reveal()},
                {"code", code},
                {"grant_type", "authorization_code"},
                {"redirect_uri", app.redirect_uri}};
    if (!verifier.empty()) form.emplace_back("code_verifier", verifier);
    ask_tokens(api_ + std::string{token_path}, form, {}, [this](const boost::json::object& reply) {
      auto tokens = grant_in(reply, now());
      if (!tokens) return fail(authorization_failure::kind::refused, "TikTok gave no token.");
      result_.tokens = std::move(*tokens);
      result_.user_id = id_at(reply, "open_id");
      if (!has_scope(result_.tokens.scope, "video.publish"))
        return fail(authorization_failure::kind::unfinished,
                    "TikTok was not allowed to let Pulse publish. Connect again and leave everything switched on.");
      ask_user();
    });
  }

 private:
  void ask_user() {
    const bool has_profile = has_scope(result_.tokens.scope, "user.info.profile");
    get(fmt::format("{}/v2/user/info/?fields=open_id,display_name{}", api_, has_profile ? ",username" : ""),
        result_.tokens.access_token.reveal(), {}, [this](const boost::json::object& reply) {
          boost::system::error_code missing;
          const boost::json::value whole(reply);  // in braces it would be an array of it
          const auto* user = whole.find_pointer("/data/user", missing);
          if (user == nullptr || !user->is_object())
            return fail(authorization_failure::kind::unfinished, "TikTok did not name the account.");
          read_user(user->get_object());
        });
  }

  void read_user(const boost::json::object& user) {
    if (const auto id = id_at(user, "open_id"); !id.empty()) result_.user_id = id;
    if (result_.user_id.empty())
      return fail(authorization_failure::kind::unfinished, "TikTok did not name the account.");
    const auto handle = text_at(user, "username");
    result_.user_name = text_at(user, "display_name").empty() ? handle : text_at(user, "display_name");
    result_.accounts.push_back(
        {domain::channel_type::tiktok, result_.user_id, handle, result_.user_name, result_.tokens.access_token});
    end(std::move(result_));
  }

  const std::string api_;
};

class tiktok_authorizer final : public authorizer, public revokes {
 public:
  explicit tiktok_authorizer(const surroundings& around)
      : api_(around.settings["TIKTOK_API_BASE_URL"]),
        pages_(around.settings["TIKTOK_OAUTH_BASE_URL"]),
        proves_(around.settings["TIKTOK_PKCE"] == "yes"),
        client_(around.client),
        clock_(around.clock) {}

  std::string_view provider() const override { return "tiktok"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const override {
    fields query{{"client_key", app.client_id},
                 {"response_type", "code"},
                 {"scope", app.scope},
                 {"redirect_uri", app.redirect_uri},
                 {"state", state}};
    if (proves_) {
      query.emplace_back("code_challenge", hex_challenge_of(verifier));
      query.emplace_back("code_challenge_method", "S256");
    }
    return with_query(pages_ + "/v2/auth/authorize/", query);
  }

  void exchange(oauth_app app, std::string code, std::string verifier,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(api_, client_, clock_, std::move(done))->start(app, code, proves_ ? verifier : "");
  }

  /// The refresh token may change; what the reply leaves out stays as it was.
  void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) override {
    auto request = token_request(api_ + std::string{token_path},
                                 {{"client_key", app.client_id},
                                  {"client_secret", app.client_secret.reveal()},
                                  {"grant_type", "refresh_token"},
                                  {"refresh_token", old.refresh_token ? old.refresh_token->reveal() : std::string{}}},
                                 {});
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.refresh_token.has_value(); }

  bool is_of_person() const override { return true; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    auto request = token_request(api_ + "/v2/oauth/revoke/",
                                 {{"client_key", app.client_id},
                                  {"client_secret", app.client_secret.reveal()},
                                  {"token", old.access_token.reveal()}},
                                 {});
    revoke_with(client_, name, std::move(request), std::move(done));
  }

 private:
  const std::string api_;
  const std::string pages_;
  const bool proves_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> tiktok_provider(const surroundings& around) {
  return std::make_unique<tiktok_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
