#include "actors/node.hpp"

#include <sstream>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using support::fake_platform;
using support::memory_store;

struct node_fixture : support::actor_fixture {
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in) { return tables.add_delivery(channel, clock.now() + in); }
};

/// What is logged while it lives.
class overheard_log {
 public:
  overheard_log() {
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)));
  }
  ~overheard_log() { spdlog::set_default_logger(before_); }
  overheard_log(const overheard_log&) = delete;
  overheard_log& operator=(const overheard_log&) = delete;

  int count(std::string_view words) const {
    const auto text = text_.str();
    int times = 0;
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++times;
    return times;
  }

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream text_;
};

}  // namespace

TEST_CASE_METHOD(node_fixture, "a node that starts finds the work by itself") {
  const auto overdue = deliver(-1min);
  const auto soon = deliver(10s);
  start_process();
  CHECK(state(overdue) == delivery_state::published);
  advance(10s);
  CHECK(state(soon) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 10s);
}

TEST_CASE_METHOD(node_fixture, "a sleeping tenant is woken in time for what was scheduled long ago") {
  start_process();
  const auto id = deliver(20min);  // nobody tells
  advance_long(20min);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 20min);
}

TEST_CASE_METHOD(node_fixture, "a supervisor that runs learns in time of what nobody told it") {
  auto& a = start_process();
  deliver(8min);  // keeps it awake
  REQUIRE(tell(a, tenant));
  advance_long(30s);
  const auto id = deliver(150s);
  advance_long(150s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.at(0).at == start + 180s);
}

TEST_CASE_METHOD(node_fixture, "a node that may have missed what it was told looks at once, and no more than it must") {
  auto& a = start_process();
  deliver(8min);
  REQUIRE(tell(a, tenant));
  advance_long(5s);
  const auto running = deliver(1s);
  const auto other = tables.add_tenant();
  const auto asleep = tables.add_delivery(tables.add_channel(other), clock.now() + 1s);
  caf::anon_send(a.node, look_again{});
  advance(1s);
  CHECK(state(running) == delivery_state::published);
  CHECK(state(asleep) == delivery_state::published);
  CHECK(platform.calls.at(0).at == start + 6s);
  const auto before = a.rows.count(memory_store::call::tenants);
  for (int i = 0; i < 500; ++i) {
    caf::anon_send(a.node, look_again{});
    advance(10ms);
  }
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 6);
}

TEST_CASE_METHOD(node_fixture, "supervisors that run are told to look some at a time") {
  constexpr std::size_t many = 2 * node_state::heeding_at_once + 100;
  for (std::size_t i = 0; i < many; ++i)
    tables.add_delivery(tables.add_channel(tables.add_tenant()), clock.now() + node_state::sweep_ahead - 1s);
  auto& a = start_process();
  advance_long(node_state::sweep_interval - 1s);
  const auto before = static_cast<std::size_t>(a.rows.count(memory_store::call::load));
  const auto loads = [&] { return static_cast<std::size_t>(a.rows.count(memory_store::call::load)) - before; };
  advance(1s);
  CHECK(loads() == node_state::heeding_at_once);
  advance(node_state::heeding_pause);
  CHECK(loads() == 2 * node_state::heeding_at_once);
  advance(node_state::heeding_pause * 5);
  CHECK(loads() == many);
}

TEST_CASE_METHOD(node_fixture, "a lease outlives a database that is away for as long as two renewals") {
  auto& a = start_process();
  advance_long(4900ms);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(8s);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  for (int i = 0; i < 200; ++i) {
    advance_long(50ms);
    REQUIRE(a.lease.is_valid());
  }
}

TEST_CASE_METHOD(node_fixture,
                 "a lease that ran out while nobody took over is had back, and the outcomes that were known") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  REQUIRE(tell(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  platform.reply_all();
  advance_long(25s);
  REQUIRE_FALSE(a.lease.is_valid());
  a.rows.become(memory_store::mood::prompt);
  advance_long(1s);
  CHECK(a.lease.is_valid());
  CHECK(tables.tenants.at(tenant).fence == 1);
  advance_long(10s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "at-1");
  CHECK(platform.looks.empty());
}

TEST_CASE_METHOD(node_fixture,
                 "a renewal that is answered late does not shorten the lease of one that was asked for later") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  advance_long(5s);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  a.rows.release();
  advance_long(13s);
  CHECK(a.lease.is_valid());  // 13 s after the second question
}

