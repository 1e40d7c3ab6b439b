#include "http/routes/campaigns/simulate.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "actors/ai/asking.hpp"
#include "domain/campaigns/project_simulation.hpp"
#include "domain/explaining/simulation_words.hpp"
#include "domain/publishing/post.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/campaigns/run_steps.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/campaigns/rule_world.hpp"
#include "persistence/explaining/simulation.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace campaigns = domain::campaigns;
namespace simulations = persistence::simulations;
using domain::delay_cause;
using domain::predicted_fate;

/// Filter of entries: all, or only those that would not go out on time.
enum class simulation_entries { all, trouble };
BOOST_DESCRIBE_ENUM(simulation_entries, all, trouble)

struct simulation_assume {
  std::optional<base::bounded_int<0, 9'000>> call_ms;
  std::optional<double> failure_rate;
  std::optional<base::bounded_int<0, 1'000'000'000>> seed;
};
BOOST_DESCRIBE_STRUCT(simulation_assume, (), (call_ms, failure_rate, seed))

struct simulation_move {
  base::uuid post_id;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(simulation_move, (), (post_id, at))

struct simulate_request {
  base::timestamp from;
  base::timestamp to;
  std::optional<simulation_entries> show;
  std::optional<base::bounded_int<1, 10'000>> limit;
  std::optional<simulation_assume> assume;
  std::optional<std::vector<simulation_move>> moves;
};
BOOST_DESCRIBE_STRUCT(simulate_request, (), (from, to, show, limit, assume, moves))

constexpr std::size_t most_moves = 1'000;
constexpr std::int64_t entries_by_default = 1'000;

struct simulated_delivery {
  base::uuid delivery_id;
  base::uuid post_id;
  std::string title;
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  base::timestamp due_at;
  predicted_fate fate = predicted_fate::goes_out;
  std::optional<base::timestamp> starts_at;
  std::optional<double> lateness_ms;
  std::optional<delay_cause> delayed_by;
  std::optional<domain::limit_scope> budget_scope;
  std::optional<int> budget_posts;
  std::optional<std::int64_t> budget_window_seconds;
  std::optional<base::timestamp> throttled_until;
  std::optional<domain::hold_cause> held_by;
  int attempts = 0;
  std::string sentence;
  std::optional<base::uuid> rule_id;  // the rule that would write the post; none: the post exists
};
BOOST_DESCRIBE_STRUCT(simulated_delivery, (),
                      (delivery_id, post_id, title, channel_id, channel_name, channel_type, due_at, fate, starts_at,
                       lateness_ms, delayed_by, budget_scope, budget_posts, budget_window_seconds, throttled_until,
                       held_by, attempts, sentence, rule_id))

/// What a rule would do.
struct simulated_rule_run {
  base::uuid rule_id;
  std::string rule_name;
  int rule_version = 1;
  campaigns::run_cause cause = campaigns::run_cause::schedule;
  base::timestamp at;
  std::optional<base::uuid> about_post_id;                    // the post whose outcome sets the rule off
  campaigns::run_state state = campaigns::run_state::queued;  // the state in which it would be then
  bool is_ai = false;                                         // an AI writes the words, which are unknown here
  std::optional<base::uuid> post_id;                          // the post that it would make
  std::optional<base::timestamp> scheduled_at;                // and its time
  std::optional<std::string> text;
  std::vector<told_step> steps;
};
BOOST_DESCRIBE_STRUCT(simulated_rule_run, (),
                      (rule_id, rule_name, rule_version, cause, at, about_post_id, state, is_ai, post_id, scheduled_at,
                       text, steps))

struct simulation_totals {
  int deliveries = 0;
  int on_time = 0;
  int throttled = 0;  // published late because a budget is used up
  int late = 0;       // published late for another reason
  int held = 0;
  int refused = 0;
  int failed = 0;
  int missed = 0;
  int asks = 0;
  int load = 0;  // deliveries of other projects or times on the same accounts and budgets
  int runs = 0;  // runs of rules
  int made_posts = 0;
};
BOOST_DESCRIBE_STRUCT(simulation_totals, (),
                      (deliveries, on_time, throttled, late, held, refused, failed, missed, asks, load, runs,
                       made_posts))

struct simulated_assumptions {
  std::int64_t call_ms = 0;
  double failure_rate = 0;
  std::int64_t seed = 1;
};
BOOST_DESCRIBE_STRUCT(simulated_assumptions, (), (call_ms, failure_rate, seed))

struct simulation_answer {
  base::uuid project_id;
  std::string time_zone;
  base::timestamp from;
  base::timestamp to;
  base::timestamp begins_at;
  std::string summary;
  simulation_totals totals;
  std::optional<base::timestamp> last_starts_at;
  simulated_assumptions assumed;
  std::vector<simulated_delivery> deliveries;
  int left_out = 0;  // entries of the answer beyond the limit
  std::vector<simulated_rule_run> runs;
  int runs_left_out = 0;
};
BOOST_DESCRIBE_STRUCT(simulation_answer, (),
                      (project_id, time_zone, from, to, begins_at, summary, totals, last_starts_at, assumed, deliveries,
                       left_out, runs, runs_left_out))

domain::simulation_assumptions assumptions_of(const simulate_request& wanted) {
  domain::simulation_assumptions made;
  if (!wanted.assume) return made;
  if (wanted.assume->call_ms) made.call = std::chrono::milliseconds{wanted.assume->call_ms->value};
  made.failure_rate = wanted.assume->failure_rate.value_or(made.failure_rate);
  if (wanted.assume->seed) made.seed = static_cast<std::uint64_t>(wanted.assume->seed->value);
  return made;
}

std::vector<simulations::move> moves_of(const simulate_request& wanted) {
  std::vector<simulations::move> made;
  for (const auto& each : wanted.moves.value_or(std::vector<simulation_move>{}))
    made.push_back({each.post_id, each.at});
  return made;
}

void check_moves(const std::vector<simulation_move>& moves, base::timestamp now, std::vector<field_error>& errors) {
  if (moves.size() > most_moves) errors.push_back(at_field("/moves", "must be at most 1,000"));
  std::set<base::uuid> seen;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (!seen.insert(moves[i].post_id).second)
      errors.push_back(at_field(fmt::format("/moves/{}/post_id", i), "is named twice"));
    if (moves[i].at > now + domain::farthest_schedule)
      errors.push_back(at_field(fmt::format("/moves/{}/at", i), "is more than two years ahead"));
  }
}

