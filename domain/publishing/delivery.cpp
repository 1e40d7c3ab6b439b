#include "domain/publishing/delivery.hpp"

#include <algorithm>
#include <utility>

#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

namespace {

using base::timestamp;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Nothing was seen of the platform's answer: how the person reads it.
constexpr std::string_view lost_reply =
    "the reply of the platform was lost, so it is not known whether the post is live";

constexpr std::string_view said_and_not_found =
    "the platform refuses it as a duplicate, and an earlier attempt may be what it speaks of, but it does not list it";

constexpr std::string_view interrupted =
    "the process that was publishing stopped in the middle; the platform is being asked whether the post is live";

constexpr std::string_view doubt_is_over =
    "an earlier attempt may be live, and the time in which sending again would have told is over";

/// One decision in the making: each `on` handles one event and leaves `next` and `effects` as they shall be.
class deciding {
 public:
  deciding(const delivery& current, timestamp now, const delivery_rules& rules)
      : now_(now), rules_(rules), made_{current, {}} {}

  decision take() { return std::move(made_); }

  void on(const delivery_event::due&) {
    if (d().state != delivery_state::waiting || d().step != delivery_step::resting) return;
    if (d().is_asked) return forget();
    if (now_ < d().not_before) return add(delivery_effect::wake{d().not_before});
    if (is_doubt_over()) return unconfirmed(doubt_is_over);
    if (is_late()) {
      switch (d().lateness.action) {
        case lateness_action::send: break;
        case lateness_action::skip: return miss();
        case lateness_action::ask: return ask();
      }
    }
    step(delivery_step::asking);
    add(delivery_effect::ask_permit{});
  }

  void on(const delivery_event::permitted&) {
    if (d().step == delivery_step::confirming) return confirmed();
    if (d().step != delivery_step::asking) return;
    if (!is_doubt_over()) return claim();
    add(delivery_effect::return_permit{});
    unconfirmed(doubt_is_over);
  }

  void on(const delivery_event::held& event) {
    if (d().step == delivery_step::confirming) return put_off(event.until);
    if (d().step != delivery_step::asking) return;
    step(delivery_step::resting);
    add(delivery_effect::hold{std::max<timestamp>(event.until, now_ + milliseconds{1}), event.budget});
  }

  /// The call must be over before the deadline that is committed: from then on others may believe that it is not there. A claim
  /// that was answered late leaves it less time, and one that leaves too little is made again, with a new deadline. What was
  /// judged before the claim, permit, lateness and doubt, is judged again when the claim took long.
  void on(const delivery_event::claimed&) {
    if (d().step != delivery_step::claiming) return;
    if (time_to_call() < rules_.call_timeout / 2) return claim_again();
    d().state = delivery_state::sending;
    if (now_ - d().started_at <= permit_keeps) return call();
    add(delivery_effect::return_permit{});
    if (is_doubt_over() || (is_late() && d().lateness.action != lateness_action::send)) return put_off(now_);
    step(delivery_step::confirming);
    add(delivery_effect::ask_permit{});
  }

  void on(const delivery_event::not_claimed&) {
    if (d().step != delivery_step::claiming) return;
    add(delivery_effect::return_permit{});
    forget();
  }

  /// The intent may or may not be committed. Claiming the same attempt again is the same: only this owner could have sent
  /// under it, and it has not.
  void on(const delivery_event::claim_failed&) {
    if (d().step == delivery_step::claiming) claim_again();
  }

  void on(const delivery_event::lease_lost&) {
    if (d().step == delivery_step::calling) forget();
  }

  void on(const delivery_event::answered& event) {
    if (d().step != delivery_step::calling) return;
    answered(event.result);
  }

  void on(const delivery_event::recorded&) {
    if (d().step != delivery_step::recording) return;
    step(delivery_step::resting);
    switch (d().state) {
      case delivery_state::waiting:
        if (d().is_asked) return forget();
        return add(delivery_effect::wake{d().not_before});
      case delivery_state::unknown:
        if (d().is_unauthorized) return look_later(now_ + unauthorized_look_pause);
        return look_later(d().is_early_look_done ? std::max(d().deadline_at, look_time(d())) : look_time(d()));
      case delivery_state::sending:
      case delivery_state::published:
      case delivery_state::failed:
      case delivery_state::unconfirmed:
      case delivery_state::cancelled:
      case delivery_state::missed: return forget();
    }
  }

