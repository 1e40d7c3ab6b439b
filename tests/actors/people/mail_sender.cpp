// The mails that wait in the database, and their sender.
#include "actors/people/mail_sender.hpp"

#include <deque>

#include <catch2/catch.hpp>

#include "persistence/people/members.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace std::chrono_literals;
namespace outbox = persistence::mail_outbox;

namespace {

const base::timestamp start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

struct mail_fixture {
  std::string url = tests::migrated_database();
  base::manual_clock clock{start};
  persistence::secret_box box = *persistence::secret_box::make({base::secret{"a key for tests"}});
  persistence::database requests{{.url = url, .connections = 1}};
  persistence::database engine{{.url = url, .connections = 1, .as = persistence::role::engine}};
  base::uuid tenant_id = base::uuid_from_name("tenant");
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<connectors::mail> sent;
  std::string problem;  // that sending has

  mail_fixture() {
    const auto made = requests.transact_now(tenant_id, [&](persistence::transaction& tx) {
      persistence::members::insert_company(tx, {tenant_id, "Acme", start},
                                           {"trial", persistence::members::subscription_status::trial, {}});
    });
    REQUIRE(made.has_value());
  }
  ~mail_fixture() {
    requests.stop();
    engine.stop();
  }

  void write(const std::string& to) {
    const auto made = requests.transact_now(tenant_id, [&](persistence::transaction& tx) {
      outbox::insert(tx, {base::uuid_from_name(to), to, "Hello", "text for " + to}, box, clock.now());
    });
    REQUIRE(made.has_value());
  }
  actors::mail_sender::options how() {
    actors::mail_sender::options made;
    made.poll_every = 20ms;
    made.send = [this](const connectors::mail_options&, const connectors::mail& what) {
      const std::lock_guard lock{mutex};
      sent.push_back(what);
      changed.notify_all();
      return problem;
    };
    return made;
  }
  bool wait_for(std::size_t count) {
    std::unique_lock lock{mutex};
    return changed.wait_for(lock, 20s, [&] { return sent.size() >= count; });
  }
  std::size_t left() {
    static constexpr persistence::statement count{"test_count_mails", "SELECT count(*) FROM mail_outbox"};
    return static_cast<std::size_t>(requests.query_now(tenant_id, count)->get<std::int64_t>(0, 0));
  }
};

}  // namespace

TEST_CASE("a waiting mail is sent once and removed; its text is encrypted while it waits") {
  mail_fixture with;
  with.write("jane@example.org");
  static constexpr persistence::statement bodies{
      "test_mail_bodies", "SELECT position('text for' IN encode(body, 'escape')) FROM mail_outbox"};
  CHECK(with.requests.query_now(with.tenant_id, bodies)->get<int>(0, 0) == 0);
  {
    actors::mail_sender sender{with.engine, with.box, with.clock, with.how()};
    REQUIRE(with.wait_for(1));
    with.write("joe@example.org");
    sender.wake();
    REQUIRE(with.wait_for(2));
  }
  CHECK(with.left() == 0);
  CHECK(with.sent.size() == 2);
  CHECK(with.sent[0].recipient == "jane@example.org");
  CHECK(with.sent[0].text == "text for jane@example.org");
}

TEST_CASE("a mail that could not be sent is tried again later, also by the next process, and given up after a day") {
  mail_fixture with;
  with.write("jane@example.org");
  with.problem = "nobody is there";
  for (int tries = 1; tries <= actors::mail_sender::tries_max; ++tries) {
    {
      actors::mail_sender sender{with.engine, with.box, with.clock, with.how()};
      REQUIRE(with.wait_for(static_cast<std::size_t>(tries)));
    }
    with.clock.advance(actors::mail_pause(tries));
  }
  CHECK(with.left() == 1);
  with.clock.advance(std::chrono::hours{48});
  static constexpr persistence::statement given_up{
      "test_given_up", "SELECT next_try_at IS NULL AND last_problem = 'nobody is there' FROM mail_outbox"};
  CHECK(with.requests.query_now(with.tenant_id, given_up)->get<bool>(0, 0));
}

TEST_CASE("the pauses between tries grow to a limit") {
  CHECK(actors::mail_pause(1) == 1min);
  CHECK(actors::mail_pause(2) == 2min);
  CHECK(actors::mail_pause(6) == 32min);
  CHECK(actors::mail_pause(100) == 240min);
}
