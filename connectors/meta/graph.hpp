// Addresses of the Graph API.
#pragma once

#include <string>
#include <string_view>

#include "domain/platforms/setting.hpp"

namespace pulse::connectors::meta {

/// "https://graph.facebook.com" and "v26.0".
struct graph_address {
  std::string base;
  std::string version;
};

/// The address in the setting `name`; a version at its end holds instead of META_GRAPH_VERSION.
graph_address address_in(const domain::setting_values& settings, std::string_view name);

}  // namespace pulse::connectors::meta
