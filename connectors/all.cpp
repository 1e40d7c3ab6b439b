#include "connectors/all.hpp"

namespace pulse::connectors {

/// Each is defined in the platform's own folder, connectors/NAME/connector.cpp.
namespace made {
#define PULSE_DECLARE(name) std::unique_ptr<connector> name(const surroundings& around);
PULSE_PLATFORMS(PULSE_DECLARE)
#undef PULSE_DECLARE
#define PULSE_DECLARE(name) std::unique_ptr<authorizer> name##_provider(const surroundings& around);
PULSE_PROVIDERS(PULSE_DECLARE)
#undef PULSE_DECLARE
}  // namespace made

connector_registry connect_all(const surroundings& around) {
  connector_registry all;
#define PULSE_ADD(name) all.add(made::name(around));
  PULSE_PLATFORMS(PULSE_ADD)
#undef PULSE_ADD
  return all;
}

authorizer_registry authorize_all(const surroundings& around) {
  authorizer_registry all;
  const auto add = [&all](std::unique_ptr<authorizer> one) {
    auto name = std::string{one->provider()};
    all.emplace(std::move(name), std::move(one));
  };
#define PULSE_ADD(name) add(made::name##_provider(around));
  PULSE_PROVIDERS(PULSE_ADD)
#undef PULSE_ADD
  return all;
}

}  // namespace pulse::connectors
