#include "connectors/shared/oauth.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <openssl/evp.h>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors {

namespace {

constexpr std::chrono::milliseconds call_timeout{10'000};

std::string to_base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const auto size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::int64_t> seconds_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::json::error_code failed;
  const auto seconds = value->to_number<std::int64_t>(failed);
  constexpr std::int64_t ten_years = 10LL * 366 * 86'400;
  if (failed || seconds <= 0) return std::nullopt;
  return std::min(seconds, ten_years);
}

bool is_success(const egress_reply& reply) {
  return reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300;
}

}  // namespace

std::string challenge_of(std::string_view verifier) {
  return base::to_base64url(base::as_text(base::sha256(verifier)));
}

std::string hex_challenge_of(std::string_view verifier) { return base::to_hex(base::sha256(verifier)); }

std::string basic_authorization(const oauth_app& app) {
  return "Basic " +
         to_base64(fmt::format("{}:{}", percent_encoded(app.client_id), percent_encoded(app.client_secret.reveal())));
}

std::string with_query(const std::string& base, const fields& query) {
  return fmt::format("{}?{}", base, form_encoded(query));
}

std::string id_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr) return {};
  if (value->is_int64() || value->is_uint64()) return boost::json::serialize(*value);
  return text_at(object, name);
}

egress_request token_request(const std::string& url, const fields& form, std::vector<egress_header> headers) {
  egress_request made;
  made.method = "POST";
  made.url = url;
  made.headers = std::move(headers);
  made.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  made.headers.push_back({"accept", "application/json"});
  made.body = form_encoded(form);
  made.timeout = call_timeout;
  made.address = trust::platform;
  return made;
}

std::optional<grant> grant_in(const boost::json::object& reply, base::timestamp now) {
  const auto token = text_at(reply, "access_token");
  if (token.empty()) return std::nullopt;
  grant made{.access_token = base::secret{token}};
  if (const auto lives = seconds_at(reply, "expires_in")) made.expires_at = now + std::chrono::seconds{*lives};
  if (auto refresh = text_at(reply, "refresh_token"); !refresh.empty())
    made.refresh_token = base::secret{std::move(refresh)};
  auto refresh_lives = seconds_at(reply, "refresh_token_expires_in");
  if (!refresh_lives) refresh_lives = seconds_at(reply, "refresh_expires_in");
  if (refresh_lives) made.refresh_expires_at = now + std::chrono::seconds{*refresh_lives};
  made.scope = text_at(reply, "scope");
  return made;
}

authorization_failure failure_of(const egress_reply& reply, const std::string& provider_name) {
  using kind = authorization_failure::kind;
  if (reply.how_far != progress::complete)
    return {kind::later, fmt::format("{} could not be asked. {}", provider_name, reply.error)};
  const auto object = object_of(reply.body);
  const auto error = object ? text_at(*object, "error") : std::string{};
  auto words = object ? text_at(*object, "error_description") : std::string{};
  if (object && words.empty()) words = text_at(*object, "message");  // Pinterest: a code of its own, and words
  const bool is_passing = error == "server_error" || error == "temporarily_unavailable";  // TikTok: with 200
  if (reply.status == 429 || reply.status >= 500 || is_passing)
    return {kind::later, fmt::format("{} could not be asked: it answered {}.", provider_name, reply.status)};
  // Meta: an object, of which 101 and 191 say that the app, or its redirect address, is not known.
  const auto* const told = object ? object->if_contains("error") : nullptr;
  const auto* const graph = told != nullptr ? told->if_object() : nullptr;
  const auto* const code = graph != nullptr ? graph->if_contains("code") : nullptr;
  const bool is_graph_app =
      code != nullptr && code->is_int64() && (code->get_int64() == 101 || code->get_int64() == 191);
  if (graph != nullptr && words.empty()) words = text_at(*graph, "message");
  const bool is_app = is_graph_app || error == "invalid_client" || error == "unauthorized_client" ||
                      error == "invalid_client_id" || error == "invalid_redirect_uri" ||
                      error == "redirect_uri_mismatch";
  if (is_app)
    return {kind::app,
            fmt::format("{} does not accept this installation's app.{}", provider_name, quoted(provider_name, words))};
  return {kind::refused,
          fmt::format("{} did not accept it.{}", provider_name, quoted(provider_name, words.empty() ? error : words))};
}

