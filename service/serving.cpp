#include "service/serving.hpp"

#include <utility>

#include "config/command_line.hpp"
#include "http/operations/database_metrics.hpp"
#include "http/operations/metrics_server.hpp"
#include "persistence/media/links.hpp"
#include "persistence/media/worker.hpp"
#include "persistence/people/standing.hpp"
#include "service/media_store.hpp"
#include "service/options.hpp"

namespace pulse::service {

namespace {

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

/// What the desk for pictures and films needs; `client` is null where there is no bucket, and outlives it like the
/// other two.
http::media_desk::options desk_options(const config::settings& settings, connectors::egress* client,
                                       const base::clock& clock) {
  auto made = media_options(settings);
  if (client == nullptr) return made;
  made.check_bucket = [&settings, client, &clock]() -> std::optional<std::string> {
    auto wrong = check_bucket(settings, *client, clock);
    if (!wrong) return std::nullopt;
    return std::move(wrong->sentence);
  };
  return made;
}

}  // namespace

serving::serving(const config::settings& settings, groundwork ground, const base::clock& clock, http::metrics& measures,
                 const http::addresses& seen_at)
    : settings_{settings},
      ground_{std::move(ground)},
      clock_{clock},
      redis_{std::in_place, persistence::redis::options{.url = settings.redis_url.reveal()}},
      media_{std::move(ground_.files), persistence::media::find_media_worker(),
             persistence::media::link_signer{settings.jwt_secret_key, settings.jwt_secret_previous_keys},
             desk_options(settings, ground_.bucket_client.get(), clock)},
      publishing_{settings, ground_.plan, clock, ground_.box, *redis_, ground_.identity, media_.files()},
      database_{request_options()},
      costly_{costly_database_options(settings)},
      passwords_{std::in_place,
                 persistence::password_hasher::options{.threads = static_cast<unsigned>(settings.password_threads)}},
      connecting_{
          {database_, ground_.box, clock, publishing_.providers(), settings.platforms, settings.public_app_url}},
      identities_{publishing_.client(), clock, settings.platforms},
      tokens_{settings.jwt_secret_key, settings.jwt_secret_previous_keys},
      stamps_{settings.jwt_secret_key, settings.jwt_secret_previous_keys},
      audit_key_{audit_key(settings)},
      mails_{publishing_.send_mails(settings, ground_.box, clock)},
      asker_{publishing_.ask_members(settings, ground_.box, clock, [this] { mails_->wake(); })},
      services_{make_services(measures, seen_at)},
      dashboard_{PULSE_DASHBOARD, services_.addresses},
      door_{services_, door_options()},
      standings_{hear_of_standings(settings, door_.known())} {
  publishing_.measure(measures);
  publishing_.adopt_events();
  http::add_database_metrics(measures, costly_, "costly");
}

persistence::database::options serving::request_options() {
  auto made = database_options(settings_, persistence::role::request);
  made.on_events = [this](const base::uuid& tenant_id) { publishing_.on_events(tenant_id); };
  return made;
}

http::services serving::make_services(http::metrics& measures, const http::addresses& seen_at) {
  return {.database = database_,
          .redis = *redis_,
          .passwords = *passwords_,
          .clock = clock_,
          .tokens = tokens_,
          .stamps = stamps_,
          .measures = measures,
          .engine = publishing_.engine(),
          .secrets = ground_.box,
          .activity = &publishing_.activity(),
          .version = std::string{config::version()},
          .allowed_origins = settings_.cors_origins,
          .addresses = seen_at,
          .figures = access_to_metrics(settings_),
          .costly = &costly_,
          .is_mail_sent = !settings_.smtp_url.empty(),
          .mail_waits = [this] { mails_->wake(); },
          .browser_origins = origins_of_pages(settings_),
          .is_loopback_allowed = settings_.egress_allow_loopback == config::yes_or_no::yes,
          .connecting = &connecting_,
          .audit_key = &audit_key_,
          .asking = &publishing_.asking(),
          .commenting = &publishing_.commenting(),
          .rehearsing = &publishing_.rehearsing(),
          .identities = &identities_,
          .whatsapp_link_secrets = settings_.whatsapp_link_secrets,
          .engagement_waits = [this] { publishing_.wake_engagement(); },
          .stand_ins = stand_ins(settings_),
          .media = &media_,
          .stopping = [this] { return stopping_.load(); }};
}

http::front_door::options serving::door_options() const {
  http::front_door::options made;
  made.docs_assets = PULSE_DOCS_ASSETS;
  made.calls = {static_cast<unsigned>(settings_.calls_per_minute),
                static_cast<unsigned>(settings_.costly_calls_per_minute)};
  made.confirming = {.url = settings_.database_url.reveal()};
  made.pages = [this](const http::server::request& asked, std::string_view path) {
    return dashboard_.find(asked, path);
  };
  return made;
}

std::string serving::start_metrics(http::metrics& measures) {
  if (settings_.metrics_address.empty()) return {};
  metrics_server_ = http::make_metrics_server(settings_.metrics_address, measures);
  return metrics_server_->start();
}

/// Handlers wait for what stands further down, so the server ends first and Redis last.
void serving::stop(http::server::server& server) {
  stopping_ = true;
  server.stop();
  if (ground_.bucket_client) ground_.bucket_client->stop();  // else what waits for the bucket would be waited for
  media_.stop();
  metrics_server_.reset();
  standings_.reset();
  asker_.reset();
  mails_.reset();
  publishing_.stop();
  database_.stop();
  costly_.stop();
  passwords_.reset();
  redis_.reset();
}

}  // namespace pulse::service
