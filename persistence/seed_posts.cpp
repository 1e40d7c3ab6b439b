#include "persistence/seed_posts.hpp"

#include <fmt/core.h>

#include "domain/events/facts.hpp"
#include "persistence/events/events.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::demo {

namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::outcome_kind;

constexpr auto written_before = std::chrono::days{3};
constexpr auto tried_again_after = 5min;

// What the engine would have left there. The fence is the first one that a company's owner is given.
constexpr statement end_delivery{"demo_end_delivery", R"sql(
  UPDATE deliveries
  SET state = $2, attempt = $3, failures = $4, fence = 1, started_at = $5, deadline_at = $5::timestamptz + interval '12 seconds',
      external_id = $6, external_url = $7, reason = $8, outcome = $9, asked_at = $10, finished_at = $11, updated_at = $12
  WHERE id = $1)sql"};

constexpr statement tell_attempt{"demo_tell_attempt", PULSE_APPEND_EVENTS R"sql(
  SELECT tenant_id, project_id, post_id, id, channel_id, NULL, NULL, $2::uuid, NULL, $3, $4::json, $5,
         $6::integer, CASE WHEN $6::integer IS NOT NULL THEN 1::bigint END, $7::timestamptz, $7::timestamptz + interval '12 seconds',
         $8, NULL::jsonb
  FROM deliveries WHERE id = $1)sql"};

/// One delivery of the demo and what is to become of it.
struct ending {
  base::uuid delivery_id;
  base::uuid author_id;
  channel_type type = channel_type::website;
  std::string channel_name;
  base::timestamp due_at;
  fate what = fate::published;
  std::string external_id;
  std::optional<std::string> external_url;
};

std::chrono::microseconds drawn_span(const base::uuid& of, std::size_t byte, int most_ms) {
  // Many small and few large: the square of what is drawn.
  const auto part = static_cast<double>(of.bytes.at(byte)) / 255.0;
  return std::chrono::microseconds{static_cast<std::int64_t>((0.4 + part * part * most_ms) * 1000)};
}

double milliseconds_of(std::chrono::microseconds span) { return static_cast<double>(span.count()) / 1000.0; }

/// The figures of one attempt that began at `started` and took `took`.
domain::attempt_facts facts_of(const ending& of, int attempt, base::timestamp started, std::chrono::microseconds took) {
  domain::attempt_facts made;
  made.publish_duration_ms = milliseconds_of(took);
  made.publish_latency_ms = milliseconds_of(started + took - of.due_at);
  made.lateness_ms = milliseconds_of(started - of.due_at);
  made.adapter_type = made.platform = made.channel_type = of.type;
  made.retry_count = attempt - 1;
  made.channel_name = of.channel_name;
  return made;
}

template <class Event>
domain::event_facts as_event(domain::attempt_facts from) {
  Event made;
  static_cast<domain::attempt_facts&>(made) = std::move(from);
  return made;
}

/// What a platform says that refuses.
std::string_view refusal_of(channel_type type) {
  if (type == channel_type::x) return "X says that this text was posted already. Change the text";
  if (type == channel_type::linkedin) return "LinkedIn did not take the post: the link in it could not be read";
  return "the page could not be written";
}

/// Writes the endings of deliveries, one by one.
class writer {
 public:
  explicit writer(transaction& tx) : tx_(tx) {}

  void write(const ending& of) {
    switch (of.what) {
      case fate::planned:
      case fate::draft: return;
      case fate::published: return publish(of, 1, of.due_at + drawn_span(of.delivery_id, 15, 11));
      case fate::published_at_third_try: return publish_at_third_try(of);
      case fate::failed: return fail(of);
      case fate::missed: return miss(of);
      case fate::cancelled: return cancel(of);
      case fate::unconfirmed: return leave_unconfirmed(of);
      case fate::asked: return ask(of);
    }
  }

