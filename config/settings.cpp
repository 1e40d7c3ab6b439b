// Every setting, once; what a platform needs is declared in its own folder (connectors/NAME/description.cpp). The order
// is the order of the documentation; a default may refer to a setting above it.
#include "config/settings.hpp"

#include <algorithm>
#include <iterator>

#include "config/media_settings.hpp"
#include "config/platform_settings.hpp"
#include "config/value_kinds.hpp"

namespace pulse::config {

namespace {

constexpr std::string_view service = "Service";
constexpr std::string_view logging = "Logging";
constexpr std::string_view servers = "Database and Redis";
constexpr std::string_view automation = "Automation rules";
constexpr std::string_view security = "Secrets and sessions";
constexpr std::string_view mail = "Mail";
constexpr std::string_view ai = "AI";
constexpr std::string_view testing = "Testing";

std::vector<declaration> declare() {
  std::vector<declaration> all{
      {.name = "APP_ENV",
       .group = service,
       .sentence =
           "What this installation is for. In production nothing is generated, and weak secrets, plain http and "
           "CORS for everybody stop the start.",
       .default_text = "development",
       .value = one_of(&settings::app_env)},
      {.name = "HOST",
       .group = service,
       .sentence = "The address that the front door listens on. Over a unix socket only a reverse proxy speaks, so "
                   "what it says "
                   "of its clients' addresses counts.",
       .default_text = "127.0.0.1",
       .value = listen_address(&settings::host)},
      {.name = "PORT",
       .group = service,
       .sentence = "The port that the front door listens on; 0 takes a free one.",
       .default_text = "8000",
       .value = whole_number<std::uint16_t>(&settings::port, 0, 65535)},
      {.name = "TLS_CERTIFICATE_PATH",
       .group = service,
       .sentence =
           "The certificate, with its chain, by which the front door speaks TLS itself; read at the start. Empty: "
           "plain HTTP, for a reverse proxy that speaks TLS.",
       .example = "/etc/pulse/tls/fullchain.pem",
       .value = file_path(&settings::tls_certificate_path)},
      {.name = "TLS_KEY_PATH",
       .group = service,
       .sentence = "The key of that certificate.",
       .example = "/etc/pulse/tls/privkey.pem",
       .value = file_path(&settings::tls_key_path)},
      {.name = "PUBLIC_APP_URL",
       .group = service,
       .sentence = "Where people open the dashboard; links in replies and redirects lead there.",
       .default_text = "http://localhost:{PORT}",
       .value = web_address(&settings::public_app_url)},
      {.name = "API_BASE_URL",
       .group = service,
       .sentence = "Where the API is reached from outside; feeds and platform callbacks name it.",
       .default_text = "{PUBLIC_APP_URL}",
       .value = web_address(&settings::api_base_url)},
      {.name = "CORS_ORIGINS",
       .group = service,
       .sentence =
           "Origins of pages served elsewhere whose scripts may call the API. Empty: only pages served by Pulse.",
       .example = "http://localhost:3000,http://localhost:5173",
       .value = origins(&settings::cors_origins)},
      {.name = "PULSE_STATE_DIR",
       .group = service,
       .sentence =
           "Where Pulse keeps what it makes itself: in development the generated secrets and the private servers.",
       .default_text = "var",
       .value = directory(&settings::state_dir)},
      {.name = "HTTP_THREADS",
       .group = service,
       .sentence = "Threads that serve HTTP.",
       .default_text = "0",
       .value = threads(&settings::http_threads, 64)},
      {.name = "HTTP_CONNECTIONS",
       .group = service,
       .sentence =
           "Connections that the front door takes; fewer where the system allows too few open files, because outgoing "
           "calls and the database come first. One network gets at most half of them.",
       .default_text = "10000",
       .value = whole_number(&settings::http_connections, 16, 1'000'000)},
      {.name = "HTTP_MEMORY_MIB",
       .group = service,
       .sentence =
           "Memory, in MiB, for all unfinished requests and unread answers together. One network gets at most half of "
           "it.",
       .default_text = "256",
       .value = whole_number(&settings::http_memory_mib, 16, 65'536)},
      {.name = "TRUSTED_PROXIES",
       .group = service,
       .sentence =
           "The reverse proxies in front of Pulse. A client's address is then the rightmost one in Forwarded or "
           "X-Forwarded-For that is not theirs; limits and the log use it. Empty: nobody's word counts.",
       .example = "127.0.0.1,10.0.0.0/8",
       .value = networks(&settings::trusted_proxies)},
      {.name = "CALLS_PER_MINUTE",
       .group = service,
       .sentence = "Calls of the API that one member may make in a minute; 0 for any number.",
       .default_text = "3000",
       .value = whole_number(&settings::calls_per_minute, 0, 10'000'000)},
      {.name = "COSTLY_CALLS_PER_MINUTE",
       .group = service,
       .sentence =
           "Of those, calls that read much, such as simulations, explanations and lists of posts; 0 for any number.",
       .default_text = "600",
       .value = whole_number(&settings::costly_calls_per_minute, 0, 10'000'000)},
      {.name = "METRICS_TOKEN",
       .group = service,
       .sentence =
           "What Prometheus sends as `Authorization: Bearer` to read /metrics. In production /metrics is not served "
           "without it, unless METRICS_ADDRESS is set.",
       .visible = shown::never,
       .value = optional_key(&settings::metrics_token)},
      {.name = "METRICS_ADDRESS",
       .group = service,
       .sentence =
           "Where /metrics is served instead, to whoever can reach it, such as 127.0.0.1:9100. Empty: on the front "
           "door's port.",
       .example = "127.0.0.1:9100",
       .value = address_and_port(&settings::metrics_address)},
      {.name = "PASSWORD_THREADS",
       .group = service,
       .sentence = "Threads that hash passwords; each takes 19 MiB and most of a core while it does.",
       .default_text = "0",
       .value = threads(&settings::password_threads, 16, share_of_cores::half)},

      {.name = "LOG_LEVEL",
       .group = logging,
       .sentence = "The least important lines that are still logged.",
       .default_text = "info",
       .value = one_of(&settings::least_log_level)},
      {.name = "LOG_FORMAT",
       .group = logging,
       .sentence = "Sentences for people, or one JSON object a line for a log collector.",
       .default_text = "text",
       .value = one_of(&settings::log_as)},

      {.name = "DATABASE_URL",
       .group = servers,
       .sentence = "The PostgreSQL database; `make run` starts a private one when this is not set.",
       .example = "postgresql://pulse:password@localhost:5432/pulse",
       .visible = shown::without_password,
       .absent = when_absent::refused,
       .value = database_address(&settings::database_url)},
      {.name = "DATABASE_REQUEST_CONNECTIONS",
       .group = servers,
       .sentence = "Database connections that serve requests.",
       .default_text = "8",
       .value = whole_number(&settings::database_request_connections, 1, 256)},
      {.name = "DATABASE_COSTLY_CONNECTIONS",
       .group = servers,
       .sentence = "Database connections, beside those, for calls that read much: simulations, explanations and lists "
                   "of posts.",
       .default_text = "3",
       .value = whole_number(&settings::database_costly_connections, 1, 64)},
      {.name = "DATABASE_ENGINE_CONNECTIONS",
       .group = servers,
       .sentence = "Database connections that carry the engine's work.",
       .default_text = "4",
       .value = whole_number(&settings::database_engine_connections, 1, 256)},
      {.name = "DATABASE_QUEUE_LIMIT",
       .group = servers,
       .sentence = "Requests that may wait for a database connection; further ones are answered 503.",
       .default_text = "1024",
       .value = whole_number(&settings::database_queue_limit, 1, 100'000)},
      {.name = "REDIS_URL",
       .group = servers,
       .sentence =
           "The Redis server for caches and limits. Empty: Pulse runs without, slower; nothing is lost with it.",
       .example = "redis://localhost:6379/0",
       .visible = shown::without_password,
       .value = redis_address(&settings::redis_url)},

      {.name = "AUTOMATION_RUNS_DAYS",
       .group = automation,
       .sentence =
           "After so many days a rule's run that is over is removed, with its trace and what an AI has said for it; "
           "one whose content has not gone out yet stays. The same goes for what is told of what guardrails held "
           "back.",
       .default_text = "90",
       .value = whole_number(&settings::automation_runs_days, 8, 36'500)},

      {.name = "JWT_SECRET_KEY",
       .other_name = "JWT_SECRET",
       .group = security,
       .sentence = "Signs access tokens, sessions' cookies, links in mails and addresses of media. Another value signs "
                   "everybody out, unless the one before stands in JWT_SECRET_PREVIOUS_KEYS.",
       .visible = shown::never,
       .absent = when_absent::generated,
       .value = key(&settings::jwt_secret_key)},
      {.name = "JWT_SECRET_PREVIOUS_KEYS",
       .group = security,
       .sentence =
           "Other values of JWT_SECRET_KEY whose signatures are accepted while one replaces the other. An older one "
           "can go after 30 days, when every session in use has a token of the new one; one that has leaked must not "
           "stand here.",
       .visible = shown::never,
       .value = keys(&settings::jwt_secret_previous_keys)},
      {.name = "TOKEN_ENCRYPTION_KEY",
       .other_name = "FERNET_KEY",
       .group = security,
       .sentence =
           "Encrypts the platforms' tokens at rest. Keep a copy: without it every account must be connected again.",
       .visible = shown::never,
       .absent = when_absent::generated,
       .value = key(&settings::token_encryption_key)},
      {.name = "TOKEN_ENCRYPTION_PREVIOUS_KEYS",
       .group = security,
       .sentence = "Older values of TOKEN_ENCRYPTION_KEY, newest first, which still open what they encrypted. `pulse "
                   "rotate-keys` "
                   "encrypts it anew; then they can go.",
       .visible = shown::never,
       .value = keys(&settings::token_encryption_previous_keys)},

      {.name = "SMTP_URL",
       .group = mail,
       .sentence = "The mail server, which confirms addresses and lets people in who forgot their password. Empty, in "
                   "development "
                   "only: mails are in the log, and the first account of an address counts at once.",
       .example = "smtp://user:password@mail.example.org:587",
       .visible = shown::without_password,
       .value = smtp_address(&settings::smtp_url)},
      {.name = "MAIL_FROM",
       .group = mail,
       .sentence = "The sender of mails.",
       .default_text = "Pulse <pulse@localhost>",
       .value = mail_sender(&settings::mail_from)},
      {.name = "MAIL_PREVIEW_URL",
       .group = mail,
       .sentence =
           "Where mails are shown instead of sent while SMTP_URL is empty: the sandbox's address with /_sandbox/mails. "
           "Production refuses it.",
       .example = "http://127.0.0.1:9000/_sandbox/mails",
       .value = optional_web_address(&settings::mail_preview_url)},

      {.name = "WHATSAPP_LINK_SECRETS",
       .group = platform_settings_group,
       .sentence = "Keys that sign what the WhatsApp sidecar brings to /webhooks/whatsapp-link, newest first: two "
                   "while one replaces the "
                   "other. Empty: the address answers 403.",
       .visible = shown::never,
       .value = keys(&settings::whatsapp_link_secrets)},

      {.name = "SANDBOX_URL",
       .group = platform_settings_group,
       .sentence =
           "The address of pulse-sandbox, the stand-ins of the platforms: what is not given below leads there, and "
           "nothing is published. Production refuses it.",
       .example = "http://127.0.0.1:9000",
       .value = optional_web_address(&settings::sandbox_url)},
      {.name = "EGRESS_ALLOW_LOOPBACK",
       .group = platform_settings_group,
       .sentence =
           "Whether addresses that users give, such as those of images, may be on this machine: for trying things with "
           "the sandbox. Production refuses it.",
       .default_text = "no",
       .value = one_of(&settings::egress_allow_loopback)},

      {.name = "AI_PROVIDER",
       .group = ai,
       .sentence = "Who answers questions to an AI. Automatic: whose key is given, OpenAI first; without a key texts "
                   "are made up "
                   "offline in development, and AI actions are refused in production.",
       .default_text = "automatic",
       .value = one_of(&settings::ai_provider)},
      {.name = "OPENAI_API_KEY",
       .group = ai,
       .sentence = "The key of this installation's account at OpenAI.",
       .visible = shown::never,
       .value = optional_key(&settings::openai_api_key)},
      {.name = "OPENAI_MODEL",
       .group = ai,
       .sentence = "The model at OpenAI.",
       .default_text = "gpt-4o-mini",
       .value = word(&settings::openai_model)},
      {.name = "OPENAI_BASE_URL",
       .group = ai,
       .sentence = "The API of OpenAI.",
       .default_text = "https://api.openai.com/v1",
       .sandbox_text = "{SANDBOX_URL}/openai/v1",
       .value = web_address(&settings::openai_base_url)},
      {.name = "OPENAI_TIMEOUT_SECONDS",
       .group = ai,
       .sentence = "How long an answer of either provider may take, in seconds, all tries together.",
       .default_text = "30",
       .value = whole_number(&settings::ai_timeout_seconds, 1, 300)},
      {.name = "OPENAI_TEMPERATURE",
       .group = ai,
       .sentence = "How freely the models of either provider choose their words.",
       .default_text = "0.2",
       .value = decimal(&settings::ai_temperature, 0, 2)},
      {.name = "OPENROUTER_API_KEY",
       .group = ai,
       .sentence = "The key of this installation's account at OpenRouter.",
       .visible = shown::never,
       .value = optional_key(&settings::openrouter_api_key)},
      {.name = "OPENROUTER_MODEL",
       .group = ai,
       .sentence = "The model at OpenRouter.",
       .default_text = "openai/gpt-4o-mini",
       .value = word(&settings::openrouter_model)},
      {.name = "OPENROUTER_BASE_URL",
       .group = ai,
       .sentence = "The API of OpenRouter.",
       .default_text = "https://openrouter.ai/api/v1",
       .sandbox_text = "{SANDBOX_URL}/openrouter/api/v1",
       .value = web_address(&settings::openrouter_base_url)},
      {.name = "AI_INPUT_CENTS_PER_MILLION",
       .group = ai,
       .sentence = "What the model takes for a million tokens of questions, in US cents: for the budget before the "
                   "request, and "
                   "for the bill where the provider does not name it.",
       .default_text = "15",
       .value = whole_number(&settings::ai_in_cents_per_million, 0, 100'000)},
      {.name = "AI_OUTPUT_CENTS_PER_MILLION",
       .group = ai,
       .sentence = "The same for a million tokens of answers.",
       .default_text = "60",
       .value = whole_number(&settings::ai_out_cents_per_million, 0, 100'000)},
      {.name = "AI_MONTHLY_TOKENS",
       .group = ai,
       .sentence = "Tokens that one company may use in a month (UTC), of questions and answers together. 0: none. The "
                   "company may "
                   "set less for itself, and the operator another figure for one company (persistence/README.md).",
       .default_text = "2000000",
       .value = whole_number<std::int64_t>(&settings::ai_monthly_tokens, 0, 1'000'000'000'000)},
      {.name = "AI_MONTHLY_USD_CENTS",
       .group = ai,
       .sentence = "What one company may spend in a month, in US cents; as above.",
       .default_text = "2000",
       .value = whole_number<std::int64_t>(&settings::ai_monthly_usd_cents, 0, 100'000'000)},

      {.name = "PULSE_FAILPOINTS",
       .group = testing,
       .sentence =
           "Where the process is to die, stop or hesitate, to prove that it may: what `make torture` sets. Production "
           "refuses it.",
       .example = "after_intent=kill@0.02,sent=delay:300@0.5,received=stop*1",
       .value = failpoints(&settings::failpoints)},
      {.name = "PULSE_FAILPOINT_SEED",
       .group = testing,
       .sentence = "Random seed for failpoints that fire with a probability.",
       .default_text = "0",
       .value = whole_number(&settings::failpoint_seed, 0, 1'000'000'000)},
  };
  const auto add_before = [&all](std::string_view name, std::vector<declaration> added) {
    const auto behind =
        std::find_if(all.begin(), all.end(), [name](const declaration& each) { return each.name == name; });
    all.insert(behind, std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
  };
  add_before("AUTOMATION_RUNS_DAYS", declared_of_media());
  add_before("EGRESS_ALLOW_LOOPBACK", declared_by_platforms());
  return all;
}

}  // namespace

std::span<const declaration> declarations() {
  static const std::vector<declaration> all = declare();
  return all;
}

const declaration* find_declaration(std::string_view name) {
  for (const auto& setting : declarations()) {
    if (name == setting.name || (!setting.other_name.empty() && name == setting.other_name)) return &setting;
  }
  return nullptr;
}

std::span<const std::string_view> names_not_used_yet() {
  static constexpr std::string_view names[] = {"SENTRY_DSN", "TEST_DATABASE_URL", "VITE_API_BASE_URL",
                                               "VITE_PROXY_TARGET", "VITE_API_URL"};
  return names;
}

}  // namespace pulse::config
