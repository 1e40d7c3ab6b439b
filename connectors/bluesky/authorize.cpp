// Bluesky: a session for a handle and an app password at the account's own server, and its renewal; a refresh token is
// sent once. The OAuth profile, which needs a public document of the client and a proof with every call, is not
// supported.
#include <memory>

#include <boost/json.hpp>

#include "connectors/all.hpp"
#include "connectors/bluesky/classify.hpp"
#include "connectors/bluesky/hosts.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/roles/revoke.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

using bluesky::host_directory;
using bluesky::repository_host;
using kind = authorization_failure::kind;

constexpr std::chrono::milliseconds call_timeout{10'000};
/// The assumed life of an access token that does not state it; the reference server's live for two hours.
constexpr std::chrono::hours usual_life{1};

authorization_failure failure(const egress_reply& reply, base::timestamp now, std::string refused) {
  const auto error = bluesky::error_of(reply);
  const bool is_whole = reply.how_far == progress::complete;
  const bool is_refused = is_whole && (reply.status == 400 || reply.status == 401 || reply.status == 403);
  if (!is_refused) return {kind::later, bluesky::problem_of(reply, now).reason};
  if (error == "AuthFactorTokenRequired")
    return {kind::refused,
            "Bluesky asks for a code that it sends by mail. Make an app password in Bluesky's settings, and connect "
            "with that."};
  if (error == "AccountTakedown") return {kind::refused, "Bluesky has taken the account down."};
  if (error == "RateLimitExceeded") return {kind::later, "Bluesky allows no more attempts for now."};
  return {kind::refused, std::move(refused)};
}

/// The pair of a session, with what its tokens say of their ends.
std::optional<grant> session_in(const boost::json::object& reply, base::timestamp now) {
  auto access = text_at(reply, "accessJwt");
  auto refresh = text_at(reply, "refreshJwt");
  if (access.empty() || refresh.empty()) return std::nullopt;
  grant made{.access_token = base::secret{access},
             .expires_at = bluesky::told_end_of(access).value_or(now + usual_life),
             .refresh_token = base::secret{refresh},
             .refresh_expires_at = bluesky::told_end_of(refresh)};
  made.user_id = text_at(reply, "did");
  return made;
}

/// One sign-in; keeps itself alive until it has called back.
class signing_in : public std::enable_shared_from_this<signing_in> {
 public:
  using answered = std::function<void(authorized<authorization>)>;

  signing_in(std::shared_ptr<host_directory> hosts, egress& client, const base::clock& clock, std::string identifier,
             base::secret password, answered done)
      : hosts_(std::move(hosts)),
        client_(client),
        clock_(clock),
        identifier_(bluesky::plain_identifier(identifier)),
        password_(std::move(password)),
        done_(std::move(done)) {}

  void start() {
    if (bluesky::is_did(identifier_)) return find_host(identifier_);
    if (!bluesky::is_handle(identifier_))
      return client_.after({}, [self = shared_from_this()] {
        self->fail(kind::refused, "The name must be the whole handle, such as acme.bsky.social.");
      });
    const repository_host service{hosts_->where().service_url, trust::platform};
    auto request = bluesky::xrpc_request(
        service, "GET", "com.atproto.identity.resolveHandle?handle=" + percent_encoded(identifier_), "");
    request.timeout = call_timeout;
    client_.send(std::move(request), [self = shared_from_this()](const egress_reply& reply) {
      const bool is_whole = reply.how_far == progress::complete;
      const auto object = is_whole && reply.status == 200 ? object_of(reply.body) : std::nullopt;
      const auto did = object ? text_at(*object, "did") : std::string{};
      if (bluesky::is_did(did)) return self->find_host(did);
      self->done_(failure(reply, self->clock_.now(), "Bluesky knows no account with this name."));
    });
  }

 private:
  void find_host(const std::string& did) {
    hosts_->read(did, call_timeout,
                 [self = shared_from_this(), did](base::result<bluesky::did_document, bluesky::host_problem> got) {
                   if (got.has_error())
                     return self->fail(got.error().is_final ? kind::refused : kind::later, got.error().reason);
                   // Whoever has a domain can point it at anybody's account: the account must claim the handle, too.
                   const bool is_claimed = bluesky::is_did(self->identifier_) || got->handle == self->identifier_;
                   if (!is_claimed)
                     return self->fail(kind::refused,
                                       "The account does not carry this name. Use the name that it shows.");
                   const auto host = self->hosts_->host_in(*got);
                   if (!host) return self->fail(kind::refused, "The account names no server for its posts.");
                   self->open(*host, did);
                 });
  }

  void open(const repository_host& host, const std::string& did) {
    auto request = bluesky::xrpc_request(host, "POST", "com.atproto.server.createSession", "");
    request.headers.push_back({"content-type", "application/json"});
    request.body = boost::json::serialize(boost::json::object{{"identifier", did}, {"password", password_.reveal()}});
    request.timeout = call_timeout;
    client_.send(std::move(request),
                 [self = shared_from_this(), did](const egress_reply& reply) { self->read(reply, did); });
  }

  void read(const egress_reply& reply, const std::string& did) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto object = is_whole ? object_of(reply.body) : std::nullopt;
    auto tokens = object ? session_in(*object, clock_.now()) : std::nullopt;
    if (!tokens) {
      if (is_whole) return fail(kind::later, "The account's server gave no session.");
      return done_(failure(reply, clock_.now(), "The name or the app password is not accepted."));
    }
    if (tokens->user_id != did) return fail(kind::refused, "The account's server answered for another account.");
    const auto* active = object->if_contains("active");
    if (active != nullptr && active->is_bool() && !active->get_bool())
      return fail(kind::unfinished, "The account is not active at Bluesky.");
    const auto handle = text_at(*object, "handle");
    authorization made{.tokens = *tokens, .user_id = did, .user_name = handle.empty() ? did : handle, .accounts = {}};
    made.accounts.push_back({domain::channel_type::bluesky, did, handle, made.user_name, tokens->access_token});
    done_(std::move(made));
  }

  void fail(kind why, std::string reason) { done_(authorization_failure{why, std::move(reason)}); }

  const std::shared_ptr<host_directory> hosts_;
  egress& client_;
  const base::clock& clock_;
  const std::string identifier_;
  const base::secret password_;
  const answered done_;
};

