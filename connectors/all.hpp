// All connectors of this program, made from the settings of their platforms.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/authorize.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/website/store.hpp"
#include "domain/platforms/setting.hpp"

namespace pulse::connectors {

/// What connectors are made of. The client, the clock, the files and what the store uses must outlive them and every
/// call.
struct surroundings {
  const domain::setting_values& settings;  // read while they are made
  egress& client;
  const base::clock& clock;
  std::string public_url;  // under which the service is reached, without a slash at the end
  website::website_store website;
  media_files* films = nullptr;  // null: films cannot be uploaded in pieces
};

/// A connector for every platform that the program's list names (domain/platforms/list.hpp); each is made in its own
/// folder.
connector_registry connect_all(const surroundings& around);

/// The authorizers of all providers that the descriptions name, by their names (domain/platforms/list.hpp).
using authorizer_registry = std::map<std::string, std::unique_ptr<authorizer>, std::less<>>;
authorizer_registry authorize_all(const surroundings& around);

}  // namespace pulse::connectors
