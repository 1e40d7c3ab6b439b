#include "actors/activity/hub.hpp"

#include <algorithm>
#include <tuple>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include "actors/system/safety.hpp"
#include "base/json.hpp"

namespace pulse::actors {

namespace {

namespace events = persistence::events;

/// The cost of a frame in addition to its text.
constexpr std::size_t frame_overhead_bytes = 200;

std::size_t bytes_of(const activity_frame& frame) { return frame.json.size() + frame_overhead_bytes; }

auto key_of(const watching_session& of) { return std::tie(of.member_id, of.session_id, of.reach); }

}  // namespace

std::shared_ptr<const activity_frame> to_frame(const events::placed_event& from) {
  auto made = std::make_shared<activity_frame>();
  made->at = from.at;
  made->cursor = events::to_text(from.at);
  made->project_id = from.event.project_id;
  made->channel_id = from.event.channel_id;
  made->json = R"({"cursor":")" + made->cursor + R"(","event":)";
  base::json::write(made->json, from.event);
  made->json += '}';
  return made;
}

hub_state::~hub_state() {
  end_all(watch_end::stopping);
  if (facts_.forget) facts_.forget();
}

void hub_state::init(hub_actor::pointer self, hub_facts facts) {
  self_ = self;
  facts_ = std::move(facts);
  find_end();
  tick_later();
}

/// All hubs poll at the same moments, so that the reader answers them with one statement.
void hub_state::tick_later() {
  const auto now = self_->clock().now();
  self_->delayed_send(self_, facts_.limits.poll_every - now.time_since_epoch() % facts_.limits.poll_every, hub_tick{});
}

// --- watchers --------------------------------------------------------------------------------------------------------

void hub_state::on(const begin_watching& message) {
  if (head_) return admit(message);
  if (waiting_.size() >= facts_.limits.watchers) return;  // dropped without an answer: the watcher will reconnect
  waiting_.push_back(message);
}

void hub_state::admit(const begin_watching& message) {
  const auto& wanted = message.wanted;
  const auto after = wanted.after.value_or(*head_);
  if (watchers_.size() + ahead_.size() >= facts_.limits.watchers) return wanted.watcher->end(watch_end::overloaded);
  if (after > *head_) {
    // It knows events that this hub has not read yet: given the next batch, it would get them twice.
    ahead_.push_back({message});
    return on(events_committed{});
  }
  const bool is_watching = after >= begins_at_;
  message.reply->give({.is_watching = is_watching, .begins_at = begins_at_, .head = *head_});
  if (!is_watching) return;
  watchers_.push_back({wanted.watcher, {facts_.tenant_id, wanted.member_id, wanted.session_id, wanted.reach}});
  const auto first = std::upper_bound(remembered_.begin(), remembered_.end(), after,
                                      [](const cursor& place, const auto& frame) { return place < frame->at; });
  if (first == remembered_.end()) return;
  wanted.watcher->take(
      std::make_shared<const std::vector<std::shared_ptr<const activity_frame>>>(first, remembered_.end()));
}

/// After a read. Whoever is still ahead of one that began after it came has its place from another database: it reads
/// there, and is told.
void hub_state::admit_ahead() {
  for (auto& each : std::exchange(ahead_, {})) {
    if (each.message.wanted.after <= head_) {
      admit(each.message);
    } else if (each.is_read_for) {
      each.message.reply->give({.is_watching = false, .begins_at = begins_at_, .head = *head_});
    } else {
      ahead_.push_back(std::move(each));
    }
  }
}

void hub_state::on(const stop_watching& message) {
  std::erase_if(watchers_, [&](const watcher& each) { return each.to == message.watcher; });
  std::erase_if(waiting_, [&](const begin_watching& each) { return each.wanted.watcher == message.watcher; });
  std::erase_if(ahead_, [&](const ahead_watcher& each) { return each.message.wanted.watcher == message.watcher; });
}

void hub_state::end_all(watch_end why) {
  for (const auto& each : std::exchange(watchers_, {})) each.to->end(why);
  waiting_.clear();
  ahead_.clear();
}

/// Asks once for all connections of a session that see the same.
void hub_state::check_sessions() {
  if (is_checking_ || watchers_.empty()) return;
  is_checking_ = true;
  auto asked = std::make_shared<std::vector<watching_session>>();
  for (const auto& each : watchers_) asked->push_back(each.who);
  std::sort(asked->begin(), asked->end(), [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  asked->erase(
      std::unique(asked->begin(), asked->end(), [](const auto& a, const auto& b) { return key_of(a) == key_of(b); }),
      asked->end());
  facts_.from->find_ended(*asked, [to = hub_actor{self_}, asked](auto over) {
    caf::anon_send(to, sessions_ended{asked, std::move(over)});
  });
}

void hub_state::on(const sessions_ended& message) {
  is_checking_ = false;
  if (!message.over) return;  // the database is away: nobody can have been signed out there meanwhile
  for (const auto& over : *message.over) {
    const auto& who = message.asked->at(over.place);
    const auto why = over.may_return ? watch_end::reach_changed : watch_end::access_lost;
    std::erase_if(watchers_, [&](const watcher& each) {
      const bool is_ended = key_of(each.who) == key_of(who);
      if (is_ended) each.to->end(why);
      return is_ended;
    });
  }
}

// --- events ----------------------------------------------------------------------------------------------------------

void hub_state::find_end() {
  facts_.from->find_end([to = hub_actor{self_}](auto at) { caf::anon_send(to, stream_end{at}); });
}

void hub_state::on(const stream_end& message) {
  if (!message.at || head_) return;  // away: the next tick asks again
  head_ = begins_at_ = *message.at;
  for (const auto& each : std::exchange(waiting_, {})) admit(each);
  if (!is_reading_) read();
}

void hub_state::on(const events_committed&) {
  if (!head_) return;
  if (is_reading_) {
    is_told_ = true;
    told_at_ = self_->clock().now();
  } else {
    read_soon();
  }
}

/// At once; within a burst after a pause, so that a burst reaches everybody in few messages instead of one an event.
void hub_state::read_soon() {
  const auto now = self_->clock().now();
  if (now >= pause_until_) return read();
  if (std::exchange(is_read_due_, true)) return;
  self_->delayed_send(self_, pause_until_ - now, read_again{});
}

void hub_state::on(const read_again&) {
  if (!is_reading_ && head_) read();
}

void hub_state::read() {
  is_reading_ = true;
  is_told_ = is_read_due_ = false;
  for (auto& each : ahead_) each.is_read_for = true;
  const bool is_held_up = early_wait_ >= facts_.limits.early_wait_max;
  const events::reader from{facts_.tenant_id, *head_,
                            is_held_up ? events::patience::with_our_own : events::patience::with_all};
  facts_.from->read_after(from, facts_.limits.page,
                          [to = hub_actor{self_}](auto read) { caf::anon_send(to, stream_read{std::move(read)}); });
}

void hub_state::on(const stream_read& message) {
  const auto& read = message.answer.read;
  is_reading_ = false;
  is_fresh_ = read != nullptr;
  if (!read || !head_) return;  // the next tick asks again
  if (read->is_ahead) {
    end_all(watch_end::restored);
    head_.reset();
    remembered_.clear();
    remembered_bytes_ = 0;
    return find_end();
  }
  head_ = read->to;
  hand_out(read->events);
  if (!read->is_full) admit_ahead();
  if (read->is_full) return this->read();
  // A notice from before the start of the read is covered by that read.
  if (is_told_ && told_at_ >= message.answer.begun_at) return read_soon();
  if (!read->is_early) {
    early_wait_ = std::chrono::milliseconds{0};
    return;
  }
  early_wait_ = std::clamp(early_wait_ * 2, facts_.limits.early_wait, facts_.limits.early_wait_max);
  self_->delayed_send(self_, early_wait_, read_again{});
}

void hub_state::hand_out(const std::vector<events::placed_event>& read) {
  if (read.empty()) return;
  auto batch = std::make_shared<std::vector<std::shared_ptr<const activity_frame>>>();
  batch->reserve(read.size());
  for (const auto& each : read) {
    batch->push_back(to_frame(each));
    remember(batch->back());
  }
  for (const auto& each : watchers_) each.to->take(batch);
  pause();
}

/// Pauses for as long as the notified watchers need to receive the batch.
void hub_state::pause() {
  const auto& limits = facts_.limits;
  const std::chrono::milliseconds of_handing_out{watchers_.size() / limits.watchers_a_ms};
  pause_until_ = self_->clock().now() + std::min(of_handing_out, limits.hand_out_pause_max);
}

void hub_state::remember(const std::shared_ptr<const activity_frame>& frame) {
  remembered_.push_back(frame);
  remembered_bytes_ += bytes_of(*frame);
  while (remembered_.size() > facts_.limits.remembered || remembered_bytes_ > facts_.limits.remembered_bytes) {
    begins_at_ = remembered_.front()->at;
    remembered_bytes_ -= bytes_of(*remembered_.front());
    remembered_.pop_front();
  }
}

void hub_state::on(const hub_tick&) {
  tick_later();
  const bool is_resting = watchers_.empty() && waiting_.empty() && ahead_.empty();
  rested_ = is_resting ? rested_ + facts_.limits.poll_every : std::chrono::milliseconds{0};
  if (rested_ >= facts_.limits.rest_after) return self_->quit();
  if (!head_) return find_end();
  // A hub that has read since the last tick need not poll.
  if (!std::exchange(is_fresh_, false) && !is_reading_) read();
  check_sessions();
}

hub_actor::behavior_type hub(hub_actor::stateful_pointer<hub_state> self, hub_facts facts) {
  make_safe(self);
  auto& st = self->state;
  st.init(self, std::move(facts));
  return {
      [&st](const begin_watching& message) { st.on(message); },
      [&st](const stop_watching& message) { st.on(message); },
      [&st](const events_committed& message) { st.on(message); },
      [&st](const stream_end& message) { st.on(message); },
      [&st](const stream_read& message) { st.on(message); },
      [&st](const sessions_ended& message) { st.on(message); },
      [&st](const read_again& message) { st.on(message); },
      [&st](const hub_tick& message) { st.on(message); },
  };
}

}  // namespace pulse::actors
