// Pulse: reads the settings, builds the rooms, wires them, runs, and stops in order. The only place that knows every room.
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "actors/accounts/oauth_connecting.hpp"
#include "actors/people/oidc_identity_providers.hpp"
#include "actors/accounts/token_refresher.hpp"
#include "actors/activity/database_source.hpp"
#include "actors/ai/budgeted_asking.hpp"
#include "actors/budgets/shared_app_budgets.hpp"
#include "actors/campaigns/database_rehearsing.hpp"
#include "actors/campaigns/database_rule_work.hpp"
#include "actors/engagement/comment_drafter.hpp"
#include "actors/engagement/comment_writer.hpp"
#include "actors/engagement/engager.hpp"
#include "actors/engagement/page_poller.hpp"
#include "actors/engagement/page_sources.hpp"
#include "actors/people/mail_sender.hpp"
#include "actors/publishing/website_rows.hpp"
#include "actors/system/actor_engine.hpp"
#include "actors/system/database_store.hpp"
#include "actors/system/node_identity.hpp"
#include "actors/system/services.hpp"
#include "base/descriptor_limit.hpp"
#include "base/failpoint.hpp"
#include "config/command_line.hpp"
#include "config/descriptors.hpp"
#include "config/load.hpp"
#include "config/log.hpp"
#include "connectors/ai/choice.hpp"
#include "connectors/all.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/people/credentials.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/services.hpp"
#include "http/dashboard_pages.hpp"
#include "http/front_door.hpp"
#include "http/media_desk.hpp"
#include "http/operations/database_metrics.hpp"
#include "http/operations/metrics_server.hpp"
#include "http/server/server.hpp"
#include "http/waiting_room.hpp"
#include "persistence/analytics/counter.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/engine/wake_ups.hpp"
#include "persistence/housekeeping.hpp"
#include "persistence/idempotency_keys.hpp"
#include "persistence/media/library.hpp"
#include "persistence/media/links.hpp"
#include "persistence/media/store.hpp"
#include "persistence/media/worker.hpp"
#include "persistence/people/companies.hpp"
#include "persistence/people/standing.hpp"
#include "persistence/people/wrong_guesses.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/postgres/migrator.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/redis/fan_out.hpp"
#include "persistence/redis/redis.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/rotation.hpp"
#include "persistence/secrets/secret_box.hpp"
#include "persistence/seed.hpp"

