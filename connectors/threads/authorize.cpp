// Threads: a code, a short token, a long one of 60 days that is renewed while it holds.
#include <memory>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "Threads";

class steps final : public authorization_steps {
 public:
  steps(std::string api, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), api_(std::move(api)) {}

  void start(const oauth_app& app, const std::string& code) {
    ask_tokens(api_ + "/oauth/access_token",
               {{"client_id", app.client_id},
                {"client_secret", app.client_secret.reveal()},
                {"code", code},
                {"grant_type", "authorization_code"},
                {"redirect_uri", app.redirect_uri}},
               {}, [this, app](const boost::json::object& reply) {
                 const auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "Threads gave no token.");
                 lengthen(app, tokens->access_token.reveal());
               });
  }

 private:
  void lengthen(const oauth_app& app, const std::string& short_token) {
    get(with_query(api_ + "/access_token", {{"grant_type", "th_exchange_token"},
                                            {"client_secret", app.client_secret.reveal()},
                                            {"access_token", short_token}}),
        "", {}, [this](const boost::json::object& reply) {
          auto tokens = grant_in(reply, now());
          if (!tokens) return fail(authorization_failure::kind::refused, "Threads gave no token.");
          result_.tokens = std::move(*tokens);
          get(api_ + "/v1.0/me?fields=id,username,name", result_.tokens.access_token.reveal(), {},
              [this](const boost::json::object& user) { read_user(user); });
        });
  }

  void read_user(const boost::json::object& user) {
    result_.user_id = id_at(user, "id");
    const auto handle = text_at(user, "username");
    result_.user_name = text_at(user, "name").empty() ? handle : text_at(user, "name");
    if (result_.user_id.empty())
      return fail(authorization_failure::kind::unfinished, "Threads did not name the account.");
    result_.accounts.push_back(
        {domain::channel_type::threads, result_.user_id, handle, result_.user_name, result_.tokens.access_token});
    end(std::move(result_));
  }

  const std::string api_;
};

class threads_authorizer final : public authorizer {
 public:
  explicit threads_authorizer(const surroundings& around)
      : api_(around.settings["THREADS_API_BASE_URL"]),
        pages_(around.settings["THREADS_OAUTH_BASE_URL"]),
        client_(around.client),
        clock_(around.clock) {}

  std::string_view provider() const override { return "threads"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string&) const override {
    return with_query(pages_ + "/oauth/authorize", {{"client_id", app.client_id},
                                                    {"redirect_uri", app.redirect_uri},
                                                    {"scope", app.scope},
                                                    {"response_type", "code"},
                                                    {"state", state}});
  }

  void exchange(oauth_app app, std::string code, std::string,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(api_, client_, clock_, std::move(done))->start(app, code);
  }

  void refresh(oauth_app, grant old, std::function<void(authorized<grant>)> done) override {
    egress_request request;
    request.url = with_query(api_ + "/refresh_access_token",
                             {{"grant_type", "th_refresh_token"}, {"access_token", old.access_token.reveal()}});
    request.address = trust::platform;
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.expires_at.has_value(); }

 private:
  const std::string api_;
  const std::string pages_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> threads_provider(const surroundings& around) {
  return std::make_unique<threads_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
