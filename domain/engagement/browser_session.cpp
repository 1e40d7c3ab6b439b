#include "domain/engagement/browser_session.hpp"

namespace pulse::domain::engagement {

std::string_view sentence(login_failure value) {
  switch (value) {
    case login_failure::wrong_password: return "LinkedIn does not know this address with this password.";
    case login_failure::code_too_late: return "No code came within 3 minutes. Begin again.";
    case login_failure::too_many_codes: return "Three codes were wrong. Begin again.";
    case login_failure::asks_person:
      return "LinkedIn asks for something that only you can answer, such as a puzzle or your phone. Sign in with a "
             "browser of your own, and hand over its li_at cookie if you still want to.";
    case login_failure::left_site: return "The sign-in led away from LinkedIn's site, so it was stopped.";
    case login_failure::timed_out: return "LinkedIn did not answer in time. Try again later.";
    case login_failure::no_browser: return "The browser could not be started. Tell whoever runs this service.";
    case login_failure::unexpected: return "LinkedIn's page was not what was expected, so the sign-in was stopped.";
    case login_failure::too_much_memory: return "The browser took too much memory, so it was stopped. Try again.";
    case login_failure::withdrawn: return "The sign-in was stopped before it was over. Begin again.";
  }
  return "";
}

}  // namespace pulse::domain::engagement
