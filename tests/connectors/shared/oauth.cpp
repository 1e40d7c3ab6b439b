// Refusals of token calls: every row of the platforms' documentation.
#include "connectors/shared/oauth.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using kind = authorization_failure::kind;

namespace {

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

std::string named(const std::string& error, const std::string& words) {
  return R"({"error":")" + error + R"(","error_description":")" + words + "\"}";
}

std::string graph(int code) {
  return R"({"error":{"message":"words","type":"OAuthException","code":)" + std::to_string(code) + "}}";
}

}  // namespace

TEST_CASE("Every refusal of a token call in the platforms' documents means what it says") {
  struct row {
    std::string provider;
    int status;
    std::string body;
    kind expected;
  };
  const auto refused = kind::refused;
  const auto [provider, status, body, expected] = GENERATE_COPY(values<row>({
      {"LinkedIn", 401, named("invalid_request", "Unable to retrieve access token: authorization code not found"),
       refused},
      {"LinkedIn", 400, named("invalid_request", R"(A required parameter \"redirect_uri\" is missing)"), refused},
      {"LinkedIn", 400, named("invalid_redirect_uri", "appid/redirect uri/code verifier does not match"), kind::app},
      {"LinkedIn", 401, named("invalid_client_id", "Client authentication failed"), kind::app},
      {"LinkedIn", 401, named("invalid_client", "Client authentication failed"), kind::app},
      {"LinkedIn", 400,
       named("invalid_request", "The provided authorization grant or refresh token is invalid, expired or revoked"),
       refused},
      {"X", 400, named("invalid_request", "Value passed for the token was invalid."), refused},
      {"X", 400, named("invalid_grant", "Value passed for the authorization code was invalid."), refused},
      {"X", 401, named("unauthorized_client", "Missing valid authorization header"), kind::app},
      {"TikTok", 200, named("access_denied", "w"), refused},
      {"TikTok", 200, named("invalid_client", "w"), kind::app},
      {"TikTok", 200, named("invalid_grant", "w"), refused},
      {"TikTok", 200, named("invalid_request", "w"), refused},
      {"TikTok", 200, named("invalid_scope", "w"), refused},
      {"TikTok", 200, named("unauthorized_client", "w"), kind::app},
      {"TikTok", 200, named("unsupported_grant_type", "w"), refused},
      {"TikTok", 200, named("unsupported_response_type", "w"), refused},
      {"TikTok", 200, named("server_error", "w"), kind::later},
      {"TikTok", 200, named("temporarily_unavailable", "w"), kind::later},
      {"Pinterest", 401, R"({"code":2,"message":"Authentication failed."})", refused},
      {"Pinterest", 400, R"({"code":283,"message":"Your authorization code is invalid"})", refused},
      {"Pinterest", 429, R"({"code":8,"message":"This request exceeded a rate limit"})", kind::later},
      {"Meta", 400, graph(100), refused},
      {"Meta", 400, graph(101), kind::app},
      {"Meta", 400, graph(190), refused},
      {"Meta", 400, graph(191), kind::app},
      {"Instagram", 400,
       R"({"error_type":"OAuthException","code":400,"error_message":"Matching code was not found or was already used"})",
       refused},
      {"Mastodon", 400, named("invalid_grant", "The provided authorization grant is invalid, expired, revoked"),
       refused},
      {"Mastodon", 401, named("invalid_client", "Client authentication failed"), kind::app},
      {"Mastodon", 400, named("invalid_scope", "The requested scope is invalid"), refused},
      {"Mastodon", 403, named("unauthorized_client", "w"), kind::app},
      {"Bluesky", 400, named("invalid_grant", "w"), refused},
      {"Threads", 500, graph(1), kind::later},
      {"X", 503, "over capacity", kind::later},
      {"X", 400, "<html>", refused},
      {"X", 400, "", refused},
  }));
  CAPTURE(provider, status, body);
  const auto failure = failure_of(reply_of(status, body), provider);
  CHECK(failure.why == expected);
  CHECK(failure.reason.starts_with(provider));
}

TEST_CASE("A token call that was not answered is tried again later") {
  for (const auto how_far : {progress::no_byte_sent, progress::bytes_may_have_left}) {
    egress_reply lost;
    lost.how_far = how_far;
    lost.error = "The connection could not be made.";
    CHECK(failure_of(lost, "X").why == kind::later);
  }
}