std::vector<field_error> check(const simulate_request& wanted, base::timestamp now) {
  std::vector<field_error> errors;
  if (wanted.moves) check_moves(*wanted.moves, now, errors);
  if (wanted.to <= wanted.from) errors.push_back(at_field("/to", "must be after from"));
  if (wanted.to > now + domain::farthest_schedule) errors.push_back(at_field("/to", "is more than two years ahead"));
  const auto rate = wanted.assume ? wanted.assume->failure_rate.value_or(0) : 0;
  if (!(rate >= 0 && rate <= 1)) errors.push_back(at_field("/assume/failure_rate", "must be from 0 to 1"));
  return errors;
}

bool is_on_time(const domain::prediction& one) { return one.fate == predicted_fate::goes_out && !one.delayed_by; }

void count(const domain::prediction& one, simulation_totals& to) {
  ++to.deliveries;
  switch (one.fate) {
    case predicted_fate::goes_out:
      if (!one.delayed_by) {
        ++to.on_time;
      } else if (*one.delayed_by == delay_cause::budget || *one.delayed_by == delay_cause::spread) {
        ++to.throttled;
      } else {
        ++to.late;
      }
      return;
    case predicted_fate::held: ++to.held; return;
    case predicted_fate::refused: ++to.refused; return;
    case predicted_fate::failed: ++to.failed; return;
    case predicted_fate::missed: ++to.missed; return;
    case predicted_fate::asks: ++to.asks; return;
  }
}