TEST_CASE_METHOD(node_fixture, "a lease is renewed, and lost when the database does not answer") {
  auto& a = start_process();
  CHECK(a.lease.is_valid());
  advance_long(10min);
  CHECK(a.lease.is_valid());
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(13s - lease::renewal);
  CHECK(a.lease.is_valid());
  advance_long(lease::renewal + 2s);
  CHECK_FALSE(a.lease.is_valid());
  // In the database it lasts longer than this node believes.
  CHECK(tables.nodes.at(a.id) > start);
}

TEST_CASE_METHOD(node_fixture, "a lease counts from the question and not from the answer") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);
  REQUIRE(a.rows.waiting() == 1);
  advance_long(4s);
  a.rows.release();
  settle();
  advance_long(9s);
  CHECK(a.lease.is_valid());  // 13 s after the question
  advance_long(1s + 100ms);
  CHECK_FALSE(a.lease.is_valid());
}

TEST_CASE_METHOD(node_fixture,
                 "another node takes over only after the lease, waits for the deadline, and looks before it sends") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  REQUIRE(tell(a, tenant));
  auto& b = start_process();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  platform.plan = {};

  // The first node freezes: it neither renews nor hears.
  a.rows.become(memory_store::mood::silent);
  CHECK_FALSE(tell(b, tenant));
  CHECK(tables.tenants.at(tenant).owner == a.id);
  advance_long(16s);
  CHECK(tell(b, tenant));
  CHECK(tables.tenants.at(tenant).owner == b.id);
  CHECK(tables.tenants.at(tenant).fence == 2);
  advance_long(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "found");
  CHECK(platform.calls.size() == 1);

  // It comes back with the answer in its hands, and has not heard yet of its lease: the fence refuses.
  const auto refused = tables.refused;
  a.rows.become(memory_store::mood::prompt);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  platform.reply_all();
  advance_long(1s);
  CHECK(row(id).external_id == "found");
  CHECK(tables.refused > refused);
}

TEST_CASE_METHOD(
    node_fixture,
    "a node that has been replaced sends nothing more, and works again for others after it has entered anew") {
  auto& a = start_process();
  const auto late = deliver(40s);
  REQUIRE(tell(a, tenant));
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(20s);
  auto& b = start_process();
  CHECK(tables.tenants.at(tenant).owner == b.id);
  advance_long(20s + 10ms);
  CHECK(platform.calls.size() == 1);
  CHECK(row(late).fence == 2);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  advance_long(6s);
  CHECK(a.lease.is_valid());
  CHECK(tables.nodes.contains(a.id));

  const auto other = tables.add_tenant();
  const auto id = tables.add_delivery(tables.add_channel(other), clock.now() + 1s);
  CHECK(tell(a, other));
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(tables.tenants.at(other).owner == a.id);
  CHECK(tables.tenants.at(tenant).owner == b.id);
}

TEST_CASE_METHOD(node_fixture, "a node that loses its lease often does not look for work more often") {
  auto& a = start_process();
  for (int i = 0; i < 10; ++i) {
    tables.nodes.clear();  // buried
    advance_long(12s);
    REQUIRE(a.lease.is_valid());
  }
  const auto before = a.rows.count(memory_store::call::tenants);
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 11);
}

TEST_CASE_METHOD(node_fixture, "a node that enters while the database is slow enters once") {
  auto& a = make_process();
  a.rows.become(memory_store::call::enter, memory_store::mood::slow);
  launch(a);
  advance_long(30s);
  a.rows.become(memory_store::call::enter, memory_store::mood::prompt);
  a.rows.release();
  settle();
  const auto before = a.rows.count(memory_store::call::tenants);
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 11);
  CHECK(a.lease.is_valid());
}

TEST_CASE_METHOD(node_fixture, "an old answer does not bring a lost lease back") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);  // asked, granted, and the answer is on its way
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  tables.nodes.clear();
  a.rows.become(memory_store::call::enter, memory_store::mood::silent);
  advance_long(5s);
  REQUIRE_FALSE(a.lease.is_valid());
  a.rows.release();
  settle();
  CHECK_FALSE(a.lease.is_valid());
}

