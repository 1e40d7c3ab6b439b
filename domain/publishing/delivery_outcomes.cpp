// What the platform answered, and what that means for the delivery.
#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "domain/explaining/sentence.hpp"
#include "domain/publishing/deciding.hpp"

namespace pulse::domain {

namespace {

using base::timestamp;
using std::chrono::seconds;

/// Nothing was seen of the platform's answer: how the person reads it.
constexpr std::string_view lost_reply =
    "the reply of the platform was lost, so it is not known whether the post is live";

}  // namespace

void deciding::on(const delivery_event::answered& event) {
  if (d().step != delivery_step::calling) return;
  first_byte_at_ = event.first_byte_at;
  answered(event.result);
}

void deciding::answered(const outcome& result) {
  is_called_ = result.was_called;
  take_part(result);
  switch (result.kind) {
    case outcome_kind::published:
      if (result.goes_on) return part_out(result.external_id, result.external_url, result.reason);
      return published(result.external_id, result.external_url, result.kind, result.reason);
    case outcome_kind::duplicate:
      // Named by the platform and ours to adopt only if an earlier attempt may have left it there.
      if (result.external_id && may_be_ours()) {
        if (result.goes_on) return part_out(result.external_id, result.external_url, result.reason);
        return published(result.external_id, result.external_url, result.kind, result.reason);
      }
      if (!may_be_ours()) return failed(result);
      d().is_duplicate = true;
      return doubt(result);  // then it is there, and reconciling finds it
    case outcome_kind::permission:
    case outcome_kind::invalid: return failed(result);
    case outcome_kind::auth_expired: return unauthorized(result);
    case outcome_kind::rate_limited: return hold(result, result.retry_at.value_or(now_ + default_rate_limit_pause));
    case outcome_kind::transient: return retry(result);
    case outcome_kind::unknown: return doubt(result);
  }
}

void deciding::doubt_attempt() {
  if (d().may_be_live) return;
  d().may_be_live = true;
  d().live_since = d().started_at;
}

void deciding::doubt(const outcome& result) {
  doubt_attempt();
  const timestamp after = d().started_at + retry_delay(d().retry, d().failures + 1, rules_.spread);
  d().not_before = std::max(after, std::min<timestamp>(result.retry_at.value_or(after), now_ + longest_retry_after));
  if (result.retry_at) d().look_at = std::min<timestamp>(*result.retry_at, now_ + longest_retry_after);
  d().state = delivery_state::unknown;
  record({.kind = result.kind,
          .reason = result.reason.empty() ? std::string{lost_reply} : result.reason,
          .retryable = true});
}

void deciding::published(std::optional<std::string> id, std::optional<std::string> url, outcome_kind kind,
                         std::string reason) {
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

/// What a refusal is about, the connector says: one that names an id is about what follows below that post, which is
/// out. So the delivery has done what it is for, and `failed` would make people and rules publish the post a second
/// time.
void deciding::only_post_out(const outcome& result) {
  d().state = delivery_state::published;
  record({.external_id = result.external_id,
          .external_url = result.external_url,
          .kind = result.kind,
          .reason = result.reason,
          .found = found_,
          .success = true});
}

void deciding::failed(const outcome& result) {
  if (d().is_begun && result.external_id && result.kind != outcome_kind::duplicate) return only_post_out(result);
  if (d().doubt_until) return unconfirmed("an earlier attempt may be live; the last one was refused: " + result.reason);
  d().state = delivery_state::failed;
  record({.external_id = result.external_id,
          .kind = result.kind,
          .reason = result.reason,
          .found = found_,
          .published_nothing = true});
}

void deciding::unauthorized(const outcome& result) {
  d().state = delivery_state::waiting;
  d().not_before = now_;
  record({.kind = result.kind,
          .reason = result.reason,
          .retryable = true,
          .disables_channel = true,
          .published_nothing = true});
}

void deciding::hold(const outcome& result, timestamp until) {
  d().state = delivery_state::waiting;
  d().not_before = std::clamp<timestamp>(until, now_ + seconds{1}, now_ + longest_retry_after);
  record({.kind = result.kind,
          .reason = result.reason,
          .is_obeyed = result.retry_at == d().not_before,
          .retryable = true,
          .published_nothing = true});
}

void deciding::retry(const outcome& result) {
  if (result.goes_on) return go_on(result);
  if (!count_failure(result)) return;
  const timestamp after = now_ + retry_delay(d().retry, d().failures, rules_.spread);
  d().state = delivery_state::waiting;
  d().not_before = std::clamp<timestamp>(result.retry_at.value_or(after), after, now_ + longest_retry_after);
  record({.kind = result.kind,
          .reason = result.reason,
          .is_obeyed = d().not_before > after && result.retry_at == d().not_before,
          .retryable = true,
          .published_nothing = true});
}

void deciding::go_on(const outcome& result) {
  d().state = delivery_state::waiting;
  d().not_before = std::clamp<timestamp>(result.retry_at.value_or(now_), now_, now_ + longest_retry_after);
  record({.kind = result.kind, .reason = result.reason, .retryable = true, .published_nothing = true});
}

void deciding::part_out(std::optional<std::string> id, std::optional<std::string> url, std::string reason) {
  d().state = delivery_state::waiting;
  d().not_before = now_;
  if (!d().is_begun && first_byte_at_) d().began_late = *first_byte_at_ - d().due_at;
  d().is_begun = true;
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

bool deciding::count_failure(const outcome& result) {
  d().failures += 1;
  if (may_retry(d().retry, d().failures)) return true;
  failed({.kind = result.kind,
          .external_id = result.external_id,
          .external_url = result.external_url,
          .reason = fmt::format("gave up after {} attempts; the last one: {}", d().failures, result.reason)});
  return false;
}

void deciding::unconfirmed(std::string_view why) {
  d().state = delivery_state::unconfirmed;
  record({.kind = outcome_kind::unknown,
          .reason = ended(why.empty() ? "the platform cannot tell whether it has the post" : why) +
                    " Please look there and say whether the post is live.",
          .found = found_});
}

}  // namespace pulse::domain
