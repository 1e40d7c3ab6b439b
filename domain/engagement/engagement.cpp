#include "domain/engagement/engagement.hpp"

#include <algorithm>
#include <utility>

namespace pulse::domain {

namespace {

using base::timestamp;
using std::chrono::milliseconds;

constexpr std::string_view lost_reply =
    "LinkedIn's answer was lost, so it is not known whether it is there; Pulse looks for it";
constexpr std::string_view ask_person =
    "it cannot be found out whether it is there; please look, and confirm it again only when it is not";
constexpr std::string_view broken_off =
    "the process stopped in the middle, and LinkedIn shows nothing of it; it is sent again";
constexpr std::string_view not_there = "the answer was lost, and LinkedIn shows nothing of it; it is sent again";

/// The class behind `decide`: one decision.
class deciding {
 public:
  deciding(const engagement_act& current, timestamp now, const engagement_rules& rules)
      : now_(now), rules_(rules), made_{current, {}} {}

  engagement_decision take() { return std::move(made_); }

  void on(const engagement_event::due&) {
    if (e().step != engagement_step::resting) return;
    const bool waits = e().state == engagement_state::waiting_confirmation;
    if (!waits && e().state != engagement_state::queued) return;
    if (now_ >= e().expires_at) return expire();
    if (waits) return add(engagement_effect::wake{e().expires_at});
    if (now_ < e().not_before) return add(engagement_effect::wake{e().not_before});
    claim();
  }

  /// The call must be over before the deadline that is committed, and within the moment for which the limits were
  /// judged.
  void on(const engagement_event::claimed& event) {
    if (e().step != engagement_step::claiming) return;
    e().state = engagement_state::sending;
    e().way = event.way;
    e().deadline_at = deadline_of(event.way, e().started_at, rules_);
    if (now_ - e().started_at > intent_keeps || now_ >= e().expires_at) return put_back(now_);
    step(engagement_step::calling);
    const auto left = std::chrono::floor<milliseconds>(e().deadline_at - now_) - rules_.deadline_margin / 2;
    add(engagement_effect::call{std::min(left, timeout_of(e().way, rules_))});
  }

  void on(const engagement_event::held& event) {
    if (e().step != engagement_step::claiming) return;
    --e().attempt;
    step(engagement_step::resting);
    e().not_before = std::max<timestamp>(event.until, now_ + milliseconds{1});
    if (e().not_before >= e().expires_at) return add(engagement_effect::wake{e().expires_at});
    add(engagement_effect::wake{e().not_before});
  }

  void on(const engagement_event::not_claimed&) {
    if (e().step == engagement_step::claiming) forget();
  }

  /// Whether the intent is committed is not known. Asking for the same attempt again is the same: nobody else sends
  /// under it.
  void on(const engagement_event::claim_failed&) {
    if (e().step == engagement_step::claiming) intend();
  }

  void on(const engagement_event::lease_lost&) {
    if (e().step == engagement_step::calling) forget();
  }

  void on(const engagement_event::answered& event) {
    if (e().step == engagement_step::calling) answered(event.result);
  }

  void on(const engagement_event::recorded&) {
    if (e().step != engagement_step::recording) return;
    step(engagement_step::resting);
    switch (e().state) {
      case engagement_state::queued: return add(engagement_effect::wake{e().not_before});
      case engagement_state::unknown:
        if (e().is_asked) return forget();
        return add(engagement_effect::wake{now_ + engagement_look_pause});
      case engagement_state::sending:
      case engagement_state::waiting_confirmation:
      case engagement_state::completed:
      case engagement_state::failed:
      case engagement_state::skipped:
      case engagement_state::expired: return forget();
    }
  }

  void on(const engagement_event::not_recorded&) {
    if (e().step == engagement_step::recording) forget();
  }

  /// The actor keeps the change and commits it again.
  void on(const engagement_event::record_failed&) {}

  void on(const engagement_event::adopted&) {
    if (e().step != engagement_step::resting) return;
    if (e().state != engagement_state::sending && e().state != engagement_state::unknown) return;
    if (e().is_asked) return forget();
    if (e().state == engagement_state::sending) e().is_interrupted = true;
    e().is_look_early = now_ < e().deadline_at;
    step(engagement_step::looking);
    add(engagement_effect::look{});
  }

  void on(const engagement_event::looked& event) {
    if (e().step != engagement_step::looking) return;
    const auto& found = event.found;
    switch (found.kind) {
      case reconciliation_kind::live: return complete(found.external_id, "it was found at LinkedIn");
      case reconciliation_kind::absent: return absent();
      case reconciliation_kind::repeat_tells:
      case reconciliation_kind::cannot_know: return ask(ask_person);
      case reconciliation_kind::try_again: return look_again(found, event.was_asked);
    }
  }

 private:
  engagement_act& e() { return made_.next; }
  void add(engagement_effect_kind what) { made_.effects.push_back(std::move(what)); }
  void step(engagement_step to) { e().step = to; }
  void forget() { add(engagement_effect::forget{}); }

  void record(engagement_effect::commit_change change) {
    step(engagement_step::recording);
    add(std::move(change));
  }

  void expire() {
    e().state = engagement_state::expired;
    record({.reason = "the post had become too old before it could be done"});
  }

  void claim() {
    ++e().attempt;
    intend();
  }

  void intend() {
    e().started_at = now_;
    e().deadline_at = deadline_of(act_way::api, now_, rules_);
    e().looks = 0;
    e().is_interrupted = false;
    step(engagement_step::claiming);
    add(engagement_effect::commit_intent{});
  }

