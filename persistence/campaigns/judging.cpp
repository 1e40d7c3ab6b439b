#include "persistence/campaigns/judging.hpp"

#include <fmt/core.h>

#include "domain/calendar/local_time.hpp"
#include "persistence/campaigns/topics.hpp"

namespace pulse::persistence::judging {

namespace {

namespace rules = domain::campaigns;

// Every channel of a post counts that something still goes out to, or has gone out to.
constexpr statement select_counted{"select_counted_posts", R"sql(
  SELECT p.scheduled_at AS at, d.channel_ids, i.campaign_id
  FROM posts p
  CROSS JOIN LATERAL (
    SELECT array_agg(e.channel_id) AS channel_ids FROM deliveries e
    WHERE e.tenant_id = p.tenant_id AND e.post_id = p.id AND e.state NOT IN ('cancelled', 'missed', 'failed')) d
  LEFT JOIN content_items i ON i.tenant_id = p.tenant_id AND i.post_id = p.id
  WHERE p.tenant_id = pulse_tenant() AND p.project_id = $1 AND p.deleted_at IS NULL AND p.scheduled_at >= $2 AND p.scheduled_at < $3
    AND d.channel_ids IS NOT NULL AND p.id IS DISTINCT FROM $4::uuid
  ORDER BY p.scheduled_at LIMIT $5)sql"};

struct counted {
  base::timestamp at;
  std::vector<base::uuid> channel_ids;
  std::optional<base::uuid> campaign_id;
};
BOOST_DESCRIBE_STRUCT(counted, (), (at, channel_ids, campaign_id))

bool counts_posts(const rules::guardrails& settings) {
  return settings.most_posts_a_day || settings.most_channel_posts_a_day || settings.most_campaign_posts_a_day;
}

}  // namespace

rules::judgement judge(transaction& tx, const rules::guardrails& settings, const question& of) {
  rules::guardrail_question asked{.text = fmt::format("{}\n{}", of.text, of.more_words),
                                  .at = of.at,
                                  .channel_ids = of.channel_ids,
                                  .campaign_id = of.campaign_id,
                                  .is_approved = of.is_approved};
  if (counts_posts(settings)) {
    // A day on either side: the days are the project's, whatever its zone.
    const auto from = of.at - date::days{2};
    const auto to = of.at + date::days{rules::most_days_moved + 2};
    for (auto& each :
         tx.execute(select_counted, of.project_id, from, to, of.except_post_id, most_counted_posts).all<counted>()) {
      asked.others.push_back(
          {.at = each.at, .channel_ids = std::move(each.channel_ids), .campaign_id = each.campaign_id});
    }
  }
  if (settings.duplicate_topic_days) {
    topics::sign_posts(tx, of.project_id);
    const date::days days{*settings.duplicate_topic_days};
    asked.most_similar =
        topics::find_similar(tx, of.project_id, of.text, of.at - days, of.at + days, of.except_post_id);
  }
  return rules::judge(settings, asked, domain::zone_clock{of.time_zone});
}

}  // namespace pulse::persistence::judging
