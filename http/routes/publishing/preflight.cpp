#include "http/routes/publishing/preflight.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/calendar/time_words.hpp"
#include "domain/media/fitting.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "domain/publishing/option_fit.hpp"
#include "domain/publishing/warning_fit.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/media/post_media.hpp"
#include "persistence/budgets/rate_limits.hpp"
#include "persistence/publishing/preflight.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace posts = persistence::posts;
namespace preflight = persistence::preflight;
using persistence::transaction;
using persistence::media::medium;
using posts::post;
using preflight::readiness;

const std::string& text_for(const post& of, domain::channel_type type) {
  for (const auto& each : of.variants) {
    if (each.platform == type) return each.text;
  }
  return of.text;
}

std::vector<domain::media> media_of(const post& of) {
  std::vector<domain::media> made;
  for (const auto& each : of.media) made.push_back({each.kind, each.url, each.alt_text});
  if (made.empty() && of.image) made.push_back({domain::media_kind::image, of.image->url, of.image->alt_text});
  return made;
}

void check_content(const post& of, domain::channel_type type, std::vector<preflight_finding>& to) {
  const auto& by = domain::platform_of(type);
  if (auto wrong = domain::text_problem_for(type, text_for(of, type)))
    to.push_back({finding_kind::text, true, fmt::format("The text {}.", *wrong)});
  if (auto wrong = domain::title_problem_for(type, of.title))
    to.push_back({finding_kind::title, true, fmt::format("The title {}.", *wrong)});
  for (const auto& each : domain::unchosen(of.options, type))
    to.push_back({finding_kind::option, true, fmt::format("{} must be chosen for {}.", each, by.display_name)});
  if (auto wrong = domain::warning_problem(type, text_for(of, type), of.options))
    to.push_back({finding_kind::option, true, fmt::format("The content warning {}.", *wrong)});
  const auto media = media_of(of);
  const bool takes_some = by.media.max_images > 0 || by.media.max_videos > 0;
  if (media.empty() && by.media.min > 0)
    to.push_back({finding_kind::media, true, std::string{by.display_name} + " has no posts without a picture."});
  if (media.empty() || !takes_some) return;
  if (auto wrong = domain::media_problem_for(type, media))
    to.push_back({finding_kind::media, true, fmt::format("The post {}.", *wrong)});
}

/// Reports pictures and films that the platform would refuse, by position. Fitted pictures are not checked again.
void check_files(const post& of, domain::channel_type type, const std::vector<medium>& library,
                 std::vector<preflight_finding>& to) {
  for (std::size_t i = 0; i < of.media.size(); ++i) {
    const auto* const one = find_in(library, of.media[i].media_id);
    if (one == nullptr) continue;
    const auto fitting = domain::fit_for(facts_of(*one), std::vector{type});
    if (!fitting.problem) continue;
    const std::string_view what = one->kind == domain::media_kind::video ? "Film" : "Picture";
    to.push_back({finding_kind::media, true, fmt::format("{} {} {}.", what, i + 1, *fitting.problem)});
  }
}

domain::time_formatter clock_of(transaction& tx, const base::uuid& project_id) {
  const auto project = persistence::projects::find(project_id).first(tx);
  return domain::time_formatter{project ? project->time_zone : "UTC"};
}

void check_channel(transaction& tx, const readiness& of, const base::uuid& project_id, base::timestamp at,
                   std::vector<preflight_finding>& to) {
  if (!of.is_active)
    to.push_back({finding_kind::channel, true, of.disabled_reason.value_or("The channel is switched off.")});
  if (of.needs_reconnect) {
    to.push_back({finding_kind::account, true, "Its account must be connected again."});
  } else if (of.expires_at && *of.expires_at <= at) {
    to.push_back({finding_kind::account, true,
                  fmt::format("The connection to its account lasts until {}, which is before the post goes out.",
                              clock_of(tx, project_id).format(*of.expires_at))});
  }
  if (of.is_paused) to.push_back({finding_kind::paused, false, "It is paused: nothing goes out until it is resumed."});
}

