#include "http/live/feed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>

namespace pulse::http::live {

namespace {

frame make_frame(std::size_t size, std::optional<base::uuid> project_id = std::nullopt) {
  auto made = std::make_shared<actors::activity_frame>();
  made->json = std::string(size, 'x');
  made->project_id = project_id;
  return made;
}

actors::activity_batch batch_of(std::vector<frame> frames) {
  return std::make_shared<const std::vector<frame>>(std::move(frames));
}

}  // namespace

TEST_CASE("a reader that is too slow is dropped once, by number and by size, and keeps nothing") {
  boost::asio::io_context loop;
  for (const auto& limits : {feed_limits{.events = 3, .bytes = 1'000}, feed_limits{.events = 1'000, .bytes = 30}}) {
    int drops = 0;
    const auto slow = std::make_shared<feed>(loop.get_executor(), limits, [&drops] { ++drops; });
    slow->take(batch_of(std::vector<frame>(3, make_frame(10))));
    loop.restart();
    loop.run();
    CHECK(drops == 0);
    slow->take(batch_of(std::vector<frame>(3, make_frame(10))));
    loop.restart();
    loop.run();
    CHECK(drops == 1);
    CHECK(slow->is_closed());
    CHECK(slow->is_empty());
  }
}

TEST_CASE("a feed keeps what its watcher wants, in order") {
  boost::asio::io_context loop;
  const auto mine = base::uuid_from_name("mine");
  const auto by = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [] {});
  by->subscribe({mine});
  const auto own = make_frame(1, mine);
  const auto of_all = make_frame(1);
  by->take(batch_of({make_frame(1, base::uuid_from_name("other")), own, of_all}));
  loop.run();
  CHECK(by->next(10) == std::vector<frame>{own, of_all});
}

TEST_CASE("a watcher that is told to go and does not is cut") {
  boost::asio::io_context loop;
  int drops = 0;
  const auto stuck = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [&drops] { ++drops; });
  stuck->end(actors::watch_end::access_lost);
  loop.run();  // until its timer has gone off
  CHECK(drops == 1);
  CHECK(stuck->is_closed());
}

}  // namespace pulse::http::live