namespace pulse {

namespace {

/// What has left for a platform when Pulse is asked to stop may take this long to be answered and recorded.
constexpr std::chrono::seconds engine_stop_timeout{8};

/// The engine's statements are short. A connection that is silent for longer than this and 5 s more is given up, and what waited
/// for it is asked for again over another: a claim must not take as long as its delivery has.
constexpr std::chrono::seconds engine_statement_timeout{5};

/// PostgreSQL is waited for as long as it takes, with pauses that grow to the longest one.
constexpr std::chrono::milliseconds shortest_wait{250};
constexpr std::chrono::milliseconds longest_wait{10'000};

/// Signs the ends of the audit's chains: made of the key that is the installation's own.
base::signing_key audit_key(const config::settings& settings) {
  return {settings.token_encryption_key, persistence::audit::signing_purpose, settings.token_encryption_previous_keys};
}

/// The costly calls' threads stand back: what they read and work out can wait longer than anything else.
constexpr int costly_niceness = 5;

/// Newest first.
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

connectors::ai::provider_choice provider_named(config::ai_provider_name name) {
  switch (name) {
    case config::ai_provider_name::automatic: return connectors::ai::provider_choice::automatic;
    case config::ai_provider_name::openai: return connectors::ai::provider_choice::openai;
    case config::ai_provider_name::openrouter: return connectors::ai::provider_choice::openrouter;
    case config::ai_provider_name::offline: return connectors::ai::provider_choice::offline;
  }
  return connectors::ai::provider_choice::automatic;
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

double random_unit() {
  thread_local std::mt19937_64 source{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(source);
}

std::string process_name() {
  std::string host(256, '\0');
  ::gethostname(host.data(), host.size() - 1);
  return host.substr(0, host.find('\0')) + ", process " + std::to_string(::getpid());
}

/// What publishes: the connectors and the engine that drives them. Members are built in this order, and taken down in the
/// opposite one after `stop`.
class publishing_side {
 public:
  publishing_side(const config::settings& settings, const config::descriptor_plan& plan, const base::clock& clock,
                  const persistence::secret_box& box, persistence::redis& redis, actors::node_identity& identity,
                  const persistence::media::store& files)
      : fan_out_(settings.redis_url.reveal().empty()
                     ? nullptr
                     : std::make_unique<persistence::fan_out_sender>(redis, identity.id())),
        database_(watched_options(settings)),
        stream_(database_, clock),
        egress_(egress_options(settings, plan), clock),
        platforms_(connectors::connect_all({.settings = settings.platforms,
                                            .client = egress_,
                                            .clock = clock,
                                            .public_url = settings.api_base_url,
                                            .website = actors::website_rows(database_)})),
        providers_(connectors::authorize_all({.settings = settings.platforms,
                                              .client = egress_,
                                              .clock = clock,
                                              .public_url = settings.api_base_url,
                                              .website = {}})),
        refresher_({database_, box, clock, egress_, providers_, settings.platforms}, {}),
        ai_(connectors::ai::choose_provider(ai_settings(settings), egress_, clock)),
        asking_({database_,
                 clock,
                 ai_.which.get(),
                 ai_.missing,
                 {settings.ai_monthly_tokens, settings.ai_monthly_usd_cents * 10'000}}),
        rows_(database_, clock,
              {identity.id(), process_name(), identity.dead(), [&identity] { identity.forget_dead(); }}),
        app_limits_(settings.redis_url.reveal().empty() ? nullptr : &redis),
        automation_({.database = database_,
                     .clock = clock,
                     .node_id = identity.id(),
                     .box = box,
                     .client = egress_,
                     .ai = &asking_}),
        rehearsing_({database_, clock, identity.id(), {box, std::string{asking_.provider()}}}),
        services_{clock,       rows_,
                  platforms_,  lease_,
                  app_limits_, [&box](const persistence::claimed_content& content) { return open_token(box, content); },
                  random_unit, {},
                  &automation_},
        engine_(services_, lease_, {.events = &stream_}) {
    activity_ = engine_.activity();
    say_who_answers();
    if (!settings.redis_url.reveal().empty()) {
      heard_elsewhere_.emplace(
          settings.redis_url.reveal(), identity.id(),
          [this](const base::uuid& tenant_id) { engine_.activity()->wake(tenant_id); },
          persistence::fan_out_listener::options{});
    }
    housekeeping_.emplace(
        database_, clock,
        std::vector{forget_idempotency_keys(), forget_guesses(), forget_uploads(),
                    forget_unused_media(std::chrono::days{settings.media_unused_days}), forget_leftovers(files)});
    wake_ups_.emplace(
        settings.database_url.reveal(), identity.id(),
        [this](const base::uuid& tenant_id) { engine_.notify(tenant_id, [] {}); }, [this] { engine_.look_again(); },
        persistence::wake_up_listener::options{});
    refresher_.start();
    engager_.emplace(
        actors::engager::parts{database_, box, clock, egress_,
                               platforms_.find_role<connectors::engages>(domain::channel_type::linkedin), random_unit},
        actors::engager::options{});
    engager_->start();
    poller_.emplace(actors::page_poller::parts{database_, clock, egress_, actors::page_sources(egress_, clock),
                                               random_unit, [this] { engager_->wake(); }},
                    actors::page_poller::options{});
    poller_->start();
    drafter_.emplace(database_, commenting_, clock, actors::comment_drafter::options{});
    counter_.emplace(database_, clock, persistence::analytics::counter::options{});
    sealer_.emplace(database_, clock, audit_key(settings), persistence::audit::sealer::options{});
  }

  /// Before anybody watches.
  void adopt_events() {
    const auto adopted = database_.transact_now(
        std::nullopt, [](persistence::transaction& tx) { return persistence::events::adopt(tx); });
    if (adopted && *adopted > 0)
      spdlog::warn("{} events of another database server were put before those of this one", *adopted);
  }

  actors::engine& engine() { return engine_; }
  actors::activity& activity() { return *engine_.activity(); }
  actors::asking& asking() { return asking_; }
  actors::commenting& commenting() { return commenting_; }
  actors::rehearsing& rehearsing() { return rehearsing_; }

  /// Events were committed: wakes who watches, here and in other processes, and the rules that wait for them. Any thread.
  void on_events(const base::uuid& tenant_id) {
    if (auto* const hubs = activity_.load()) hubs->wake(tenant_id);
    automation_.wake(tenant_id);
    if (fan_out_) fan_out_->tell(tenant_id);
  }

  const connectors::authorizer_registry& providers() const { return providers_; }
  connectors::egress& client() { return egress_; }

  void measure(http::metrics& measures) {
    http::add_database_metrics(measures, database_, "engine");
    measures.add_counter("pulse_engine_commits_total", "Group commits of the engine.", {},
                         [this] { return static_cast<double>(rows_.count().commits); });
    measures.add_counter("pulse_engine_writes_total", "Intents and outcomes that the engine committed.", {},
                         [this] { return static_cast<double>(rows_.count().writes); });
    measures.add_counter("pulse_engine_refused_total", "Writes that a fence or another guard refused.", {},
                         [this] { return static_cast<double>(rows_.count().refused); });
  }

  /// What sends the mails that wait; over the engine's connections, so it stops before this does.
  std::unique_ptr<actors::mail_sender> send_mails(const config::settings& settings, const persistence::secret_box& box,
                                                  const base::clock& clock) {
    actors::mail_sender::options how;
    how.how = {settings.smtp_url, settings.mail_from, settings.mail_preview_url};
    how.is_logged = settings.smtp_url.empty();
    return std::make_unique<actors::mail_sender>(database_, box, clock, std::move(how));
  }

  /// A page is due, or an act was confirmed. Any thread; never blocks.
  void wake_engagement() {
    if (poller_) poller_->wake();
    if (engager_) engager_->wake();
  }

  void stop() {
    housekeeping_.reset();
    counter_.reset();
    sealer_.reset();
    wake_ups_.reset();
    heard_elsewhere_.reset();
    refresher_.stop();
    if (poller_) poller_->stop();
    if (engager_) engager_->stop();
    drafter_->stop_taking();
    engine_.stop(engine_stop_timeout);
    egress_.stop();
    drafter_.reset();
    database_.transact_now(std::nullopt, [this](persistence::transaction& tx) { rows_.leave(tx); });
    database_.stop();
  }

 private:
  persistence::database::options watched_options(const config::settings& settings) {
    auto made = database_options(settings, persistence::role::engine);
    made.on_events = [this](const base::uuid& tenant_id) { on_events(tenant_id); };
    return made;
  }

  void say_who_answers() const {
    if (ai_.which == nullptr) {
      spdlog::warn("AI actions are refused. {}", ai_.missing);
    } else if (ai_.which->is_stand_in()) {
      spdlog::info("AI texts are made up offline; set OPENAI_API_KEY or OPENROUTER_API_KEY for a real provider");
    } else {
      spdlog::info("AI questions go to {}, model {}", ai_.which->name(), ai_.which->default_model());
    }
  }

  static persistence::housekeeping::chore forget_idempotency_keys() {
    return {"answers kept for Idempotency-Keys", [](persistence::transaction& tx, base::timestamp now, int limit) {
              return persistence::idempotency_keys::forget(tx, now - http::idempotency_key_lifetime, limit);
            }};
  }

  static persistence::housekeeping::chore forget_guesses() {
    return {"wrong guesses", [](persistence::transaction& tx, base::timestamp now, int limit) {
              return persistence::wrong_guesses::forget(tx, now, limit);
            }};
  }

  static persistence::housekeeping::chore forget_uploads() {
    return {"uploads that nobody has finished", &persistence::media::forget_uploads};
  }

  static persistence::housekeeping::chore forget_unused_media(std::chrono::days term) {
    return {"pictures and films that nothing shows",
            [term](persistence::transaction& tx, base::timestamp now, int limit) {
              return persistence::media::forget_unused(tx, now - term, limit);
            }};
  }

  /// After the two above: their files.
  static persistence::housekeeping::chore forget_leftovers(const persistence::media::store& files) {
    return {"files of pictures and films", [&files](persistence::transaction& tx, base::timestamp, int limit) {
              auto left = persistence::media::leftovers(tx, limit);
              const auto found = static_cast<int>(left.size());
              std::erase_if(left, [&files](const std::string& name) { return !files.remove(name); });
              persistence::media::forget_leftovers(tx, left);
              return left.size() < static_cast<std::size_t>(found)
                         ? 0
                         : found;  // what does not go would be met again at once
            }};
  }

  static std::optional<base::secret> open_token(const persistence::secret_box& box,
                                                const persistence::claimed_content& content) {
    if (!content.account_id || !content.access_token) return std::nullopt;
    auto opened = box.open(content.access_token->value,
                           persistence::accounts::token_place(content.tenant_id, *content.account_id));
    if (opened.has_error()) return std::nullopt;
    return base::secret{std::move(*opened)};
  }

  std::atomic<actors::activity*> activity_{nullptr};      // once there are hubs
  std::unique_ptr<persistence::fan_out_sender> fan_out_;  // null: without Redis
  persistence::database database_;
  actors::database_source stream_;
  connectors::egress egress_;
  connectors::connector_registry platforms_;
  connectors::authorizer_registry providers_;
  actors::token_refresher refresher_;
  connectors::ai::chosen_provider ai_;
  actors::budgeted_asking asking_;
  actors::comment_writer commenting_{asking_};
  actors::database_store rows_;
  actors::lease lease_;
  actors::shared_app_budgets app_limits_;
  actors::database_rule_work automation_;
  actors::database_rehearsing rehearsing_;
  actors::services services_;
  actors::actor_engine engine_;
  std::optional<persistence::wake_up_listener> wake_ups_;
  std::optional<persistence::fan_out_listener> heard_elsewhere_;
  std::optional<persistence::housekeeping> housekeeping_;
  std::optional<actors::comment_drafter> drafter_;
  std::optional<persistence::analytics::counter> counter_;
  std::optional<actors::engager> engager_;
  std::optional<actors::page_poller> poller_;
  std::optional<persistence::audit::sealer> sealer_;
};

/// Waits for SIGTERM or SIGINT. They are blocked in every thread, so that this one takes them.
class stop_signals {
 public:
  stop_signals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

  void wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

  /// As `wait`, for so long at most; whether there was one.
  bool wait_for(std::chrono::milliseconds limit) {
    const timespec at_most{limit.count() / 1000, limit.count() % 1000 * 1'000'000};
    return sigtimedwait(&signals_, nullptr, &at_most) > 0;
  }

 private:
  sigset_t signals_{};
};

constexpr int failed_start = config::exit_failure;

int complain(const std::string& sentence) {
  std::cerr << "pulse: " << sentence << '\n';
  return failed_start;
}

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

http::metrics_access access_to_metrics(const config::settings& settings) {
  const bool is_open = settings.app_env != config::environment::production || !settings.metrics_token.reveal().empty();
  return {is_open && settings.metrics_address.empty(), settings.metrics_token};
}

http::media_desk::options media_options(const config::settings& settings) {
  constexpr std::int64_t mib = 1024 * 1024;
  return {.file_bytes_max = settings.media_file_mib * mib,
          .company_bytes_max = settings.media_company_gib * 1024 * mib};
}

http::server::options server_options(const config::settings& settings, const config::descriptor_plan& plan,
                                     http::waiting_room& room) {
  http::server::options listening;
  listening.address = settings.host;
  listening.port = settings.port;
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

/// The pages whose scripts may keep a session in a cookie.
std::vector<std::string> origins_of_pages(const config::settings& settings) {
  auto origins = settings.cors_origins;
  std::erase(origins, "*");
  origins.emplace_back(http::origin_of(settings.public_app_url));
  return origins;
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
  http::waiting_room room{measures};
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
                          .addresses = http::addresses{settings.api_base_url, settings.public_app_url},
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
  mails.reset();
  publishing.stop();
  database.stop();
  costly.stop();
  passwords.reset();
  redis.reset();
  spdlog::info("Pulse has stopped");
  return config::exit_success;
}

int migrate(const config::settings& settings) {
  const auto report = persistence::migrate(settings.database_url.reveal());
  if (report.has_error()) return complain(report.error().detail);
  for (const auto& name : report->applied) std::cout << "applied " << name << '\n';
  std::cout << "The database is at version " << report->version_after << ".\n";
  return config::exit_success;
}

int close_demo(const config::settings& settings) {
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  persistence::database requests{one_connection(settings, persistence::role::request)};
  const auto closed = persistence::close_demos(engine, requests);
  if (closed.has_error()) return complain(closed.error());
  std::cout << (*closed == 0 ? "Nobody could sign in to a demo company.\n"
                             : "Nobody can sign in to the demo company any more.\n");
  return config::exit_success;
}

int remove_seed(const config::settings& settings) {
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const auto said = persistence::remove_demo(engine);
  if (said.has_error()) return complain(said.error());
  std::cout << *said << '\n';
  return config::exit_success;
}

int seed(const config::settings& settings) {
  if (settings.app_env == config::environment::production) {
    return complain("the demo company is not for production, where everybody would know its password");
  }
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  persistence::database requests{one_connection(settings, persistence::role::request)};
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const persistence::password_hasher passwords{{.threads = 1}};
  auto public_url = settings.api_base_url;
  while (public_url.ends_with('/')) public_url.pop_back();
  const auto said = persistence::seed_demo({requests, engine, public_url}, passwords, *box, base::system_clock{});
  if (said.has_error()) return complain(said.error());
  std::cout << *said << '\n';
  return config::exit_success;
}

/// Whoever has the database's address may: that is how an installation gets its first administrator.
int promote(const config::settings& settings, const std::string& email) {
  const auto address = domain::parse_email(email);
  if (!address) return complain('"' + email + "\" is no e-mail address.");
  persistence::database database{database_options(settings, persistence::role::login)};
  const auto done = database.query_now(std::nullopt, persistence::companies::promote, address->value);
  if (done.has_error()) return complain(done.error().detail);
  if (done->empty())
    return complain("there is no active member whose confirmed address is " + address->value + "; sign up first.");
  std::cout << address->value << " is an administrator of this installation.\n";
  return config::exit_success;
}

int audit(const config::settings& settings, const config::audit_command& asked) {
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const auto key = audit_key(settings);
  if (!asked.verifies) {
    const auto failed = persistence::audit::print_heads(engine, key, std::cout);
    return failed ? complain(*failed) : config::exit_success;
  }
  std::ostringstream text;
  if (!asked.heads_file.empty()) {
    std::ifstream file{asked.heads_file};
    if (!file) return complain(asked.heads_file.string() + " cannot be read");
    text << file.rdbuf();
  }
  const auto known = persistence::audit::parse_heads(text.str());
  if (known.has_error()) return complain(asked.heads_file.string() + ": " + known.error());
  const bool are_sound = persistence::audit::verify_all(engine, key, *known, std::cout);
  return are_sound ? config::exit_success : config::exit_failure;
}

int rotate_keys(const config::settings& settings) {
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return complain(box.error());
  persistence::database engine{one_connection(settings, persistence::role::engine)};
  const auto done = persistence::rotate_keys(engine, *box, [](std::string_view column, const auto& report) {
    std::cout << fmt::format("{}: {} encrypted anew, {} already were, {} cannot be read\n", column, report.sealed_again,
                             report.already, report.unreadable);
  });
  if (done.has_error()) return complain(done.error().detail);
  if (done->unreadable > 0) {
    return complain(
        "some values are encrypted with a key that is in neither TOKEN_ENCRYPTION_KEY nor "
        "TOKEN_ENCRYPTION_PREVIOUS_KEYS: add that key and run this again, or connect these accounts again");
  }
  std::cout << "Nothing needs TOKEN_ENCRYPTION_PREVIOUS_KEYS any more.\n";
  return config::exit_success;
}

int run(const config::invocation& asked) {
  if (const auto* config_command = std::get_if<config::config_command>(&asked.what)) {
    return config::run_config(*config_command, asked.settings_sources(), std::cout, std::cerr);
  }
  const auto loaded = config::load(asked.settings_sources());
  if (loaded.has_error()) {
    std::cerr << loaded.error().message();
    return config::exit_failure;
  }
  config::set_up_log(loaded->values);
  for (const auto& warning : loaded->warnings) spdlog::warn("{}", warning);
  if (std::holds_alternative<config::migrate_command>(asked.what)) return migrate(loaded->values);
  if (const auto* seeding = std::get_if<config::seed_command>(&asked.what)) {
    if (seeding->removes) return remove_seed(loaded->values);
    return seeding->close ? close_demo(loaded->values) : seed(loaded->values);
  }
  if (const auto* admin = std::get_if<config::admin_command>(&asked.what))
    return promote(loaded->values, admin->promoted);
  if (const auto* auditing = std::get_if<config::audit_command>(&asked.what)) return audit(loaded->values, *auditing);
  if (std::holds_alternative<config::rotate_keys_command>(asked.what)) return rotate_keys(loaded->values);
  return serve(loaded->values);
}

}  // namespace

}  // namespace pulse

int main(int count, char** arguments) {
  const auto asked = pulse::config::parse_command_line(count, arguments);
  if (const auto* printed = std::get_if<pulse::config::printed>(&asked)) {
    (printed->exit_code == pulse::config::exit_success ? std::cout : std::cerr) << printed->text;
    return printed->exit_code;
  }
  return pulse::run(std::get<pulse::config::invocation>(asked));
}