  void on(const delivery_event::not_recorded&) {
    if (d().step == delivery_step::recording) forget();
  }

  /// The actor keeps the change and commits it again: the outcome must not be lost while there is anyone who knows it.
  void on(const delivery_event::record_failed&) {}

  /// Nobody knows how this attempt ended. Looking is harmless, so it is looked for at once; until its deadline its bytes may still be
  /// on the way, so only what is found is believed before.
  void on(const delivery_event::adopted&) {
    if (d().step != delivery_step::resting) return;
    const bool unsettled = d().state == delivery_state::sending || d().state == delivery_state::unknown;
    if (!unsettled) return;
    if (d().state == delivery_state::sending) d().is_interrupted = true;
    if (now_ < look_time(d())) return add(delivery_effect::wake{look_time(d())});
    if (now_ < d().deadline_at) {
      if (d().is_early_look_done) return add(delivery_effect::wake{d().deadline_at});
      doubt_attempt();
      return look();
    }
    doubt_attempt();
    if (d().state == delivery_state::unknown) return look();
    d().state = delivery_state::unknown;
    d().is_early_look_done = true;
    record({.kind = outcome_kind::unknown, .reason = std::string{interrupted}, .retryable = true});
  }

  void on(const delivery_event::looked& event) {
    if (d().step != delivery_step::looking) return;
    looked(event.found);
  }

 private:
  delivery& d() { return made_.next; }
  void step(delivery_step to) { d().step = to; }
  /// Built in place: g++ 12 warns of a moved variant's strings where there are none.
  template <class Effect>
  void add(Effect what) {
    made_.effects.emplace_back(std::in_place_type<Effect>, std::move(what));
  }

  void forget() {
    step(delivery_step::resting);
    add(delivery_effect::forget{});
  }

  void record(delivery_effect::commit_change change) {
    step(delivery_step::recording);
    if (!is_called_ && change.published_nothing) change.never_called = true;
    add(std::move(change));
  }

  void claim() {
    d().attempt += 1;
    d().looks = 0;
    d().is_duplicate = d().is_interrupted = d().is_early_look_done = false;
    d().look_at.reset();
    d().started_at = now_;
    step(delivery_step::claiming);
    claim_again();
  }

  /// The same attempt, begun at the same time: that is how the database knows the claim again.
  void claim_again() {
    d().deadline_at = now_ + rules_.call_timeout + rules_.deadline_margin;
    add(delivery_effect::commit_intent{});
  }

  milliseconds time_to_call() {
    return std::chrono::floor<milliseconds>(d().deadline_at - rules_.deadline_margin / 2 - now_);
  }

  void call() {
    step(delivery_step::calling);
    add(delivery_effect::call{std::min(time_to_call(), rules_.call_timeout)});
  }

  void confirmed() {
    if (time_to_call() >= rules_.call_timeout / 2) return call();
    step(delivery_step::claiming);
    claim_again();
  }

  /// Nothing of this attempt has left.
  void put_off(timestamp until) {
    d().state = delivery_state::waiting;
    d().not_before = std::max(until, now_);
    record({.kind = outcome_kind::transient,
            .reason = "recording that it was about to be sent took so long that it had to be permitted again",
            .retryable = true,
            .never_called = true});
  }

  /// A delivery in doubt is not new to its readers: it may be live since its first attempt, so it is not late.
  bool is_late() { return !d().doubt_until && now_ - d().due_at > d().lateness.after; }

  bool is_doubt_over() const { return made_.next.doubt_until && now_ > *made_.next.doubt_until; }

  void miss() {
    d().state = delivery_state::missed;
    record({.reason = "its time had passed by more than its lateness policy allows before it could start; write it "
                      "again to send it"});
  }

  void ask() {
    d().is_asked = true;
    record(
        {.reason = "its time has passed by more than its lateness policy allows; say whether it is still to be sent"});
  }

