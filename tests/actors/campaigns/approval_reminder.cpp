// Reminders of approvals in a real database: who gets one, when, and only once a round, even if a process dies.
#include "actors/campaigns/approval_reminder.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "persistence/campaigns/approval_reminders.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace campaigns = domain::campaigns;
namespace reminders = persistence::approval_reminders;
using campaigns::approval_notice;
using domain::role;
using persistence::transaction;

struct with_approvals {
  publishing_store store;
  company of = store.add_company();
  persistence::secret_box box = test_box();
  base::uuid leader = add_member("leader", role::team_leader);
  base::uuid other_leader = add_member("other", role::team_leader);
  base::uuid admin = add_member("admin", role::admin);

  with_approvals() {
    campaigns::approval_policy policy;
    policy.steps = {{.name = "Editors",
                     .needs = campaigns::approval_need::one_of,
                     .approvers = {.roles = {role::team_leader}, .member_ids = {}, .by_link = false}}};
    policy.remind_after_hours = 4;
    policy.escalate_after_hours = 24;
    policy.escalate_to.roles = {role::admin};
    store.as(of, [&](transaction& tx) {
      persistence::guardrail_settings::put(tx, {.project_id = of.project_id, .approval = policy}, of.owner_id, noon());
    });
  }

  base::uuid add_member(const std::string& name, role as, bool is_confirmed = true) {
    const auto id = base::new_uuid(noon());
    store.as(of, [&](transaction& tx) {
      persistence::members::member made{id, name + "@example.org", name, as, noon()};
      if (is_confirmed) made.email_verified_at = noon();
      persistence::members::insert(tx, made, "not a hash");
    });
    return id;
  }
  base::uuid hand_in(const base::uuid& author, base::timestamp now = noon()) {
    const auto id = base::new_uuid(now);
    store.as(of, [&](transaction& tx) {
      persistence::content::insert(
          tx, {.id = id, .project_id = of.project_id, .title = "Spring", .text = "Hello", .author_id = author}, now);
      REQUIRE(persistence::content::submit(tx, id, 1, author, now));
    });
    return id;
  }
  std::vector<reminders::due> due(base::timestamp now) {
    return store.as_engine([now](transaction& tx) { return reminders::find(tx, now, 100); });
  }
  /// Sends what is due, as one look does; how many were sent.
  int sweep(base::timestamp now) {
    int sent = 0;
    for (const auto& each : due(now)) sent += send(each, now) ? 1 : 0;
    return sent;
  }
  bool send(const reminders::due& one, base::timestamp now) {
    auto done = store.engine().transact_now(one.tenant_id, [&](transaction& tx) {
      return reminders::send(tx, one, {box, "https://pulse.example.org"}, now);
    });
    if (done.has_error()) FAIL(done.error().detail);
    return *done;
  }
  std::vector<std::string> mailed() {
    return store.as_engine([](transaction& tx) {
      std::vector<std::string> made;
      const auto found =
          tx.execute({"list_mails_in_test", "SELECT recipient FROM mail_outbox ORDER BY created_at, recipient"});
      for (std::size_t i = 0; i < found.size(); ++i) made.push_back(found.get<std::string>(i, 0));
      return made;
    });
  }
  std::size_t events(const std::string& type) {
    return store.as(of, [&](transaction& tx) {
      return tx.execute({"count_events_in_test", "SELECT FROM publish_events WHERE type = $1"}, type).size();
    });
  }
  void decide(const base::uuid& id, campaigns::content_decision what, const base::uuid& by, base::timestamp now) {
    store.as(of, [&](transaction& tx) {
      persistence::reviews::decide(tx, {.content_id = id, .version = 1, .decision = what, .reason = "No"},
                                   {.member_id = by, .role = role::team_leader}, now);
    });
  }
};

}  // namespace

TEST_CASE("approvers are reminded once, not too early, and authors are not") {
  with_approvals with;
  with.add_member("unconfirmed", role::team_leader, false);
  with.hand_in(with.leader);
  CHECK(with.sweep(noon() + 3h + 59min) == 0);
  CHECK(with.sweep(noon() + 4h) == 1);
  CHECK(with.mailed() == std::vector<std::string>{"other@example.org"});
  CHECK(with.sweep(noon() + 5h) == 0);
  CHECK(with.events("ApprovalReminded") == 1);
}

TEST_CASE("without a decision the escalation's approvers are notified once, and may decide") {
  with_approvals with;
  const auto id = with.hand_in(with.leader);
  with.sweep(noon() + 4h);
  CHECK(with.sweep(noon() + 24h) == 1);
  CHECK(with.mailed() == std::vector<std::string>{"other@example.org", "admin@example.org"});
  CHECK(with.sweep(noon() + 48h) == 0);
  CHECK(with.events("ApprovalEscalated") == 1);
  CHECK(id != base::uuid{});
}

TEST_CASE("a decision in time prevents a reminder, and handing in again allows a new one") {
  with_approvals with;
  const auto id = with.hand_in(with.leader);
  const auto found = with.due(noon() + 4h);
  REQUIRE(found.size() == 1);
  with.decide(id, campaigns::content_decision::reject, with.other_leader, noon() + 4h);
  CHECK_FALSE(with.send(found[0], noon() + 4h));
  CHECK(with.sweep(noon() + 30h) == 0);
  CHECK(with.mailed().empty());
  with.store.as(with.of, [&](transaction& tx) {
    persistence::content::edit words;
    words.text = "Hello again";
    REQUIRE(persistence::content::change(tx, id, words, with.leader, noon() + 31h));
    REQUIRE(persistence::content::submit(tx, id, 2, with.leader, noon() + 31h));
  });
  CHECK(with.sweep(noon() + 34h) == 0);
  CHECK(with.sweep(noon() + 35h) == 1);
  CHECK(with.mailed().size() == 1);
}

TEST_CASE("of two reminders at the same time one sends, and one that dies before its commit has sent nothing") {
  with_approvals with;
  with.hand_in(with.leader);
  const auto found = with.due(noon() + 4h);
  REQUIRE(found.size() == 1);
  // Dies: what it did is rolled back, all of it.
  const auto died = with.store.engine().transact_now(found[0].tenant_id, [&](transaction& tx) {
    CHECK(reminders::send(tx, found[0], {with.box, ""}, noon() + 4h));
    tx.execute({"die_in_test", "SELECT 1 / 0"});
  });
  REQUIRE(died.has_error());
  CHECK(with.mailed().empty());
  CHECK(with.events("ApprovalReminded") == 0);
  CHECK(with.send(found[0], noon() + 4h));
  CHECK_FALSE(with.send(found[0], noon() + 4h));
  CHECK(with.mailed().size() == 1);
}

TEST_CASE("the reminder runs by itself, and wakes the mail sender") {
  with_approvals with;
  with.hand_in(with.leader, noon() - 5h);
  base::manual_clock clock{noon()};
  std::promise<void> woken;
  {
    approval_reminder reminder{
        with.store.engine(),
        with.box,
        clock,
        {.poll_every = 10ms, .app_url = "https://pulse.example.org", .mail_waits = [&] { woken.set_value(); }}};
    woken.get_future().wait();
  }
  CHECK(with.mailed().size() == 1);
}

}  // namespace pulse::actors