 private:
  struct row {
    delivery_state state = delivery_state::waiting;
    int attempt = 0;
    int failures = 0;
    std::optional<base::timestamp> started_at = std::nullopt;
    std::optional<std::string> reason = std::nullopt;
    std::optional<outcome_kind> outcome = std::nullopt;
    std::optional<base::timestamp> asked_at = std::nullopt;
    std::optional<base::timestamp> finished_at = std::nullopt;
    base::timestamp at;
  };

  void end(const ending& of, const row& as) {
    const bool is_out = as.state == delivery_state::published;
    const auto id = is_out ? std::optional{of.external_id} : std::nullopt;
    tx_.queue(end_delivery, of.delivery_id, as.state, as.attempt, as.failures, as.started_at, id,
              is_out ? of.external_url : std::nullopt, as.reason, as.outcome, as.asked_at, as.finished_at, as.at);
  }

  void tell(const ending& of, const domain::event_facts& facts, base::timestamp at, std::optional<int> attempt = {},
            std::optional<base::timestamp> started = {}, std::optional<outcome_kind> outcome = {},
            std::optional<base::uuid> by = {}) {
    tx_.queue(tell_attempt, of.delivery_id, by, domain::kind_of(facts), domain::to_json(facts), at, attempt, started,
              outcome);
  }

  void publish(const ending& of, int attempt, base::timestamp started) {
    const auto took = 60ms + drawn_span(of.delivery_id, 14, 480);
    auto facts = facts_of(of, attempt, started, took);
    facts.external_post_id = of.external_id;
    facts.success = true;
    facts.outcome = outcome_kind::published;
    if (of.external_url) facts.external_url = *of.external_url;
    tell(of, as_event<domain::publish_succeeded>(std::move(facts)), started + took, attempt, started,
         outcome_kind::published);
    end(of, {.state = delivery_state::published,
             .attempt = attempt,
             .failures = attempt - 1,
             .started_at = started,
             .outcome = outcome_kind::published,
             .finished_at = started + took,
             .at = started + took});
  }

  void publish_at_third_try(const ending& of) {
    auto started = of.due_at + 2ms;
    for (int attempt = 1; attempt <= 2; ++attempt) {
      const auto took = 800ms;
      auto facts = facts_of(of, attempt, started, took);
      facts.retryable = true;
      facts.outcome = outcome_kind::transient;
      facts.reason = "LinkedIn answered that it is busy (503)";
      facts.failures = attempt;
      facts.retry_at = started + tried_again_after;
      facts.obeyed = "platform";
      tell(of, as_event<domain::publish_retry_scheduled>(std::move(facts)), started + took, attempt, started,
           outcome_kind::transient);
      started += tried_again_after;
    }
    publish(of, 3, started);
  }

  void fail(const ending& of) {
    const auto started = of.due_at + 3ms;
    const auto took = 240ms;
    auto facts = facts_of(of, 1, started, took);
    facts.outcome = outcome_kind::invalid;
    facts.reason.emplace(refusal_of(of.type));
    tell(of, as_event<domain::publish_failed>(std::move(facts)), started + took, 1, started, outcome_kind::invalid);
    end(of, {.state = delivery_state::failed,
             .attempt = 1,
             .failures = 1,
             .started_at = started,
             .reason = std::string{refusal_of(of.type)},
             .outcome = outcome_kind::invalid,
             .finished_at = started + took,
             .at = started + took});
  }

  void miss(const ending& of) {
    const auto at = of.due_at + 1h + 20min;
    const std::string reason = "it was more than an hour late when the project was resumed";
    domain::publish_missed facts;
    facts.adapter_type = facts.platform = facts.channel_type = of.type;
    facts.channel_name = of.channel_name;
    facts.lateness_policy = domain::lateness_action::skip;
    facts.lateness_after_seconds = 3600;
    facts.reason = reason;
    tell(of, facts, at);
    end(of, {.state = delivery_state::missed, .reason = reason, .finished_at = at, .at = at});
  }

  void cancel(const ending& of) {
    const auto at = of.due_at - 2h;
    domain::publish_cancelled facts;
    facts.channel_name = of.channel_name;
    facts.because = domain::withdrawal_cause::cancelled;
    facts.platform = of.type;
    tell(of, facts, at, {}, {}, {}, of.author_id);
    end(of, {.state = delivery_state::cancelled,
             .reason = "it was cancelled before it went out",
             .finished_at = at,
             .at = at});
  }

