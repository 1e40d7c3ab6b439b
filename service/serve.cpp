#include "service/serve.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/accounts/oauth_connecting.hpp"
#include "actors/people/oidc_identity_providers.hpp"
#include "actors/system/node_identity.hpp"
#include "base/descriptor_limit.hpp"
#include "base/failpoint.hpp"
#include "config/descriptors.hpp"
#include "http/api/services.hpp"
#include "http/dashboard_pages.hpp"
#include "http/front_door.hpp"
#include "http/operations/database_metrics.hpp"
#include "http/operations/metrics_server.hpp"
#include "http/server/server.hpp"
#include "http/waiting_room.hpp"
#include "persistence/engine/wake_ups.hpp"
#include "persistence/media/links.hpp"
#include "persistence/media/store.hpp"
#include "persistence/media/worker.hpp"
#include "persistence/people/standing.hpp"
#include "persistence/postgres/migrator.hpp"
#include "persistence/redis/redis.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/secret_box.hpp"
#include "persistence/seed.hpp"
#include "service/commands.hpp"
#include "service/options.hpp"
#include "service/publishing_side.hpp"
#include "service/stop_signals.hpp"

namespace pulse::service {

namespace {

/// PostgreSQL is waited for as long as it takes, with pauses that grow to the longest one.
constexpr std::chrono::milliseconds shortest_wait{250};
constexpr std::chrono::milliseconds longest_wait{10'000};

enum class wait_outcome { ready, asked_to_stop, failed };

/// Waits until PostgreSQL answers. Nothing may run on a schema that this program does not know: that is no reason to wait.
wait_outcome wait_for_database(const std::string& url, stop_signals& signals, http::waiting_room& room,
                               std::string& problem) {
  auto pause = shortest_wait;
  for (;;) {
    const auto missing = persistence::pending(url);
    if (missing.has_value() && missing->empty()) return wait_outcome::ready;
    if (missing.has_value()) {
      problem = "the database lacks " + std::to_string(missing->size()) + " migrations; run `pulse migrate` first";
      return wait_outcome::failed;
    }
    if (missing.error().kind != persistence::failure_kind::unavailable) {
      problem = missing.error().detail + "; check DATABASE_URL, and that PostgreSQL runs";
      return wait_outcome::failed;
    }
    room.say("The service waits for PostgreSQL, which cannot be reached.");
    spdlog::warn("PostgreSQL cannot be reached, and is tried again in {} ms; check DATABASE_URL, and that it runs: {}",
                 pause.count(), missing.error().detail);
    if (signals.wait_for(pause)) return wait_outcome::asked_to_stop;
    pause = std::min(pause * 2, longest_wait);
  }
}

/// What stands in the way of serving to the public although all settings are sound; empty when nothing does.
std::string production_problem(const config::settings& settings) {
  if (settings.app_env != config::environment::production) return "";
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  persistence::database requests{one_connection(settings, persistence::role::request)};
  const auto demos = persistence::count_open_demos(engine, requests);
  if (demos.has_error()) return demos.error();
  if (*demos == 0) return "";
  return "the database has the demo company, whose password everybody knows: use another database, or let nobody sign "
         "in to it any more with `pulse seed --close`";
}

/// Keeps the front door's knowledge of members true, whichever process changes them.
std::optional<persistence::wake_up_listener> hear_of_standings(const config::settings& settings,
                                                               http::standings& known) {
  known.set_hearing(false);
  persistence::wake_up_listener::options how;
  how.deaf = [&known] { known.set_hearing(false); };
  return std::optional<persistence::wake_up_listener>{std::in_place,
                                                      settings.database_url.reveal(),
                                                      persistence::standing_channel,
                                                      [&known](const base::uuid& id) { known.forget(id); },
                                                      [&known] { known.set_hearing(true); },
                                                      std::move(how)};
}

}  // namespace

int serve(const config::settings& settings) {
  base::arm_failpoints(settings.failpoints, static_cast<std::uint64_t>(settings.failpoint_seed));
  stop_signals signals;
  const auto descriptors = base::raise_descriptor_limit();
  if (descriptors < config::min_descriptors) {
    return complain("only " + std::to_string(descriptors) + " files may be open, which is too few: allow " +
                    std::to_string(config::min_descriptors) + " at least (ulimit -n, LimitNOFILE)");
  }
  const auto plan = config::plan_descriptors(settings, descriptors, connectors::egress_options{}.in_flight);
  if (plan.connections < static_cast<std::size_t>(settings.http_connections)) {
    spdlog::warn("Only {} files may be open: the front door takes {} connections instead of {}", descriptors,
                 plan.connections, settings.http_connections);
  }

  http::metrics measures{config::version()};
  const http::addresses seen_at{settings.api_base_url, settings.public_app_url};
  http::waiting_room room{measures, seen_at};
  // First here, and so the last to end: what handlers wait for may complete until then.
  http::server::server server{server_options(settings, plan, room), room.handler(), room.refusal()};
  if (const auto wrong = server.start(); !wrong.empty()) return complain(wrong);
  std::string problem;
  switch (wait_for_database(settings.database_url.reveal(), signals, room, problem)) {
    case wait_outcome::ready: break;
    case wait_outcome::asked_to_stop: return config::exit_success;
    case wait_outcome::failed: return complain(problem);
  }
  if (const auto wrong = production_problem(settings); !wrong.empty()) return complain(wrong);
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  const base::system_clock clock;
  auto identity = actors::node_identity::make(settings.state_dir / "nodes", clock.now());
  if (identity.has_error()) return complain(identity.error());

  // Calls back into the engine and into the server's threads, so it ends before either is destroyed.
  std::optional<persistence::redis> redis{std::in_place,
                                          persistence::redis::options{.url = settings.redis_url.reveal()}};
  auto files = persistence::media::make_folder_store(settings.media_folder);
  if (files.has_error()) return complain(files.error());
  http::media_desk media{std::move(*files), persistence::media::find_media_worker(),
                         persistence::media::link_signer{settings.jwt_secret_key}, media_options(settings)};
  publishing_side publishing{settings, plan, clock, *box, *redis, *identity, media.files()};
  publishing.measure(measures);
  publishing.adopt_events();

  auto request_options = database_options(settings, persistence::role::request);
  request_options.on_events = [&publishing](const base::uuid& tenant_id) { publishing.on_events(tenant_id); };
  persistence::database database{std::move(request_options)};
  persistence::database costly{costly_database_options(settings)};
  http::add_database_metrics(measures, costly, "costly");
  // Calls back into the server's threads, so it ends before the server is destroyed.
  std::optional<persistence::password_hasher> passwords{
      std::in_place,
      persistence::password_hasher::options{.threads = static_cast<unsigned>(settings.password_threads)}};
  actors::oauth_connecting connecting{
      {database, *box, clock, publishing.providers(), settings.platforms, settings.public_app_url}};
  actors::oidc_identity_providers identities{publishing.client(), clock, settings.platforms};
  const http::token_signer tokens{settings.jwt_secret_key};
  const http::stamp_signer stamps{settings.jwt_secret_key};
  const auto signing = audit_key(settings);
  auto mails = publishing.send_mails(settings, *box, clock);
  auto asker = publishing.ask_members(settings, *box, clock, [&mails] { mails->wake(); });
  std::atomic<bool> stopping{false};
  http::services services{.database = database,
                          .redis = *redis,
                          .passwords = *passwords,
                          .clock = clock,
                          .tokens = tokens,
                          .stamps = stamps,
                          .measures = measures,
                          .engine = publishing.engine(),
                          .secrets = *box,
                          .activity = &publishing.activity(),
                          .version = std::string{config::version()},
                          .allowed_origins = settings.cors_origins,
                          .addresses = seen_at,
                          .figures = access_to_metrics(settings),
                          .costly = &costly,
                          .is_mail_sent = !settings.smtp_url.empty(),
                          .mail_waits = [&mails] { mails->wake(); },
                          .browser_origins = origins_of_pages(settings),
                          .is_loopback_allowed = settings.egress_allow_loopback == config::yes_or_no::yes,
                          .connecting = &connecting,
                          .audit_key = &signing,
                          .asking = &publishing.asking(),
                          .commenting = &publishing.commenting(),
                          .rehearsing = &publishing.rehearsing(),
                          .identities = &identities,
                          .whatsapp_link_secrets = settings.whatsapp_link_secrets,
                          .engagement_waits = [&publishing] { publishing.wake_engagement(); },
                          .stand_ins = stand_ins(settings),
                          .media = &media,
                          .stopping = [&stopping] { return stopping.load(); }};
  http::front_door::options shown;
  shown.docs_assets = PULSE_DOCS_ASSETS;
  shown.calls = {static_cast<unsigned>(settings.calls_per_minute),
                 static_cast<unsigned>(settings.costly_calls_per_minute)};
  const http::dashboard_pages dashboard{PULSE_DASHBOARD, services.addresses};
  shown.pages = [&dashboard](const http::server::request& asked, std::string_view path) {
    return dashboard.find(asked, path);
  };
  http::front_door door{services, std::move(shown)};
  auto changes = hear_of_standings(settings, door.known());

  std::unique_ptr<http::server::server> metrics_server;
  if (!settings.metrics_address.empty()) {
    metrics_server = http::make_metrics_server(settings.metrics_address, measures);
    if (const auto wrong = metrics_server->start(); !wrong.empty()) {
      changes.reset();
      asker.reset();
      mails.reset();
      publishing.stop();
      redis.reset();
      return complain(wrong);
    }
  }
  room.open(door);
  spdlog::info("Pulse {} serves {} port {} as node {}", config::version(), settings.host, server.port(),
               base::to_string(identity->id()));

  signals.wait();
  spdlog::info("Pulse was asked to stop: it takes no new requests and finishes what runs");
  stopping = true;
  server.stop();
  media.stop();
  metrics_server.reset();
  changes.reset();
  asker.reset();
  mails.reset();
  publishing.stop();
  database.stop();
  costly.stop();
  passwords.reset();
  redis.reset();
  spdlog::info("Pulse has stopped");
  return config::exit_success;
}

}  // namespace pulse::service
