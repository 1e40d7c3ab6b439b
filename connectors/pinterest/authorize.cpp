// Pinterest: a code with the app's credentials in the Authorization header, refresh tokens that rotate, and the boards
// of the account (as the documents of Pinterest say).
#include <memory>

#include "connectors/all.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr const char* name = "Pinterest";
constexpr int most_pages_of_boards = 4;

class steps final : public authorization_steps {
 public:
  steps(std::string api, egress& client, const base::clock& clock, answered done)
      : authorization_steps(client, clock, name, std::move(done)), api_(std::move(api)) {}

  void start(const oauth_app& app, const std::string& code, bool is_continuous) {
    fields form{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", app.redirect_uri}};
    if (is_continuous) form.emplace_back("continuous_refresh", "true");
    ask_tokens(api_ + "/oauth/token", form, {{"authorization", basic_authorization(app)}},
               [this](const boost::json::object& reply) {
                 auto tokens = grant_in(reply, now());
                 if (!tokens) return fail(authorization_failure::kind::refused, "Pinterest gave no token.");
                 result_.tokens = std::move(*tokens);
                 get(api_ + "/user_account", token(), {}, [this](const boost::json::object& user) { read_user(user); });
               });
  }

 private:
  std::string token() const { return result_.tokens.access_token.reveal(); }

  void read_user(const boost::json::object& user) {
    result_.user_name = text_at(user, "username");
    result_.user_id = id_at(user, "id");
    if (result_.user_id.empty()) result_.user_id = result_.user_name;
    if (result_.user_id.empty())
      return fail(authorization_failure::kind::unfinished, "Pinterest did not name the account.");
    list_boards("", 1);
  }

  void list_boards(const std::string& bookmark, int page) {
    fields query{{"page_size", "250"}};
    if (!bookmark.empty()) query.emplace_back("bookmark", bookmark);
    get(with_query(api_ + "/boards", query), token(), {},
        [this, page](const boost::json::object& reply) { read_boards(reply, page); });
  }

  void read_boards(const boost::json::object& reply, int page) {
    if (const auto* items = reply.if_contains("items"); items != nullptr && items->is_array()) {
      for (const auto& each : items->get_array()) {
        if (each.is_object()) add(each.get_object());
      }
    }
    if (const auto bookmark = text_at(reply, "bookmark"); !bookmark.empty() && page < most_pages_of_boards)
      return list_boards(bookmark, page + 1);
    if (result_.accounts.empty())
      return fail(authorization_failure::kind::unfinished,
                  "The account has no board to pin to. Make one at Pinterest and connect again.");
    end(std::move(result_));
  }

  /// What is pinned to a secret board is seen by nobody, and the person who chooses should know.
  void add(const boost::json::object& board) {
    const auto id = id_at(board, "id");
    if (id.empty()) return;
    auto called = text_at(board, "name");
    if (text_at(board, "privacy") == "SECRET") called += " (secret)";
    result_.accounts.push_back(
        {domain::channel_type::pinterest, id, result_.user_name, std::move(called), result_.tokens.access_token});
  }

  const std::string api_;
};

class pinterest_authorizer final : public authorizer {
 public:
  explicit pinterest_authorizer(const surroundings& around)
      : api_(around.settings["PINTEREST_API_BASE_URL"]),
        pages_(around.settings["PINTEREST_OAUTH_BASE_URL"]),
        is_continuous_(around.settings["PINTEREST_CONTINUOUS_REFRESH"] == "yes"),
        client_(around.client),
        clock_(around.clock) {}

  std::string_view provider() const override { return "pinterest"; }

  std::string start_url(const oauth_app& app, const std::string& state, const std::string&) const override {
    return with_query(pages_ + "/oauth/", {{"client_id", app.client_id},
                                           {"redirect_uri", app.redirect_uri},
                                           {"response_type", "code"},
                                           {"scope", app.scope},
                                           {"state", state}});
  }

  void exchange(oauth_app app, std::string code, std::string,
                std::function<void(authorized<authorization>)> done) override {
    std::make_shared<steps>(api_, client_, clock_, std::move(done))->start(app, code, is_continuous_);
  }

  void refresh(oauth_app app, grant old, std::function<void(authorized<grant>)> done) override {
    fields form{{"grant_type", "refresh_token"},
                {"refresh_token", old.refresh_token ? old.refresh_token->reveal() : std::string{}}};
    auto request = token_request(api_ + "/oauth/token", form, {{"authorization", basic_authorization(app)}});
    refresh_with(client_, clock_, name, std::move(request), std::move(old), std::move(done));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.refresh_token.has_value(); }

 private:
  const std::string api_;
  const std::string pages_;
  const bool is_continuous_;
  egress& client_;
  const base::clock& clock_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> pinterest_provider(const surroundings& around) {
  return std::make_unique<pinterest_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
