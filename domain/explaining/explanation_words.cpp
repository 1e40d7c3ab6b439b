// The words that all sentences of an explanation share. See domain/explaining/explanation_steps.hpp.
#include <cmath>
#include <utility>

#include <fmt/core.h>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

std::chrono::microseconds span_of(double milliseconds) {
  return std::chrono::microseconds{static_cast<std::int64_t>(std::llround(milliseconds * 1'000))};
}

std::string_view reason_of(const recorded_event& event) { return event.reason ? *event.reason : event.message; }

std::optional<std::string> budget_words(const step_figures& budget) {
  if (!budget.posts || !budget.window_seconds) return std::nullopt;
  return fmt::format("{}{} in any {}", *budget.posts, *budget.posts == 1 ? " post" : " posts",
                     format_window(std::chrono::seconds{*budget.window_seconds}));
}

std::string throttle_words(const story& in, const step_figures& budget) {
  std::string words;
  const auto figures = budget_words(budget);
  if (budget.scope == "platform") {
    words = in.platform + " asked to be left alone";
  } else if (budget.scope == "backlog" && budget.window_seconds) {
    words = fmt::format(
        "more is late on {} than may go out at once: it is spread, one every {}, and leaves room for what is on time. "
        "It waits",
        in.platform, format_span(std::chrono::seconds{*budget.window_seconds}));
  } else if (!figures) {
    words = fmt::format("the budget of posts for {} is used up", budget.budget.value_or(in.platform));
  } else if (budget.scope == "app") {
    words = fmt::format("all who publish on {} through this installation may send {} together, and these are used up",
                        in.platform, *figures);
  } else if (budget.scope == "tenant") {
    words = fmt::format("the company may send {} on {}, and these are used up", *figures, in.platform);
  } else {
    words = fmt::format("the account may send {} on {}, and these are used up", *figures, in.platform);
  }
  if (budget.until) words += " until " + in.clock.format(*budget.until);
  return words;
}

}  // namespace pulse::domain
