#include "actors/activity/hub.hpp"

#include <algorithm>

#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
namespace events = persistence::events;
using events::cursor;

const auto tenant = base::uuid_from_name("tenant");

/// A stream in memory.
class fake_source final : public activity_source {
 public:
  std::vector<events::placed_event> rows;
  cursor end{1, 0};
  std::vector<base::uuid> ended_members;
  std::vector<base::uuid> changed_members;
  int reads = 0;
  events::patience patience = events::patience::with_all;  // of the latest read
  bool is_away = false;
  bool is_early = false;
  bool is_ahead = false;

  void find_end(std::function<void(std::optional<cursor>)> done) override {
    done(is_away ? std::nullopt : std::optional{end});
  }
  void read_after(const events::reader& from, int limit, std::function<void(read_answer)> done) override {
    const auto& after = from.after;
    ++reads;
    patience = from.how;
    if (is_away) return done({});
    auto made = std::make_shared<events::stretch>();
    made->to = after;
    made->is_ahead = std::exchange(is_ahead, false);
    for (const auto& each : rows) {
      if (each.at <= after || made->events.size() == static_cast<std::size_t>(limit)) continue;
      made->events.push_back(each);
      made->to = each.at;
    }
    made->is_full = made->events.size() == static_cast<std::size_t>(limit);
    made->is_early = is_early;
    done({made, {}});
  }
  void find_ended(std::vector<watching_session> sessions,
                  std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) override {
    if (is_away) return done(nullptr);
    auto made = std::make_shared<std::vector<persistence::watch_over>>();
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      const auto is_of = [&](const auto& members) {
        return std::count(members.begin(), members.end(), sessions[i].member_id) > 0;
      };
      if (is_of(ended_members)) made->push_back({i, false});
      if (is_of(changed_members)) made->push_back({i, true});
    }
    done(made);
  }

  void add(int many = 1) {
    for (int i = 0; i < many; ++i) {
      end = {end.transaction + 1, 0};
      rows.push_back({{end.transaction, 1}, {}});
      rows.back().event.id = end.transaction;
    }
  }
};

struct fake_watcher final : activity_watcher {
  std::vector<cursor> seen;
  std::vector<const activity_frame*> frames;
  std::optional<watch_end> ended;

  void take(const activity_batch& batch) override {
    for (const auto& each : *batch) {
      seen.push_back(each->at);
      frames.push_back(each.get());
    }
  }
  void end(watch_end why) override { ended = why; }
};

struct hub_fixture : support::actor_fixture {
  fake_source source;
  hub_actor actor;
  int forgotten = 0;

  explicit hub_fixture(hub_limits limits = {}) {
    actor = system.spawn(hub, hub_facts{tenant, &source, limits, [this] { ++forgotten; }});
    settle();
  }
  ~hub_fixture() {
    caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    actor = nullptr;
    settle();
  }

  std::optional<watch_answer> watch(const std::shared_ptr<fake_watcher>& by, std::optional<cursor> after = std::nullopt,
                                    base::uuid member = base::uuid_from_name("member")) {
    // Who is ahead of the hub is answered when the hub has read as far: after this has returned.
    const auto given = std::make_shared<std::optional<watch_answer>>();
    auto reply = std::make_shared<watch_reply>([given](const watch_answer& answer) { *given = answer; });
    caf::anon_send(actor,
                   begin_watching{{tenant, member, base::uuid_from_name("session"), {}, after, by}, std::move(reply)});
    settle();
    return *given;
  }
  void wake() {
    caf::anon_send(actor, events_committed{});
    settle();
  }
};

struct small_hub : hub_fixture {
  small_hub() : hub_fixture({.watchers = 2, .remembered = 3, .page = 2}) {}
};

}  // namespace

TEST_CASE_METHOD(hub_fixture, "all watchers get the same frame of an event, in order, once") {
  const auto one = std::make_shared<fake_watcher>();
  const auto two = std::make_shared<fake_watcher>();
  CHECK(watch(one)->is_watching);
  CHECK(watch(two)->is_watching);
  source.add(3);
  wake();
  CHECK(one->seen == std::vector<cursor>{{2, 1}, {3, 1}, {4, 1}});
  CHECK(one->frames == two->frames);
  CHECK(one->frames.front()->json.starts_with(R"({"cursor":"2-1","event":{"id":2,)"));
  advance(500ms);
  CHECK(one->seen.size() == 3);
}

TEST_CASE_METHOD(hub_fixture, "a watcher from a process that has read further gets no event twice") {
  const auto one = std::make_shared<fake_watcher>();
  const auto two = std::make_shared<fake_watcher>();
  CHECK(watch(one)->is_watching);
  source.is_away = true;  // this hub has yet to read what the other process has handed out
  source.add(2);
  CHECK_FALSE(watch(two, cursor{2, 1}));
  source.is_away = false;
  advance(500ms);
  CHECK(one->seen == std::vector<cursor>{{2, 1}, {3, 1}});
  CHECK(two->seen == std::vector<cursor>{{3, 1}});
  source.add();
  wake();
  CHECK(one->seen.back() == cursor{4, 1});
  CHECK(two->seen == std::vector<cursor>{{3, 1}, {4, 1}});
}

