// The class behind `decide` (delivery.hpp), which nothing else uses: one decision about a delivery. delivery.cpp begins
// attempts, delivery_outcomes.cpp judges what the platform answered, and delivery_reconciliation.cpp what became of
// attempts whose end nobody saw.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

/// Each `on` handles one event and leaves `next` and `effects` as they shall be.
class deciding {
  using timestamp = base::timestamp;
  using milliseconds = std::chrono::milliseconds;

 public:
  deciding(const delivery& current, timestamp now, const delivery_rules& rules)
      : now_(now), rules_(rules), made_{current, {}} {}
  decision take() { return std::move(made_); }
  void on(const delivery_event::due&);
  void on(const delivery_event::permitted&);
  void on(const delivery_event::held& event);

  /// The call must be over before the deadline that is committed: from then on others may believe that it is not there.
  /// A claim that was answered late leaves it less time, and one that leaves too little is made again, with a new
  /// deadline. Permit, lateness and doubt, which were judged before the claim, are judged again when the claim took
  /// long.
  void on(const delivery_event::claimed& event);
  void on(const delivery_event::not_claimed&);

  /// The intent may or may not be committed. Claiming the same attempt again is the same: only this owner could have
  /// sent under it, and it has not.
  void on(const delivery_event::claim_failed&);
  void on(const delivery_event::lease_lost&);
  void on(const delivery_event::answered& event);
  void on(const delivery_event::recorded&);
  void on(const delivery_event::not_recorded&);

  /// The actor keeps the change and commits it again: the outcome must not be lost while there is anyone who knows it.
  void on(const delivery_event::record_failed&) {}

  /// Nobody knows how this attempt ended. Reading is harmless, so it is reconciled at once. Until the deadline its
  /// bytes may still be on the way: before that, only a post that is found is believed.
  void on(const delivery_event::adopted&);
  void on(const delivery_event::reconciled& event);

 private:
  delivery& d() { return made_.next; }
  void step(delivery_step to) { d().step = to; }

  /// Built in place: g++ 12 warns of a moved variant's strings where there are none.
  template <class Effect>
  void add(Effect what) {
    made_.effects.emplace_back(std::in_place_type<Effect>, std::move(what));
  }
  void forget();
  void record(delivery_effect::commit_change change);
  void claim();

  /// The same attempt, begun at the same time: that is how the database knows the claim again.
  void claim_again();
  milliseconds time_to_call();
  void call();
  void confirmed();

  /// Nothing of this attempt was sent.
  void put_off(timestamp until);

  /// A delivery in doubt is not new to its readers: it may be live since its first attempt, so it is not late.
  bool is_late() { return !d().doubt_until && !d().is_begun && now_ - d().due_at > d().lateness.after; }
  bool is_doubt_over() const { return made_.next.doubt_until && now_ > *made_.next.doubt_until; }
  void miss();
  void ask();
  void answered(const outcome& result);

  /// If a later part is named, the first one is out too.
  template <class Told>
  void take_part(const Told& told) {
    part_ = told.part;
    parts_ = told.parts;
    if (part_ > 1) d().is_begun = true;
  }

  /// An earlier attempt may have left what the platform speaks of.
  bool may_be_ours() const { return made_.next.may_be_live || made_.next.doubt_until.has_value(); }
  void doubt_attempt();

  /// If it turns out to be absent, it is sent again no earlier than after any other failure, and no earlier than the
  /// platform asked for: sent at once it would meet the same error again.
  void doubt(const outcome& result);
  void published(std::optional<std::string> id, std::optional<std::string> url, outcome_kind kind, std::string reason);

  /// Nothing of this attempt is live. Whether an earlier one is live, only a person can find out.
  void failed(const outcome& result);
  void only_post_out(const outcome& result);

  /// Held until the account is connected again; the channel, not the post, is what failed.
  void unauthorized(const outcome& result);
  void hold(const outcome& result, timestamp until);
  void retry(const outcome& result);

  /// The platform has taken a part of what is uploaded: the next attempt begins behind it, at once or when the platform
  /// is ready.
  void go_on(const outcome& result);

  /// A part of a thread is out: the next one is sent at once, as if it were new. Doubts about the part before no longer
  /// matter.
  void part_out(std::optional<std::string> id, std::optional<std::string> url, std::string reason);

  /// After a crash it is sent at once. After an error of the platform it waits as `doubt` said, but never so long that
  /// sending again would publish a second post.
  void send_again(const reconciliation& found);

  /// The platform refused nothing, so it does not count against the policy. False when there were too many, which is
  /// recorded.
  bool count_interruption(const outcome& result);

  /// False when it was the last attempt, which is recorded.
  bool count_failure(const outcome& result);
  void reconcile();
  void reconcile_later(timestamp at) { add(delivery_effect::wake{std::max<timestamp>(at, now_ + milliseconds{1})}); }
  void reconciled(const reconciliation& found);

  /// Before the deadline only `live` is final: any other answer may change until the attempt is surely over. A
  /// Retry-After is obeyed.
  void reconciled_early(const reconciliation& found);

  /// A long wait is stored, so that a process that takes over after a crash keeps it.
  void leave_alone(const reconciliation& found);
  void reconcile_again(const reconciliation& found);

  /// The channel failed, not the delivery; recorded once. It is reconciled again and again until the account is
  /// connected.
  void reconcile_when_connected(const reconciliation& found);
  void unconfirmed(std::string_view why);

  timestamp now_;
  const delivery_rules& rules_;
  std::optional<reconciliation_kind> found_;  // by the reconciliation that is being decided about
  bool is_called_ = true;                     // the platform, as far as the answer that is being decided about tells
  std::optional<timestamp> first_byte_at_;    // of the call that was answered
  int part_ = 0;                              // this and the next: of a thread, see outcome
  int parts_ = 0;
  decision made_;
};

}  // namespace pulse::domain
