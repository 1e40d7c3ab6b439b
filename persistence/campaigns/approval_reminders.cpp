#include "persistence/campaigns/approval_reminders.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/describe.hpp"
#include "domain/calendar/time_words.hpp"
#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/content_events.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/people/mail_outbox.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::persistence::approval_reminders {

namespace {

namespace rules = domain::campaigns;
using rules::approval_notice;

constexpr statement select_due{"select_due_approval_notices", R"sql(
  SELECT i.tenant_id, i.id AS content_id, n.what
  FROM content_items i
  JOIN project_guardrails g ON g.tenant_id = i.tenant_id AND g.project_id = i.project_id
  CROSS JOIN LATERAL (VALUES
    ('reminder', i.reminded_at, (g.approval ->> 'remind_after_hours')::integer),
    ('escalation', i.escalated_at, (g.approval ->> 'escalate_after_hours')::integer)) AS n (what, sent_at, hours)
  WHERE i.state = 'pending_approval' AND i.deleted_at IS NULL AND (i.reminded_at IS NULL OR i.escalated_at IS NULL)
    AND n.sent_at IS NULL AND i.submitted_at + make_interval(hours => n.hours) <= $1
  ORDER BY i.submitted_at, i.id LIMIT $2)sql"};

// One of these is what makes a notice be sent once: whoever comes second finds the time there.
constexpr statement mark_reminded{"mark_content_reminded", R"sql(
  UPDATE content_items SET reminded_at = $3
  WHERE tenant_id = pulse_tenant() AND id = $1 AND round = $2 AND state = 'pending_approval' AND deleted_at IS NULL AND reminded_at IS NULL
  RETURNING id)sql"};

constexpr statement mark_escalated{"mark_content_escalated", R"sql(
  UPDATE content_items SET escalated_at = $3
  WHERE tenant_id = pulse_tenant() AND id = $1 AND round = $2 AND state = 'pending_approval' AND deleted_at IS NULL AND escalated_at IS NULL
  RETURNING id)sql"};

constexpr statement select_people{"select_people_who_approve", R"sql(
  SELECT id, email, role FROM members
  WHERE tenant_id = pulse_tenant() AND is_active AND email_verified_at IS NOT NULL ORDER BY id LIMIT $1)sql"};

struct person {
  base::uuid id;
  std::string email;
  domain::role role = domain::role::member;
};
BOOST_DESCRIBE_STRUCT(person, (), (id, email, role))

std::vector<person> whom_to_tell(transaction& tx, const reviews::progress& standing, approval_notice what,
                                 base::timestamp now) {
  auto people = tx.execute(select_people, most_members).all<person>();
  std::erase_if(people, [&](const person& each) {
    return !rules::is_told(standing.policy, standing.question, {each.id, each.role}, what, now);
  });
  if (people.size() > most_mails) people.resize(most_mails);
  return people;
}

std::string name_of(const content::item& of) {
  constexpr std::size_t most_bytes = 100;
  auto name = of.title.empty() ? of.text : of.title;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char each) { return each < 0x20 || each == 0x7f; }, ' ');
  if (name.size() <= most_bytes) return name;
  auto end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end) + "…";
}

std::string text_of(const content::item& of, approval_notice what, int hours, const std::string& step,
                    const letterhead& with) {
  const auto waited = domain::format_length(std::chrono::hours{hours});
  std::string made = fmt::format("“{}” has waited for approval ({}) for {}.\n\n", name_of(of), step, waited);
  switch (what) {
    case approval_notice::reminder: made += "You may decide about it"; break;
    case approval_notice::escalation: made += "Nobody who was to decide has done so. Now you may, too"; break;
  }
  return fmt::format("{}: read it here, and approve or reject it.\n\n{}/app/content-studio/{}\n", made, with.app_url,
                     base::to_string(of.id));
}

template <class Facts>
void tell(transaction& tx, const content::item& of, const std::string& step, int hours, std::size_t people,
          base::timestamp now) {
  content::telling told{.now = now};
  told.step = step;
  told.hours = hours;
  told.people = static_cast<int>(people);
  content::append_event<Facts>(tx, of.id, told);
}

}  // namespace

std::vector<due> find(transaction& tx, base::timestamp now, int limit) {
  return tx.execute(select_due, now, limit).all<due>();
}

bool send(transaction& tx, const due& one, const letterhead& with, base::timestamp now) {
  const auto item = content::lock(tx, one.content_id);
  if (!item || item->state != rules::content_state::pending_approval) return false;
  const auto standing = reviews::find_progress(tx, *item);
  const auto hours = rules::hours_until(standing.policy, one.what);
  if (!hours || now < standing.question.submitted_at + std::chrono::hours{*hours}) return false;
  const bool is_reminder = one.what == approval_notice::reminder;
  if (tx.execute(is_reminder ? mark_reminded : mark_escalated, item->id, item->round, now).empty()) return false;
  const auto step = standing.waiting < standing.steps.size() ? standing.steps[standing.waiting].name : std::string{};
  const auto people = whom_to_tell(tx, standing, one.what, now);
  const auto project = projects::find(item->project_id).first(tx);
  for (const auto& each : people) {
    mail_outbox::insert(
        tx,
        {.id = base::uuid_from_name(fmt::format("{} of {} {} to {}", base::to_name(one.what), base::to_string(item->id),
                                                item->round, base::to_string(each.id))),
         .recipient = each.email,
         .subject =
             fmt::format("{}please decide about “{}”", project ? project->name + ": " : std::string{}, name_of(*item)),
         .text = text_of(*item, one.what, *hours, step, with)},
        with.box, now);
  }
  if (is_reminder) {
    tell<domain::approval_reminded>(tx, *item, step, *hours, people.size(), now);
  } else {
    tell<domain::approval_escalated>(tx, *item, step, *hours, people.size(), now);
  }
  return true;
}

}  // namespace pulse::persistence::approval_reminders
