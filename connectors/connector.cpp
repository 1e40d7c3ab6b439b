#include "connectors/connector.hpp"

namespace pulse::connectors {

void connector_registry::add(std::unique_ptr<connector> platform) {
  const auto type = platform->type();
  by_type_[type] = std::move(platform);
}

connector* connector_registry::find(domain::channel_type type) const {
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? nullptr : found->second.get();
}

}  // namespace pulse::connectors
