#include "actors/people/mail_sender.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "persistence/people/sessions.hpp"

namespace pulse::actors {

namespace outbox = persistence::mail_outbox;

namespace {

/// How long a process has for a batch before another process may take it.
constexpr std::chrono::minutes batch_time{15};
constexpr std::chrono::hours tidy_every{1};

}  // namespace

std::chrono::minutes mail_pause(int tries) {
  constexpr int doublings_max = 8;
  return std::min(std::chrono::minutes{1 << std::clamp(tries - 1, 0, doublings_max)}, std::chrono::minutes{240});
}

mail_sender::mail_sender(persistence::database& on, const persistence::secret_box& box, const base::clock& clock,
                         options how)
    : database_(on), box_(box), clock_(clock), how_(std::move(how)), thread_([this] { run(); }) {}

mail_sender::~mail_sender() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  call_.notify_all();
  thread_.join();
}

void mail_sender::wake() {
  {
    const std::lock_guard lock{mutex_};
    is_woken_ = true;
  }
  call_.notify_all();
}

void mail_sender::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    is_woken_ = false;
    lock.unlock();
    const bool is_more = send_batch();
    tidy();
    lock.lock();
    if (!is_more) call_.wait_for(lock, how_.poll_every, [this] { return stopping_ || is_woken_; });
  }
}

bool mail_sender::send_batch() {
  const auto now = clock_.now();
  const auto taken = database_.transact_now(
      std::nullopt, [now](persistence::transaction& tx) { return outbox::take(tx, now, now + batch_time); });
  if (taken.has_error() || taken->empty()) return false;
  for (const auto& one : *taken) {
    send_one(one);
    const std::lock_guard lock{mutex_};
    if (stopping_) return false;
  }
  return true;
}

void mail_sender::send_one(const outbox::taken& one) {
  const auto text = outbox::open_text(one, box_);
  std::string problem = "it cannot be opened: TOKEN_ENCRYPTION_KEY is another one";
  if (text) {
    if (how_.is_logged)
      spdlog::info("A mail to {} is not sent, because SMTP_URL is not set. {}:\n{}", one.recipient, one.subject, *text);
    problem = how_.send(how_.how, {base::to_string(one.id), one.recipient, one.subject, *text, one.created_at});
  }
  // A page that shows mails is a convenience: the log has them, too.
  if (how_.is_logged) problem.clear();
  if (problem.empty()) {
    database_.transact_now(one.tenant_id, [&one](persistence::transaction& tx) { outbox::remove(tx, one); });
    return;
  }
  const bool is_over = !text || one.tries >= tries_max;
  std::optional<base::timestamp> again_at;
  if (!is_over) again_at = clock_.now() + mail_pause(one.tries);
  spdlog::warn("Mail {} could not be sent, try {}: {}. {}", base::to_string(one.id), one.tries, problem,
               is_over ? "It is given up." : "It is tried again.");
  database_.transact_now(one.tenant_id,
                         [&](persistence::transaction& tx) { outbox::put_back(tx, one, again_at, problem); });
}

/// Removes what the people's tables no longer need.
void mail_sender::tidy() {
  const auto now = clock_.now();
  if (now - tidied_at_ < tidy_every) return;
  tidied_at_ = now;
  const auto before = now - persistence::sessions::kept_when_over;
  const auto forget = [before](persistence::transaction& tx) { return persistence::sessions::forget_over(tx, before); };
  for (auto done = database_.transact_now(std::nullopt, forget); done.has_value() && *done > 0;
       done = database_.transact_now(std::nullopt, forget)) {
  }
}

}  // namespace pulse::actors