/// Reports a budget that the present plans use up by then. `whose`: "the account".
void check_budget(transaction& tx, const preflight::budget& of, const domain::rate& rate, const base::uuid& post_id,
                  base::timestamp at, std::string_view whose, std::vector<preflight_finding>& to) {
  const auto window = std::chrono::duration_cast<std::chrono::microseconds>(rate.window);
  const auto planned = preflight::count_planned(tx, of, post_id, at - window, at);
  if (planned < rate.limit) return;
  to.push_back(
      {finding_kind::quota, false,
       fmt::format("By then {} has {} posts within {}, of {} allowed: this one waits for its turn.", whose, planned,
                   domain::format_length(std::chrono::ceil<std::chrono::seconds>(rate.window)), rate.limit)});
}

void check_quota(transaction& tx, const readiness& of, const post& shown, base::timestamp at,
                 const preflight_facts& known, std::vector<preflight_finding>& to) {
  const auto rates = domain::rates_for(of.channel_type, known.limits);
  if (of.account_id) check_budget(tx, {of.channel_type, of.account_id}, rates.account, shown.id, at, "the account", to);
  if (rates.tenant) check_budget(tx, {of.channel_type, std::nullopt}, *rates.tenant, shown.id, at, "your company", to);
  for (const auto& each : known.blocks) {
    if (each.channel_type != of.channel_type || each.budget != of.account_id.value_or(of.channel_id)) continue;
    to.push_back(
        {finding_kind::quota, false,
         fmt::format("{} accepts no post of the account before {}: this one waits until then.",
                     domain::display_name(of.channel_type), clock_of(tx, shown.project_id).format(each.until))});
  }
}

asio::awaitable<reply<post_preflight>> look(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, now = context.services.clock.now()](transaction& tx) -> result<post_preflight> {
    const auto found = posts::find(id).first(tx);
    if (!found) return problems::not_found("post");
    return run_preflight(tx, *found, found->scheduled_at.value_or(now));
  };
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  co_return std::move(*made);
}

}  // namespace

std::vector<medium> library_of(transaction& tx, const base::uuid& project_id, const std::vector<base::uuid>& ids) {
  if (ids.empty()) return {};
  return persistence::media::find_many(project_id, ids).all(tx);
}

const medium* find_in(const std::vector<medium>& all, const base::uuid& id) {
  const auto found = std::find_if(all.begin(), all.end(), [&id](const medium& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<preflight_finding> findings_for(transaction& tx, const post& of, const readiness& channel,
                                            base::timestamp at, const preflight_facts& known) {
  std::vector<preflight_finding> found;
  check_content(of, channel.channel_type, found);
  check_files(of, channel.channel_type, known.library, found);
  check_channel(tx, channel, of.project_id, at, found);
  check_quota(tx, channel, of, at, known, found);
  return found;
}

post_preflight run_preflight(transaction& tx, const post& of, base::timestamp at) {
  post_preflight made;
  const auto limits = persistence::rate_limits::list(tx);
  std::vector<base::uuid> ids;
  for (const auto& each : of.media) ids.push_back(each.media_id);
  const auto library = library_of(tx, of.project_id, ids);
  const auto blocks = persistence::rate_limits::select_blocks(tx, *tx.tenant_id(), at);
  for (const auto& each : preflight::list(tx, of.id)) {
    auto& shown = made.channels.emplace_back(
        channel_preflight{each.delivery_id, each.channel_id, each.channel_type, each.channel_name, {}});
    shown.findings = findings_for(tx, of, each, at, {limits, blocks, library});
    for (const auto& finding : shown.findings) made.is_good = made.is_good && !finding.is_blocking;
  }
  return made;
}

void add_preflight(route_table& table) {
  table.add(
      server::verb::post, "/posts/{id}/preflight", domain::permission::read_posts, &look,
      "Check a post against its platforms before it goes out",
      {.problems = {404},
       .description =
           "Changes nothing. Checks each channel that still waits for the post: text, media, switched off or paused, "
           "an account that must be connected again, and a budget that will be used up."});
}

}  // namespace pulse::http::routes
