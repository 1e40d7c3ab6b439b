// LinkedIn: authorization code with the secret in the body. Refresh only works for apps that LinkedIn has approved for
// it (according to LinkedIn's documentation).
#include <memory>

#include "connectors/all.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "LinkedIn";

class steps final : public authorization_steps {
 public:
  steps(std::string api, std::string pages, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), api_(std::move(api)), pages_(std::move(pages)) {}

  void start(const oauth_app& app, const std::string& code) {
    ask_tokens(pages_ + "/oauth/v2/accessToken",
               {{"grant_type", "authorization_code"},
                {"code", code},
                {"client_id", app.client_id},
                {"client_secret", app.client_secret.reveal()},
                {"redirect_uri", app.redirect_uri}},
               {}, [this](const boost::json::object& reply) {
                 auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "LinkedIn gave no token.");
                 result_.tokens = std::move(*tokens);
                 get(api_ + "/v2/userinfo", result_.tokens.access_token.reveal(), {},
                     [this](const boost::json::object& user) { read_user(user); });
               });
  }

 private:
  void read_user(const boost::json::object& user) {
    result_.user_id = text_at(user, "sub");
    result_.user_name = text_at(user, "name");
    if (result_.user_id.empty())
      return fail(authorization_failure::kind::unfinished, "LinkedIn did not name the member.");
    result_.accounts.push_back({domain::channel_type::linkedin, result_.user_id, result_.user_name, result_.user_name,
                                result_.tokens.access_token});
    end(std::move(result_));
  }

  const std::string api_;
  const std::string pages_;
};

class linkedin_authorizer final : public authorizer, public revokes {
 public:
  explicit linkedin_authorizer(const surroundings& around)
      : api_(around.settings["LINKEDIN_API_BASE_URL"]),
        pages_(around.settings["LINKEDIN_OAUTH_BASE_URL"]),
        client_(around.client),
        clock_(around.clock) {}

  std::string_view provider() const override { return "linkedin"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string&) const override {
    return with_query(pages_ + "/oauth/v2/authorization", {{"response_type", "code"},
                                                           {"client_id", app.client_id},
                                                           {"redirect_uri", app.redirect_uri},
                                                           {"state", state},
                                                           {"scope", app.scope}});
  }

  void exchange(oauth_app app, std::string code, std::string,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(api_, pages_, client_, clock_, std::move(done))->start(app, code);
  }

  void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) override {
    auto request = token_request(pages_ + "/oauth/v2/accessToken",
                                 {{"grant_type", "refresh_token"},
                                  {"refresh_token", old.refresh_token->reveal()},
                                  {"client_id", app.client_id},
                                  {"client_secret", app.client_secret.reveal()}},
                                 {});
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.refresh_token.has_value(); }

  bool is_of_person() const override { return true; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    auto request = token_request(pages_ + "/oauth/v2/revoke",
                                 {{"client_id", app.client_id},
                                  {"client_secret", app.client_secret.reveal()},
                                  {"token", longest_lived(old).reveal()}},
                                 {});
    revoke_with(client_, name, std::move(request), std::move(done));
  }

 private:
  const std::string api_;
  const std::string pages_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> linkedin_provider(const surroundings& around) {
  return std::make_unique<linkedin_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
