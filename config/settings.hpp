// The typed settings of Pulse. The one declaration of each (name, sentence, default, bounds, secret or not)
// is a line of settings.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/failpoint.hpp"
#include "base/secure.hpp"
#include "domain/platforms/setting.hpp"

namespace pulse::config {

enum class environment { development, production };
BOOST_DESCRIBE_ENUM(environment, development, production)

/// The AI provider; `automatic`: the one whose key is given.
enum class ai_provider_name { automatic, openai, openrouter, offline };
BOOST_DESCRIBE_ENUM(ai_provider_name, automatic, openai, openrouter, offline)

enum class yes_or_no { no, yes };
BOOST_DESCRIBE_ENUM(yes_or_no, no, yes)

enum class log_level { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(log_level, debug, info, warning, error)

enum class log_format { text, json };
BOOST_DESCRIBE_ENUM(log_format, text, json)

/// The settings as the program uses them: complete and valid, because `load` hands out nothing else.
struct settings {
  environment app_env = environment::development;
  std::string host;                       // a numeric IP address, or "unix:" and a path
  std::uint16_t port = 0;                 // 0: the system picks one
  std::string public_app_url;             // without a slash at the end
  std::string api_base_url;               // without a slash at the end
  std::vector<std::string> cors_origins;  // as browsers send them; or the single entry "*"
  std::filesystem::path state_dir;
  std::string tls_certificate_path;  // empty: the front door speaks plain HTTP
  std::string tls_key_path;
  int http_threads = 0;
  int http_connections = 0;
  int http_memory_mib = 0;
  std::vector<std::string> trusted_proxies;  // addresses and networks, as base::ip_network reads them
  int calls_per_minute = 0;                  // 0: no limit
  int costly_calls_per_minute = 0;           // 0: no limit
  base::secret metrics_token;                // empty: none
  std::string metrics_address;               // "127.0.0.1:9100"; empty: none
  int password_threads = 0;

  log_level least_log_level = log_level::info;
  log_format log_as = log_format::text;

  base::secret database_url;  // in libpq's form: postgresql://…
  int database_request_connections = 0;
  int database_costly_connections = 0;
  int database_engine_connections = 0;
  int database_queue_limit = 0;
  base::secret redis_url;  // redis://… or unix://…; empty: Pulse runs without Redis

  std::filesystem::path media_folder;
  std::string media_s3_bucket;    // empty: they are kept in the folder
  std::string media_s3_endpoint;  // without a slash at the end
  std::string media_s3_region;
  std::string media_s3_key_id;       // empty: none
  base::secret media_s3_secret_key;  // empty: none
  yes_or_no media_s3_path_style = yes_or_no::yes;
  int media_file_mib = 0;     // that one file may have
  int media_company_gib = 0;  // that all of a company's files together may have
  int media_unused_days = 0;  // after which an unused file is removed

  int automation_runs_days = 0;  // after which a run that is over is removed, with all that was recorded of it

  base::secret jwt_secret_key;
  std::vector<base::secret> jwt_secret_previous_keys;  // accepted, and never used to sign
  base::secret token_encryption_key;
  std::vector<base::secret> token_encryption_previous_keys;  // newest first
  base::secret smtp_url;                                     // smtp://… or smtps://…; empty: no mail is sent
  std::string mail_from;                                     // "Pulse <pulse@example.org>"
  std::string mail_preview_url;                              // without a slash at the end; empty: nowhere
  std::vector<base::secret> whatsapp_link_secrets;           // newest first; empty: nobody brings links
  yes_or_no egress_allow_loopback = yes_or_no::no;
  std::string sandbox_url;           // without a slash at the end; empty: platforms are called themselves
  domain::setting_values platforms;  // of all platforms, see domain/platforms/platform

  ai_provider_name ai_provider = ai_provider_name::automatic;
  base::secret openai_api_key;  // empty: none
  std::string openai_model;
  std::string openai_base_url;      // without a slash at the end
  base::secret openrouter_api_key;  // empty: none
  std::string openrouter_model;
  std::string openrouter_base_url;  // without a slash at the end
  int ai_timeout_seconds = 0;
  double ai_temperature = 0;
  int ai_in_cents_per_million = 0;   // US cents a million tokens of a question
  int ai_out_cents_per_million = 0;  // and of an answer
  std::int64_t ai_monthly_tokens = 0;
  std::int64_t ai_monthly_usd_cents = 0;

  std::vector<base::failpoint_rule> failpoints;  // empty: none; always so in production
  int failpoint_seed = 0;
};

}  // namespace pulse::config
