#include "actors/activity/reader.hpp"

#include <algorithm>
#include <iterator>

#include <caf/send.hpp>

#include "actors/system/safety.hpp"

namespace pulse::actors {

namespace events = persistence::events;

reader_state::~reader_state() {
  if (facts_.forget) facts_.forget();
}

void reader_state::init(reader_actor::pointer self, reader_facts facts) {
  self_ = self;
  facts_ = std::move(facts);
}

// --- the end of the streams ------------------------------------------------------------------------------------------

void reader_state::on(const end_wanted& message) {
  ends_waiting_.push_back(message);
  if (ends_asked_.empty()) find_end();
}

void reader_state::find_end() {
  ends_asked_.swap(ends_waiting_);
  facts_.from->find_end([to = reader_actor{self_}](auto at) { caf::anon_send(to, end_answer{at}); });
}

void reader_state::on(const end_answer& message) {
  for (const auto& each : std::exchange(ends_asked_, {})) each.reply->give(message.at);
  if (!ends_waiting_.empty()) find_end();
}

// --- events ----------------------------------------------------------------------------------------------------------

void reader_state::on(const stretch_wanted& message) {
  waiting_.push_back(message);
  if (asked_.empty()) read_soon();
}

/// After the messages that have arrived already, so that hubs woken by the same commit share a read; and after the
/// pause.
void reader_state::read_soon() {
  if (std::exchange(is_read_due_, true)) return;
  const auto now = self_->clock().now();
  if (now >= rest_until_) {
    caf::anon_send(reader_actor{self_}, read_due{});
  } else {
    self_->delayed_send(self_, rest_until_ - now, read_due{});
  }
}

void reader_state::on(const read_due&) {
  is_read_due_ = false;
  if (!asked_.empty() || waiting_.empty()) return;
  const auto many = std::min(waiting_.size(), facts_.limits.companies);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(many);
  asked_.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  int limit = 0;
  std::vector<events::reader> readers;
  readers.reserve(many);
  for (const auto& each : asked_) {
    readers.push_back(each.from);
    limit = std::max(limit, each.limit);
  }
  const int share = std::max(facts_.limits.events / static_cast<int>(many), facts_.limits.events_each_min);
  asked_at_ = self_->clock().now();
  facts_.from->read(std::move(readers), std::min(limit, share),
                    [to = reader_actor{self_}](auto read) { caf::anon_send(to, stretches_answer{std::move(read)}); });
}

void reader_state::on(const stretches_answer& message) {
  const auto asked = std::exchange(asked_, {});
  const auto now = self_->clock().now();
  rest_until_ = now + std::min<caf::actor_clock::duration_type>((now - asked_at_) * facts_.limits.rest_of_read,
                                                                facts_.limits.rest_max);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    read_answer answer{.read = nullptr, .begun_at = asked_at_};
    if (message.read && i < message.read->size())
      answer.read = std::make_shared<events::stretch>(std::move(message.read->at(i)));
    asked[i].reply->give(std::move(answer));
  }
  if (!waiting_.empty()) read_soon();
}

// --- sessions --------------------------------------------------------------------------------------------------------

void reader_state::on(const sessions_wanted& message) {
  sessions_waiting_.push_back(message);
  if (!sessions_asked_.empty() || std::exchange(is_check_due_, true)) return;
  caf::anon_send(reader_actor{self_}, check_due{});
}

void reader_state::on(const check_due&) {
  is_check_due_ = false;
  if (!sessions_asked_.empty() || sessions_waiting_.empty()) return;
  std::vector<watching_session> who;
  while (!sessions_waiting_.empty()) {
    auto& next = sessions_waiting_.front();
    if (!who.empty() && who.size() + next.who.size() > facts_.limits.sessions) break;
    who.insert(who.end(), next.who.begin(), next.who.end());
    sessions_asked_.push_back(std::move(next));
    sessions_waiting_.pop_front();
  }
  facts_.from->find_ended(
      std::move(who), [to = reader_actor{self_}](auto over) { caf::anon_send(to, sessions_answer{std::move(over)}); });
}

/// Distributes the answer among the requests: places count through all of them.
void reader_state::on(const sessions_answer& message) {
  std::size_t first = 0;
  for (const auto& each : std::exchange(sessions_asked_, {})) {
    const auto end = first + each.who.size();
    std::shared_ptr<std::vector<persistence::watch_over>> own;
    if (message.over) {
      own = std::make_shared<std::vector<persistence::watch_over>>();
      for (const auto& over : *message.over) {
        if (over.place >= first && over.place < end) own->push_back({over.place - first, over.may_return});
      }
    }
    each.reply->give(std::move(own));
    first = end;
  }
  if (!sessions_waiting_.empty()) on(check_due{});
}

reader_actor::behavior_type reader(reader_actor::stateful_pointer<reader_state> self, reader_facts facts) {
  make_safe(self);
  auto& st = self->state;
  st.init(self, std::move(facts));
  return {
      [&st](const end_wanted& message) { st.on(message); },
      [&st](const stretch_wanted& message) { st.on(message); },
      [&st](const sessions_wanted& message) { st.on(message); },
      [&st](const end_answer& message) { st.on(message); },
      [&st](const stretches_answer& message) { st.on(message); },
      [&st](const sessions_answer& message) { st.on(message); },
      [&st](const read_due& message) { st.on(message); },
      [&st](const check_due& message) { st.on(message); },
  };
}

}  // namespace pulse::actors
