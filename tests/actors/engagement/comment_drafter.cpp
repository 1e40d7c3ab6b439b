#include "actors/engagement/comment_drafter.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/support/egress_calls.hpp"
#include "tests/support/publishing_store.hpp"

using namespace pulse;
using namespace pulse::tests;
using namespace std::chrono_literals;

namespace {

/// Says what it is told to say, in turn.
class scripted_writer final : public actors::commenting {
 public:
  void write(actors::comment_wanted wanted, std::function<void(actors::comment_answer)> done) override {
    std::optional<actors::comment_refused> refused;
    std::string text;
    {
      const std::lock_guard guard{mutex_};
      seen_.push_back(std::move(wanted));
      refused = refusal;
      text = texts.empty() ? "Comment number " + std::to_string(seen_.size())
                           : texts.at(std::min(seen_.size(), texts.size()) - 1);
    }
    if (refused) return done(*refused);
    done(actors::comment_made{text, "en", false, 1});
  }
  std::string_view provider() const override { return name; }
  bool is_stand_in() const override { return stands_in; }
  std::vector<actors::comment_wanted> seen() {
    const std::lock_guard guard{mutex_};
    return seen_;
  }

  std::string name = "OpenAI";
  bool stands_in = false;
  std::vector<std::string> texts;
  std::optional<actors::comment_refused> refusal;

 private:
  std::mutex mutex_;
  std::vector<actors::comment_wanted> seen_;
};

struct act {
  std::string state;
  std::string text;
  int draft_tries = 0;
  std::optional<std::string> draft_problem;
};
BOOST_DESCRIBE_STRUCT(act, (), (state, text, draft_tries, draft_problem))

struct fixture {
  publishing_store store;
  company acme = store.add_company();
  base::manual_clock clock{noon()};
  persistence::database engine{{.url = store.url(), .connections = 2, .as = persistence::role::engine}};
  persistence::database login{{.url = store.url(), .connections = 1, .as = persistence::role::login}};
  scripted_writer writer;
  base::uuid page = base::new_uuid(noon());
  base::uuid post = base::new_uuid(noon());

  fixture() {
    run("INSERT INTO tracked_pages (tenant_id, id, kind, url, name, added_by, created_at, updated_at) VALUES ('" +
        id(acme.id) + "','" + id(page) + "','feed','https://acme.example/feed','Acme','" + id(acme.owner_id) +
        "','2026-11-22','2026-11-22')");
    run("INSERT INTO tracked_posts (tenant_id, id, page_id, external_id, title, text, source, published_at, found_at) "
        "VALUES ('" +
        id(acme.id) + "','" + id(post) + "','" + id(page) +
        "','e1','Utrecht','We have opened an office.','feed','2026-11-22','2026-11-22')");
  }
  ~fixture() {
    engine.stop();
    login.stop();
  }
  static std::string id(const base::uuid& of) { return base::to_string(of); }
  void run(const std::string& sql) {
    names_.push_back("test_drafts_" + std::to_string(names_.size()));
    sql_.push_back(sql);
    const persistence::statement made{names_.back(), sql_.back()};
    const auto done = login.query_now(std::nullopt, made);
    if (done.has_error()) FAIL(done.error().detail);
  }
  base::uuid add_member() {
    const auto made = base::new_uuid(noon());
    store.as(acme, [&](persistence::transaction& tx) {
      persistence::members::insert(tx, {made, "m@" + id(made) + ".test", "Member", domain::role::member, noon()},
                                   "not a hash");
    });
    return made;
  }
  base::uuid add_comment(const base::uuid& member_id, bool is_automatic = false) {
    const auto made = base::new_uuid(noon());
    run("INSERT INTO engagements (tenant_id, id, post_id, page_id, member_id, kind, state, is_automatic, planned_at, "
        "not_before, expires_at, created_at, updated_at) VALUES ('" +
        id(acme.id) + "','" + id(made) + "','" + id(post) + "','" + id(page) + "','" + id(member_id) +
        "','comment','waiting_confirmation'," + (is_automatic ? "true" : "false") +
        ",'2026-11-22T13:00Z','2026-11-22T13:00Z','2026-11-24','2026-11-22','2026-11-22')");
    return made;
  }
  act find(const base::uuid& of) {
    constexpr persistence::statement find_act{
        "test_find_act", "SELECT state, text, draft_tries, draft_problem FROM engagements WHERE id = $1"};
    return *login.query_now(std::nullopt, find_act, of)->first<act>();
  }
  /// Runs a drafter until `holds`.
  template <class Condition>
  void draft_until(Condition holds) {
    actors::comment_drafter drafter{engine, writer, clock, {.poll_every = 5ms}};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::yield();
    }
  }

 private:
  std::vector<std::string> names_ = reserved();
  std::vector<std::string> sql_ = reserved();
  /// Statements are views: what they look at must not move.
  static std::vector<std::string> reserved() {
    std::vector<std::string> made;
    made.reserve(100);
    return made;
  }
};

}  // namespace