TEST_CASE_METHOD(node_fixture,
                 "a node stops with its tenants, after what has left for the platforms has been recorded") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  const auto next = deliver(1s);
  REQUIRE(tell(a, tenant));
  advance(1s);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  settle();
  CHECK(running() > nobody);
  platform.reply_all();
  settle();
  CHECK(state(id) == delivery_state::published);
  CHECK(state(next) == delivery_state::waiting);
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a node that is told twice to stop stops, whatever it waits for") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  deliver(1s);
  REQUIRE(tell(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  platform.reply_all();
  settle();
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  advance(3s);
  CHECK(running() > nobody);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  advance(1s);
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a node that is stopping starts nothing") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  deliver(1s);
  REQUIRE(tell(a, tenant));
  advance(1s);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  settle();
  const auto other = tables.add_tenant();
  tables.add_delivery(tables.add_channel(other), clock.now());
  const auto notice = tell_later(a, other);
  settle();
  CHECK(notice.is_answered());
  CHECK_FALSE(notice.heeded());
  CHECK(platform.calls.size() == 1);
  platform.reply_all();
  settle();
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a process that dies in the middle of a call is followed by one that finds out") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  const auto never = deliver(2s);
  REQUIRE(tell(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  kill(a);
  platform.plan = {};
  tables.nodes.erase(a.id);  // known to be dead
  start_process();
  advance_long(30s);
  CHECK(state(id) == delivery_state::published);
  CHECK(state(never) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(node_fixture,
                 "what a dead node owned moves on when its lease ends, without being told and without a sweep") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(tell(a, tenant));
  start_process();
  tables.nodes[base::uuid_from_name("long dead")] = start - 1h;
  advance_long(20s);
  kill(a);
  advance_long(20s);
  CHECK(state(id) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(node_fixture, "of two nodes that die together both leases' ends are noticed") {
  auto& a = start_process();
  const auto of_a = deliver(30s);
  REQUIRE(tell(a, tenant));
  advance(200ms);
  auto& b = start_process();
  const auto other = tables.add_tenant();
  const auto of_b = tables.add_delivery(tables.add_channel(other), start + 30s);
  REQUIRE(tell(b, other));
  advance(300ms);
  start_process();
  advance_long(20s);
  kill(a);
  kill(b);
  advance_long(15s);
  CHECK(state(of_a) == delivery_state::published);
  CHECK(state(of_b) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a lease's end that came while the database was away is noticed when it is back") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(tell(a, tenant));
  auto& b = start_process();
  advance_long(20s);
  kill(a);
  advance_long(8s);
  b.rows.become(memory_store::mood::silent);
  advance_long(12s);
  b.rows.become(memory_store::mood::prompt);
  advance_long(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a lease's end is noticed also when the clock is set back just before") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(tell(a, tenant));
  start_process();
  advance_long(20s);
  kill(a);
  advance_long(14s);
  clock.advance(-300ms);
  advance_long(1500ms);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a node that died without leaving work behind is looked after once") {
  tables.nodes[base::uuid_from_name("long dead")] = start - 1h;
  auto& a = start_process();
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) <= 13);
}

TEST_CASE_METHOD(node_fixture, "a node whose clock is far from the database server's does not begin, and says why") {
  overheard_log log;
  auto& a = make_process();
  a.rows.clock_gap = {-7300ms, 2ms};
  const auto id = deliver(-1s);
  launch(a);
  advance_long(150s);
  CHECK_FALSE(a.lease.is_valid());
  CHECK(tables.nodes.empty());
  CHECK(platform.calls.empty());
  CHECK(log.count("7300 ms behind the database server's") == 3);
  CHECK(log.count("NTP") == 3);
  a.rows.clock_gap = {3ms, 2ms};
  advance_long(1s);
  CHECK(a.lease.is_valid());
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a node whose clock drifts goes on, and says so once a minute") {
  overheard_log log;
  auto& a = start_process();
  a.rows.clock_gap = {600ms, 200ms};  // perhaps less than half a second
  advance_long(1min);
  CHECK(log.count("NTP") == 0);
  a.rows.clock_gap = {800ms, 200ms};
  advance_long(119s);
  CHECK(log.count("800 ms ahead of the database server's (within 200 ms)") == 2);
  CHECK(a.lease.is_valid());
}

TEST_CASE("how far two clocks are apart is known within half of a round trip") {
  const base::timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
  const auto gap = clock_gap::between(noon + 3s, noon, noon + 3s + 200ms);
  CHECK(gap.ahead == 3100ms);
  CHECK(gap.error == 100ms);
  CHECK(gap.at_least() == 3s);
  CHECK(clock_gap::between(noon, noon + 3s, noon + 200ms).at_least() == 2800ms);
  CHECK(clock_gap::between(noon, noon + 50ms, noon + 200ms).at_least() == 0ms);
  CHECK(clock_gap::between(noon, noon + 1s, noon - 1h).error == 0ms);  // set back meanwhile
}

TEST_CASE_METHOD(node_fixture, "who changes the rows of another node's tenant tells that node") {
  auto& a = start_process();
  deliver(1h);
  REQUIRE(tell(a, tenant));
  auto& b = start_process();
  CHECK_FALSE(tell(b, tenant));
  REQUIRE(tables.told.size() == 1);
  CHECK(tables.told[0].first == a.id);
  CHECK(tables.told[0].second == tenant);
}

}  // namespace pulse::actors