  void answered(const outcome& result) {
    is_called_ = result.was_called;
    switch (result.kind) {
      case outcome_kind::published:
        if (result.goes_on) return part_out(result.external_id, result.external_url, result.reason);
        return published(result.external_id, result.external_url, result.kind, result.reason);
      case outcome_kind::duplicate:
        // Named by the platform and ours to adopt only if an earlier attempt may have left it there.
        if (result.external_id && may_be_ours()) {
          return published(result.external_id, result.external_url, result.kind, result.reason);
        }
        if (!may_be_ours()) return failed(result);
        d().is_duplicate = true;
        return doubt(result);  // it is there, then: looking finds it
      case outcome_kind::permission:
      case outcome_kind::invalid: return failed(result);
      case outcome_kind::auth_expired: return unauthorized(result);
      case outcome_kind::rate_limited: return hold(result, result.retry_at.value_or(now_ + default_rate_limit_pause));
      case outcome_kind::transient: return retry(result);
      case outcome_kind::unknown: return doubt(result);
    }
  }

  /// An earlier attempt may have left what the platform speaks of.
  bool may_be_ours() const { return made_.next.may_be_live || made_.next.doubt_until.has_value(); }

  void doubt_attempt() {
    if (d().may_be_live) return;
    d().may_be_live = true;
    d().live_since = d().started_at;
  }

  /// Should it turn out to be absent, it is sent again no earlier than after any other failure, and than the platform asked for:
  /// what it answered with an error of its own it will answer so again in the next moment.
  void doubt(const outcome& result) {
    doubt_attempt();
    const timestamp after = d().started_at + retry_delay(d().retry, d().failures + 1, rules_.spread);
    d().not_before = std::max(after, std::min<timestamp>(result.retry_at.value_or(after), now_ + longest_told_delay));
    if (result.retry_at) d().look_at = std::min<timestamp>(*result.retry_at, now_ + longest_told_delay);
    d().state = delivery_state::unknown;
    record({.kind = result.kind,
            .reason = result.reason.empty() ? std::string{lost_reply} : result.reason,
            .retryable = true});
  }

  void published(std::optional<std::string> id, std::optional<std::string> url, outcome_kind kind, std::string reason) {
    if (!id) {  // live, and we cannot say as what: a person can
      d().state = delivery_state::unconfirmed;
      return record(
          {.kind = kind, .reason = "the platform took the post but did not say under which id; please look there"});
    }
    d().state = delivery_state::published;
    d().doubt_until.reset();
    record({.external_id = std::move(id),
            .external_url = std::move(url),
            .kind = kind,
            .reason = std::move(reason),
            .found = found_,
            .success = true});
  }

  /// Nothing of this attempt is live. Whether one before it is, only a person can find out.
  void failed(const outcome& result) {
    if (d().doubt_until)
      return unconfirmed("an earlier attempt may be live; the last one was refused: " + result.reason);
    d().state = delivery_state::failed;
    record({.external_id = result.external_id,
            .kind = result.kind,
            .reason = result.reason,
            .found = found_,
            .published_nothing = true});
  }

  /// Held until the account is connected again; the channel, not the post, is what failed.
  void unauthorized(const outcome& result) {
    d().state = delivery_state::waiting;
    d().not_before = now_;
    record({.kind = result.kind,
            .reason = result.reason,
            .retryable = true,
            .disables_channel = true,
            .published_nothing = true});
  }

  void hold(const outcome& result, timestamp until) {
    d().state = delivery_state::waiting;
    d().not_before = std::clamp<timestamp>(until, now_ + seconds{1}, now_ + longest_told_delay);
    record({.kind = result.kind,
            .reason = result.reason,
            .is_obeyed = result.retry_at == d().not_before,
            .retryable = true,
            .published_nothing = true});
  }

  void retry(const outcome& result) {
    if (result.goes_on) return go_on(result);
    if (!count_failure(result)) return;
    const timestamp after = now_ + retry_delay(d().retry, d().failures, rules_.spread);
    d().state = delivery_state::waiting;
    d().not_before = std::clamp<timestamp>(result.retry_at.value_or(after), after, now_ + longest_told_delay);
    record({.kind = result.kind,
            .reason = result.reason,
            .is_obeyed = d().not_before > after && result.retry_at == d().not_before,
            .retryable = true,
            .published_nothing = true});
  }

