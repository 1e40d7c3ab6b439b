// The interface by which the front door connects accounts: sends people to platforms and handles their return.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/secure.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/login_purpose.hpp"

namespace pulse::actors {

/// Who wants to connect what.
struct connect_request {
  std::string provider;  // domain::oauth_provider::name
  base::uuid tenant_id;
  base::uuid member_id;
  std::optional<base::uuid> project_id;  // where a channel is to be made, when there is no choice to make
  domain::login_purpose purpose = domain::login_purpose::publish;
  std::string instance{};  // of a provider with many: what the person wrote
};

/// Who wants to connect by a name and a password for apps.
struct connect_password {
  std::string provider;
  base::uuid tenant_id;
  base::uuid member_id;
  std::optional<base::uuid> project_id;
  std::string identifier;
  base::secret password;
};

struct connect_signed_in {
  enum class kind { connected, choose, refused, unknown_project, not_configured, later };
  kind result = kind::later;
  std::string reason{};  // a sentence, when nothing was connected
  int accounts = 0;
};

struct connect_started {
  std::optional<std::string> problem;  // a sentence: what is missing in the settings, or that it could not be stored
  bool is_misconfigured = false;       // an operator must act; else it may be tried again
  bool is_instance_wrong = false;      // the instance is invalid, or refused the app
  std::string authorization_url{};     // where the browser goes
  std::string browser_key{};           // must come back in the browser's cookie
};

/// What a browser brings back from a platform.
struct connect_return {
  std::string provider;
  std::string state;
  std::string code;   // empty when the platform says no
  std::string error;  // the platform's word: "access_denied"
  std::string browser_key;
};

/// Where the browser goes in the end: the dashboard, with a result and never a token.
struct connect_finished {
  std::string dashboard_url;
  std::optional<base::uuid> tenant_id;  // whose channels may have changed
};

class connecting {
 public:
  virtual ~connecting() = default;

  /// Keeps a state and says where to go. Calls back once, on any thread.
  virtual void start(connect_request wanted, std::function<void(connect_started)> done) = 0;

  /// Uses the state up, exchanges the code, stores the result. Calls back once, on any thread, whatever went wrong.
  virtual void finish(connect_return back, std::function<void(connect_finished)> done) = 0;

  /// Signs in and stores the result. Calls back once, on any thread.
  virtual void sign_in(connect_password with, std::function<void(connect_signed_in)> done) = 0;
};

}  // namespace pulse::actors
