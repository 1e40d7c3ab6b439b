#include "sandbox/core/oauth_desk.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/percent.hpp"
#include "base/secure.hpp"
#include "sandbox/core/form.hpp"
#include "sandbox/core/html.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/core/verdicts.hpp"

namespace pulse::sandbox {

namespace {

using http::server::response;

response page(int status, const std::string& title, const std::string& body) {
  response made;
  made.status = status;
  made.content_type = "text/html; charset=utf-8";
  made.body = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
              "</title><style>body{font:16px/1.5 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}"
              "a{display:block;margin:.6rem 0;padding:.7rem 1rem;border:1px solid "
              "#888;border-radius:.4rem;text-decoration:none}"
              "</style></head><body><h1>" +
              title + "</h1>" + body + "</body></html>";
  made.headers.push_back({"cache-control", "no-store"});
  return made;
}

response redirect(const std::string& to) {
  auto made = response::empty(302);
  made.headers.push_back({"location", to});
  return made;
}

desk_grant refuse(int status, std::string_view error, std::string_view description) {
  desk_grant made;
  made.response = json_reply(status, {{"error", error}, {"error_description", description}});
  return made;
}

std::optional<std::pair<std::string, std::string>> basic_credentials(const http::server::request& request) {
  constexpr std::string_view scheme = "Basic ";
  const auto header = request.find("authorization");
  if (!header || !header->starts_with(scheme)) return std::nullopt;
  auto text = std::string{header->substr(scheme.size())};
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  const auto plain = base::from_base64url(text);
  if (!plain) return std::nullopt;
  const auto colon = plain->find(':');
  if (colon == plain->npos) return std::nullopt;
  const auto read = read_form(fmt::format("id={}&secret={}", plain->substr(0, colon), plain->substr(colon + 1)));
  return std::pair{value_of(read, "id"), value_of(read, "secret")};
}

bool is_web_address(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && text.find('#') == text.npos;
}

}  // namespace

response oauth_desk::authorize(const http::server::request& request, const std::vector<desk_user>& users,
                               base::timestamp now) {
  const auto query = read_form(request.query);
  const auto redirect_uri = value_of(query, "redirect_uri");
  if (value_of(query, rules_.id_name) != rules_.client_id)
    return page(400, "This app is not known",
                fmt::format("<p>{} knows no app with this {}.</p>", rules_.platform, rules_.id_name));
  if (!is_web_address(redirect_uri))
    return page(400, "The way back is wrong", "<p>The redirect_uri is none of this app.</p>");
  const auto back = redirect_uri + (redirect_uri.find('?') == redirect_uri.npos ? "?" : "&");
  const auto state = value_of(query, "state");
  const auto fail = [&](std::string_view error) {
    return redirect(fmt::format("{}error={}&error_description={}&state={}", back, error,
                                base::percent_encoded("The request is not complete"), base::percent_encoded(state)));
  };
  if (value_of(query, "response_type") != "code") return fail("unsupported_response_type");
  if (state.empty()) return fail("invalid_request");
  const auto challenge = value_of(query, "code_challenge");
  if (rules_.proof == proof_rule::s256 &&
      (challenge.size() != 43 || value_of(query, "code_challenge_method") != "S256"))
    return fail("invalid_request");
  if (rules_.asks_nonce && value_of(query, "nonce").empty()) return fail("invalid_request");
  const auto decision = value_of(query, "decision");
  if (decision == "deny")
    return redirect(fmt::format("{}error=access_denied&state={}", back, base::percent_encoded(state)));
  const auto user = value_of(query, "user");
  const bool is_user = std::any_of(users.begin(), users.end(), [&](const desk_user& each) { return each.id == user; });
  if (decision == "allow" && is_user) {
    const auto code = base::random_token(24);
    codes_[code] = {
        user, redirect_uri, challenge, value_of(query, "scope"), value_of(query, "nonce"), now + rules_.code_life};
    return redirect(fmt::format("{}code={}&state={}", back, code, base::percent_encoded(state)));
  }
  std::string body = fmt::format("<p>Pulse asks to act for you: <b>{}</b>.</p>", escaped(value_of(query, "scope")));
  for (const auto& each : users) {
    body += fmt::format("<a href=\"?{}&amp;decision=allow&amp;user={}\">Allow, as {}</a>", escaped(request.query),
                        base::percent_encoded(each.id), escaped(each.name));
  }
  body += fmt::format("<a href=\"?{}&amp;decision=deny\">Refuse</a><p>This is the sandbox. Nothing is published.</p>",
                      escaped(request.query));
  return page(200, rules_.platform, body);
}

std::optional<oauth_desk::spent_code> oauth_desk::spend(const std::string& code, const std::string& redirect_uri,
                                                        base::timestamp now) {
  const auto found = codes_.find(code);
  if (found == codes_.end()) return std::nullopt;
  const auto spent = std::move(found->second);
  codes_.erase(found);
  if (spent.redirect_uri != redirect_uri || now > spent.until) return std::nullopt;
  return spent_code{spent.user_id, spent.scope};
}

std::optional<oauth_desk::spent_code> oauth_desk::spend_with_proof(const std::string& code,
                                                                   const std::string& redirect_uri,
                                                                   const std::string& verifier, base::timestamp now) {
  const auto found = codes_.find(code);
  const bool is_proven = found != codes_.end() && proves(found->second, verifier);
  auto spent = spend(code, redirect_uri, now);
  return is_proven ? spent : std::nullopt;
}

bool oauth_desk::proves(const issued_code& code, const std::string& verifier) const {
  switch (rules_.proof) {
    case proof_rule::none: return verifier.empty();
    case proof_rule::s256:
      return verifier.size() >= 43 && base::to_base64url(base::as_text(base::sha256(verifier))) == code.challenge;
    case proof_rule::hex_s256: return code.challenge.empty() || base::to_hex(base::sha256(verifier)) == code.challenge;
  }
  return false;
}

std::optional<desk_grant> oauth_desk::refuse_client(const http::server::request& request,
                                                    const std::map<std::string, std::string>& form) const {
  switch (rules_.how) {
    case client_auth::basic: {
      const auto given = basic_credentials(request);
      if (!given) return refuse(401, "unauthorized_client", "Missing valid authorization header");
      if (!is_client(given->first, given->second)) return refuse(401, "invalid_client", "Client authentication failed");
      break;
    }
    case client_auth::in_body:
      if (!is_client(value_of(form, rules_.id_name), value_of(form, "client_secret")))
        return refuse(401, "invalid_client", "Client authentication failed");
      break;
  }
  return std::nullopt;
}

desk_grant oauth_desk::revoke(const http::server::request& request) {
  const auto form = read_form(request.body);
  if (auto refused = refuse_client(request, form)) return std::move(*refused);
  const auto hash = token_hash(value_of(form, "token"));
  desk_grant made;
  made.is_granted = true;
  made.access_hash = hash;
  if (const auto found = refreshes_.find(hash); found != refreshes_.end()) {
    made.user_id = found->second.user_id;
    found->second.is_dead = true;
  }
  made.response = response::json(200, "{}");
  made.record = {{"revoked", {{"hash", hash}, {"user_id", made.user_id}}}};
  return made;
}

verdict oauth_desk::revoke_among(const http::server::request& request,
                                 std::map<std::string, std::string>& users_by_token) {
  auto revoked = revoke(request);
  if (!revoked.is_granted) return sandbox::refuse(std::move(revoked.response));
  std::erase_if(users_by_token, [&revoked](const auto& each) {
    return each.first == revoked.access_hash || (!revoked.user_id.empty() && each.second == revoked.user_id);
  });
  return {std::move(revoked.response), decision::done, revoked.user_id, std::move(revoked.record)};
}

desk_grant oauth_desk::token(const http::server::request& request, base::timestamp now) {
  const auto form = read_form(request.body);
  if (auto refused = refuse_client(request, form)) return std::move(*refused);
  const auto kind = value_of(form, "grant_type");
  if (kind == "authorization_code") return exchange_code(form, now);
  if (kind == "refresh_token") return exchange_refresh(form, now);
  return refuse(400, "unsupported_grant_type", "The grant type is not supported");
}

desk_grant oauth_desk::exchange_code(const std::map<std::string, std::string>& form, base::timestamp now) {
  const auto found = codes_.find(value_of(form, "code"));
  if (found == codes_.end())
    return refuse(400, "invalid_request", "Value passed for the authorization code was invalid.");
  const auto code = std::move(found->second);
  codes_.erase(found);
  if (code.redirect_uri != value_of(form, "redirect_uri"))
    return refuse(400, "invalid_redirect_uri", "The redirect_uri does not match");
  if (now > code.until || !proves(code, value_of(form, "code_verifier")))
    return refuse(400, "invalid_request", "Value passed for the authorization code was invalid.");
  auto made = issue(code.user_id, code.scope, rules_.access_life, now);
  made.nonce = code.nonce;
  return made;
}

desk_grant oauth_desk::exchange_refresh(const std::map<std::string, std::string>& form, base::timestamp now) {
  const auto found = refreshes_.find(token_hash(value_of(form, "refresh_token")));
  if (found == refreshes_.end() || found->second.is_dead)
    return refuse(400, "invalid_grant", "Value passed for the token was invalid.");
  if (found->second.is_used && rules_.rotates) {
    for (auto& [hash, each] : refreshes_) {
      if (each.user_id == found->second.user_id) each.is_dead = true;
    }
    return refuse(400, "invalid_grant", "Value passed for the token was invalid.");
  }
  found->second.is_used = true;
  return issue(found->second.user_id, found->second.scope, rules_.access_life, now);
}

desk_grant oauth_desk::issue(const std::string& user_id, const std::string& scope, std::chrono::seconds life,
                             base::timestamp) {
  const auto access = "sandbox-" + base::random_token(24);
  boost::json::object body{
      {"token_type", "bearer"}, {"expires_in", life.count()}, {"access_token", access}, {"scope", scope}};
  boost::json::object record{{"user_id", user_id}, {"access", token_hash(access)}, {"scope", scope}};
  if (rules_.refresh_life.count() > 0) {
    const auto refresh = "sandbox-refresh-" + base::random_token(24);
    body["refresh_token"] = refresh;
    body["refresh_token_expires_in"] = rules_.refresh_life.count();
    record["refresh"] = token_hash(refresh);
  }
  desk_grant made;
  made.response = json_reply(200, body);
  made.is_granted = true;
  made.user_id = user_id;
  made.access_hash = token_hash(access);
  made.scope = scope;
  made.record = {{"granted", record}};
  restore(record);
  return made;
}

void oauth_desk::restore(const boost::json::object& record) {
  const auto text = [&record](std::string_view name) {
    const auto* value = record.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string().c_str()} : std::string{};
  };
  if (auto refresh = text("refresh"); !refresh.empty())
    refreshes_[std::move(refresh)] = {text("user_id"), text("scope"), false, false};
}

}  // namespace pulse::sandbox
