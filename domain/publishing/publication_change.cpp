#include "domain/publishing/publication_change.hpp"

#include <algorithm>

namespace pulse::domain {

publication_change begin_change(publication_change of, base::timestamp now) {
  of.state = publication_change_state::sending;
  ++of.attempt;
  of.deadline_at = now + change_call_timeout + change_deadline_margin;
  return of;
}

publication_change settle_change(publication_change of, change_answer answer, std::optional<base::timestamp> retry_at,
                                 base::timestamp now) {
  switch (answer) {
    case change_answer::done: of.state = publication_change_state::done; return of;
    case change_answer::missing:
      of.state = of.kind == publication_change_kind::remove ? publication_change_state::done
                                                            : publication_change_state::failed;
      return of;
    case change_answer::refused: of.state = publication_change_state::failed; return of;
    case change_answer::absent:
      of.state = publication_change_state::waiting;
      of.is_in_doubt = false;
      of.not_before = now;  // the attempt that is over now has only read
      return of;
    case change_answer::unknown: of.is_in_doubt = true; break;
    case change_answer::later: break;
  }
  if (!retry_at) ++of.failures;
  if (of.failures >= most_change_failures || now >= of.requested_at + longest_change) {
    of.state = publication_change_state::failed;
    return of;
  }
  of.state = publication_change_state::waiting;
  const auto doubled = first_change_pause * (1 << std::clamp(of.failures - 1, 0, most_change_failures));
  const auto pause = std::min<std::chrono::milliseconds>(doubled, longest_change_pause);
  // Never before the deadline of the attempt whose answer may be on its way.
  of.not_before = std::max(retry_at.value_or(now + pause), of.deadline_at);
  return of;
}

}  // namespace pulse::domain
