#include "http/routes/publishing/schedule_asking.hpp"

#include <fmt/core.h>

#include "http/bridges/database_bridge.hpp"

namespace pulse::http::routes {

namespace asio = boost::asio;
namespace rulings = persistence::schedule_ruling;
namespace posts = persistence::posts;

namespace {

void add_words(std::string& to, const std::string& more) {
  if (!to.empty()) to += "\n";
  to += more;
}

/// The channels of deliveries that wait: only these may get a new time.
std::vector<base::uuid> waiting_channels(const posts::post& of) {
  std::vector<base::uuid> made;
  for (const auto& each : of.deliveries) {
    if (each.state == domain::delivery_state::waiting) made.push_back(each.channel_id);
  }
  return made;
}

/// Adds the time as a header for programs; people read it in the sentences.
problem with_other_time(problem made, base::timestamp at) {
  made.headers.push_back({"pulse-other-time", base::to_string(at)});
  return made;
}

}  // namespace

rulings::question question_of(const posts::post& of, base::timestamp at, const base::uuid& member_id) {
  rulings::question made{.project_id = of.project_id,
                         .post_id = of.id,
                         .title = of.title,
                         .text = of.text,
                         .at = at,
                         .channel_ids = waiting_channels(of),
                         .member_id = member_id};
  for (const auto& each : of.variants) add_words(made.more_words, each.text);
  return made;
}

rulings::question question_of(const posts::post& of, const posts::edit& wanted, const base::uuid& member_id) {
  auto made = question_of(of, of.scheduled_at.value_or(of.updated_at), member_id);
  made.has_new_time = false;
  if (wanted.title) made.title = *wanted.title;
  if (wanted.text) made.text = *wanted.text;
  if (wanted.variants) {
    made.more_words.clear();
    for (const auto& [platform, text] : *wanted.variants) add_words(made.more_words, text);
  }
  return made;
}

rulings::question question_of(const posts::draft& of) {
  rulings::question made{.project_id = of.project_id,
                         .title = of.title,
                         .text = of.text,
                         .at = of.scheduled_at.value_or(base::timestamp{}),
                         .channel_ids = of.channel_ids,
                         .member_id = of.author_id};
  for (const auto& [platform, text] : of.variants) add_words(made.more_words, text);
  return made;
}

rulings::wish wish_of(std::optional<bool> takes_other_time, const std::optional<override_reason_text>& reason) {
  rulings::wish made{.takes_other_time = takes_other_time.value_or(false)};
  if (reason) made.override_reason = reason->value;
  return made;
}

std::optional<problem> check_override(const request_context& context, bool has_reason) {
  if (!has_reason || may(context.principal, domain::permission::override_guardrails)) return std::nullopt;
  return problems::forbidden("forbidden", "Your role may not override the guardrails. Leave override_reason out.");
}

problem held_back(rulings::ruling_kind kind, const std::string& sentences, base::timestamp other_time) {
  switch (kind) {
    case rulings::ruling_kind::needs_approval: return problems::conflict("guardrails_need_approval", sentences);
    case rulings::ruling_kind::move_to:
      return with_other_time(
          problems::conflict("guardrails_move", sentences + " With takes_other_time it is scheduled for that time."),
          other_time);
    case rulings::ruling_kind::pass:
    case rulings::ruling_kind::block: break;
  }
  return problems::conflict("guardrails_block", sentences);
}

asio::awaitable<void> keep_held(request_context& context, std::shared_ptr<const rulings::ruling> made) {
  if (!made || !made->is_held) co_return;
  auto job = [made, now = context.services.clock.now()](persistence::transaction& tx) {
    rulings::record_held(tx, *made, now);
  };
  // A failure to store this does not change the answer.
  co_await in_transaction(context, job);
}

}  // namespace pulse::http::routes
