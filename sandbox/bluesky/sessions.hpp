// Bluesky's accounts, their sessions and their identities.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::bluesky {

/// The app password of every account here.
inline constexpr std::string_view app_password = "sand-boxx-pass-word";

struct session_rules {
  std::chrono::seconds access_life{7'200};
  std::chrono::seconds refresh_life{90 * 24 * 3'600};
  std::chrono::seconds refresh_grace{
      0};  // how long a used refresh token is accepted again; the reference server: two hours
};

/// The state of a request's token.
enum class token_state { missing, unknown, expired, good };

struct holder {
  token_state state = token_state::missing;
  std::string did;
};

/// Lives on the sandbox's one thread.
class session_desk {
 public:
  session_rules rules;

  void add_account(const std::string& did, const std::string& handle, const std::string& token_hash);
  bool has(const std::string& did) const { return handles_.find(did) != handles_.end(); }
  const std::map<std::string, std::string>& accounts() const { return handles_; }

  holder holder_of(const http::server::request& request, base::timestamp now) const;

  verdict create(const http::server::request& request, base::timestamp now);
  verdict refresh(const http::server::request& request, base::timestamp now);
  verdict end(const http::server::request& request);
  /// Ends every session of the account.
  void forget(const std::string& did);
  verdict resolve_handle(const http::server::request& request) const;
  verdict show_document(const std::string& did, const std::string& endpoint) const;

  void restore(const boost::json::object& record);

 private:
  struct access {
    std::string did;
    std::optional<base::timestamp> until;  // none: for ever
  };
  struct refreshing {
    std::string did;
    base::timestamp until;
    std::optional<base::timestamp> used_at;
  };

  verdict give(const std::string& did, base::timestamp now, const std::string& used_hash);
  std::string did_of(const std::string& identifier) const;

  std::map<std::string, std::string> handles_;   // by DID
  std::map<std::string, access> tokens_;         // by hash
  std::map<std::string, refreshing> refreshes_;  // by hash
};

}  // namespace pulse::sandbox::bluesky
