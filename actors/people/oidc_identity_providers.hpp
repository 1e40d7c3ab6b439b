// Identity providers that speak OpenID Connect: LinkedIn by the settings, and companies' own.
#pragma once

#include "actors/people/identity_providers.hpp"
#include "connectors/oidc/provider.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::actors {

class oidc_identity_providers final : public identity_providers {
 public:
  /// All outlive it.
  oidc_identity_providers(connectors::egress& out, const base::clock& clock, const domain::setting_values& settings)
      : client_(out, clock), settings_(settings) {}

  bool has_linkedin() const override;
  void look(identity_provider at, std::function<void(identity_started)> done) override;
  void start(identity_provider at, identity_request with, std::function<void(identity_started)> done) override;
  void identify(identity_provider at, identity_request with, std::string code,
                std::function<void(identity_found)> done) override;

 private:
  connectors::oidc::provider to_provider(const identity_provider& at) const;

  connectors::oidc::client client_;
  const domain::setting_values& settings_;
};

}  // namespace pulse::actors