TEST_CASE_METHOD(hub_fixture, "a burst reaches many watchers in few hand-outs, and the first of its events at once") {
  std::vector<std::shared_ptr<fake_watcher>> many(1'000);
  for (auto& each : many) {
    each = std::make_shared<fake_watcher>();
    watch(each);
  }
  const auto before = source.reads;
  for (int i = 0; i < 50; ++i) {
    source.add();
    wake();
    if (i == 0) CHECK(many.back()->seen.size() == 1);
    advance(1ms);
  }
  advance(10ms);
  CHECK(source.reads - before <= 8);
  for (const auto& each : many) REQUIRE(each->seen.size() == 50);
}

TEST_CASE_METHOD(hub_fixture,
                 "a watcher with a cursor from another database's future must read, and waits for nothing") {
  const auto one = std::make_shared<fake_watcher>();
  const auto answer = watch(one, cursor{900, 1});
  REQUIRE(answer);
  CHECK_FALSE(answer->is_watching);
  CHECK(answer->begins_at);
}

TEST_CASE_METHOD(hub_fixture, "a hub without notices polls by itself, also after the database was away") {
  const auto one = std::make_shared<fake_watcher>();
  CHECK(watch(one)->is_watching);
  source.is_away = true;
  source.add();
  advance(2s);
  CHECK(one->seen.empty());
  CHECK_FALSE(one->ended);
  source.is_away = false;
  advance(500ms);
  CHECK(one->seen.size() == 1);
}

TEST_CASE_METHOD(hub_fixture, "a hub that has read since its last poll polls no sooner than necessary") {
  const auto one = std::make_shared<fake_watcher>();
  watch(one);
  advance(1s);
  const auto before = source.reads;
  for (int i = 0; i < 10; ++i) {
    source.add();
    wake();
    advance(200ms);
  }
  CHECK(source.reads - before == 10);
  CHECK(one->seen.size() == 10);
  source.add();
  advance(1s);
  CHECK(one->seen.size() == 11);
}

TEST_CASE_METHOD(small_hub, "a returning watcher gets missed events from memory, or learns where memory begins") {
  const auto early = std::make_shared<fake_watcher>();
  const auto first_head = watch(early)->head;
  source.add(5);  // of which three are remembered
  wake();
  REQUIRE(early->seen.size() == 5);
  const auto back = std::make_shared<fake_watcher>();
  CHECK(watch(back, cursor{4, 1})->is_watching);
  CHECK(back->seen == std::vector<cursor>{{5, 1}, {6, 1}});
  caf::anon_send(actor, stop_watching{back});
  const auto long_gone = std::make_shared<fake_watcher>();
  const auto answer = watch(long_gone, first_head).value();
  CHECK_FALSE(answer.is_watching);
  CHECK(answer.begins_at == cursor{3, 1});
  CHECK(long_gone->seen.empty());
}

TEST_CASE_METHOD(small_hub, "watchers beyond a hub's limit are turned away, and the others continue") {
  const auto one = std::make_shared<fake_watcher>();
  const auto two = std::make_shared<fake_watcher>();
  const auto three = std::make_shared<fake_watcher>();
  watch(one);
  watch(two);
  CHECK_FALSE(watch(three)->is_watching);
  CHECK(three->ended == watch_end::overloaded);
  source.add();
  wake();
  CHECK(one->seen.size() == 1);
  CHECK(three->seen.empty());
}

TEST_CASE_METHOD(hub_fixture, "a signed-out watcher is cut within a second, and nobody else") {
  const auto one = std::make_shared<fake_watcher>();
  const auto two = std::make_shared<fake_watcher>();
  const auto gone = base::uuid_from_name("gone");
  watch(one);
  watch(two, std::nullopt, gone);
  source.ended_members = {gone};
  advance(1s);
  CHECK(two->ended == watch_end::access_lost);
  CHECK_FALSE(one->ended);
  source.add();
  wake();
  CHECK(one->seen.size() == 1);
  CHECK(two->seen.empty());
}

TEST_CASE_METHOD(hub_fixture, "a watcher whose access changes is told to reconnect") {
  const auto one = std::make_shared<fake_watcher>();
  const auto two = std::make_shared<fake_watcher>();
  const auto changed = base::uuid_from_name("changed");
  watch(one);
  watch(two, std::nullopt, changed);
  source.changed_members = {changed};
  advance(1s);
  CHECK(two->ended == watch_end::reach_changed);
  CHECK_FALSE(one->ended);
  source.add();
  wake();
  CHECK(two->seen.empty());
}

TEST_CASE_METHOD(hub_fixture, "what cannot be read yet is read again within milliseconds") {
  const auto one = std::make_shared<fake_watcher>();
  watch(one);
  source.is_early = true;
  wake();
  const auto before = source.reads;
  CHECK(source.patience == events::patience::with_all);
  source.is_early = false;
  source.add();
  advance(4ms);
  CHECK(source.reads > before);
  CHECK(one->seen.size() == 1);
}

TEST_CASE_METHOD(hub_fixture, "a hub that is held up asks who writes in this database, and waits for nobody else") {
  watch(std::make_shared<fake_watcher>());
  source.is_early = true;
  wake();
  advance(200ms);
  CHECK(source.patience == events::patience::with_our_own);
  source.is_early = false;
  advance(200ms);
  wake();
  CHECK(source.patience == events::patience::with_all);
}

TEST_CASE_METHOD(hub_fixture, "a replaced database is reported, and the next stream begins at its end") {
  const auto one = std::make_shared<fake_watcher>();
  watch(one);
  source.is_ahead = true;
  wake();
  CHECK(one->ended == watch_end::restored);
  const auto two = std::make_shared<fake_watcher>();
  CHECK(watch(two)->is_watching);
}

TEST_CASE_METHOD(hub_fixture, "a hub without watchers rests and is forgotten, and one that ends tells its watchers") {
  const auto one = std::make_shared<fake_watcher>();
  watch(one);
  advance_long(40s);
  CHECK(forgotten == 0);
  caf::anon_send(actor, stop_watching{one});
  advance_long(31s);
  CHECK(forgotten == 1);
  CHECK_FALSE(watch(one)->is_watching);  // dropped unanswered
}

}  // namespace pulse::actors
