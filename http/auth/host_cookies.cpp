#include "http/auth/host_cookies.hpp"

#include <fmt/core.h>

#include "http/auth/browser_sessions.hpp"

namespace pulse::http {

namespace {

bool is_secure(const addresses& seen_at) { return seen_at.api_url().starts_with("https://"); }

std::string full_name(const addresses& seen_at, std::string_view name) {
  return std::string{is_secure(seen_at) ? "__Host-" : ""}.append(name);
}

std::string_view word_of(same_site sent) {
  switch (sent) {
    case same_site::strict: return "Strict";
    case same_site::lax: return "Lax";
  }
  return "Strict";
}

}  // namespace

server::header host_cookie::keep(const addresses& seen_at, std::string_view value,
                                 std::chrono::seconds lifetime) const {
  return {"set-cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite={}; Max-Age={}{}", full_name(seen_at, name_),
                                    value, word_of(sent_), lifetime.count(), is_secure(seen_at) ? "; Secure" : "")};
}

std::optional<std::string> host_cookie::find(const server::request& request, const addresses& seen_at) const {
  return find_cookie(request, full_name(seen_at, name_));
}

}  // namespace pulse::http
