#include "connectors/oidc/provider.hpp"

#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/describe.hpp"
#include "connectors/oidc/id_token.hpp"
#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::oidc {

namespace {

using kind = failure::kind;

constexpr std::size_t document_bytes_max = 256 * 1024;

/// An address of the same kind as the issuer's: nobody is sent from https to anything else.
bool is_usable(const std::string& url, const std::string& issuer) {
  if (url.size() > 2'048 || url.find('#') != url.npos) return false;
  return url.starts_with("https://") || (issuer.starts_with("http://") && url.starts_with("http://"));
}

bool lists(const boost::json::object& from, std::string_view name, std::string_view value) {
  const auto* found = from.if_contains(name);
  if (found == nullptr || !found->is_array()) return false;
  for (const auto& each : found->get_array()) {
    if (each.is_string() && each.get_string() == value) return true;
  }
  return false;
}

answer<endpoints> read_document(const std::string& body, const std::string& issuer) {
  const auto document = object_of(body);
  if (!document) return failure{kind::misconfigured, "The issuer's document is no JSON."};
  // Nobody speaks for another issuer (Discovery §4.3).
  if (text_at(*document, "issuer") != issuer)
    return failure{kind::misconfigured, "The document names another issuer than the one that was asked."};
  constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
  const bool is_told = document->contains(methods);
  endpoints made{.authorization = text_at(*document, "authorization_endpoint"),
                 .token = text_at(*document, "token_endpoint"),
                 .keys = text_at(*document, "jwks_uri"),
                 .userinfo = text_at(*document, "userinfo_endpoint"),
                 .takes_secret_in_body = lists(*document, methods, "client_secret_post"),
                 .takes_basic = !is_told || lists(*document, methods, "client_secret_basic")};
  for (const auto* each : {&made.authorization, &made.token, &made.keys}) {
    if (!is_usable(*each, issuer))
      return failure{kind::misconfigured, "The document names no usable addresses for signing in."};
  }
  if (!is_usable(made.userinfo, issuer)) made.userinfo.clear();
  return made;
}

failure unreachable(const std::string& what, const egress_reply& reply) {
  if (reply.address_refused) return {kind::misconfigured, what + " is at no address that may be called."};
  if (reply.status != 0) return {kind::misconfigured, fmt::format("{} answered {}.", what, reply.status)};
  return {kind::unavailable, what + " could not be reached."};
}

}  // namespace

void client::get(const provider& with, const std::string& url, const std::string& token,
                 std::function<void(answer<std::string>)> done) {
  egress_request request;
  request.url = url;
  request.address = with.address;
  request.max_response_bytes = document_bytes_max;
  request.headers.push_back({"accept", "application/json"});
  if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
  out_.send(std::move(request), [done = std::move(done)](egress_reply reply) {
    if (reply.how_far != progress::complete || reply.status != 200)
      return done(unreachable("The identity provider", reply));
    done(std::move(reply.body));
  });
}

void client::look(provider with, std::function<void(answer<endpoints>)> done) {
  const auto now = clock_.now();
  {
    std::unique_lock lock{mutex_};
    const auto found = known_.find(with.issuer);
    if (found != known_.end() && now - found->second.at_read_at < kept_for) {
      auto at = found->second.at;
      lock.unlock();
      return done(std::move(at));
    }
  }
  const auto base = with.issuer.ends_with('/') ? with.issuer.substr(0, with.issuer.size() - 1) : with.issuer;
  auto read = [this, issuer = with.issuer, now, done = std::move(done)](answer<std::string> got) {
    if (got.has_error()) return done(got.error());
    auto made = read_document(*got, issuer);
    if (made.has_value()) {
      const std::scoped_lock lock{mutex_};
      if (known_.size() >= issuers_max && !known_.contains(issuer)) known_.erase(known_.begin());
      auto& kept = known_[issuer];
      if (kept.at.keys != made->keys) kept = {};
      kept.at = *made;
      kept.at_read_at = now;
    }
    done(std::move(made));
  };
  get(with, base + "/.well-known/openid-configuration", "", std::move(read));
}

void client::start(provider with, std::string state, std::string nonce, std::string verifier,
                   std::function<void(answer<std::string>)> done) {
  auto go = [with, state = std::move(state), nonce = std::move(nonce), verifier = std::move(verifier),
             done = std::move(done)](answer<endpoints> at) {
    if (at.has_error()) return done(at.error());
    fields query{{"response_type", "code"},
                 {"client_id", with.client_id},
                 {"redirect_uri", with.redirect_uri},
                 {"scope", with.scope},
                 {"state", state},
                 {"nonce", nonce}};
    if (with.takes_proof_key) {
      query.emplace_back("code_challenge", challenge_of(verifier));
      query.emplace_back("code_challenge_method", "S256");
    }
    done(with_query(at->authorization, query));
  };
  look(std::move(with), std::move(go));
}

void client::read_keys(const provider& with, const endpoints& at, bool again,
                       std::function<void(answer<key_set>)> done) {
  const auto now = clock_.now();
  {
    std::unique_lock lock{mutex_};
    const auto found = known_.find(with.issuer);
    if (found != known_.end() && found->second.keys) {
      auto& kept = found->second;
      const bool is_read_again = again && (!kept.keys_again_at || now - *kept.keys_again_at >= keys_again_after);
      if (is_read_again) kept.keys_again_at = now;
      if (!is_read_again && (again || now - kept.keys_read_at < kept_for)) {
        auto keys = kept.keys;
        lock.unlock();
        return done(std::move(keys));
      }
    }
  }
  get(with, at.keys, "", [this, issuer = with.issuer, now, done = std::move(done)](answer<std::string> got) {
    if (got.has_error()) return done(got.error());
    auto parsed = base::parse_key_set(*got);
    if (!parsed) return done(failure{kind::misconfigured, "The identity provider's keys are no key set."});
    auto keys = std::make_shared<const std::vector<base::verifying_key>>(std::move(*parsed));
    {
      const std::scoped_lock lock{mutex_};
      auto& kept = known_[issuer];
      kept.keys = keys;
      kept.keys_read_at = now;
    }
    done(key_set{std::move(keys)});
  });
}

/// One person who was sent back; keeps itself alive until it has called back.
class client::identifying : public std::enable_shared_from_this<identifying> {
 public:
  identifying(client& by, provider with, std::string nonce, std::function<void(answer<identity>)> done)
      : by_(by), with_(std::move(with)), nonce_(std::move(nonce)), done_(std::move(done)) {}

