#include "actors/engagement/comment_drafter.hpp"

#include <future>
#include <memory>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

namespace pulse::actors {

namespace drafts = persistence::drafts;

namespace {

using waiting_answer = std::future<std::shared_ptr<comment_answer>>;

comment_refused refusal(std::string reason, std::optional<connectors::ai::failure_kind> failure = std::nullopt) {
  return {std::move(reason), failure, std::nullopt};
}

/// Whether another try later may come to something without anybody doing anything.
bool is_worth_another(const comment_refused& why) {
  return !why.failure || connectors::ai::can_be_tried_again(*why.failure) ||
         *why.failure == connectors::ai::failure_kind::budget_spent;
}

}  // namespace

comment_drafter::comment_drafter(persistence::database& on, commenting& writer, const base::clock& clock, options how)
    : database_(on), writer_(writer), clock_(clock), how_(how), thread_([this] { run(); }) {}

comment_drafter::~comment_drafter() {
  stop_taking();
  thread_.join();
}

void comment_drafter::stop_taking() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  call_.notify_all();
}

void comment_drafter::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    lock.unlock();
    const bool is_more = draft_batch();
    lock.lock();
    if (!is_more) call_.wait_for(lock, how_.poll_every, [this] { return stopping_; });
  }
}

bool comment_drafter::draft_batch() {
  if (writer_.provider().empty()) return false;
  const auto now = clock_.now();
  const auto taken = database_.transact_now(
      std::nullopt, [now](persistence::transaction& tx) { return drafts::take(tx, now, now + batch_time, batch); });
  if (taken.has_error() || taken->empty()) return false;
  std::vector<waiting_answer> answers;
  for (const auto& one : *taken) {
    auto promise = std::make_shared<std::promise<std::shared_ptr<comment_answer>>>();
    answers.push_back(promise->get_future());
    write(one, [promise](comment_answer got) { promise->set_value(std::make_shared<comment_answer>(std::move(got))); });
  }
  for (std::size_t i = 0; i < answers.size(); ++i) keep((*taken)[i], *answers[i].get());
  return true;
}

void comment_drafter::write(const drafts::wanted_draft& one, std::function<void(comment_answer)> done) {
  auto material =
      database_.transact_now(one.tenant_id, [&one](persistence::transaction& tx) { return drafts::read(tx, one); });
  if (material.has_error()) return done(refusal("What it is written from could not be read."));
  if (!material->has_value())
    return done(refusal("Its member or its post is gone.", connectors::ai::failure_kind::refused_by_provider));
  writer_.write({.tenant_id = one.tenant_id,
                 .purpose = ai_purpose::comment,
                 .from = std::move((*material)->from),
                 .others = std::move((*material)->others)},
                std::move(done));
}

void comment_drafter::keep(const drafts::wanted_draft& one, const comment_answer& got) {
  if (got.has_error()) return put_back(one, got.error());
  // A text that the offline provider made up never goes out unread.
  const bool lets_out = one.is_automatic && !writer_.is_stand_in();
  const auto stored =
      database_.transact_now(one.tenant_id, [&one, &got, lets_out, now = clock_.now()](persistence::transaction& tx) {
        return drafts::store(tx, one, got->text, lets_out, now);
      });
  if (stored.has_error() || !*stored) put_back(one, refusal("Another member says nearly the same under this post."));
}

void comment_drafter::put_back(const drafts::wanted_draft& one, const comment_refused& why) {
  std::optional<base::timestamp> again_at;
  if (one.tries < drafts::tries_max && is_worth_another(why))
    again_at = why.retry_at.value_or(clock_.now() + usual_pause);
  spdlog::info("No draft for engagement {}, try {}: {}", base::to_string(one.id), one.tries, why.reason);
  database_.transact_now(one.tenant_id,
                         [&](persistence::transaction& tx) { drafts::put_back(tx, one, again_at, why.reason); });
}

}  // namespace pulse::actors
