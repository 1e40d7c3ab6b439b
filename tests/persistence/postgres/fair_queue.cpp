// The order of jobs: no tenant waits for another tenant's crowd.
#include "persistence/postgres/fair_queue.hpp"

#include <latch>
#include <mutex>
#include <vector>

#include "tests/persistence/postgres/database_fixture.hpp"

namespace pulse::persistence {

namespace {

const auto acme = base::uuid_from_name("acme");
const auto other = base::uuid_from_name("other");

class nothing_to_do final : public detail::work {
 public:
  nothing_to_do(std::optional<base::uuid> tenant, int number) : work(tenant), number_of_it(number) {}
  bool attempt(transaction&) override { return true; }
  void succeed() override {}
  void fail(const failure&) override {}

  int number_of_it;
};

void push(fair_queue& to, std::optional<base::uuid> tenant, int number) {
  auto one = std::make_unique<nothing_to_do>(tenant, number);
  one->submitted = std::chrono::steady_clock::time_point{std::chrono::milliseconds{number}};
  to.push(std::move(one));
}

int number_of(const fair_queue::entry& of) { return dynamic_cast<nothing_to_do&>(*of).number_of_it; }

}  // namespace

TEST_CASE("tenants take turns, and each is served in its own order") {  // asvs: 15.2.2
  fair_queue queue{0};
  for (int i = 0; i < 5; ++i) push(queue, acme, i);
  push(queue, other, 10);
  push(queue, std::nullopt, 20);
  push(queue, other, 11);
  std::vector<int> order;
  while (!queue.empty()) order.push_back(number_of(queue.take()));
  CHECK(order == std::vector<int>{0, 10, 20, 1, 11, 2, 3, 4});
  CHECK(queue.size() == 0);
}

TEST_CASE("a tenant that holds its share waits for itself, and for nobody else") {
  fair_queue queue{2};
  for (int i = 0; i < 4; ++i) push(queue, acme, i);
  const auto first = queue.take();
  const auto second = queue.take();
  CHECK(queue.empty());
  CHECK(queue.size() == 2);
  push(queue, other, 10);
  CHECK(number_of(queue.take()) == 10);
  CHECK(queue.empty());
  queue.done(acme);
  REQUIRE_FALSE(queue.empty());
  CHECK(number_of(queue.take()) == 2);
  queue.done(acme);
  queue.done(acme);
  CHECK(number_of(queue.take()) == 3);
}

TEST_CASE("what is tried again comes first, and what has waited longest is found wherever it waits") {
  fair_queue queue{1};
  push(queue, acme, 1);
  push(queue, other, 2);
  auto again = queue.take();
  queue.done(acme);
  queue.push_front(std::move(again));
  CHECK(number_of(queue.take()) == 1);
  push(queue, acme, 3);
  push(queue, other, 4);
  CHECK(queue.oldest() == std::chrono::steady_clock::time_point{std::chrono::milliseconds{2}});
  CHECK(number_of(queue.take_oldest()) == 2);
  CHECK(number_of(queue.take_oldest()) == 3);
  CHECK(number_of(queue.take()) == 4);
  CHECK(queue.empty());
  CHECK_FALSE(queue.oldest());
}

TEST_CASE("one tenant fills half of the queue at most") {
  fair_queue queue{1};
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    if (queue.has_room_for(acme, 64)) {
      push(queue, acme, i);
    } else {
      ++refused;
    }
  }
  CHECK(queue.size() == 32);
  CHECK(refused == 68);
  CHECK(queue.has_room_for(other, 64));
  fair_queue without_shares{0};
  for (int i = 0; i < 64; ++i) push(without_shares, acme, i);
  CHECK_FALSE(without_shares.has_room_for(other, 64));
}

TEST_CASE("a pool with shares answers the second tenant before the first one's crowd") {
  auto how = small(new_store());
  how.connections = 1;
  how.connections_per_tenant = 1;
  database store{how};
  std::mutex mutex;
  std::vector<int> order;
  std::latch answered{21};
  const auto note = [&](int number) {
    return [&, number](const result<rows>& answer) {
      CHECK(answer);
      const std::lock_guard lock{mutex};
      order.push_back(number);
      answered.count_down();
    };
  };
  {
    const stopper busy{store};
    for (int i = 0; i < 20; ++i) store.query(acme, count_items, note(1));
    store.query(other, count_items, note(2));
  }
  answered.wait();
  CHECK((order[0] == 2 || order[1] == 2));
}

TEST_CASE("a pool with shares keeps a connection for the next tenant") {
  auto how = small(new_store());
  how.connections = 2;
  how.connections_per_tenant = 1;
  database store{how};
  std::latch leave{1};
  std::latch left{2};
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  for (int i = 0; i < 2; ++i) {
    store.transact(
        acme,
        [&](transaction&) {
          most = std::max(most.load(), ++at_once);
          leave.wait();
          --at_once;
        },
        [&](const result<void>&) { left.count_down(); });
  }
  waiting<rows> neighbour;
  store.query(other, count_items, neighbour.done());
  CHECK(neighbour.get());
  leave.count_down();
  left.wait();
  CHECK(most == 1);
}

}  // namespace pulse::persistence