  /// The platform has taken a part of what is uploaded: the next attempt begins behind it, at once or when the platform is ready.
  void go_on(const outcome& result) {
    d().state = delivery_state::waiting;
    d().not_before = std::clamp<timestamp>(result.retry_at.value_or(now_), now_, now_ + longest_told_delay);
    record({.kind = result.kind, .reason = result.reason, .retryable = true, .published_nothing = true});
  }

  /// A part of a thread is out: the next one is sent at once, as if it were new. What was unknown of this one no longer matters.
  void part_out(std::optional<std::string> id, std::optional<std::string> url, std::string reason) {
    d().state = delivery_state::waiting;
    d().not_before = now_;
    d().failures = d().interruptions = 0;
    d().doubt_until.reset();
    d().may_be_live = d().is_duplicate = false;
    d().live_since.reset();
    d().look_at.reset();
    record({.external_id = std::move(id),
            .external_url = std::move(url),
            .kind = outcome_kind::published,
            .reason = std::move(reason),
            .found = found_,
            .retryable = true});
  }

  /// After a crash at once: whoever waited for the outcome has waited long enough. What the platform answered waits as `doubt`
  /// said, but never so long that sending again no longer tells.
  void send_again(const reconciliation& found) {
    const outcome as{.kind = outcome_kind::transient, .reason = found.reason};
    if (d().is_interrupted ? !count_interruption(as) : !count_failure(as)) return;
    d().state = delivery_state::waiting;
    if (d().doubt_until) {
      const timestamp last = *d().doubt_until - rules_.call_timeout - rules_.deadline_margin;
      d().not_before = std::min(d().not_before, last);
    }
    d().not_before = std::max(d().not_before, now_);
    d().look_at.reset();
    record({.kind = as.kind, .reason = as.reason, .found = found_, .retryable = true, .published_nothing = true});
  }

  /// The platform refused nothing, so it does not count against the policy. False when there were too many, which is recorded.
  bool count_interruption(const outcome& result) {
    d().interruptions += 1;
    if (d().interruptions >= rules_.interruptions) {
      failed(
          {.kind = result.kind,
           .reason = "Pulse stopped " + std::to_string(d().interruptions) +
                     " times while it was sending this, and nothing of it is live, so it is not tried again by itself. "
                     "Tell the operator, and send it again when Pulse runs steadily"});
      return false;
    }
    if (const int nth = d().interruptions - interruptions_at_once; nth > 0)
      d().not_before = std::max<timestamp>(d().not_before, d().started_at + retry_delay(d().retry, nth, rules_.spread));
    return true;
  }

  /// False when it was the last attempt, which is recorded.
  bool count_failure(const outcome& result) {
    d().failures += 1;
    if (may_retry(d().retry, d().failures)) return true;
    failed({.kind = result.kind,
            .reason = "gave up after " + std::to_string(d().failures) + " attempts; the last one: " + result.reason});
    return false;
  }

  void look() {
    step(delivery_step::looking);
    add(delivery_effect::look{});
  }

  void look_later(timestamp at) { add(delivery_effect::wake{std::max<timestamp>(at, now_ + milliseconds{1})}); }

  void looked(const reconciliation& found) {
    found_ = found.kind;
    const bool is_early = now_ < d().deadline_at;
    if (is_early && found.kind != reconciliation_kind::live) return looked_early(found);
    if (!found.is_unauthorized) d().is_unauthorized = false;
    switch (found.kind) {
      case reconciliation_kind::live:
        if (found.retry_at) return part_out(found.external_id, found.external_url, found.reason);
        return published(found.external_id, found.external_url, outcome_kind::published, found.reason);
      case reconciliation_kind::absent:
        if (d().is_duplicate) return unconfirmed(said_and_not_found);
        d().doubt_until.reset();
        if (found.is_refused) return failed({.kind = outcome_kind::permission, .reason = found.reason});
        return send_again(found);
      case reconciliation_kind::repeat_tells:
        // Counted from the first attempt that may be live: a later one does not make it younger.
        d().doubt_until = std::min(d().doubt_until.value_or(base::timestamp::max()), found.repeat_until.value_or(now_));
        return send_again(found);
      case reconciliation_kind::cannot_know: return unconfirmed(found.reason);
      case reconciliation_kind::try_again: return look_again(found);
    }
  }

