// How people connect their accounts at a platform, as its description declares it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/platforms/channel_type.hpp"

namespace pulse::domain {

/// The proof key that a platform takes with the code (RFC 7636), and its form: base64url of SHA-256, or TikTok's
/// lower-case hexadecimal.
enum class proof_key { none, s256, hex_s256 };

/// How people connect: on the provider's own page, on the page of an instance that they name, or with their name and a
/// password that they made for apps.
enum class connect_way { page, instance_page, app_password };

/// Where people allow this installation to act for them. Platforms of one company share one, by its name.
struct oauth_provider {
  std::string_view name{};          // in the addresses of the API: "meta"
  std::string_view display_name{};  // "Meta"
  proof_key proof = proof_key::none;
  connect_way way = connect_way::page;
  // Names of the settings; empty where the provider has none:
  std::string_view client_id{};
  std::string_view client_secret{};
  std::string_view redirect_uri{};   // exactly as the platform's developer console has it
  std::string_view scope{};          // the scopes to ask for
  std::string_view dashboard_url{};  // where people come back to; empty: the dashboard's page of channels
};

/// A provider with the platforms that it connects.
struct provider_entry {
  oauth_provider is;
  std::vector<channel_type> platforms;
};

/// All providers, in the order of their platforms.
std::vector<provider_entry> oauth_providers();

}  // namespace pulse::domain
