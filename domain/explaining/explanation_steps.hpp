// The sentences of an explanation: of each event and each attempt, and of what a delivery waits for. See
// domain/explaining/explanation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/time_words.hpp"
#include "domain/explaining/explanation.hpp"
#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

/// The input of an explanation, and the wording that its sentences share. Lives while one explanation is made.
struct story {
  const recorded_delivery& of;
  const std::vector<recorded_event>& events;
  time_formatter clock;
  base::timestamp now;
  std::string platform;  // as people know it

  /// The end of the explained time: now, or when the delivery was over.
  base::timestamp end() const { return of.finished_at.value_or(now); }
};

/// A time that somebody gave the delivery, and when.
struct time_given {
  base::timestamp at;
  base::timestamp due_at;
  bool is_at_once = false;
};

/// Every time that the delivery was given, in order.
std::vector<time_given> times_given(const story& in);

/// Its due time as of `at`; nothing when it had none.
std::optional<base::timestamp> due_by(const story& in, base::timestamp at);

/// What an event means for the delivery: no step when it does not concern it, two when it was asked for and led to
/// something.
void add_steps_of(const story& in, const recorded_event& event, std::vector<explained_step>& to);

/// Permit, intent, first byte: the steps of an attempt's row.
void add_steps_of(const story& in, const recorded_attempt& attempt, std::vector<explained_step>& to);

/// The first byte of the attempt that `event` ended; nothing when none is known to have left.
std::optional<explained_step> first_byte_of(const story& in, const recorded_event& event);

/// What keeps a delivery from starting.
enum class hold_kind { channel_off, channel_paused, project_paused, company_paused };

/// A time during which no delivery of the channel could start.
struct hold {
  hold_kind kind = hold_kind::channel_off;
  std::optional<base::timestamp> from;  // none: since before what is recorded here
  base::timestamp to;                   // of one that is not over: the delivery's end
};

/// All that are known, until the delivery's end.
std::vector<hold> holds_of(const story& in);

/// "the channel was switched off from … to …".
std::string held_words(const story& in, const hold& by);

/// The hold that `event` ended, if the delivery could have started meanwhile.
std::optional<hold> hold_ended_by(const story& in, const recorded_event& event);

/// What made most of the time between the due time and `sent_at`, as the end of a sentence: ", because …"; empty when
/// nothing stands out.
std::string why_late(const story& in, const explanation& told, base::timestamp sent_at);

/// What it waits for at `in.now`, the strongest reason first.
std::vector<explained_wait> waits_of(const story& in);

/// The summary in one sentence, from the steps and the waits.
std::string summary_of(const story& in, const explanation& told);

/// What a person can do about a delivery that is over; may be empty.
std::string advice_for(const story& in);

/// "100 posts in any 15 minutes"; nothing without figures.
std::optional<std::string> budget_words(const step_figures& budget);

/// Which budget is used up, as a sentence without its end: "the account may publish 100 posts in any 15 minutes on X,
/// and …".
std::string throttle_words(const story& in, const step_figures& budget);

/// Why an outcome was as it was: the event's reason, or all that an older version wrote of it.
std::string_view reason_of(const recorded_event& event);

/// A metadata's milliseconds.
std::chrono::microseconds span_of(double milliseconds);

}  // namespace pulse::domain
