#include "connectors/ai/choice.hpp"

#include <utility>

#include <fmt/core.h>

#include "connectors/ai/offline.hpp"

namespace pulse::connectors::ai {

namespace {

chosen_provider without(std::string_view what_to_set) {
  return {nullptr, fmt::format("This installation has no AI provider: set {}.", what_to_set)};
}

chosen_provider chat(chat_options how, std::string_view key, egress& client, const base::clock& clock) {
  if (how.key.empty()) return without(key);
  return {std::make_unique<chat_provider>(std::move(how), client, clock), {}};
}

}  // namespace

chosen_provider choose_provider(provider_settings how, egress& client, const base::clock& clock) {
  switch (how.choice) {
    case provider_choice::openai: return chat(std::move(how.openai), "OPENAI_API_KEY", client, clock);
    case provider_choice::openrouter: return chat(std::move(how.openrouter), "OPENROUTER_API_KEY", client, clock);
    case provider_choice::automatic:
      if (!how.openai.key.empty()) return chat(std::move(how.openai), "OPENAI_API_KEY", client, clock);
      if (!how.openrouter.key.empty()) return chat(std::move(how.openrouter), "OPENROUTER_API_KEY", client, clock);
      break;
    case provider_choice::offline: break;
  }
  if (how.is_production) return without("OPENAI_API_KEY or OPENROUTER_API_KEY");
  return {std::make_unique<offline_provider>(), {}};
}

}  // namespace pulse::connectors::ai
