// A person's sign-in at LinkedIn in an automated browser: starts one process of browser_worker/ for each, and limits
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/linkedin/browser_worker.hpp"
#include "domain/engagement/browser_session.hpp"

namespace pulse::connectors::linkedin {

struct login_order {
  std::string email;
  base::secret password;
  std::string site;  // https://www.linkedin.com, or the sandbox's
};

struct login_limits {
  std::chrono::milliseconds page_time = domain::engagement::page_time_max;
  std::chrono::milliseconds code_time = domain::engagement::code_time_max;
  std::chrono::milliseconds time_max = domain::engagement::login_time_max;
  int codes_max = domain::engagement::codes_max;
  std::int64_t memory_bytes_max = domain::engagement::login_memory_max;
  std::chrono::milliseconds look_every{200};
};

/// The counterpart of a running sign-in, called on its thread; each call may take some milliseconds.
class login_conversation {
 public:
  virtual ~login_conversation() = default;
  /// Reports `needs_code`, also after a wrong one.
  virtual void on_code_wanted(bool was_wrong) = 0;
  /// The code, once it is there. Asked every `look_every` while one is needed.
  virtual std::optional<std::string> take_code() = 0;
  /// Whether the sign-in was cancelled. Asked every `look_every`.
  virtual bool is_withdrawn() = 0;
};

/// The cookies of a LinkedIn session.
struct session_cookies {
  base::secret li_at;
  base::secret jsessionid;
  std::optional<base::timestamp> expires_at;  // according to LinkedIn
};

using login_end = base::result<session_cookies, domain::engagement::login_failure>;

/// Blocks until the sign-in is over, at most `time_max`. No process and no file is ever left behind. The password is in
/// no argument, variable, file or log.
login_end sign_in(const browser_programs& programs, const login_order& order, const login_limits& limits,
                  login_conversation& with);

}  // namespace pulse::connectors::linkedin
