#include "domain/campaigns/project_simulation.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/core.h>

#include "domain/publishing/post.hpp"

namespace pulse::domain::campaigns {

namespace {

/// What a delivery has come to, and when; nothing when it comes to nothing.
struct delivery_ending {
  delivery_state state = delivery_state::published;
  base::timestamp at;
  std::optional<std::int64_t> late_by_seconds;
};

std::optional<delivery_ending> ending_of(const scheduled_delivery& of, const prediction& one,
                                         const simulation_assumptions& assumed) {
  const auto at = one.starts_at.value_or(of.row.not_before) + assumed.call;
  switch (one.fate) {
    case predicted_fate::goes_out:
      return delivery_ending{
          delivery_state::published, at,
          std::chrono::floor<std::chrono::seconds>(one.starts_at.value_or(of.row.due_at) - of.row.due_at).count()};
    case predicted_fate::refused:
    case predicted_fate::failed: return delivery_ending{delivery_state::failed, at, std::nullopt};
    case predicted_fate::missed: return delivery_ending{delivery_state::missed, at, std::nullopt};
    case predicted_fate::held:
    case predicted_fate::asks: return std::nullopt;
  }
  return std::nullopt;
}

/// The posts of the project that come to an end, in the order of their times.
std::vector<post_ending> endings_of(const project_forecast& of, const base::uuid& project_id,
                                    const simulation_assumptions& assumed) {
  struct ends {
    std::vector<delivery_state> states;
    std::optional<delivery_ending> last;
    bool is_open = false;
  };
  std::map<base::uuid, ends> posts;
  for (std::size_t i = 0; i < of.predictions.size(); ++i) {
    const auto& each = of.schedule.deliveries[i];
    if (each.row.project_id != project_id) continue;
    auto& post = posts[each.row.post_id];
    const auto ending = ending_of(each, of.predictions[i], assumed);
    if (!ending) {
      post.is_open = true;
      continue;
    }
    post.states.push_back(ending->state);
    if (!post.last || ending->at > post.last->at) post.last = ending;
  }
  std::vector<post_ending> made;
  for (const auto& [id, post] : posts) {
    if (post.is_open || !post.last) continue;
    const auto what = trigger_of(event_kind::PublishSucceeded, state_of_post(true, post.states));
    if (what) made.push_back({id, *what, post.last->at, post.last->late_by_seconds});
  }
  std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return made;
}

/// The schedule with the deliveries of what the runs make.
void add_posts(project_forecast& to, const simulated_schedule& schedule,
               const std::unordered_map<base::uuid, const scheduled_delivery*>& channels) {
  to.schedule = schedule;
  to.made_by.clear();
  for (std::size_t i = 0; i < to.runs.size(); ++i) {
    const auto& post = to.runs[i].post;
    if (!post) continue;
    for (const auto& channel : post->channels) {
      const auto found = channels.find(channel.id);
      if (found == channels.end()) continue;
      auto made = *found->second;
      made.row.id = base::uuid_from_name(
          fmt::format("delivery of {} to {}", base::to_string(post->id), base::to_string(channel.id)));
      made.row.post_id = post->id;
      made.row.due_at = made.row.not_before = made.row.started_at = made.row.deadline_at = post->at;
      to.schedule.deliveries.push_back(std::move(made));
      to.made_by.push_back(i);
    }
  }
}

std::vector<base::uuid> posts_of(const std::vector<simulated_run>& runs) {
  std::vector<base::uuid> made;
  for (const auto& each : runs) {
    if (each.post) made.push_back(each.post->id);
  }
  return made;
}

}  // namespace

project_forecast simulate_project(const simulated_schedule& schedule, const std::vector<scheduled_delivery>& channels,
                                  const rule_world& world, const simulation_assumptions& assumed) {
  std::unordered_map<base::uuid, const scheduled_delivery*> by_id;
  for (const auto& each : channels) by_id.emplace(each.row.channel_id, &each);
  project_forecast made;
  made.schedule = schedule;
  made.predictions = simulate(schedule, assumed);
  for (int round = 0; round < most_rounds; ++round) {
    const auto before = posts_of(made.runs);
    made.runs = simulate_rules(world, endings_of(made, world.project_id, assumed));
    if (round > 0 && posts_of(made.runs) == before) break;
    if (posts_of(made.runs).empty()) break;
    add_posts(made, schedule, by_id);
    made.predictions = simulate(made.schedule, assumed);
  }
  return made;
}

}  // namespace pulse::domain::campaigns
