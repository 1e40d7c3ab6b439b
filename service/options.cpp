#include "service/options.hpp"

#include <algorithm>
#include <chrono>

#include "persistence/audit/chain.hpp"
#include "persistence/engine/deliveries.hpp"

namespace pulse::service {

namespace {

/// The engine's statements are short. A connection that is silent for longer than this and 5 s more is given up, and
/// what waited for it is asked for again over another: a claim must not take as long as its delivery has.
constexpr std::chrono::seconds engine_statement_timeout{5};

/// The costly calls' threads stand back: what they read and work out can wait longer than anything else.
constexpr int costly_niceness = 5;

connectors::ai::provider_choice provider_named(config::ai_provider_name name) {
  switch (name) {
    case config::ai_provider_name::automatic: return connectors::ai::provider_choice::automatic;
    case config::ai_provider_name::openai: return connectors::ai::provider_choice::openai;
    case config::ai_provider_name::openrouter: return connectors::ai::provider_choice::openrouter;
    case config::ai_provider_name::offline: return connectors::ai::provider_choice::offline;
  }
  return connectors::ai::provider_choice::automatic;
}

}  // namespace

base::signing_key audit_key(const config::settings& settings) {
  return {settings.token_encryption_key, persistence::audit::signing_purpose, settings.token_encryption_previous_keys};
}

std::vector<base::secret> encryption_keys(const config::settings& settings) {
  std::vector<base::secret> keys{settings.token_encryption_key};
  keys.insert(keys.end(), settings.token_encryption_previous_keys.begin(),
              settings.token_encryption_previous_keys.end());
  return keys;
}

persistence::database::options database_options(const config::settings& settings, persistence::role as) {
  const bool is_engine = as == persistence::role::engine;
  persistence::database::options options;
  options.url = settings.database_url.reveal();
  options.as = as;
  options.connections =
      static_cast<unsigned>(is_engine ? settings.database_engine_connections : settings.database_request_connections);
  options.queue_limit = static_cast<std::size_t>(settings.database_queue_limit);
  options.application_name = is_engine ? "pulse engine" : "pulse api";
  if (is_engine) {
    options.warm_up = persistence::warm_up;
    options.statement_timeout = engine_statement_timeout;
  } else {
    options.connections_per_tenant = options.connections - options.connections / 4;
  }
  return options;
}

persistence::database::options costly_database_options(const config::settings& settings) {
  auto options = database_options(settings, persistence::role::request);
  options.connections = static_cast<unsigned>(settings.database_costly_connections);
  options.connections_per_tenant = std::max(1U, options.connections - 1);
  options.niceness = costly_niceness;
  options.application_name = "pulse api, costly";
  return options;
}

persistence::database::options live_database_options(const config::settings& settings) {
  auto options = database_options(settings, persistence::role::engine);
  options.connections = config::live_stream_connections;
  options.application_name = "pulse live stream";
  options.warm_up = nullptr;
  return options;
}

persistence::database::options one_connection(const config::settings& settings, persistence::role as) {
  auto options = database_options(settings, as);
  options.connections = 1;
  options.warm_up = nullptr;
  return options;
}

connectors::egress_options egress_options(const config::settings& settings, const config::descriptor_plan& plan) {
  connectors::egress_options options;
  options.in_flight = plan.calls_in_flight;
  if (settings.egress_allow_loopback == config::yes_or_no::yes)
    options.user_given = connectors::reach::internet_and_loopback;
  return options;
}

connectors::ai::provider_settings ai_settings(const config::settings& settings) {
  connectors::ai::chat_options either;
  either.temperature = settings.ai_temperature;
  either.timeout = std::chrono::seconds{settings.ai_timeout_seconds};
  either.prices = {settings.ai_in_cents_per_million, settings.ai_out_cents_per_million};
  connectors::ai::provider_settings made{.choice = provider_named(settings.ai_provider),
                                         .is_production = settings.app_env == config::environment::production,
                                         .openai = either,
                                         .openrouter = either};
  made.openai.speaks = connectors::ai::dialect::openai;
  made.openai.base_url = settings.openai_base_url;
  made.openai.key = settings.openai_api_key;
  made.openai.model = settings.openai_model;
  made.openrouter.speaks = connectors::ai::dialect::openrouter;
  made.openrouter.base_url = settings.openrouter_base_url;
  made.openrouter.key = settings.openrouter_api_key;
  made.openrouter.model = settings.openrouter_model;
  return made;
}

http::metrics_access access_to_metrics(const config::settings& settings) {
  const bool is_open = settings.app_env != config::environment::production || !settings.metrics_token.reveal().empty();
  return {is_open && settings.metrics_address.empty(), settings.metrics_token};
}

std::vector<domain::channel_type> stand_ins(const config::settings& settings) {
  std::vector<domain::channel_type> made;
  if (settings.sandbox_url.empty()) return made;
  for (const auto& platform : domain::platforms()) {
    const bool is_one = std::any_of(platform.settings.begin(), platform.settings.end(), [&](const auto& setting) {
      return setting.kind == domain::setting_kind::web_address &&
             settings.platforms[setting.name].starts_with(settings.sandbox_url);
    });
    if (is_one) made.push_back(platform.type);
  }
  return made;
}

http::media_desk::options media_options(const config::settings& settings) {
  constexpr std::int64_t mib = 1024 * 1024;
  return {.file_bytes_max = settings.media_file_mib * mib,
          .company_bytes_max = settings.media_company_gib * 1024 * mib,
          .folder = settings.media_folder.string(),
          .bucket = settings.media_s3_bucket,
          .bucket_endpoint = settings.media_s3_bucket.empty() ? std::string{} : settings.media_s3_endpoint};
}

std::vector<std::string> origins_of_pages(const config::settings& settings) {
  auto origins = settings.cors_origins;
  std::erase(origins, "*");
  origins.emplace_back(http::origin_of(settings.public_app_url));
  return origins;
}

http::server::options server_options(const config::settings& settings, const config::descriptor_plan& plan,
                                     http::waiting_room& room) {
  http::server::options listening;
  listening.address = settings.host;
  listening.port = settings.port;
  if (!settings.tls_certificate_path.empty()) {
    listening.tls = http::server::tls_files{settings.tls_certificate_path, settings.tls_key_path};
  }
  listening.threads = static_cast<unsigned>(settings.http_threads);
  listening.cors_origins = settings.cors_origins;
  listening.open_paths = http::open_paths();
  if (settings.app_env == config::environment::production && settings.api_base_url.starts_with("https://")) {
    listening.common_headers.push_back({"strict-transport-security", "max-age=31536000"});
  }
  listening.limits.connections = plan.connections;
  listening.limits.connections_assured = std::min(listening.limits.connections_assured, plan.connections / 4);
  listening.limits.memory_bytes = static_cast<std::size_t>(settings.http_memory_mib) * 1024 * 1024;
  listening.before_body = room.before_body();
  for (const auto& each : settings.trusted_proxies) {
    listening.trusted_proxies.push_back(*base::ip_network::parse(each));  // config has read it so
  }
  return listening;
}

}  // namespace pulse::service
