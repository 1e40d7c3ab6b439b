#include "service/publishing_side.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "actors/publishing/website_rows.hpp"
#include "http/operations/database_metrics.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/publishing/accounts.hpp"
#include "service/chores.hpp"
#include "service/options.hpp"

namespace pulse::service {

namespace {

/// What has left for a platform when Pulse is asked to stop may take this long to be answered and recorded.
constexpr std::chrono::seconds engine_stop_timeout{8};
/// Between looks for companies that were deleted; one that finds none costs a look at an index.
constexpr std::chrono::seconds erasing_pause{5};

double random_unit() {
  thread_local std::mt19937_64 source{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(source);
}

std::string process_name() {
  std::string host(256, '\0');
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format("{}, process {}", host.substr(0, host.find('\0')), ::getpid());
}

std::optional<base::secret> open_token(const persistence::secret_box& box,
                                       const persistence::claimed_content& content) {
  if (!content.account_id || !content.access_token) return std::nullopt;
  auto opened =
      box.open(content.access_token->value, persistence::accounts::token_place(content.tenant_id, *content.account_id));
  if (opened.has_error()) return std::nullopt;
  return base::secret{std::move(*opened)};
}

std::string app_url(const config::settings& settings) {
  auto made = settings.public_app_url;
  while (!made.empty() && made.back() == '/') made.pop_back();
  return made;
}

/// Where the program lies that drives a browser: in the checkout that this one was built from, or where the machine
/// keeps such things.
std::filesystem::path find_browser_worker() {
  std::error_code failure;
  const std::filesystem::path built{PULSE_BROWSER_WORKER};
  return std::filesystem::exists(built / "main.mjs", failure) ? built : "/usr/local/share/pulse/browser_worker";
}

std::filesystem::path find_node() {
  std::error_code failure;
  const std::filesystem::path own{"/usr/local/bin/node"};
  return std::filesystem::exists(own, failure) ? own : "/usr/bin/node";
}

bool is_browser_on(const config::settings& settings) { return settings.platforms["LINKEDIN_BROWSER"] == "yes"; }

connectors::linkedin::act_site browser_site(const config::settings& settings) {
  return {.programs = {.node = find_node(),
                       .worker = find_browser_worker(),
                       .browser = settings.platforms["LINKEDIN_BROWSER_PROGRAM"]},
          .address = settings.platforms["LINKEDIN_SITE_URL"]};
}

actors::browser_login_driver::options browser_options(const config::settings& settings) {
  actors::browser_login_driver::options made;
  auto site = browser_site(settings);
  made.is_on = is_browser_on(settings);
  made.programs = std::move(site.programs);
  made.site = std::move(site.address);
  return made;
}

}  // namespace

publishing_side::publishing_side(const config::settings& settings, const config::descriptor_plan& plan,
                                 const base::clock& clock, const persistence::secret_box& box,
                                 persistence::redis& redis, actors::node_identity& identity,
                                 const persistence::media::store& files)
    : node_id_(identity.id()),
      fan_out_(settings.redis_url.reveal().empty()
                   ? nullptr
                   : std::make_unique<persistence::fan_out_sender>(redis, identity.id())),
      database_(watched_options(settings)),
      live_(live_database_options(settings)),
      stream_(live_, clock),
      egress_(egress_options(settings, plan), clock),
      films_(database_, files,
             persistence::media::link_signer{settings.jwt_secret_key, settings.jwt_secret_previous_keys}, clock),
      platforms_(connectors::connect_all({.settings = settings.platforms,
                                          .client = egress_,
                                          .clock = clock,
                                          .public_url = settings.api_base_url,
                                          .website = actors::website_rows(database_),
                                          .films = &films_})),
      providers_(connectors::authorize_all({.settings = settings.platforms,
                                            .client = egress_,
                                            .clock = clock,
                                            .public_url = settings.api_base_url,
                                            .website = {}})),
      refresher_({database_, box, clock, egress_, providers_, settings.platforms}, {}),
      revoker_({database_, box, clock, egress_, providers_, settings.platforms}, {}),
      ai_(connectors::ai::choose_provider(ai_settings(settings), egress_, clock)),
      asking_({database_,
               clock,
               ai_.which.get(),
               ai_.missing,
               {settings.ai_monthly_tokens, settings.ai_monthly_usd_cents * 10'000}}),
      rows_(database_, clock,
            {identity.id(), process_name(), identity.dead(), [&identity] { identity.forget_dead(); }}),
      app_limits_(database_, clock),
      automation_({.database = database_,
                   .clock = clock,
                   .node_id = identity.id(),
                   .box = box,
                   .client = egress_,
                   .ai = &asking_}),
      rehearsing_({database_, clock, identity.id(), {box, std::string{asking_.provider()}}}),
      services_{clock,        rows_,
                platforms_,   lease_,
                app_limits_,  [&box](const persistence::claimed_content& content) { return open_token(box, content); },
                random_unit,  {},
                &automation_, &health_},
      engine_(services_, lease_, {.events = &stream_}) {
  activity_ = engine_.activity();
  say_who_answers();
  if (!settings.redis_url.reveal().empty()) {
    heard_elsewhere_.emplace(
        settings.redis_url.reveal(), identity.id(),
        [this](const base::uuid& tenant_id) { engine_.activity()->wake(tenant_id); },
        persistence::fan_out_listener::options{});
  }
  housekeeping_.emplace(database_, clock, chores(settings, files));
  erasing_.emplace(database_, clock, erasing_chores(), erasing_pause);
  wake_ups_.emplace(
      settings.database_url.reveal(), identity.id(),
      [this](const base::uuid& tenant_id) { engine_.notify(tenant_id, [] {}); }, [this] { engine_.sweep_again(); },
      persistence::wake_up_listener::options{});
  start_workers(settings, box, clock);
}

void publishing_side::start_workers(const config::settings& settings, const persistence::secret_box& box,
                                    const base::clock& clock) {
  refresher_.start();
  revoker_.start();
  if (is_browser_on(settings)) browser_acts_.emplace(browser_site(settings), domain::engagement::acts_at_once);
  engager_.emplace(actors::engager::parts{database_, box, clock, egress_,
                                          platforms_.find_role<connectors::engages>(domain::channel_type::linkedin),
                                          browser_acts_ ? &*browser_acts_ : nullptr, random_unit},
                   actors::engager::options{});
  engager_->start();
  poller_.emplace(
      actors::page_poller::parts{database_, clock, egress_,
                                 actors::page_sources({database_, box, clock, egress_, platforms_, budgets_of_pages()}),
                                 random_unit, [this] { engager_->wake(); }},
      actors::page_poller::options{.node = node_id_});
  poller_->start();
  chats_.emplace(actors::chat_sender::parts{database_, egress_, box, clock}, actors::chat_sender::options{});
  chats_->start();
  auto public_url = settings.api_base_url;
  while (public_url.ends_with('/')) public_url.pop_back();
  sites_.emplace(actors::site_sender::parts{database_, egress_, box, clock, public_url},
                 actors::site_sender::options{});
  sites_->start();
  browsers_.emplace(actors::browser_login_driver::parts{database_, box, clock}, browser_options(settings));
  changer_.emplace(actors::publication_changer::parts{database_, box, clock, egress_, platforms_},
                   actors::publication_changer::options{});
  changer_->start();
  measurer_.emplace(actors::measurer::parts{database_, box, clock, egress_, platforms_}, actors::measurer::options{});
  measurer_->start();
  drafter_.emplace(database_, commenting_, clock, actors::comment_drafter::options{});
  reminder_.emplace(database_, box, clock, actors::approval_reminder::options{.app_url = app_url(settings)});
  counter_.emplace(database_, clock, persistence::analytics::counter::options{});
  sealer_.emplace(database_, clock, audit_key(settings), persistence::audit::sealer::options{});
}

actors::page_budgets publishing_side::budgets_of_pages() {
  return {.ask =
              [this](const base::uuid& tenant_id, const actors::read_permit_request& what,
                     std::function<void(actors::read_permit_answer)> done) {
                engine_.ask_to_read(tenant_id, what, std::move(done));
              },
          .tell = [this](const base::uuid& tenant_id, domain::channel_type type,
                         actors::budget_seen seen) { engine_.tell_budget(tenant_id, type, std::move(seen)); }};
}

void publishing_side::adopt_events() {
  const auto adopted =
      database_.transact_now(std::nullopt, [](persistence::transaction& tx) { return persistence::events::adopt(tx); });
  if (adopted && *adopted > 0)
    spdlog::warn("{} events of another database server were put before those of this one", *adopted);
}

void publishing_side::on_events(const base::uuid& tenant_id) {
  if (auto* const hubs = activity_.load()) hubs->wake(tenant_id);
  automation_.wake(tenant_id);
  if (fan_out_) fan_out_->notify(tenant_id);
}

void publishing_side::measure(http::metrics& measures) {
  http::add_database_metrics(measures, database_, "engine");
  http::add_database_metrics(measures, live_, "live");
  measures.add_counter("pulse_engine_commits_total", "Group commits of the engine.", {},
                       [this] { return static_cast<double>(rows_.count().commits); });
  measures.add_counter("pulse_engine_writes_total", "Intents and outcomes that the engine committed.", {},
                       [this] { return static_cast<double>(rows_.count().writes); });
  measures.add_counter("pulse_rules_crashes_total", "Crashes of what works on a company's automation rules.", {},
                       [this] { return static_cast<double>(health_.rules_crashes()); });
  measures.add_counter("pulse_rules_parked_total",
                       "Times that it crashed so often that the company's rules were left alone for a while.", {},
                       [this] { return static_cast<double>(health_.rules_parked()); });
  measures.add_counter("pulse_engine_refused_total", "Writes that a fence or another guard refused.", {},
                       [this] { return static_cast<double>(rows_.count().refused); });
}

std::unique_ptr<actors::mail_sender> publishing_side::send_mails(const config::settings& settings,
                                                                 const persistence::secret_box& box,
                                                                 const base::clock& clock) {
  actors::mail_sender::options how;
  how.how = {settings.smtp_url, settings.mail_from, settings.mail_preview_url};
  how.is_logged = settings.smtp_url.empty();
  return std::make_unique<actors::mail_sender>(database_, box, clock, std::move(how));
}

std::unique_ptr<actors::confirmation_asker> publishing_side::ask_members(const config::settings& settings,
                                                                         const persistence::secret_box& box,
                                                                         const base::clock& clock,
                                                                         std::function<void()> mail_waits) {
  actors::confirmation_asker::options how;
  how.app_url = app_url(settings);
  how.mail_waits = [this, mails = std::move(mail_waits)] {
    mails();
    chats_->wake();
  };
  return std::make_unique<actors::confirmation_asker>(database_, box, clock, std::move(how));
}

void publishing_side::wake_engagement() {
  if (poller_) poller_->wake();
  if (engager_) engager_->wake();
  if (chats_) chats_->wake();
  if (sites_) sites_->wake();
  if (browsers_) browsers_->wake();
}

void publishing_side::stop() {
  browsers_.reset();
  erasing_.reset();
  housekeeping_.reset();
  counter_.reset();
  sealer_.reset();
  wake_ups_.reset();
  heard_elsewhere_.reset();
  refresher_.stop();
  revoker_.stop();
  if (poller_) poller_->stop();
  if (engager_) engager_->stop();
  if (browser_acts_) browser_acts_->stop();
  if (chats_) chats_->stop();
  if (sites_) sites_->stop();
  if (changer_) changer_->stop();
  if (measurer_) measurer_->stop();
  drafter_->stop_taking();
  reminder_.reset();
  engine_.stop(engine_stop_timeout);
  app_limits_.stop();
  live_.stop();
  egress_.stop();
  films_.stop();
  drafter_.reset();
  database_.transact_now(std::nullopt, [this](persistence::transaction& tx) { rows_.leave(tx); });
  database_.stop();
}

persistence::database::options publishing_side::watched_options(const config::settings& settings) {
  auto made = database_options(settings, persistence::role::engine);
  made.on_events = [this](const base::uuid& tenant_id) { on_events(tenant_id); };
  return made;
}

void publishing_side::say_who_answers() const {
  if (ai_.which == nullptr) {
    spdlog::warn("AI actions are refused. {}", ai_.missing);
  } else if (ai_.which->is_stand_in()) {
    spdlog::info("AI texts are made up offline; set OPENAI_API_KEY or OPENROUTER_API_KEY for a real provider");
  } else {
    spdlog::info("AI questions go to {}, model {}", ai_.which->name(), ai_.which->default_model());
  }
}

}  // namespace pulse::service
