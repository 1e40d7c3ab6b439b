#include "domain/people/session.hpp"

#include <algorithm>

namespace pulse::domain {

refresh_verdict judge_refresh(const session_state& now_is, int presented, base::timestamp now) {
  if (now_is.ended_at || now_is.ends_at <= now || now_is.idle_ends_at <= now) return refresh_verdict::over;
  if (presented > now_is.generation) return refresh_verdict::over;
  if (presented == now_is.generation) return refresh_verdict::next;
  const bool is_last = presented == now_is.generation - 1;
  return is_last && now - now_is.rotated_at <= lost_reply_grace ? refresh_verdict::same_again : refresh_verdict::reused;
}

base::timestamp idle_end(base::timestamp now, base::timestamp ends_at) {
  return std::min(now + session_idle_max, ends_at);
}

}  // namespace pulse::domain
