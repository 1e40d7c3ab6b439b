// Mastodon: an app is registered at the instance that a person names; then a code with PKCE, which older instances do
// not know and ignore; tokens that do not expire.
#include <memory>
#include <optional>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/mastodon/instance.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

using mastodon::instances;

constexpr const char* name = "Mastodon";

class registering final : public authorization_steps {
 public:
  using registered = std::function<void(authorized<oauth_app>)>;

  /// `made` holds the app once the server has given it.
  registering(const instances& reached, egress& client, const base::clock& clock, oauth_app wanted,
              std::shared_ptr<std::optional<oauth_app>> made, registered done)
      : authorization_steps(client, clock, wanted.instance,
                            [made, done](authorized<authorization> failed) {
                              const auto why = failed.error();
                              // What the server does not do for apps alone it may do for people.
                              if (*made && why.why != authorization_failure::kind::app) return done(**made);
                              done(readable(why));
                            }),
        reached_(reached),
        app_(std::move(wanted)),
        made_(std::move(made)),
        done_(std::move(done)) {
    if (reached_.base_url.empty()) address_ = trust::user_given;
  }

  void start(const std::string& app_name) {
    const auto at = mastodon::address_of(reached_, app_.instance);
    ask_tokens(at + "/api/v1/apps",
               {{"client_name", app_name}, {"redirect_uris", app_.redirect_uri}, {"scopes", app_.scope}}, {},
               [this, at](const boost::json::object& reply) {
                 app_.client_id = text_at(reply, "client_id");
                 app_.client_secret = base::secret{text_at(reply, "client_secret")};
                 if (app_.client_id.empty() || app_.client_secret.reveal().empty())
                   return fail(authorization_failure::kind::refused, app_.instance + " is no server of Mastodon.");
                 *made_ = app_;
                 use(at);
               });
  }

 private:
  /// Servers before 4.3 delete apps that were never used.
  void use(const std::string& at) {
    ask_tokens(at + "/oauth/token",
               {{"grant_type", "client_credentials"},
                {"client_id", app_.client_id},
                {"client_secret", app_.client_secret.reveal()},
                {"redirect_uri", app_.redirect_uri},
                {"scope", app_.scope}},
               {}, [this](const boost::json::object&) { done_(app_); });
  }

  /// A server that is asked for the first time need not be one of Mastodon.
  static authorization_failure readable(authorization_failure why) {
    if (why.why == authorization_failure::kind::refused)
      why.reason += " Check the server's address: it must be the one where you sign in to Mastodon.";
    return why;
  }

  const instances reached_;
  oauth_app app_;
  const std::shared_ptr<std::optional<oauth_app>> made_;
  const registered done_;
};

class steps final : public authorization_steps {
 public:
  steps(const instances& reached, egress& client, const base::clock& clock, oauth_app app, answered done)
      : authorization_steps(client, clock, name, std::move(done)), reached_(reached), app_(std::move(app)) {
    if (reached_.base_url.empty()) address_ = trust::user_given;
  }

  void start(const std::string& code, const std::string& verifier) {
    const auto at = mastodon::address_of(reached_, app_.instance);
    ask_tokens(at + "/oauth/token",
               {{"grant_type", "authorization_code"},
                {"code", code},
                {"client_id", app_.client_id},
                {"client_secret", app_.client_secret.reveal()},
                {"redirect_uri", app_.redirect_uri},
                {"code_verifier", verifier}},
               {}, [this, at](const boost::json::object& reply) {
                 auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "The server gave no token.");
                 result_.tokens = std::move(*tokens);
                 get(at + "/api/v1/accounts/verify_credentials", result_.tokens.access_token.reveal(), {},
                     [this](const boost::json::object& user) { read_user(user); });
               });
  }

 private:
  void read_user(const boost::json::object& user) {
    const auto id = id_at(user, "id");
    const auto handle = text_at(user, "username");
    if (!mastodon::is_id(id))
      return fail(authorization_failure::kind::unfinished, "The server did not name the account.");
    result_.user_id = mastodon::external_id_of(id, app_.instance);
    result_.user_name = text_at(user, "display_name").empty() ? handle : text_at(user, "display_name");
    result_.accounts.push_back({domain::channel_type::mastodon, result_.user_id,
                                fmt::format("{}@{}", handle, app_.instance), result_.user_name,
                                result_.tokens.access_token});
    end(std::move(result_));
  }

  const instances reached_;
  const oauth_app app_;
};

class mastodon_authorizer final : public authorizer, public registers_apps, public revokes {
 public:
  explicit mastodon_authorizer(const surroundings& around)
      : reached_{around.settings["MASTODON_API_BASE_URL"]},
        app_name_(around.settings["MASTODON_APP_NAME"]),
        client_(around.client),
        clock_(around.clock) {
    while (reached_.base_url.ends_with('/')) reached_.base_url.pop_back();
  }

  std::string_view provider() const override { return "mastodon"; }

  base::result<instance_name, instance_problem> instance_of(std::string_view given) const override {
    return mastodon::read_instance(given, !reached_.base_url.empty());  // what is set is called in place of every one
  }

  void register_app(oauth_app wanted, std::function<void(authorized<oauth_app>)> done) override {
    auto made = std::make_shared<std::optional<oauth_app>>();
    std::make_shared<registering>(reached_, client_, clock_, std::move(wanted), std::move(made), std::move(done))
        ->start(app_name_);
  }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const override {
    return with_query(mastodon::address_of(reached_, app.instance) + "/oauth/authorize",
                      {{"response_type", "code"},
                       {"client_id", app.client_id},
                       {"redirect_uri", app.redirect_uri},
                       {"scope", app.scope},
                       {"state", state},
                       {"code_challenge", challenge_of(verifier)},
                       {"code_challenge_method", "S256"}});
  }

  void exchange(oauth_app app, std::string code, std::string verifier,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(reached_, client_, clock_, std::move(app), std::move(done))->start(code, verifier);
  }

  void refresh(oauth_app, grant, std::function<void(authorized<grant>)> done) override {
    client_.after({}, [done = std::move(done)] {
      done(authorization_failure{authorization_failure::kind::refused, "Mastodon renews no access."});
    });
  }

  /// Mastodon's tokens do not expire, and there is nothing to renew them with.
  bool can_refresh(const grant&) const override { return false; }

  bool is_of_person() const override { return false; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    auto request = token_request(mastodon::address_of(reached_, app.instance) + "/oauth/revoke",
                                 {{"client_id", app.client_id},
                                  {"client_secret", app.client_secret.reveal()},
                                  {"token", old.access_token.reveal()}},
                                 {});
    request.address = mastodon::request_to(reached_, app.instance, "POST", "/oauth/revoke", "").address;
    revoke_with(client_, "Mastodon", std::move(request), std::move(done));
  }

 private:
  instances reached_;
  const std::string app_name_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> mastodon_provider(const surroundings& around) {
  return std::make_unique<mastodon_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