simulated_delivery to_entry(const domain::scheduled_delivery& of, const simulations::label& named,
                            const domain::prediction& one, const domain::time_formatter& clock) {
  simulated_delivery made;
  made.delivery_id = of.row.id;
  made.post_id = named.post_id;
  made.title = named.title;
  made.channel_id = of.row.channel_id;
  made.channel_name = named.channel;
  made.channel_type = of.type;
  made.due_at = of.row.due_at;
  made.fate = one.fate;
  made.starts_at = one.starts_at;
  if (one.starts_at) made.lateness_ms = static_cast<double>((*one.starts_at - of.row.due_at).count()) / 1000.0;
  made.delayed_by = one.delayed_by;
  made.budget_scope = one.scope;
  if (one.budget) {
    made.budget_posts = one.budget->limit;
    made.budget_window_seconds = std::chrono::floor<std::chrono::seconds>(one.budget->window).count();
  }
  made.throttled_until = one.held_until;
  made.held_by = one.cause;
  made.attempts = one.attempts;
  made.sentence = domain::tell(of, one, named.channel, clock);
  return made;
}

/// "Of 120 deliveries, 50 would go out on time, 70 would be throttled."
std::string sum_up(const simulation_totals& totals) {
  if (totals.deliveries == 0) return "This project has no delivery due in this time.";
  const bool is_one = totals.deliveries == 1;
  std::string words = fmt::format("Of {}{}", totals.deliveries, is_one ? " delivery" : " deliveries");
  const auto add = [&words](int many, std::string_view what) {
    if (many > 0) words += fmt::format(", {} would {}", many, what);
  };
  add(totals.on_time, "go out on time");
  add(totals.throttled, "go out late because a budget of posts is used up");
  add(totals.late, "go out late for another reason");
  add(totals.held, "be held");
  add(totals.refused, "be refused by the platform");
  add(totals.failed, "fail");
  add(totals.missed, "be skipped as too late");
  add(totals.asks, "wait for a person's decision");
  return words + ".";
}

std::string sum_up_runs(const simulation_totals& totals) {
  if (totals.runs == 0) return {};
  return fmt::format(" Rules would run {} and make {}{}",
                     totals.runs == 1 ? std::string{"once"} : std::to_string(totals.runs) + " times", totals.made_posts,
                     totals.made_posts == 1 ? " post." : " posts.");
}

simulated_rule_run to_run(const campaigns::simulated_run& from, const domain::zone_clock& zone) {
  simulated_rule_run made;
  made.rule_id = from.rule_id;
  made.rule_name = from.rule_name;
  made.rule_version = from.rule_version;
  made.cause = from.cause;
  made.at = from.at;
  made.about_post_id = from.about_post_id;
  made.state = from.state;
  made.is_ai = from.is_ai;
  if (from.post) {
    made.post_id = from.post->id;
    made.scheduled_at = from.post->at;
    if (!from.is_ai) made.text = from.post->text;
  }
  for (const auto& each : from.steps) made.steps.push_back(tell_step(each, from.at, zone));
  return made;
}

/// The label of each delivery: existing ones first, then those that rules would make.
std::vector<simulations::label> label_all(const campaigns::project_forecast& of, const simulations::plan& from,
                                          const simulate_request& wanted) {
  auto made = from.labels;
  for (std::size_t i = 0; i < of.made_by.size(); ++i) {
    const auto& post = *of.runs[of.made_by[i]].post;
    const auto& row = of.schedule.deliveries[from.schedule.deliveries.size() + i].row;
    simulations::label label{.post_id = post.id, .title = post.title.empty() ? post.text : post.title, .channel = {}};
    for (const auto& each : post.channels) {
      if (each.id == row.channel_id) label.channel = each.name;
    }
    label.is_asked = row.due_at >= wanted.from && row.due_at <= wanted.to;
    made.push_back(std::move(label));
  }
  return made;
}

void add_runs(const campaigns::project_forecast& of, const simulate_request& wanted, std::size_t limit,
              simulation_answer& to) {
  const domain::zone_clock zone{to.time_zone};
  for (const auto& each : of.runs) {
    if (each.at < wanted.from) continue;
    ++to.totals.runs;
    if (each.post) ++to.totals.made_posts;
    if (to.runs.size() < limit) {
      to.runs.push_back(to_run(each, zone));
    } else {
      ++to.runs_left_out;
    }
  }
}

