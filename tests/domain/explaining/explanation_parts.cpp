// Explanations of threads, part by part, and names in sentences.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/domain/explaining/explanation_history.hpp"

namespace pulse::domain::stories {

TEST_CASE("a thread is told part by part, as late as its first one, and what was stopped says what is out") {
  history of;
  of.row.parts = {.parts = 3, .out = 2, .is_comment = false, .id = "7", .url = "https://x.test/7"};
  auto first = after(delivery_state::waiting);
  of.begin(1, due);
  of.change(
      due + 200ms, first,
      {.external_id = "7", .kind = outcome_kind::published, .reason = "Part 1 of 3 is out.", .part = 1, .parts = 3},
      due + 3ms);
  auto second = after(delivery_state::waiting, 2);
  second.is_begun = true;
  second.began_late = 3ms;
  of.begin(2, due + 1min);
  of.change(due + 1min + 200ms, second,
            {.external_id = "7",
             .kind = outcome_kind::published,
             .reason = "Part 2 of 3: it is listed.",
             .found = reconciliation_kind::live,
             .part = 2,
             .parts = 3},
            due + 1min);
  const auto waits = of.told(due + 2min);
  CHECK(waits.summary.starts_with("On X 2 of 3 parts are out at https://x.test/7. Part 3 follows. "));
  const auto first_bytes = std::count_if(waits.steps.begin(), waits.steps.end(),
                                         [](const auto& each) { return each.kind == step_kind::first_byte; });
  CHECK(first_bytes == 1);
  CHECK(find(waits, step_kind::first_byte).at == due + 3ms);
  CHECK(find(waits, step_kind::reconciled).sentence == "X was asked, and has part 2 of 3.");

  auto& event = of.add(due + 2min, "PublishCancelled", "Anna");
  event.because = withdrawal_cause::cancelled;
  event.about.parts = 3;
  event.about.parts_out = 2;
  of.row.state = delivery_state::cancelled;
  of.row.finished_at = due + 2min;
  const auto told = of.told(due + 1h);
  CHECK(find(told, step_kind::cancelled).sentence ==
        "Anna cancelled it when 2 of 3 parts were out on X @acme; what is out stays there, and the rest is not sent.");
  CHECK(told.summary ==
        "On X 2 of 3 parts are out at https://x.test/7. The rest was cancelled at Tue 24 Nov 2026, 09:02 CET.");
}

TEST_CASE("a name turns no sentence of an explanation around") {
  history of;
  of.row.channel_name = "X\xE2\x80\xAE@acme";
  of.add(due - 1h, "PublishCancelled",
         "\xE2\x81\xA7"
         "Anna")
      .because = withdrawal_cause::cancelled;
  of.row.state = delivery_state::cancelled;
  of.row.finished_at = due - 1h;
  const auto told = of.told(due);
  CHECK(find(told, step_kind::cancelled).sentence == "Anna cancelled it before it went out on X@acme.");
}

}  // namespace pulse::domain::stories
