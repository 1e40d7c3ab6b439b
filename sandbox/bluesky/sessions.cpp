#include "sandbox/bluesky/sessions.hpp"

#include <utility>

#include "base/secure.hpp"
#include "sandbox/bluesky/replies.hpp"

namespace pulse::sandbox::bluesky {

namespace {

constexpr const char* demo_did = "did:plc:sandboxdemo234567abcdefg";
constexpr const char* demo_handle = "pulse-demo.bsky.social";

/// Looks like a JWT, with the right expiry; its signature is random.
std::string make_token(const std::string& did, std::string_view scope, base::timestamp until) {
  const auto end = std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count();
  const boost::json::object claims{{"scope", scope}, {"sub", did}, {"exp", end}};
  return base::to_base64url(R"({"typ":"at+jwt","alg":"ES256K"})") + "." +
         base::to_base64url(boost::json::serialize(claims)) + "." + base::random_token(32);
}

}  // namespace

void session_desk::add_account(const std::string& did, const std::string& handle, const std::string& token_hash) {
  handles_[did] = handle;
  tokens_[token_hash] = {did, std::nullopt};
}

holder session_desk::holder_of(const http::server::request& request, base::timestamp now) const {
  const auto token = bearer_token(request);
  if (!token) return {token_state::missing, {}};
  const auto found = tokens_.find(token_hash(*token));
  if (found == tokens_.end()) return {token_state::unknown, {}};
  const bool is_over = found->second.until && now >= *found->second.until;
  return {is_over ? token_state::expired : token_state::good, found->second.did};
}

std::string session_desk::did_of(const std::string& identifier) const {
  for (const auto& [did, handle] : handles_) {
    if (identifier == did || identifier == handle) return did;
  }
  return {};
}

verdict session_desk::give(const std::string& did, base::timestamp now, const std::string& used_hash) {
  const auto access_until = now + rules.access_life;
  const auto refresh_until = now + rules.refresh_life;
  const auto access_token = make_token(did, "com.atproto.appPass", access_until);
  const auto refresh_token = make_token(did, "com.atproto.refresh", refresh_until);
  const boost::json::object record{{"did", did},
                                   {"handle", handles_[did]},
                                   {"access", token_hash(access_token)},
                                   {"access_until", base::to_string(access_until)},
                                   {"refresh", token_hash(refresh_token)},
                                   {"refresh_until", base::to_string(refresh_until)},
                                   {"used", used_hash},
                                   {"at", base::to_string(now)}};
  restore(record);
  return done({{"accessJwt", access_token},
               {"refreshJwt", refresh_token},
               {"did", did},
               {"handle", handles_[did]},
               {"active", true}},
              did, {{"session", record}});
}

verdict session_desk::create(const http::server::request& request, base::timestamp now) {
  if (handles_.empty()) handles_[demo_did] = demo_handle;
  const auto body = body_of(request);
  if (!body || text_at(*body, "identifier").empty() || text_at(*body, "password").empty())
    return refuse(400, "InvalidRequest", "Input must have the properties \"identifier\" and \"password\"");
  const auto did = did_of(text_at(*body, "identifier"));
  if (did.empty() || text_at(*body, "password") != app_password)
    return refuse(401, "AuthenticationRequired", "Invalid identifier or password");
  return give(did, now, "");
}

verdict session_desk::refresh(const http::server::request& request, base::timestamp now) {
  const auto token = bearer_token(request);
  if (!token) return refuse(401, "AuthMissing", "Authentication Required");
  const auto hash = token_hash(*token);
  const auto found = refreshes_.find(hash);
  if (found == refreshes_.end()) return refuse(400, "InvalidToken", "Token could not be verified");
  const auto& one = found->second;
  const bool is_over = now >= one.until || (one.used_at && now >= *one.used_at + rules.refresh_grace);
  if (is_over) return refuse(400, "ExpiredToken", "Token has been revoked");
  return give(one.did, now, hash);
}

/// Ends the session of a refresh token, with its access tokens.
verdict session_desk::end(const http::server::request& request) {
  const auto token = bearer_token(request);
  if (!token) return refuse(401, "AuthMissing", "Authentication Required");
  const auto found = refreshes_.find(token_hash(*token));
  if (found == refreshes_.end()) return refuse(400, "InvalidToken", "Token could not be verified");
  const auto did = found->second.did;
  forget(did);
  return done(boost::json::object{}, did, {{"ended", boost::json::object{{"did", did}}}});
}

void session_desk::forget(const std::string& did) {
  std::erase_if(refreshes_, [&did](const auto& each) { return each.second.did == did; });
  std::erase_if(tokens_, [&did](const auto& each) { return each.second.did == did && each.second.until; });
}

verdict session_desk::resolve_handle(const http::server::request& request) const {
  const auto handle = value_of(query_of(request), "handle");
  for (const auto& [did, known] : handles_) {
    if (known == handle) return done({{"did", did}}, did);
  }
  if (handles_.empty() && handle == demo_handle) return done({{"did", demo_did}}, demo_did);
  return refuse(400, "InvalidRequest", "Unable to resolve handle");
}

verdict session_desk::show_document(const std::string& did, const std::string& endpoint) const {
  const auto found = handles_.find(did);
  const bool is_demo = handles_.empty() && did == demo_did;
  if (found == handles_.end() && !is_demo) return refuse(404, "NotFound", "DID not registered: " + did);
  const boost::json::array names{"at://" + (is_demo ? std::string{demo_handle} : found->second)};
  const boost::json::array services{boost::json::object{
      {"id", "#atproto_pds"}, {"type", "AtprotoPersonalDataServer"}, {"serviceEndpoint", endpoint}}};
  return done(boost::json::object{{"id", did}, {"alsoKnownAs", names}, {"service", services}}, did);
}

void session_desk::restore(const boost::json::object& record) {
  const auto access_until = base::parse_timestamp(text_at(record, "access_until"));
  const auto refresh_until = base::parse_timestamp(text_at(record, "refresh_until"));
  const auto at = base::parse_timestamp(text_at(record, "at"));
  const auto did = text_at(record, "did");
  if (!access_until || !refresh_until || !at || did.empty()) return;
  handles_.try_emplace(did, text_at(record, "handle"));
  tokens_[text_at(record, "access")] = {did, access_until};
  refreshes_[text_at(record, "refresh")] = {did, *refresh_until, std::nullopt};
  const auto used = refreshes_.find(text_at(record, "used"));
  if (used != refreshes_.end() && !used->second.used_at) used->second.used_at = at;
}

}  // namespace pulse::sandbox::bluesky
