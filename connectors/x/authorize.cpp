// X: authorization code with PKCE, refresh tokens that rotate.
#include <memory>

#include "connectors/all.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "X";

class steps final : public authorization_steps {
 public:
  steps(std::string api, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), api_(std::move(api)) {}

  void start(const oauth_app& app, const std::string& code, const std::string& verifier) {
    ask_tokens(api_ + "/2/oauth2/token",
               {{"grant_type", "authorization_code"},
                {"code", code},
                {"redirect_uri", app.redirect_uri},
                {"code_verifier", verifier}},
               {{"authorization", basic_authorization(app)}}, [this](const boost::json::object& reply) {
                 auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "X gave no token.");
                 result_.tokens = std::move(*tokens);
                 get(api_ + "/2/users/me", result_.tokens.access_token.reveal(), {},
                     [this](const boost::json::object& user) { read_user(user); });
               });
  }

 private:
  void read_user(const boost::json::object& reply) {
    const auto* data = reply.if_contains("data");
    if (data == nullptr || !data->is_object())
      return fail(authorization_failure::kind::unfinished, "X did not name the account.");
    const auto& user = data->get_object();
    result_.user_id = id_at(user, "id");
    result_.user_name = text_at(user, "name");
    if (result_.user_id.empty()) return fail(authorization_failure::kind::unfinished, "X did not name the account.");
    const auto handle = text_at(user, "username");
    result_.accounts.push_back(
        {domain::channel_type::x, result_.user_id, handle, result_.user_name, result_.tokens.access_token});
    end(std::move(result_));
  }

  const std::string api_;
};

class x_authorizer final : public authorizer, public revokes {
 public:
  explicit x_authorizer(const surroundings& around)
      : api_(around.settings["X_API_BASE_URL"]),
        pages_(around.settings["X_OAUTH_BASE_URL"]),
        client_(around.client),
        clock_(around.clock) {}

  std::string_view provider() const override { return "x"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const override {
    return with_query(pages_ + "/i/oauth2/authorize", {{"response_type", "code"},
                                                       {"client_id", app.client_id},
                                                       {"redirect_uri", app.redirect_uri},
                                                       {"scope", app.scope},
                                                       {"state", state},
                                                       {"code_challenge", challenge_of(verifier)},
                                                       {"code_challenge_method", "S256"}});
  }

  void exchange(oauth_app app, std::string code, std::string verifier,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(api_, client_, clock_, std::move(done))->start(app, code, verifier);
  }

  void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) override {
    auto request = token_request(api_ + "/2/oauth2/token",
                                 {{"grant_type", "refresh_token"}, {"refresh_token", old.refresh_token->reveal()}},
                                 {{"authorization", basic_authorization(app)}});
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.refresh_token.has_value(); }

  bool is_of_person() const override { return false; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    auto request = token_request(api_ + "/2/oauth2/revoke", {{"token", longest_lived(old).reveal()}},
                                 {{"authorization", basic_authorization(app)}});
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

std::unique_ptr<authorizer> x_provider(const surroundings& around) { return std::make_unique<x_authorizer>(around); }

}  // namespace made

}  // namespace pulse::connectors
