#include "persistence/campaigns/content_events.hpp"

#include "persistence/events/events.hpp"

namespace pulse::persistence::content {

namespace {

constexpr statement select_facts{"select_content_facts", R"sql(
  SELECT project_id, post_id, left(CASE WHEN title <> '' THEN title ELSE text END, 80) AS title, version, campaign_id, rule_id, run_id,
         scheduled_at
  FROM content_items WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

struct item_facts {
  base::uuid project_id;
  std::optional<base::uuid> post_id;
  std::string title;
  int version = 1;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> rule_id;
  std::optional<base::uuid> run_id;
  std::optional<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(item_facts, (), (project_id, post_id, title, version, campaign_id, rule_id, run_id, scheduled_at))

}  // namespace

template <class Facts>
void append_event(transaction& tx, const base::uuid& id, const telling& by) {
  const auto of = tx.execute(select_facts, id).first<item_facts>();
  if (!of) return;
  Facts facts;
  facts.title = of->title;
  facts.version = of->version;
  facts.campaign_id = of->campaign_id;
  facts.rule_id = of->rule_id;
  facts.run_id = of->run_id;
  facts.reviewer = by.reviewer;
  facts.reason = by.reason;
  facts.step = by.step;
  facts.hours = by.hours;
  facts.people = by.people;
  if (std::is_same_v<Facts, domain::content_scheduled>) facts.scheduled_at = of->scheduled_at;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = of->project_id,
                      .post_id = of->post_id,
                      .about = events::subject{domain::subject_kind::content, id},
                      .member_id = by.member_id,
                      .facts = std::move(facts),
                      .at = by.now});
}

template void append_event<domain::content_submitted>(transaction&, const base::uuid&, const telling&);
template void append_event<domain::content_approved>(transaction&, const base::uuid&, const telling&);
template void append_event<domain::content_rejected>(transaction&, const base::uuid&, const telling&);
template void append_event<domain::content_scheduled>(transaction&, const base::uuid&, const telling&);
template void append_event<domain::approval_reminded>(transaction&, const base::uuid&, const telling&);
template void append_event<domain::approval_escalated>(transaction&, const base::uuid&, const telling&);

}  // namespace pulse::persistence::content