TEST_CASE("a planned comment gets a draft in its member's voice, and waits for the member") {
  fixture with;
  with.run("UPDATE members SET profile_markdown = 'I keep warehouses.' WHERE id = '" + fixture::id(with.acme.owner_id) +
           "'");
  const auto comment = with.add_comment(with.acme.owner_id);
  with.draft_until([&] { return !with.find(comment).text.empty(); });
  CHECK(with.find(comment).state == "waiting_confirmation");
  const auto seen = with.writer.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].from.profile == "I keep warehouses.");
  CHECK(seen[0].from.post_text == "Utrecht\nWe have opened an office.");
  CHECK(seen[0].from.post_author == "Acme");
}

TEST_CASE(
    "an automatic comment goes out with its words, unless a stand-in wrote them or its member has switched it off") {
  fixture with;
  const auto [stands_in, is_still_automatic, state] = GENERATE(table<bool, bool, std::string>({
      {false, true, "queued"},
      {true, true, "waiting_confirmation"},
      {false, false, "waiting_confirmation"},
  }));
  with.writer.stands_in = stands_in;
  const auto ids = "'" + fixture::id(with.acme.id) + "','" + fixture::id(with.acme.owner_id) + "'";
  with.run(
      "INSERT INTO member_automation (tenant_id, member_id, likes, comments, confirm, acts_a_day, least_gap_minutes, "
      "time_zone, working_days, "
      "works_from_minute, works_until_minute, reactions, comment_language, comment_characters, comment_examples, "
      "updated_at) VALUES (" +
      ids + ",true,true,'" + (is_still_automatic ? "automatic" : "each") +
      "',10,20,'UTC','{monday}',540,1020,'{like}','',300,'{}','2026-11-22')");
  with.run(
      "INSERT INTO tracked_page_subscriptions (tenant_id, member_id, page_id, likes, comments, like_mode, "
      "comment_mode, reaction, polling, "
      "created_at, updated_at) VALUES (" +
      ids + ",'" + fixture::id(with.page) + "',true,true,'confirm','automatic','like',true,'2026-11-22','2026-11-22')");
  const auto comment = with.add_comment(with.acme.owner_id, true);
  with.draft_until([&] { return !with.find(comment).text.empty(); });
  CHECK(with.find(comment).state == state);
}

TEST_CASE("when two members would post the same comment, one gets another draft") {
  fixture with;
  with.writer.texts = {"Congratulations on the new office!", "Congratulations on this new office!"};
  const auto first = with.add_comment(with.acme.owner_id);
  const auto second = with.add_comment(with.add_member());
  with.draft_until([&] { return with.find(first).draft_problem || with.find(second).draft_problem; });
  const auto is_first = !with.find(first).text.empty();
  CHECK(with.find(is_first ? second : first).text.empty());
  CHECK(with.find(is_first ? second : first).draft_problem->find("nearly the same") != std::string::npos);
  // The next try knows what the other says.
  with.writer.texts = {"x", "x", "The harbour must be lively."};
  with.clock.advance(actors::comment_drafter::usual_pause);
  with.draft_until([&] { return !with.find(first).text.empty() && !with.find(second).text.empty(); });
  CHECK(with.writer.seen().back().others.size() == 1);
}

TEST_CASE("a draft is retried a limited number of times, then its member is asked; final failures are not retried") {
  fixture with;
  const bool is_final = GENERATE(false, true);
  using kind = connectors::ai::failure_kind;
  with.writer.refusal =
      actors::comment_refused{"No luck.", is_final ? kind::quota_final : kind::unreachable, std::nullopt};
  const auto comment = with.add_comment(with.acme.owner_id);
  for (int i = 1; i <= (is_final ? 1 : persistence::drafts::tries_max); ++i) {
    with.draft_until([&] {
      return static_cast<int>(with.writer.seen().size()) == i && with.find(comment).draft_problem.has_value();
    });
    with.clock.advance(std::chrono::hours{1});
  }
  const auto tried = with.writer.seen().size();
  const auto other = with.add_comment(with.add_member());
  with.draft_until([&] { return with.writer.seen().size() > tried; });
  CHECK(with.writer.seen().size() == tried + 1);
  CHECK(with.find(comment).draft_tries == persistence::drafts::tries_max);
  CHECK(with.find(comment).draft_problem == "No luck.");
  CHECK(with.find(other).text.empty());
}

TEST_CASE("words that a member wrote meanwhile stay") {
  fixture with;
  const auto comment = with.add_comment(with.acme.owner_id);
  const persistence::drafts::wanted_draft taken{with.acme.id, comment, with.acme.owner_id, with.post, false, 1};
  with.run("UPDATE engagements SET text = 'My own words.' WHERE id = '" + fixture::id(comment) + "'");
  const auto stored = with.engine.transact_now(with.acme.id, [&](persistence::transaction& tx) {
    return persistence::drafts::store(tx, taken, "A draft.", true, noon());
  });
  CHECK(stored.has_value());
  CHECK(with.find(comment).text == "My own words.");
}
