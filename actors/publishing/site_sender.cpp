#include "actors/publishing/site_sender.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <spdlog/spdlog.h>

#include "actors/system/due_rows.hpp"
#include "connectors/website/connector.hpp"
#include "connectors/website/hook.hpp"
#include "persistence/publishing/site_hooks.hpp"

namespace pulse::actors {

namespace website = connectors::website;
namespace hooks = persistence::site_hooks;
using persistence::transaction;
using website::hook_delivery;
using website::hook_verdict;

namespace {

/// The longest pause for a failing site before another message is tried there.
constexpr std::chrono::minutes longest_rest{5};
constexpr std::chrono::hours longest_pause{26};

/// The body of the message; nothing when its publication is gone.
std::optional<std::string> body_of(const hooks::taken& one, const std::string& public_url) {
  boost::json::error_code failed;
  auto data = boost::json::parse(one.data, failed);
  if (failed || !data.is_object()) return std::nullopt;
  if (one.publication_id && one.project_id)
    data.get_object()["url"] = website::publication_url(public_url, *one.project_id, *one.publication_id);
  return boost::json::serialize(boost::json::object{
      {"type", one.kind}, {"timestamp", base::to_string(one.created_at)}, {"data", std::move(data)}});
}

}  // namespace

struct site_sender::state : due_row_worker<site_sender::state> {
  state(parts services_, options how_) : services(std::move(services_)), how(how_) {}

  const parts services;
  const options how;

  int at_once() const { return how.most_at_once; }

  auto take(int room) const {
    return [now = services.clock.now(), taken_for = how.taken_for, room](transaction& tx) {
      return hooks::take(tx, now, now + taken_for, room);
    };
  }

  void begin(const hooks::taken& one) {
    const auto body = body_of(one, services.public_url);
    if (!body) return record(one, {hook_delivery::arrived, {}});  // the publication no longer exists
    const auto now = services.clock.now();
    const auto opened = hooks::open(one, services.box);
    auto request =
        opened ? website::signed_request(opened->address, opened->signing_secret, base::to_string(one.id), *body, now)
               : std::nullopt;
    if (!request)
      return record(one, {hook_delivery::again, "It cannot be opened: TOKEN_ENCRYPTION_KEY is another one.", {}});
    services.client.send(std::move(*request), [self = shared_from_this(), one](const connectors::egress_reply& reply) {
      self->record(one, website::read_hook_reply(reply, self->services.clock.now()));
    });
  }

  void record(const hooks::taken& one, const hook_verdict& said) {
    const auto now = services.clock.now();
    const bool again = said.what == hook_delivery::again && one.tries < hooks::most_tries && one.kind != "test";
    const auto problem = said.what == hook_delivery::arrived ? std::nullopt : std::optional<std::string>{said.problem};
    if (problem && !again)
      spdlog::warn("The message {} to a company's site is given up: {}", base::to_string(one.id), *problem);
    const auto seed = std::hash<std::string>{}(base::to_string(one.id));
    const auto pause = site_pause(one.tries, seed);
    const auto at = std::min<base::timestamp>(std::max(now + pause, said.again_at.value_or(now)), now + longest_pause);
    const auto rests_until = std::min<base::timestamp>(at, now + longest_rest);
    auto job = [one, again, problem, now, is_gone = said.what == hook_delivery::gone, at,
                rests_until](transaction& tx) {
      if (again)
        hooks::put_back(tx, one, *problem, at, rests_until);
      else
        hooks::finish(tx, one, problem, is_gone, now);
    };
    // If that cannot be stored, the message is due again by itself after `taken_for`.
    services.database.transact(
        std::nullopt, std::move(job),
        [self = shared_from_this()](persistence::result<void> done) { self->settle(done.has_value()); });
  }
};

site_sender::site_sender(parts services, options how) : state_(std::make_shared<state>(std::move(services), how)) {}

void site_sender::start() { state_->start(); }
void site_sender::wake() { state_->poll(); }
void site_sender::stop() { state_->stop(); }

std::chrono::seconds site_pause(int tries, std::uint64_t seed) {
  using namespace std::chrono_literals;
  constexpr std::array<std::chrono::seconds, 9> pauses{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  const auto index = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(tries, 1)) - 1, 0, pauses.size() - 1);
  constexpr std::uint64_t services = 100;
  return pauses[index] +
         pauses[index] * static_cast<std::int64_t>(seed % (services / 10)) / static_cast<std::int64_t>(services);
}

}  // namespace pulse::actors
