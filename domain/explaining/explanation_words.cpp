// The words that all sentences of an explanation share. See domain/explaining/explanation_steps.hpp.
#include <cmath>
#include <utility>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

std::chrono::microseconds span_of(double milliseconds) {
  return std::chrono::microseconds{static_cast<std::int64_t>(std::llround(milliseconds * 1'000))};
}

std::string_view reason_of(const recorded_event& event) { return event.reason ? *event.reason : event.message; }

std::optional<std::string> budget_words(const step_figures& budget) {
  if (!budget.posts || !budget.window_seconds) return std::nullopt;
  return std::to_string(*budget.posts) + (*budget.posts == 1 ? " post" : " posts") + " in any " +
         tell_window(std::chrono::seconds{*budget.window_seconds});
}

std::string throttle_words(const story& in, const step_figures& budget) {
  std::string words;
  const auto figures = budget_words(budget);
  if (budget.scope == "platform") {
    words = in.platform + " asked to be left alone";
  } else if (budget.scope == "backlog" && budget.window_seconds) {
    words = "more is late on " + in.platform + " than may go out at once: it is spread, one every " +
            tell_span(std::chrono::seconds{*budget.window_seconds}) + ", and leaves room for what is on time. It waits";
  } else if (!figures) {
    words = "the budget of posts for " + budget.budget.value_or(in.platform) + " is used up";
  } else if (budget.scope == "app") {
    words = "all who publish on " + in.platform + " through this installation may send " + *figures +
            " together, and these are used up";
  } else if (budget.scope == "tenant") {
    words = "the company may send " + *figures + " on " + in.platform + ", and these are used up";
  } else {
    words = "the account may send " + *figures + " on " + in.platform + ", and these are used up";
  }
  if (budget.until) words += " until " + in.clock.tell(*budget.until);
  return words;
}

}  // namespace pulse::domain