  void start(std::string code, std::string verifier) {
    by_.look(with_,
             [self = shared_from_this(), code = std::move(code), verifier = std::move(verifier)](answer<endpoints> at) {
               if (at.has_error()) return self->done_(at.error());
               self->at_ = *at;
               self->exchange(code, verifier);
             });
  }

 private:
  void exchange(const std::string& code, const std::string& verifier) {
    fields form{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", with_.redirect_uri}};
    if (with_.takes_proof_key) form.emplace_back("code_verifier", verifier);
    const bool in_body = with_.is_secret_in_body || (at_.takes_secret_in_body && !at_.takes_basic);
    std::vector<egress_header> headers;
    if (in_body) {
      form.emplace_back("client_id", with_.client_id);
      form.emplace_back("client_secret", with_.client_secret.reveal());
    } else {
      const oauth_app app{with_.client_id, with_.client_secret, with_.redirect_uri, with_.scope};
      headers.push_back({"authorization", basic_authorization(app)});
    }
    auto request = token_request(at_.token, form, std::move(headers));
    request.address = with_.address;
    by_.out_.send(std::move(request), [self = shared_from_this()](egress_reply reply) { self->read_tokens(reply); });
  }

  void read_tokens(const egress_reply& reply) {
    if (reply.how_far != progress::complete) return fail(unreachable("The identity provider", reply));
    const auto body = object_of(reply.body);
    if (reply.status != 200 || !body) {
      const auto error = body ? text_at(*body, "error") : std::string{};
      const bool is_apps = error == "invalid_client" || error == "unauthorized_client";
      return fail({is_apps ? kind::misconfigured : kind::refused,
                   is_apps ? "The identity provider does not accept the client id and secret."
                           : "The identity provider did not accept the code."});
    }
    if (auto tokens = grant_in(*body, by_.clock_.now())) made_.tokens = std::move(*tokens);
    auto token = read_id_token(text_at(*body, "id_token"));
    if (!token) return fail({kind::forged, "The identity provider gave no ID token that is taken here."});
    token_ = std::move(*token);
    check_signature(false);
  }

  /// With the keys that are known, and once more with those of now where its key is not among them.
  void check_signature(bool again) {
    by_.read_keys(with_, at_, again, [self = shared_from_this(), again](answer<key_set> keys) {
      if (keys.has_error()) return self->fail(keys.error());
      switch (prove(self->token_, **keys)) {
        case proof::good: return self->judge();
        case proof::forged: break;
        case proof::unknown_key:
          if (!again) return self->check_signature(true);
          break;
      }
      self->fail({kind::forged, "The ID token is not signed by a key of the identity provider."});
    });
  }

  void judge() {
    const domain::expected_id_token expected{with_.issuer, with_.client_id, nonce_, with_.is_nonce_told};
    const auto& told = token_.claims;
    if (const auto fault = domain::judge_id_token(told, expected, by_.clock_.now()))
      return fail({kind::forged, fmt::format("The ID token is not good: {}.", base::to_name(*fault))});
    made_.subject = told.subject;
    made_.email = told.email;
    made_.is_email_verified = told.is_email_verified;
    made_.name = told.name;
    if (!made_.email.empty() || at_.userinfo.empty()) return done_(std::move(made_));
    by_.get(with_, at_.userinfo, made_.tokens.access_token.reveal(),
            [self = shared_from_this()](answer<std::string> got) { self->read_user(got); });
  }

  /// The address may be in the userinfo only. An answer about another person is ignored (Core §5.3.2).
  void read_user(const answer<std::string>& got) {
    const auto user = got.has_value() ? object_of(*got) : std::nullopt;
    if (user && text_at(*user, "sub") == made_.subject) {
      made_.email = text_at(*user, "email");
      const auto* verified = user->if_contains("email_verified");
      made_.is_email_verified = verified != nullptr && verified->is_bool() && verified->get_bool();
      if (made_.name.empty()) made_.name = text_at(*user, "name");
    }
    done_(std::move(made_));
  }

  void fail(failure why) { done_(std::move(why)); }

  client& by_;
  const provider with_;
  const std::string nonce_;
  const std::function<void(answer<identity>)> done_;
  endpoints at_;
  unproven_token token_;
  identity made_;
};

void client::identify(provider with, std::string code, std::string verifier, std::string nonce,
                      std::function<void(answer<identity>)> done) {
  std::make_shared<identifying>(*this, std::move(with), std::move(nonce), std::move(done))
      ->start(std::move(code), std::move(verifier));
}

}  // namespace pulse::connectors::oidc
