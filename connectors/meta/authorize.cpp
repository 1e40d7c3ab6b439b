// Meta: Facebook Login for Pages and Instagram. A code, a short token, a long one, and with it the pages with tokens of
// their own (as the documents of Meta say).
#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/meta/graph.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "Meta";
constexpr int most_pages_of_list = 10;

class steps final : public authorization_steps {
 public:
  steps(std::string graph, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), graph_(std::move(graph)) {}

  void start(const oauth_app& app, const std::string& code) {
    ask_tokens(graph_ + "/oauth/access_token",
               {{"client_id", app.client_id},
                {"redirect_uri", app.redirect_uri},
                {"client_secret", app.client_secret.reveal()},
                {"code", code}},
               {}, [this, app](const boost::json::object& reply) {
                 const auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "Meta gave no token.");
                 lengthen(app, tokens->access_token.reveal());
               });
  }

 private:
  void lengthen(const oauth_app& app, const std::string& short_token) {
    ask_tokens(graph_ + "/oauth/access_token",
               {{"grant_type", "fb_exchange_token"},
                {"client_id", app.client_id},
                {"client_secret", app.client_secret.reveal()},
                {"fb_exchange_token", short_token}},
               {}, [this](const boost::json::object& reply) {
                 auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "Meta gave no token.");
                 result_.tokens = std::move(*tokens);
                 get(graph_ + "/me?fields=id,name", token(), {}, [this](const boost::json::object& user) {
                   result_.user_id = id_at(user, "id");
                   result_.user_name = text_at(user, "name");
                   list_pages("", 1);
                 });
               });
  }

  void list_pages(const std::string& after, int page) {
    fields query{{"fields", "id,name,username,access_token,tasks,instagram_business_account{id,username,name}"},
                 {"limit", "100"}};
    if (!after.empty()) query.emplace_back("after", after);
    get(with_query(graph_ + "/me/accounts", query), token(), {},
        [this, page](const boost::json::object& reply) { read_pages(reply, page); });
  }

  void read_pages(const boost::json::object& reply, int page) {
    const auto* data = reply.if_contains("data");
    if (data != nullptr && data->is_array()) {
      for (const auto& each : data->get_array()) {
        if (each.is_object()) add(each.get_object());
      }
    }
    boost::system::error_code missing;
    const boost::json::value whole(reply);  // in braces it would be an array of it
    const auto* after = whole.find_pointer("/paging/cursors/after", missing);
    const bool has_next = whole.find_pointer("/paging/next", missing) != nullptr;
    if (has_next && after != nullptr && after->is_string() && page < most_pages_of_list)
      return list_pages(after->get_string().c_str(), page + 1);
    if (result_.accounts.empty())
      return fail(authorization_failure::kind::unfinished,
                  "There is no page, and no Instagram account of a page, that may be published to. Connect again and "
                  "choose one.");
    end(std::move(result_));
  }

  void add(const boost::json::object& page) {
    const auto id = id_at(page, "id");
    const auto own = text_at(page, "access_token");
    if (id.empty() || own.empty()) return;
    const auto* instagram = page.if_contains("instagram_business_account");
    add_page(id, page, own);
    if (instagram == nullptr || !instagram->is_object()) return;
    const auto& account = instagram->get_object();
    const auto instagram_id = id_at(account, "id");
    if (instagram_id.empty()) return;
    result_.accounts.push_back({domain::channel_type::instagram, instagram_id, text_at(account, "username"),
                                text_at(account, "name"), base::secret{own}});
  }

  void add_page(const std::string& id, const boost::json::object& page, const std::string& own) {
    const auto facebook = base::from_name<domain::channel_type>("facebook");
    if (!facebook || !may_create(page)) return;
    result_.accounts.push_back({*facebook, id, text_at(page, "username"), text_at(page, "name"), base::secret{own}});
  }

  /// Without a list of tasks the platform decides when something is published.
  static bool may_create(const boost::json::object& page) {
    const auto* tasks = page.if_contains("tasks");
    if (tasks == nullptr || !tasks->is_array()) return true;
    return std::any_of(tasks->get_array().begin(), tasks->get_array().end(), [](const boost::json::value& each) {
      return each.is_string() && (each.get_string() == "CREATE_CONTENT" || each.get_string() == "MANAGE");
    });
  }

  std::string token() const { return result_.tokens.access_token.reveal(); }

  const std::string graph_;
};

class meta_authorizer final : public authorizer, public revokes {
 public:
  explicit meta_authorizer(const surroundings& around) : client_(around.client), clock_(around.clock) {
    const auto graph = meta::address_in(around.settings, "META_GRAPH_API_BASE_URL");
    graph_ = fmt::format("{}/{}", graph.base, graph.version);
    pages_ = fmt::format("{}/{}", around.settings["META_OAUTH_BASE_URL"], graph.version);
  }

  std::string_view provider() const override { return "meta"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string&) const override {
    return with_query(pages_ + "/dialog/oauth", {{"client_id", app.client_id},
                                                 {"redirect_uri", app.redirect_uri},
                                                 {"state", state},
                                                 {"scope", app.scope},
                                                 {"response_type", "code"}});
  }

  void exchange(oauth_app app, std::string code, std::string,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(graph_, client_, clock_, std::move(done))->start(app, code);
  }

  /// There is no refresh token: a long token that still holds is exchanged for another.
  void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) override {
    auto request = token_request(graph_ + "/oauth/access_token",
                                 {{"grant_type", "fb_exchange_token"},
                                  {"client_id", app.client_id},
                                  {"client_secret", app.client_secret.reveal()},
                                  {"fb_exchange_token", old.access_token.reveal()}},
                                 {});
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.expires_at.has_value(); }

  bool is_of_person() const override { return true; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    static_cast<void>(app);
    egress_request request;
    request.method = "DELETE";
    request.url = graph_ + "/me/permissions";
    request.headers = {{"authorization", "Bearer " + old.access_token.reveal()}};
    request.timeout = std::chrono::seconds{10};
    request.address = trust::platform;
    client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
      if (reply.how_far == progress::complete && reply.status == 200) return done({.kind = revocation_kind::revoked});
      const auto wrong = meta::problem_of(reply, meta::step::harmless, "Facebook", clock.now());
      if (wrong.kind == domain::outcome_kind::auth_expired) return done({.kind = revocation_kind::revoked});
      const bool is_refused =
          wrong.kind == domain::outcome_kind::permission || wrong.kind == domain::outcome_kind::invalid;
      done({is_refused ? revocation_kind::refused : revocation_kind::later, wrong.reason});
    });
  }

 private:
  std::string graph_;
  std::string pages_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> meta_provider(const surroundings& around) {
  return std::make_unique<meta_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
