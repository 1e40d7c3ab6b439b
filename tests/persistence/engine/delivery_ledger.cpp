#include "persistence/engine/delivery_ledger.hpp"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

#include <catch2/catch.hpp>

#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

/// The answers to many writes; waits until all have come.
class answers {
 public:
  void expect(int more) { expected_ += more; }
  void add(const base::uuid& id, ledger_answer what, std::string text = {}) {
    const std::lock_guard lock{mutex_};
    ++count_;
    by_id_.emplace(id, what);
    texts_[id] = std::move(text);
    all_.notify_all();
  }
  void wait() {
    std::unique_lock lock{mutex_};
    REQUIRE(all_.wait_for(lock, 30s, [this] { return count_ >= expected_; }));
    CHECK(count_ == expected_);
  }
  int of(ledger_answer what) const {
    return static_cast<int>(
        std::count_if(by_id_.begin(), by_id_.end(), [what](const auto& each) { return each.second == what; }));
  }
  ledger_answer to(const base::uuid& id) const { return by_id_.find(id)->second; }
  const std::string& text_of(const base::uuid& id) const { return texts_.at(id); }

 private:
  std::mutex mutex_;
  std::condition_variable all_;
  int expected_ = 0;
  int count_ = 0;
  std::multimap<base::uuid, ledger_answer> by_id_;
  std::map<base::uuid, std::string> texts_;
};

struct ledger_test {
  explicit ledger_test(delivery_ledger::options limits = {}) : ledger(store.engine(), store.node_id(), limits) {}

  publishing_store store;
  company acme = store.add_company();
  std::int64_t fence = store.own(acme);
  std::map<base::uuid, intent> intents;
  delivery_ledger ledger;

  base::uuid add(const std::string& text = "Text") {
    const auto now = noon();
    const posts::draft made{.id = base::new_uuid(now),
                            .project_id = acme.project_id,
                            .author_id = acme.owner_id,
                            .title = "",
                            .text = text,
                            .variants = {},
                            .scheduled_at = now,
                            .channel_ids = {acme.website_id},
                            .delivery_ids = {base::new_uuid(now)}};
    store.as(acme, [&](transaction& tx) { posts::insert(tx, made, now); });
    intents[made.delivery_ids[0]] = store.intent_for(acme, made.delivery_ids[0], fence, noon());
    return made.delivery_ids[0];
  }
  void claim(const base::uuid& id, answers& to, std::int64_t under = 0) {
    to.expect(1);
    auto wanted = intents.at(id);
    if (under != 0) wanted.fence = under;
    ledger.claim(std::move(wanted), [id, &to](ledger_answer what, std::optional<claimed_content> content) {
      to.add(id, what, content ? content->text : "");
    });
  }
  delivery_change published(const base::uuid& id) const {
    delivery_change made;
    made.tenant_id = acme.id;
    made.delivery_id = id;
    made.fence = fence;
    made.attempt = 1;
    made.to = delivery_state::published;
    made.not_before = noon();
    made.external_id = "external";
    made.event = domain::publish_succeeded{};
    made.at = noon();
    return made;
  }
  void record(delivery_change what, answers& to) {
    to.expect(1);
    const auto id = what.delivery_id;
    ledger.record(std::make_shared<delivery_change>(std::move(what)),
                  [id, &to](ledger_answer word) { to.add(id, word); });
  }
};

}  // namespace

TEST_CASE("a single write is committed at once and answered") {
  ledger_test t;
  const auto id = t.add("the text");
  answers claimed;
  t.claim(id, claimed);
  claimed.wait();
  CHECK(claimed.to(id) == ledger_answer::done);
  CHECK(claimed.text_of(id) == "the text");
  answers recorded;
  t.record(t.published(id), recorded);
  recorded.wait();
  CHECK(recorded.to(id) == ledger_answer::done);
  CHECK(t.ledger.count().commits == 2);
  CHECK(t.ledger.count().writes == 2);
}

TEST_CASE("many writes share few commits, and each gets its own answer") {
  ledger_test t;
  constexpr int many = 300;
  std::vector<base::uuid> ids;
  for (int i = 0; i < many; ++i) ids.push_back(t.add("text " + std::to_string(i)));
  answers claimed;
  for (int i = 0; i < many; ++i) t.claim(ids[static_cast<std::size_t>(i)], claimed, i % 3 == 0 ? t.fence + 7 : 0);
  claimed.wait();
  CHECK(claimed.of(ledger_answer::refused) == many / 3);
  CHECK(claimed.of(ledger_answer::done) == many - many / 3);
  for (int i = 0; i < many; ++i) {
    const auto& id = ids[static_cast<std::size_t>(i)];
    CHECK(claimed.text_of(id) == (i % 3 == 0 ? "" : "text " + std::to_string(i)));
  }
  const auto count = t.ledger.count();
  INFO(count.commits << " commits for " << count.writes << " writes");
  CHECK(count.writes == many);
  CHECK(count.commits < many / 5);
  CHECK(count.refused == many / 3);

  answers recorded;
  for (const auto& id : ids) t.record(t.published(id), recorded);
  recorded.wait();
  CHECK(recorded.of(ledger_answer::done) == many - many / 3);
}

