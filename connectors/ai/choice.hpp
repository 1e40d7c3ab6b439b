// Which provider an installation has, by its settings.
#pragma once

#include <memory>
#include <string>

#include "connectors/ai/chat_provider.hpp"
#include "connectors/ai/provider.hpp"

namespace pulse::connectors::ai {

/// AI_PROVIDER. `automatic`: the one whose key is given, OpenAI first; offline in development when there is none.
enum class provider_choice { automatic, openai, openrouter, offline };

struct provider_settings {
  provider_choice choice = provider_choice::automatic;
  bool is_production = false;
  chat_options openai;      // its key may be empty
  chat_options openrouter;  // its key may be empty
};

/// The provider, or none and a sentence that says what to set.
struct chosen_provider {
  std::unique_ptr<provider> which;
  std::string missing;
};

/// Client and clock must outlive the provider.
chosen_provider choose_provider(provider_settings how, egress& client, const base::clock& clock);

}  // namespace pulse::connectors::ai
