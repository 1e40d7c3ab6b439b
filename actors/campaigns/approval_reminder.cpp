#include "actors/campaigns/approval_reminder.hpp"

#include <spdlog/spdlog.h>

#include "persistence/campaigns/approval_reminders.hpp"

namespace pulse::actors {

namespace reminders = persistence::approval_reminders;

approval_reminder::approval_reminder(persistence::database& on, const persistence::secret_box& box,
                                     const base::clock& clock, options how)
    : database_(on), box_(box), clock_(clock), how_(std::move(how)), thread_([this] { run(); }) {}

approval_reminder::~approval_reminder() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  call_.notify_all();
  thread_.join();
}

bool approval_reminder::is_stopping() const {
  const std::lock_guard lock{mutex_};
  return stopping_;
}

void approval_reminder::run() {
  while (!is_stopping()) {
    const bool is_more = send_batch();
    std::unique_lock lock{mutex_};
    if (!is_more) call_.wait_for(lock, how_.poll_every, [this] { return stopping_; });
  }
}

/// True when more may be due at once.
bool approval_reminder::send_batch() {
  const auto now = clock_.now();
  const auto due = database_.transact_now(
      std::nullopt, [now](persistence::transaction& tx) { return reminders::find(tx, now, batch); });
  if (due.has_error()) {
    spdlog::warn("Due approval reminders could not be read and will be retried: {}", due.error().detail);
    return false;
  }
  int sent = 0;
  for (const auto& each : *due) {
    if (is_stopping()) return false;
    const auto done = database_.transact_now(each.tenant_id, [this, &each, now](persistence::transaction& tx) {
      return reminders::send(tx, each, {box_, how_.app_url}, now);
    });
    if (done.has_error()) {
      spdlog::warn("An approval reminder could not be sent and will be retried: {}", done.error().detail);
    } else if (*done) {
      ++sent;
    }
  }
  if (sent > 0 && how_.mail_waits) how_.mail_waits();
  return sent == batch;
}

}  // namespace pulse::actors