  void leave_unconfirmed(const ending& of) {
    const auto started = of.due_at + 4ms;
    const auto took = 1'211ms;
    const std::string reason =
        "the connection broke before LinkedIn answered, and LinkedIn lets nobody look the post up";
    auto facts = facts_of(of, 1, started, took);
    facts.outcome = outcome_kind::unknown;
    facts.reconciliation = domain::reconciliation_kind::cannot_know;
    facts.reason = reason;
    tell(of, as_event<domain::publish_unconfirmed>(std::move(facts)), started + took, 1, started,
         outcome_kind::unknown);
    end(of, {.state = delivery_state::unconfirmed,
             .attempt = 1,
             .started_at = started,
             .reason = reason,
             .outcome = outcome_kind::unknown,
             .at = started + took});
  }

  void ask(const ending& of) {
    const auto at = of.due_at + 1h;
    const std::string reason = "it was an hour late, and its lateness policy asks a person first";
    domain::lateness_asked facts;
    facts.adapter_type = facts.platform = facts.channel_type = of.type;
    facts.channel_name = of.channel_name;
    facts.lateness_policy = domain::lateness_action::ask;
    facts.lateness_after_seconds = 3600;
    facts.reason = reason;
    tell(of, facts, at);
    end(of, {.state = delivery_state::waiting, .reason = reason, .asked_at = at, .at = at});
  }

  transaction& tx_;
};

/// The places of a post: its channels, new ids for its deliveries, and their fates.
struct places {
  base::uuid post_id;
  std::vector<base::uuid> channels{};
  std::vector<base::uuid> deliveries{};
  std::vector<ending> endings{};

  void add(const demo_channels& of, const std::optional<fate>& what, const base::uuid& channel_id, channel_type type,
           std::string_view name, const demo_post& post, base::timestamp now) {
    if (!what) return;
    ending made;
    made.delivery_id = base::new_uuid(now);
    made.author_id = of.author_id;
    made.type = type;
    made.channel_name = name;
    made.due_at = post.due_at.value_or(now);
    made.what = *what;
    if (type == channel_type::website) {
      // As the website connector has it: the publication's id, which is the delivery's here.
      made.external_id = base::to_string(made.delivery_id);
      made.external_url =
          fmt::format("{}/site/{}/posts/{}", of.public_url, base::to_string(of.project_id), made.external_id);
    } else {
      made.external_id = "demo-" + base::to_string(made.delivery_id);
    }
    channels.push_back(channel_id);
    deliveries.push_back(made.delivery_id);
    endings.push_back(std::move(made));
  }
};

}  // namespace

void insert_posts(transaction& tx, const demo_channels& of, const std::vector<demo_post>& posts, base::timestamp now) {
  writer ends{tx};
  for (const auto& post : posts) {
    const bool is_past = post.due_at && *post.due_at < now;
    const auto written = is_past ? *post.due_at - written_before : now;
    places its{base::new_uuid(written)};
    its.add(of, post.website, of.website_id, channel_type::website, of.website_name, post, now);
    its.add(of, post.x, of.x_id, channel_type::x, of.x_name, post, now);
    its.add(of, post.linkedin, of.linkedin_id, channel_type::linkedin, of.linkedin_name, post, now);
    posts::draft made{.id = its.post_id,
                      .project_id = of.project_id,
                      .author_id = of.author_id,
                      .title = post.title,
                      .text = post.text,
                      .variants = {},
                      .scheduled_at = post.due_at,
                      .channel_ids = its.channels,
                      .delivery_ids = its.deliveries};
    for (const auto& each : its.endings) made.channel_names.push_back(each.channel_name);
    if (!post.x_text.empty()) made.variants.emplace("x", post.x_text);
    posts::insert(tx, made, written);
    for (const auto& each : its.endings) ends.write(each);
  }
}

}  // namespace pulse::persistence::demo