TEST_CASE("after a commit of many the next waits until there are enough") {
  ledger_test t{{.gather_after = 1, .gather_most = 3, .gather_for = 1h}};
  std::vector<base::uuid> ids;
  for (int i = 0; i < 7; ++i) ids.push_back(t.add());
  const auto claim = [&](std::size_t from, std::size_t to) {
    answers claimed;
    for (auto i = from; i < to; ++i) t.claim(ids[i], claimed);
    claimed.wait();
    CHECK(claimed.of(ledger_answer::done) == static_cast<int>(to - from));
  };
  claim(0, 1);  // nothing came before it
  claim(1, 4);
  CHECK(t.ledger.count().commits == 2);
  claim(4, 7);
  CHECK(t.ledger.count().commits == 3);
}

TEST_CASE("of two who want to begin the same attempt, the one who owns the company does, and only that one") {
  // Both wait for the same commit, as a channel's actor from before this node lost the company, and its successor, may.
  const bool is_stale_first = GENERATE(true, false);
  ledger_test t{{.gather_after = 1, .gather_most = 3, .gather_for = 50ms}};
  const auto before = t.add();
  const auto wanted = t.add("the text");
  const auto after = t.add();
  answers first;
  t.claim(before, first);
  first.wait();
  answers stale;
  answers own;
  if (is_stale_first) t.claim(wanted, stale, t.fence + 7);
  t.claim(wanted, own);
  if (!is_stale_first) t.claim(wanted, stale, t.fence + 7);
  t.claim(after, first);
  first.wait();
  own.wait();
  stale.wait();
  CHECK(own.to(wanted) == ledger_answer::done);
  CHECK(own.text_of(wanted) == "the text");
  CHECK(stale.to(wanted) == ledger_answer::refused);
}

TEST_CASE("of two who record the end of the same attempt, only the one whose outcome is stored is told so") {
  const bool is_stale_first = GENERATE(true, false);
  ledger_test t{{.gather_after = 1, .gather_most = 3, .gather_for = 50ms}};
  answers claimed;
  const std::vector<base::uuid> ids{t.add(), t.add(), t.add()};
  for (const auto& id : ids) t.claim(id, claimed);
  claimed.wait();
  answers first;
  t.record(t.published(ids[0]), first);
  first.wait();
  auto foreign = t.published(ids[1]);
  foreign.fence += 7;
  answers stale;
  answers own;
  if (is_stale_first) t.record(foreign, stale);
  t.record(t.published(ids[1]), own);
  if (!is_stale_first) t.record(foreign, stale);
  t.record(t.published(ids[2]), first);
  first.wait();
  own.wait();
  stale.wait();
  CHECK(own.to(ids[1]) == ledger_answer::done);
  CHECK(stale.to(ids[1]) == ledger_answer::refused);
}

TEST_CASE("after a commit of many a single write waits a little and no longer") {
  ledger_test t{{.gather_after = 1, .gather_most = 1'000, .gather_for = 20ms}};
  for (int i = 0; i < 3; ++i) {
    const auto id = t.add();
    answers claimed;
    t.claim(id, claimed);
    claimed.wait();
    CHECK(claimed.to(id) == ledger_answer::done);
  }
}

TEST_CASE("a write that the database can never take does not take others with it") {
  ledger_test t;
  constexpr int many = 40;
  std::vector<base::uuid> ids;
  answers claimed;
  for (int i = 0; i < many; ++i) ids.push_back(t.add());
  for (const auto& id : ids) t.claim(id, claimed);
  claimed.wait();
  REQUIRE(claimed.of(ledger_answer::done) == many);
  answers recorded;
  for (int i = 0; i < many; ++i) {
    auto what = t.published(ids[static_cast<std::size_t>(i)]);
    if (i == 7) what.reason = std::string{"not \xff UTF-8"};
    if (i == 9) what.reason = std::string{"with \0 in it", 12};
    if (i == 11) what.external_id.reset();  // published without an id: a CHECK refuses it
    t.record(std::move(what), recorded);
  }
  recorded.wait();
  for (int i = 0; i < many; ++i) {
    INFO(i);
    const bool poisoned = i == 7 || i == 9 || i == 11;
    CHECK((recorded.to(ids[static_cast<std::size_t>(i)]) == ledger_answer::done) != poisoned);
  }
}

TEST_CASE("when the database goes away every write is answered with failed, and the ledger works again afterwards") {
  ledger_test t;
  std::vector<base::uuid> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(t.add());
  answers warm;
  t.claim(ids[0], warm);
  warm.wait();
  tests::shared_servers().kill(tests::server::postgres);
  answers failed;
  for (const auto& id : ids) t.claim(id, failed);
  failed.wait();
  CHECK(failed.of(ledger_answer::failed) == 20);
  tests::shared_servers().start(tests::server::postgres);
  // The pool tries to connect again at intervals of its own.
  for (int tries = 0; tries < 500; ++tries) {
    answers again;
    t.claim(ids[0], again);
    again.wait();
    if (again.to(ids[0]) == ledger_answer::done) break;
  }
  answers again;
  for (const auto& id : ids) t.claim(id, again);
  again.wait();
  CHECK(again.of(ledger_answer::done) == 20);
}

}  // namespace pulse::persistence