simulation_answer play(const base::uuid& project_id, const simulate_request& wanted, const simulations::plan& from,
                       const campaigns::rule_world& world) {
  const auto assumed = assumptions_of(wanted);
  const auto played = campaigns::simulate_project(from.schedule, from.channels, world, assumed);
  const auto labels = label_all(played, from, wanted);
  const domain::time_formatter clock{from.time_zone};
  simulation_answer made;
  made.project_id = project_id;
  made.time_zone = from.time_zone;
  made.from = wanted.from;
  made.to = wanted.to;
  made.begins_at = from.schedule.now;
  made.assumed = {assumed.call.count(), assumed.failure_rate, static_cast<std::int64_t>(assumed.seed)};
  const auto limit = static_cast<std::size_t>(wanted.limit ? wanted.limit->value : entries_by_default);
  const auto show = wanted.show.value_or(simulation_entries::all);
  for (std::size_t i = 0; i < played.predictions.size(); ++i) {
    const auto& one = played.predictions[i];
    if (!labels[i].is_asked) {
      ++made.totals.load;
      continue;
    }
    count(one, made.totals);
    if (one.starts_at) made.last_starts_at = std::max(made.last_starts_at, one.starts_at);
    if (show == simulation_entries::trouble && is_on_time(one)) continue;
    if (made.deliveries.size() >= limit) {
      ++made.left_out;
      continue;
    }
    made.deliveries.push_back(to_entry(played.schedule.deliveries[i], labels[i], one, clock));
    const auto known = from.schedule.deliveries.size();
    if (i >= known) made.deliveries.back().rule_id = played.runs[played.made_by[i - known]].rule_id;
  }
  add_runs(played, wanted, limit, made);
  made.summary = sum_up(made.totals) + sum_up_runs(made.totals);
  return made;
}

asio::awaitable<reply<simulation_answer>> simulate_project(request_context& context, in_path<by_id> path,
                                                           in_body<simulate_request> body) {
  const auto now = context.services.clock.now();
  if (auto errors = check(body.value, now); !errors.empty()) co_return problems::invalid_fields(std::move(errors));
  const simulations::window request{
      .project_id = path->id, .from = body->from, .to = body->to, .now = now, .moves = moves_of(body.value)};
  // The simulation runs on the pool's thread, too: the threads that serve requests have others to answer.
  const persistence::rule_world::window looked{.project_id = path->id,
                                               .now = now,
                                               .until = body->to,
                                               .ai_provider = context.services.asking == nullptr
                                                                  ? std::string{}
                                                                  : std::string{context.services.asking->provider()}};
  auto job = [request, looked, wanted = body.value](persistence::transaction& tx) -> result<simulation_answer> {
    const auto plan = simulations::read(tx, request);
    if (!plan) return problems::not_found("project");
    if (plan->is_too_large) {
      return problems::invalid_field("/to", fmt::format("has more than {} deliveries before it, with those of other "
                                                        "projects on the same accounts; choose an earlier time",
                                                        simulations::most_deliveries));
    }
    const auto world = persistence::rule_world::read(tx, looked);
    if (!world) return problems::not_found("project");
    return play(request.project_id, wanted, *plan, *world);
  };
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  co_return std::move(*made);
}

}  // namespace

void add_simulate(route_table& routes) {
  routes.add(server::verb::post, "/projects/{id}/simulate", domain::permission::read_posts, &simulate_project,
             "Simulate what would go out when",
             {.problems = {404, 429},
              .description =
                  "Plays the schedule from now on, with the engine's own decisions on virtual time, and writes "
                  "nothing. Says for each delivery of the project that is due from `from` to `to` what would happen to "
                  "it, and why. Deliveries of other projects on the same accounts and budgets are played too, as "
                  "`load`. It assumes that each call to a platform lasts `assume.call_ms` (default: 300) and that "
                  "`assume.failure_rate` of them (default: 0) fail for a passing reason, drawn from `assume.seed`. The "
                  "project's rules are played with them (`runs`): their moments, what is planned to go out, their "
                  "texts, times and guardrails, step by step as in a run's trace; the posts that they would make are "
                  "among the deliveries, with `rule_id`. `moves` asks what would become of it all with posts of the "
                  "project at "
                  "other times: each post once, at most 1,000; what has begun to go out stays where it is, and rules "
                  "see the posts where they are now. It assumes that nobody decides about anything, that feeds "
                  "have no news, and that an AI answers. It ignores other companies' posts through this installation's "
                  "app. `show: trouble` leaves out what goes out on time; `limit` bounds the entries (default: 1,000), "
                  "`left_out` counts the rest.",
              .costly = true});
}

}  // namespace pulse::http::routes