  /// Whatever it says but that it is live may be another answer once the attempt is surely over. Only a wait that the platform
  /// asks for is heeded.
  void looked_early(const reconciliation& found) {
    step(delivery_step::resting);
    d().is_early_look_done = true;
    if (found.kind == reconciliation_kind::try_again && found.retry_at) return leave_alone(found);
    look_later(d().deadline_at);
  }

  /// A wait that is worth it is stored: whoever goes on after a crash must know it.
  void leave_alone(const reconciliation& found) {
    const auto at = std::clamp<timestamp>(*found.retry_at, now_ + least_told_look_pause, now_ + longest_told_delay);
    if (at - now_ <= told_look_pause_stored) return look_later(at);
    d().look_at = at;
    const bool is_new = d().state == delivery_state::sending;
    d().state = delivery_state::unknown;
    record({.kind = d().is_duplicate ? outcome_kind::duplicate : outcome_kind::unknown,
            .reason = is_new ? std::string{interrupted} : found.reason,
            .found = found_,
            .is_obeyed = true,
            .retryable = true});
  }

  void look_again(const reconciliation& found) {
    step(delivery_step::resting);
    if (found.is_unauthorized) return look_when_connected(found);
    if (found.retry_at) return leave_alone(found);
    d().looks += 1;
    if (d().looks >= most_looks) return unconfirmed(found.reason);
    look_later(now_ + retry_delay({.max_attempts = most_looks, .retry_delay_seconds = 2}, d().looks, rules_.spread));
  }

  /// The channel, not the delivery, is what failed; said once. It is looked at again until the account is connected.
  void look_when_connected(const reconciliation& found) {
    if (d().is_unauthorized) return look_later(now_ + unauthorized_look_pause);
    d().is_unauthorized = true;
    record({.kind = d().is_duplicate ? outcome_kind::duplicate : outcome_kind::unknown,
            .reason = found.reason,
            .found = found_,
            .retryable = true,
            .disables_channel = true});
  }

  void unconfirmed(std::string_view why) {
    d().state = delivery_state::unconfirmed;
    record({.kind = outcome_kind::unknown,
            .reason = ended(why.empty() ? "the platform cannot tell whether it has the post" : why) +
                      " Please look there and say whether the post is live.",
            .found = found_});
  }

  timestamp now_;
  const delivery_rules& rules_;
  std::optional<reconciliation_kind> found_;  // by the look that is being decided about
  bool is_called_ = true;                     // the platform, as far as the answer that is being decided about tells
  decision made_;
};

}  // namespace

base::timestamp ready_at(const delivery& of) { return std::max(of.due_at, of.not_before); }

base::timestamp look_time(const delivery& of) {
  return of.look_at ? std::max(*of.look_at, of.started_at) : of.started_at;
}

base::timestamp looked_for_since(const delivery& of) {
  if (of.live_since) return *of.live_since;
  return of.may_be_live && of.attempt > 1 ? std::min(of.due_at, of.started_at) : of.started_at;
}

bool occupies_channel(delivery_step step) {
  switch (step) {
    case delivery_step::asking:
    case delivery_step::claiming:
    case delivery_step::confirming:
    case delivery_step::calling: return true;
    case delivery_step::resting:
    case delivery_step::recording:
    case delivery_step::looking: return false;
  }
  return false;
}

bool is_settled(delivery_state state) {
  switch (state) {
    case delivery_state::waiting:
    case delivery_state::sending:
    case delivery_state::unknown: return false;
    case delivery_state::published:
    case delivery_state::failed:
    case delivery_state::unconfirmed:
    case delivery_state::cancelled:
    case delivery_state::missed: return true;
  }
  return true;
}

decision decide(const delivery& current, const delivery_input& input, timestamp now, const delivery_rules& rules) {
  deciding making{current, now, rules};
  std::visit([&making](const auto& event) { making.on(event); }, input);
  return making.take();
}

}  // namespace pulse::domain