void authorization_steps::ask_tokens(const std::string& url, const fields& form, std::vector<egress_header> headers,
                                     read_object then) {
  auto request = token_request(url, form, std::move(headers));
  request.address = address_;
  client_.send(std::move(request), [self = shared_from_this(), then = std::move(then)](const egress_reply& reply) {
    const auto object = is_success(reply) ? object_of(reply.body) : std::nullopt;
    // TikTok refuses with 200: what counts is whether there is an error.
    const auto* wrong = object ? object->if_contains("error") : nullptr;
    if (!object || (wrong != nullptr && wrong->is_string() && !wrong->get_string().empty()))
      return self->done_(failure_of(reply, self->provider_));
    then(*object);
  });
}

void revoke_with(egress& client, const std::string& provider_name, egress_request request,
                 std::function<void(revocation)> done) {
  client.send(std::move(request), [provider_name, done = std::move(done)](const egress_reply& reply) {
    const auto object = object_of(reply.body);
    const bool has_error = object && !text_at(*object, "error").empty();
    const bool is_whole = reply.how_far == progress::complete;
    if (is_whole && reply.status >= 200 && reply.status < 300 && !has_error)
      return done({.kind = revocation_kind::revoked});
    const auto why = failure_of(reply, provider_name);
    switch (why.why) {
      case authorization_failure::kind::refused:
        if (reply.status == 403) return done({revocation_kind::refused, why.reason});
        return done({.kind = revocation_kind::revoked});  // it is not known there any more
      case authorization_failure::kind::app:
      case authorization_failure::kind::unfinished: return done({revocation_kind::refused, why.reason});
      case authorization_failure::kind::later: return done({revocation_kind::later, why.reason});
    }
  });
}

const base::secret& longest_lived(const grant& of) { return of.refresh_token ? *of.refresh_token : of.access_token; }

void authorization_steps::get(const std::string& url, const std::string& token, std::vector<egress_header> headers,
                              read_object then) {
  egress_request request;
  request.url = url;
  request.headers = std::move(headers);
  request.headers.push_back({"accept", "application/json"});
  if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
  request.timeout = call_timeout;
  request.address = address_;
  client_.send(std::move(request), [self = shared_from_this(), then = std::move(then)](const egress_reply& reply) {
    const auto object = is_success(reply) ? object_of(reply.body) : std::nullopt;
    if (object) return then(*object);
    if (reply.how_far != progress::complete || reply.status == 429 || reply.status >= 500)
      return self->done_(failure_of(reply, self->provider_));
    self->fail(
        authorization_failure::kind::unfinished,
        self->provider_ + " does not let the account be read. Connect again and allow everything that is asked for.");
  });
}

void refresh_with(egress& client, const base::clock& clock, const std::string& provider_name, egress_request request,
                  grant old, std::function<void(authorized<grant>)> done) {
  client.send(std::move(request),
              [&clock, provider_name, old = std::move(old), done = std::move(done)](const egress_reply& reply) {
                const auto object = is_success(reply) ? object_of(reply.body) : std::nullopt;
                auto fresh = object ? grant_in(*object, clock.now()) : std::nullopt;
                if (!fresh) return done(failure_of(reply, provider_name));
                if (!fresh->refresh_token) {
                  fresh->refresh_token = old.refresh_token;
                  fresh->refresh_expires_at = old.refresh_expires_at;
                }
                if (fresh->scope.empty()) fresh->scope = old.scope;
                done(std::move(*fresh));
              });
}

}  // namespace pulse::connectors