class bluesky_authorizer final : public authorizer, public signs_in, public revokes {
 public:
  explicit bluesky_authorizer(const surroundings& around)
      : client_(around.client),
        clock_(around.clock),
        hosts_(std::make_shared<host_directory>(
            bluesky::directories{around.settings["BLUESKY_SERVICE_URL"], around.settings["BLUESKY_PLC_URL"]},
            around.client, around.clock)) {}

  std::string_view provider() const override { return "bluesky"; }

  void sign_in(std::string identifier, base::secret password,
               std::function<void(authorized<authorization>)> done) override {
    std::make_shared<signing_in>(hosts_, client_, clock_, std::move(identifier), std::move(password), std::move(done))
        ->start();
  }

  /// Nobody is sent to a page.
  std::string start_url(const oauth_app&, const std::string&, const std::string&) const override { return {}; }
  void exchange(oauth_app, std::string, std::string, std::function<void(authorized<authorization>)> done) override {
    client_.after({}, [done = std::move(done)] {
      done(authorization_failure{kind::refused, "Bluesky is connected by an app password."});
    });
  }

  void refresh(oauth_app, grant old, std::function<void(authorized<grant>)> done) override {
    const auto did = old.user_id;
    auto ask = [&client = client_, &clock = clock_, old = std::move(old),
                done = std::move(done)](host_directory::found host) {
      if (host.has_error()) return done(authorization_failure{kind::later, host.error().reason});
      auto request =
          bluesky::xrpc_request(*host, "POST", "com.atproto.server.refreshSession", old.refresh_token->reveal());
      request.timeout = call_timeout;
      client.send(std::move(request), [&clock, did = old.user_id, done](const egress_reply& reply) {
        const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
        const auto object = is_whole ? object_of(reply.body) : std::nullopt;
        auto fresh = object ? session_in(*object, clock.now()) : std::nullopt;
        if (fresh && fresh->user_id == did) return done(std::move(*fresh));
        if (is_whole) return done(authorization_failure{kind::later, "The account's server gave no session."});
        done(failure(reply, clock.now(), "Bluesky no longer accepts the access to this account."));
      });
    };
    hosts_->find(did, call_timeout, std::move(ask));
  }

  bool can_refresh(const grant& tokens) const override { return tokens.refresh_token.has_value(); }

  bool is_of_person() const override { return false; }
  void revoke(oauth_app app, grant old, std::function<void(revocation)> done) override {
    static_cast<void>(app);
    if (!old.refresh_token) {
      return client_.after({}, [done = std::move(done)] { done({.kind = revocation_kind::revoked}); });
    }
    const auto did = old.user_id;
    auto ask = [&client = client_, token = old.refresh_token->reveal(),
                done = std::move(done)](host_directory::found host) {
      if (host.has_error()) {
        const auto why = host.error().is_final ? revocation_kind::refused : revocation_kind::later;
        return done({why, host.error().reason});
      }
      auto request = bluesky::xrpc_request(*host, "POST", "com.atproto.server.deleteSession", token);
      request.timeout = call_timeout;
      client.send(std::move(request), [done](const egress_reply& reply) {
        // A session that is not known any more is over, too.
        const bool is_over =
            reply.how_far == progress::complete && reply.status >= 200 && reply.status < 500 && reply.status != 429;
        if (is_over) return done({.kind = revocation_kind::revoked});
        done({revocation_kind::later, "The account's server could not be asked."});
      });
    };
    hosts_->find(did, call_timeout, std::move(ask));
  }

 private:
  egress& client_;
  const base::clock& clock_;
  const std::shared_ptr<host_directory> hosts_;
};

}  // namespace

namespace made {

std::unique_ptr<authorizer> bluesky_provider(const surroundings& around) {
  return std::make_unique<bluesky_authorizer>(around);
}

}  // namespace made

}  // namespace pulse::connectors
