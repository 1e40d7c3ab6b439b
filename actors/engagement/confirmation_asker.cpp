#include "actors/engagement/confirmation_asker.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "persistence/engagement/asking.hpp"

namespace pulse::actors {

namespace asking = persistence::asking;

confirmation_asker::confirmation_asker(persistence::database& on, const persistence::secret_box& box,
                                       const base::clock& clock, options how)
    : database_(on), box_(box), clock_(clock), how_(std::move(how)), thread_([this] { run(); }) {}

confirmation_asker::~confirmation_asker() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  call_.notify_all();
  thread_.join();
}

void confirmation_asker::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    lock.unlock();
    const bool is_more = ask_batch() == static_cast<std::size_t>(batch);
    lock.lock();
    if (!is_more) call_.wait_for(lock, how_.poll_every, [this] { return stopping_; });
  }
}

std::size_t confirmation_asker::ask_batch() {
  const auto now = clock_.now();
  const auto taken = database_.transact_now(
      std::nullopt, [now](persistence::transaction& tx) { return asking::take(tx, now, batch); });
  if (taken.has_error()) return 0;
  std::size_t written = tell_companies(now);
  for (const auto& each : *taken) {
    const auto asked = database_.transact_now(each.tenant_id, [&](persistence::transaction& tx) {
      return asking::ask(tx, each.member_id, how_.app_url, box_, now);
    });
    if (asked.has_error())
      spdlog::warn("A member could not be asked by mail: {}", asked.error().detail);
    else if (*asked > 0)
      ++written;
  }
  if (written > 0) how_.mail_waits();
  return written;
}

std::size_t confirmation_asker::tell_companies(base::timestamp now) {
  const auto companies = database_.transact_now(
      std::nullopt, [now](persistence::transaction& tx) { return asking::companies_to_tell(tx, now, batch); });
  if (companies.has_error()) return 0;
  std::size_t told = 0;
  for (const auto& each : *companies) {
    const auto posts = database_.transact_now(
        each, [&](persistence::transaction& tx) { return asking::tell_company(tx, how_.app_url, box_, now); });
    if (posts.has_error())
      spdlog::warn("A company's chats could not be notified: {}", posts.error().detail);
    else if (*posts > 0)
      ++told;
  }
  return told;
}

}  // namespace pulse::actors
