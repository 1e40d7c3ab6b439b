// The queue before a database's connections: which job runs when, and which is refused.
#include "persistence/postgres/pool.hpp"

#include <atomic>
#include <functional>
#include <latch>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/persistence/postgres/database_fixture.hpp"
#include "tests/support/catch_result.hpp"

namespace pulse::persistence {

namespace {

/// Makes every connection of the pool do a job at the same time, so that all are open, and waits until all are idle.
void occupy_all(database& of, int connections) {
  std::latch met{connections};
  std::latch ended{connections};
  for (int i = 0; i < connections; ++i) {
    of.transact(
        std::nullopt, [&](transaction&) { met.arrive_and_wait(); }, [&](const result<void>&) { ended.count_down(); });
  }
  ended.wait();
  while (of.count().connections_busy > 0) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a full queue refuses at once, on the caller's thread") {
  auto how = small(new_store());
  how.queue_limit = 2;
  database store{how};
  waiting<rows> first;
  waiting<rows> second;
  std::thread::id answered_on;
  {
    const stopper busy{store};
    store.query(std::nullopt, count_items, first.done());
    store.query(std::nullopt, count_items, second.done());
    store.query(std::nullopt, count_items, [&answered_on](result<rows> answer) {
      CHECK(answer.error().kind == failure_kind::overloaded);
      answered_on = std::this_thread::get_id();
    });
    CHECK(answered_on == std::this_thread::get_id());
    CHECK(store.count().queue_depth == 2);
  }
  CHECK(first.get());
  CHECK(second.get());
  CHECK(store.count().overloaded == 1);
}

TEST_CASE("a job that waits too long is given up while the connections are still busy") {
  auto how = small(new_store());
  how.queue_timeout = 50ms;
  database store{how};
  const stopper busy{store};
  const auto before = store.count().expired;  // what keeps the connections busy may have waited too long itself
  waiting<rows> late;
  store.query(std::nullopt, count_items, late.done());
  CHECK(late.get().error().kind == failure_kind::timeout);
  CHECK(store.count().expired == before + 1);
}

TEST_CASE("a receiver that throws harms nobody") {
  database store{small(new_store())};
  store.query(std::nullopt, count_items, [](const result<rows>&) { throw std::runtime_error{"a defect"}; });
  CHECK(count(store) == 0);
}

TEST_CASE("a pool that stops finishes what waits and takes no more") {
  auto how = small(new_store());
  how.connections = 2;
  database store{how};
  std::atomic<int> finished = 0;
  for (int i = 0; i < 100; ++i) {
    store.query(
        std::nullopt, insert_item, [&finished](const result<rows>& answer) { finished += answer ? 1 : 0; }, i, "x");
  }
  store.stop();
  CHECK(finished == 100);
  CHECK(store.query_now(std::nullopt, count_items).error().kind == failure_kind::unavailable);
}

TEST_CASE("many callers on few connections all get their own answers") {
  auto how = small(new_store());
  how.connections = 4;
  how.queue_limit = 100'000;
  database store{how};
  constexpr int callers = 4;
  constexpr int each = 2000;
  std::atomic<int> right = 0;
  std::latch answered{callers * each};
  std::vector<std::thread> threads;
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&store, &right, &answered, caller] {
      for (int i = 0; i < each; ++i) {
        const int asked = caller * each + i;
        const auto done = [&right, &answered, asked](const result<rows>& answer) {
          right += answer && answer->get<int>(0, 0) == asked ? 1 : 0;
          answered.count_down();
        };
        if (i % 3 == 0) {
          store.transact(
              std::nullopt,
              [asked](transaction& within) {
                return within.execute({"echo", "SELECT $1::integer"}, asked);
              },
              done);
        } else {
          store.query(std::nullopt, {"echo", "SELECT $1::integer"}, done, asked);
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  answered.wait();
  CHECK(right == callers * each);
}

TEST_CASE("what a receiver asks for next is done by the connection that has answered, if there are others, too") {
  auto how = small(new_store());
  how.connections = 4;
  database store{how};
  occupy_all(store, 4);
  std::set<int> servers;
  std::latch ended{1};
  std::function<void(int)> ask = [&](int left) {
    store.query(std::nullopt, process_id, [&, left](const result<rows>& answer) {
      servers.insert(answer->get<int>(0, 0));
      if (left > 0) return ask(left - 1);
      ended.count_down();
    });
  };
  ask(200);
  ended.wait();
  CHECK(servers.size() == 1);
}

TEST_CASE("of several things that a receiver asks for, all are done at the same time") {
  auto how = small(new_store());
  how.connections = 4;
  database store{how};
  occupy_all(store, 4);
  std::latch met{3};  // each waits for the others
  std::latch ended{3};
  store.query(std::nullopt, count_items, [&](const result<rows>&) {
    for (int i = 0; i < 3; ++i) {
      store.transact(
          std::nullopt, [&](transaction&) { met.arrive_and_wait(); }, [&](const result<void>&) { ended.count_down(); });
    }
  });
  ended.wait();
  CHECK(store.count().jobs == 4 + 1 + 3);
}

TEST_CASE("what a receiver asks for next is not kept from a connection that is free before it") {
  auto how = small(new_store());
  how.connections = 2;
  std::atomic<bool> is_answered = false;
  std::latch next_is_done{1};
  database store{how};
  occupy_all(store, 2);
  store.query(std::nullopt, count_items, [&](const result<rows>&) {
    store.query(std::nullopt, count_items, [&](const result<rows>& next) {
      is_answered = next.has_value();
      next_is_done.count_down();
    });
    store.query(std::nullopt, count_items, [](const result<rows>&) {});  // wakes the other, which takes what is first
    next_is_done.wait();
  });
  next_is_done.wait();
  CHECK(is_answered);  // and not given up by the queue's time-out
}

TEST_CASE("one pool's receiver that asks another pool does not wait for it") {
  const auto url = new_store();
  database first{small(url)};
  database second{small(url)};
  CHECK(count(second) == 0);
  std::latch ended{1};
  first.query(std::nullopt, count_items, [&](const result<rows>&) {
    waiting<rows> other;
    second.query(std::nullopt, count_items, other.done());
    CHECK(other.get()->get<int>(0, 0) == 0);
    ended.count_down();
  });
  ended.wait();
}

}  // namespace pulse::persistence
