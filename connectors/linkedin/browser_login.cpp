#include "connectors/linkedin/browser_login.hpp"

#include <unistd.h>

#include <utility>

#include <boost/describe.hpp>

#include "base/json.hpp"

namespace pulse::connectors::linkedin {

namespace {

using clock = std::chrono::steady_clock;
using domain::engagement::login_failure;

/// The messages to and from browser_worker/.
struct start_message {
  std::string do_ = "start";
  std::string email;
  std::string password;
  std::string base_url;
  std::string browser;
  std::string folder;
  std::int64_t page_ms = 0;
  std::int64_t code_ms = 0;
  int codes_max = 0;
  bool sandboxed = true;
};
BOOST_DESCRIBE_STRUCT(start_message, (),
                      (do_, email, password, base_url, browser, folder, page_ms, code_ms, codes_max, sandboxed))

struct code_message {
  std::string do_ = "code";
  std::string code;
};
BOOST_DESCRIBE_STRUCT(code_message, (), (do_, code))

enum class word { needs_code, wrong_code, cookies, failed };
BOOST_DESCRIBE_ENUM(word, needs_code, wrong_code, cookies, failed)

struct told {
  word is = word::failed;
  std::optional<login_failure> why;
  std::optional<std::string> li_at;
  std::optional<std::string> jsessionid;
  std::optional<base::timestamp> expires_at;
};
BOOST_DESCRIBE_STRUCT(told, (), (is, why, li_at, jsessionid, expires_at))

login_end end_of(const told& last) {
  if (last.is != word::cookies) return last.why.value_or(login_failure::unexpected);
  if (!last.li_at || last.li_at->empty() || !last.jsessionid) return login_failure::unexpected;
  return session_cookies{base::secret{*last.li_at}, base::secret{*last.jsessionid}, last.expires_at};
}

/// The conversation, from its first message to its last.
login_end converse(browser_worker& worker, const login_limits& limits, login_conversation& with) {
  const auto until = clock::now() + limits.time_max;
  bool is_code_wanted = false;
  for (bool is_there = true; is_there;) {
    is_there = worker.hear(limits.look_every);
    while (const auto line = worker.take_line()) {
      const auto said = base::json::read<told>(*line);
      if (said.has_error()) return login_failure::unexpected;
      if (said->is == word::cookies || said->is == word::failed) return end_of(*said);
      is_code_wanted = true;
      with.on_code_wanted(said->is == word::wrong_code);
    }
    if (worker.memory() > limits.memory_bytes_max) return login_failure::too_much_memory;
    if (with.is_withdrawn()) return login_failure::withdrawn;
    if (clock::now() > until) return login_failure::timed_out;
    if (!is_code_wanted) continue;
    if (auto code = with.take_code()) {
      is_code_wanted = false;
      if (!worker.say(code_message{.code = std::move(*code)})) return login_failure::unexpected;
    }
  }
  return login_failure::unexpected;
}

}  // namespace

login_end sign_in(const browser_programs& programs, const login_order& order, const login_limits& limits,
                  login_conversation& with) {
  if (!problem_of(programs).empty()) return login_failure::no_browser;
  const browser_folder folder;
  if (!folder.is_there()) return login_failure::no_browser;
  browser_worker worker{programs};
  if (!worker.limit()) return login_failure::no_browser;
  const start_message start{.email = order.email,
                            .password = order.password.reveal(),
                            .base_url = order.site,
                            .browser = programs.browser.string(),
                            .folder = folder.path().string(),
                            .page_ms = limits.page_time.count(),
                            .code_ms = limits.code_time.count(),
                            .codes_max = limits.codes_max,
                            .sandboxed = ::getuid() != 0};  // Chromium has no sandbox as root
  if (!worker.say(start)) return login_failure::no_browser;
  return converse(worker, limits, with);
}

}  // namespace pulse::connectors::linkedin
