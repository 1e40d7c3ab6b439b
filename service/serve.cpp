#include "service/serve.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "base/descriptor_limit.hpp"
#include "base/failpoint.hpp"
#include "http/waiting_room.hpp"
#include "persistence/postgres/migrator.hpp"
#include "persistence/seed.hpp"
#include "service/commands.hpp"
#include "service/media_store.hpp"
#include "service/options.hpp"
#include "service/serving.hpp"
#include "service/stop_signals.hpp"

namespace pulse::service {

namespace {

/// PostgreSQL is waited for as long as it takes, with pauses that grow to the longest one.
constexpr std::chrono::milliseconds shortest_wait{250};
constexpr std::chrono::milliseconds longest_wait{10'000};

enum class wait_outcome { ready, asked_to_stop, failed };

/// Waits until PostgreSQL answers. Nothing may run on a schema that this program does not know: that is no reason to
/// wait.
wait_outcome wait_for_database(const std::string& url, stop_signals& signals, http::waiting_room& room,
                               std::string& problem) {
  auto pause = shortest_wait;
  for (;;) {
    const auto missing = persistence::pending(url);
    if (missing.has_value() && missing->empty()) return wait_outcome::ready;
    if (missing.has_value()) {
      problem = fmt::format("the database lacks {} migrations; run `pulse migrate` first", missing->size());
      return wait_outcome::failed;
    }
    if (missing.error().kind != persistence::failure_kind::unavailable) {
      problem = missing.error().detail + "; check DATABASE_URL, and that PostgreSQL runs";
      return wait_outcome::failed;
    }
    room.say("The service waits for PostgreSQL, which cannot be reached.");
    spdlog::warn(
        "PostgreSQL cannot be reached; the next try is in {} ms. Check DATABASE_URL and that the server runs: {}",
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

/// What the machine lets this process open; says so where that is less than was set.
std::optional<config::descriptor_plan> plan_of_descriptors(const config::settings& settings, std::string& problem) {
  const auto descriptors = base::raise_descriptor_limit();
  if (descriptors < config::min_descriptors) {
    problem = fmt::format("only {} files may be open, which is too few: allow {} at least (ulimit -n, LimitNOFILE)",
                          descriptors, config::min_descriptors);
    return std::nullopt;
  }
  const auto plan = config::plan_descriptors(settings, descriptors, connectors::egress_options{}.in_flight);
  if (plan.connections < static_cast<std::size_t>(settings.http_connections)) {
    spdlog::warn("Only {} files may be open: the front door takes {} connections instead of {}", descriptors,
                 plan.connections, settings.http_connections);
  }
  return plan;
}

std::optional<groundwork> lay_groundwork(const config::settings& settings, const config::descriptor_plan& plan,
                                         const base::clock& clock, std::string& problem) {
  problem = production_problem(settings);
  if (!problem.empty()) return std::nullopt;
  auto box = persistence::secret_box::make(encryption_keys(settings));
  if (box.has_error()) return problem = box.error(), std::nullopt;
  auto identity = actors::node_identity::make(settings.state_dir / "nodes", clock.now());
  if (identity.has_error()) return problem = identity.error(), std::nullopt;
  auto bucket_client = make_bucket_client(settings, clock);
  auto files = make_media_store(settings, bucket_client.get(), clock);
  if (files.has_error()) return problem = files.error(), std::nullopt;
  return groundwork{plan, std::move(*box), std::move(*identity), std::move(bucket_client), std::move(*files)};
}

}  // namespace

int serve(const config::settings& settings) {
  base::arm_failpoints(settings.failpoints, static_cast<std::uint64_t>(settings.failpoint_seed));
  stop_signals signals;
  std::string problem;
  const auto plan = plan_of_descriptors(settings, problem);
  if (!plan) return complain(problem);

  http::metrics measures{config::version()};
  const http::addresses seen_at{settings.api_base_url, settings.public_app_url};
  http::waiting_room room{measures, seen_at};
  // First here, and so the last to end: what handlers wait for may complete until then.
  http::server::server server{server_options(settings, *plan, room), room.handler(), room.refusal()};
  if (const auto wrong = server.start(); !wrong.empty()) return complain(wrong);
  switch (wait_for_database(settings.database_url.reveal(), signals, room, problem)) {
    case wait_outcome::ready: break;
    case wait_outcome::asked_to_stop: return config::exit_success;
    case wait_outcome::failed: return complain(problem);
  }
  const base::system_clock clock;
  auto ground = lay_groundwork(settings, *plan, clock, problem);
  if (!ground) return complain(problem);

  serving all{settings, std::move(*ground), clock, measures, seen_at};
  if (const auto wrong = all.start_metrics(measures); !wrong.empty()) {
    all.stop(server);
    return complain(wrong);
  }
  room.open(all.door());
  spdlog::info("Pulse {} serves {} port {} as node {}", config::version(), settings.host, server.port(),
               base::to_string(all.node_id()));

  signals.wait();
  spdlog::info("Pulse was asked to stop: it takes no new requests and finishes what runs");
  all.stop(server);
  spdlog::info("Pulse has stopped");
  return config::exit_success;
}

}  // namespace pulse::service