  /// The attempt did nothing at all.
  void put_back(timestamp until, std::string reason = "it was about to begin too late, and waits for the next moment",
                std::optional<outcome_kind> kind = outcome_kind::transient) {
    e().state = engagement_state::queued;
    e().not_before = until;
    record({.kind = kind, .reason = std::move(reason), .published_nothing = true});
  }

  void complete(std::optional<std::string> external_id, std::string reason) {
    e().state = engagement_state::completed;
    record({.external_id = std::move(external_id), .kind = outcome_kind::published, .reason = std::move(reason)});
  }

  void fail(outcome_kind kind, std::string reason) {
    e().state = engagement_state::failed;
    record({.kind = kind, .reason = std::move(reason), .published_nothing = true});
  }

  void answered(const outcome& result) {
    switch (result.kind) {
      case outcome_kind::published: return complete(result.external_id, result.reason);
      case outcome_kind::duplicate: return complete(result.external_id, "it was there already");
      case outcome_kind::permission:
      case outcome_kind::invalid: return fail(result.kind, result.reason);
      case outcome_kind::auth_expired: {
        e().state = engagement_state::queued;
        e().not_before = now_ + refused_account_pause;
        return record(
            {.kind = result.kind, .reason = result.reason, .refuses_account = true, .published_nothing = true});
      }
      case outcome_kind::rate_limited: {
        const auto least = now_ + engagement_rate_pause;
        const auto told = std::min<timestamp>(result.retry_at.value_or(least), now_ + longest_retry_after);
        return put_back(std::max(told, now_ + std::chrono::seconds{1}), result.reason, result.kind);
      }
      case outcome_kind::transient: return retry_or_fail(result.kind, result.reason);
      case outcome_kind::unknown: {
        e().state = engagement_state::unknown;
        return record({.kind = result.kind, .reason = std::string{lost_reply}});
      }
    }
  }

  void retry_or_fail(outcome_kind kind, const std::string& reason) {
    ++e().failures;
    if (!may_retry(rules_.retry, e().failures)) return fail(kind, reason);
    e().state = engagement_state::queued;
    e().not_before = now_ + retry_delay(rules_.retry, e().failures, rules_.spread);
    record({.kind = kind, .reason = reason, .published_nothing = true});
  }

  /// `absent` is believed only of a look that began after the deadline: until then its bytes may be on their way.
  void absent() {
    if (e().is_look_early || now_ < e().deadline_at) {
      step(engagement_step::resting);
      return add(engagement_effect::wake{std::max(e().deadline_at, now_)});
    }
    if (!e().is_interrupted) return retry_or_fail(outcome_kind::transient, std::string{not_there});
    ++e().interruptions;
    if (e().interruptions > most_engagement_interruptions) {
      return fail(outcome_kind::transient, "Pulse stopped in the middle of it too often; nothing of it is at LinkedIn");
    }
    e().state = engagement_state::queued;
    e().not_before = now_;
    record({.kind = outcome_kind::transient, .reason = std::string{broken_off}, .published_nothing = true});
  }

  void ask(std::string_view reason) {
    e().state = engagement_state::unknown;
    e().is_asked = true;
    record({.kind = outcome_kind::unknown, .reason = std::string{reason}});
  }

  /// A reconciliation that the platform put off does not count. A session that was of no use when it was asked with is
  /// over.
  void look_again(const reconciliation& found, bool was_asked) {
    const bool counts = !found.retry_at && !found.is_unauthorized;
    if (counts && ++e().looks >= most_engagement_looks) return ask(ask_person);
    auto until = now_ + engagement_look_pause * std::max(1, e().looks);
    if (found.retry_at)
      until = std::max<timestamp>(until, std::min<timestamp>(*found.retry_at, now_ + longest_retry_after));
    if (found.is_unauthorized) until = now_ + refused_account_pause;
    if (found.is_unauthorized && was_asked && e().way == act_way::browser) {
      e().state = engagement_state::unknown;
      return record({.kind = outcome_kind::unknown, .reason = found.reason, .refuses_account = true});
    }
    if (e().state == engagement_state::sending) {
      // Stores the result, so that the row no longer looks as if it were being sent.
      e().state = engagement_state::unknown;
      return record({.kind = outcome_kind::unknown, .reason = std::string{lost_reply}});
    }
    step(engagement_step::resting);
    add(engagement_effect::wake{until});
  }

  timestamp now_;
  const engagement_rules& rules_;
  engagement_decision made_;
};

}  // namespace

milliseconds timeout_of(act_way way, const engagement_rules& rules) {
  switch (way) {
    case act_way::api: return rules.call_timeout;
    case act_way::browser: return rules.browser_timeout;
  }
  return rules.call_timeout;
}

timestamp deadline_of(act_way way, timestamp started_at, const engagement_rules& rules) {
  return started_at + timeout_of(way, rules) + rules.deadline_margin;
}

bool is_settled(engagement_state state) {
  switch (state) {
    case engagement_state::completed:
    case engagement_state::failed:
    case engagement_state::skipped:
    case engagement_state::expired: return true;
    case engagement_state::queued:
    case engagement_state::waiting_confirmation:
    case engagement_state::sending:
    case engagement_state::unknown: return false;
  }
  return false;
}

bool is_open_to_member(engagement_state state) {
  return state == engagement_state::queued || state == engagement_state::waiting_confirmation;
}

engagement_decision decide(const engagement_act& current, const engagement_input& input, base::timestamp now,
                           const engagement_rules& rules) {
  deciding made{current, now, rules};
  std::visit([&](const auto& event) { made.on(event); }, input);
  return made.take();
}

}  // namespace pulse::domain
