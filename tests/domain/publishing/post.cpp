#include "domain/publishing/post.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "base/describe.hpp"

namespace pulse::domain {

namespace {

using namespace std::chrono_literals;
using enum delivery_state;

const auto now = base::parse_timestamp("2026-11-22T12:00:00Z").value();

post_state state_of(std::vector<delivery_state> states, bool is_scheduled = true) {
  return state_of_post(is_scheduled, states);
}

std::vector<delivery_state> all_states() {
  std::vector<delivery_state> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>(
      [&](auto entry) { all.push_back(entry.value); });
  return all;
}

}  // namespace

TEST_CASE("a post that waits is a draft until it has a time") {
  CHECK(state_of({waiting, waiting}, false) == post_state::draft);
  CHECK(state_of({waiting, waiting}) == post_state::scheduled);
  CHECK(state_of({waiting, cancelled}) == post_state::scheduled);
}

TEST_CASE("a post of one state is that") {
  CHECK(state_of({published, published}) == post_state::published);
  CHECK(state_of({failed}) == post_state::failed);
  CHECK(state_of({missed}) == post_state::missed);
  CHECK(state_of({cancelled, cancelled}) == post_state::cancelled);
}

TEST_CASE("a post that is out on some channels and not on others says so") {
  CHECK(state_of({published, failed}) == post_state::published_partial);
  CHECK(state_of({published, missed}) == post_state::published_partial);
  CHECK(state_of({published, cancelled}) == post_state::published);
  CHECK(state_of({published, waiting}) == post_state::publishing);
  CHECK(state_of({failed, waiting}) == post_state::publishing);
}

TEST_CASE("a post is final only when nothing of it can move, and a doubt is never hidden") {
  const auto all = all_states();
  for (unsigned subset = 1; subset < 1u << all.size(); ++subset) {
    std::vector<delivery_state> states;
    bool moves = false;
    bool doubtful = false;
    bool is_sending = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((subset >> i & 1) == 0) continue;
      states.push_back(all[i]);
      moves = moves || !is_settled(all[i]);
      doubtful = doubtful || all[i] == unknown || all[i] == unconfirmed;
      is_sending = is_sending || all[i] == sending;
    }
    const auto state = state_of(states);
    const bool is_final = state == post_state::published || state == post_state::published_partial ||
                          state == post_state::failed || state == post_state::missed || state == post_state::cancelled;
    INFO("subset " << subset << " is " << base::to_name(state));
    CHECK_FALSE((is_final && (moves || doubtful)));
    if (is_sending) CHECK(state == post_state::publishing);
    if (doubtful && !is_sending) CHECK(state == post_state::needs_attention);
  }
}

TEST_CASE("a post is scheduled from now on, and at most two years ahead") {
  CHECK_FALSE(schedule_problem(now, now));
  CHECK_FALSE(schedule_problem(now - schedule_grace, now));
  CHECK(schedule_problem(now - schedule_grace - 1us, now));
  CHECK_FALSE(schedule_problem(now + farthest_schedule, now));
  CHECK(schedule_problem(now + farthest_schedule + 1us, now));
}

TEST_CASE("a text is refused by the platform that does not take it") {
  CHECK_FALSE(text_problem_for(channel_type::x, std::string(280, 'a')));
  CHECK(text_problem_for(channel_type::x, std::string(281, 'a')) == "has 281 characters, x takes 280");
  CHECK_FALSE(text_problem_for(channel_type::website, std::string(20'000, 'a')));
  CHECK(text_problem_for(channel_type::website, std::string(20'001, 'a')));
  CHECK(text_problem_for(channel_type::x, "") == "must not be empty");
}

}  // namespace pulse::domain
