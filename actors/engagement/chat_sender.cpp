#include "actors/engagement/chat_sender.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "actors/system/due_rows.hpp"
#include "connectors/chat/message.hpp"
#include "persistence/engagement/chat_hooks.hpp"

namespace pulse::actors {

namespace chat = connectors::chat;
namespace hooks = persistence::chat_hooks;
using persistence::transaction;

struct chat_sender::state : due_row_worker<chat_sender::state> {
  state(parts services_, options how_) : services(services_), how(how_) {}

  const parts services;
  const options how;

  int at_once() const { return 1; }  // batch

  auto take(int) const {
    return [now = services.clock.now(), taken_for = how.taken_for](transaction& tx) {
      return hooks::take(tx, now, now + taken_for);
    };
  }

  void begin(const hooks::taken& one) {
    const auto opened = hooks::open(one, services.box);
    if (!opened) {
      return record(one, {chat::delivery::refused, "It cannot be opened: TOKEN_ENCRYPTION_KEY is another one.", {}});
    }
    services.client.send(chat::request_to(opened->address, chat::body_of(one.kind, opened->message)),
                         [self = shared_from_this(), one](connectors::egress_reply reply) {
                           self->record(one, chat::read_reply(reply, self->services.clock.now()));
                         });
  }

  void record(const hooks::taken& one, const chat::verdict& said) {
    const auto now = services.clock.now();
    const bool again = said.what == chat::delivery::again && one.tries < hooks::most_tries;
    std::optional<std::string> problem;
    if (said.what != chat::delivery::arrived) problem = said.problem;
    if (problem && !again) spdlog::warn("The message {} to a chat is given up: {}", base::to_string(one.id), *problem);
    auto job = [one, again, problem, now, is_gone = said.what == chat::delivery::gone,
                at = std::max(now + chat_pause(one.tries), said.again_at.value_or(now))](transaction& tx) {
      if (again)
        hooks::put_back(tx, one, std::min<base::timestamp>(at, now + std::chrono::hours{1}));
      else
        hooks::finish(tx, one, problem, is_gone, now);
    };
    // If that cannot be stored, the message is due again by itself after `taken_for`.
    services.database.transact(
        one.tenant_id, std::move(job),
        [self = shared_from_this()](persistence::result<void> done) { self->settle(done.has_value()); });
  }
};

chat_sender::chat_sender(parts services, options how) : state_(std::make_shared<state>(services, how)) {}

void chat_sender::start() { state_->start(); }
void chat_sender::wake() { state_->poll(); }
void chat_sender::stop() { state_->stop(); }

std::chrono::seconds chat_pause(int tries) {
  auto pause = std::chrono::seconds{10};
  for (int i = 1; i < tries && pause < std::chrono::minutes{10}; ++i) pause *= 4;
  return std::min<std::chrono::seconds>(pause, std::chrono::minutes{10});
}

}  // namespace pulse::actors
