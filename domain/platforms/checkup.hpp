// What is wrong, or missing, with the settings of a provider of accounts, and what to do about it in its developer
// console. Pure: what only the provider itself can tell is asked elsewhere (service/doctor).
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/platforms/oauth.hpp"
#include "domain/platforms/setting.hpp"

namespace pulse::domain {

enum class finding_kind {
  absent,         // nobody has set it up: no app
  wrong,          // people cannot connect, or what is published will be refused
  advice,         // it works today
  register_this,  // what the developer console must hold, word for word
};

struct finding {
  finding_kind kind = finding_kind::advice;
  std::string sentence;
};

/// Whoever asks for tokens at a provider of this kind does it for an app that is registered there by hand.
bool has_console(const oauth_provider& provider);

/// Checks the provider's settings and those of its platforms. `api_base_url` is where this installation is reached.
std::vector<finding> check_up(const provider_entry& provider, const setting_values& settings,
                              const std::string& api_base_url, base::timestamp now);

}  // namespace pulse::domain
