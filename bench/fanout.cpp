// Thousands of watchers of a live stream, and how long an event takes to reach those of one company: the client that is
// the same for Pulse and for what it is measured beside.
//
//   bench_fanout --port P --kind pulse|ws|socketio --watchers 1000 [--others 4000] [--events 100] [--burst 200]
//                [--project ID --token TOKEN --other-token TOKEN]     pulse: who watches and writes; who else watches
//
// Connects, prints {"connected": N}, and waits for a line on its standard input, so that the server's memory can be
// read. Then `events` events one after the other, each once the one before has reached all, then `burst` events at
// once. An event is a request of HTTP on a kept connection; its time runs from the first byte of the request until a
// watcher has the event. Prints one JSON object.
#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/json.hpp>

#include "bench/support/stream_client.hpp"

namespace pulse::bench {

namespace {

using clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{300};
constexpr std::size_t writers = 8;

struct options {
  std::uint16_t port = 0;
  std::string kind;
  std::size_t watchers = 1'000;
  std::size_t others = 4'000;
  std::size_t events = 100;
  std::size_t burst = 200;
  std::string project;
  std::string token;
  std::string other_token;
};

std::string post(const std::string& path, const std::string& token, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") +
         "\r\n" + body;
}

/// A connection as one of the company that is watched, or of another.
stream_client connect_one(const options& how, int tickets, bool is_watched) {
  if (how.kind == "ws") return {how.port, is_watched ? "/?room=watched" : "/?room=other", "", "hello"};
  if (how.kind == "socketio") {
    return {how.port, std::string{"/socket.io/?EIO=4&transport=websocket&room="} + (is_watched ? "watched" : "other"),
            "40", "hello"};
  }
  const auto answer = ask(tickets, post("/activity/ticket", is_watched ? how.token : how.other_token, "{}"));
  const std::string_view name = R"("ticket":")";
  const auto at = answer.find(name);
  if (at == std::string::npos) throw std::runtime_error{"no ticket: " + answer};
  const auto begin = at + name.size();
  return {how.port, "/activity/live?ticket=" + answer.substr(begin, answer.find('"', begin) - begin), "", R"("hello")"};
}

double ms_between(clock::time_point from, clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

double quantile(std::vector<double>& of, double share) {
  if (of.empty()) return 0;
  std::sort(of.begin(), of.end());
  return of[static_cast<std::size_t>(share * static_cast<double>(of.size() - 1))];
}

/// Everybody who is connected; waits for what the servers send.
class crowd {
 public:
  explicit crowd(const options& how) : how_(how), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    const int tickets = connect_to(how.port);
    clients_.reserve(how.watchers + how.others);
    for (std::size_t at = 0; at < how.watchers + how.others; ++at) {
      clients_.push_back(connect_one(how, tickets, at < how.watchers));
      epoll_event wanted{};
      wanted.events = EPOLLIN;
      wanted.data.u64 = at;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_.back().socket(), &wanted);
      if (at % 256 == 0) receive(0, [](std::size_t, std::size_t) {});  // who came first is pinged meanwhile
    }
    ::close(tickets);
  }
  ~crowd() { ::close(poll_); }
  crowd(const crowd&) = delete;
  crowd& operator=(const crowd&) = delete;

  std::size_t size() const { return clients_.size(); }

  /// Reads what there is, after at most `wait_ms`; `got(client, events)`.
  template <class Got>
  void receive(int wait_ms, Got got) {
    static std::vector<epoll_event> found(1024);
    const int count = ::epoll_wait(poll_, found.data(), static_cast<int>(found.size()), wait_ms);
    for (int each = 0; each < count; ++each) {
      const auto at = static_cast<std::size_t>(found[static_cast<std::size_t>(each)].data.u64);
      if (const auto events = clients_[at].read(); events > 0) got(at, events);
    }
  }

  /// Until every watcher has had `events` more; `at_each(client, events)`.
  template <class AtEach>
  void await_all(std::size_t events, AtEach at_each) {
    std::size_t left = events * how_.watchers;
    const auto end = clock::now() + patience;
    while (left > 0) {
      receive(100, [&](std::size_t client, std::size_t got) {
        if (client >= how_.watchers || got > left) throw std::runtime_error{"an event came that nobody was to get"};
        left -= got;
        at_each(client, got);
      });
      if (clock::now() > end)
        throw std::runtime_error{std::to_string(left) + " events have not come within five minutes"};
    }
  }

 private:
  const options& how_;
  int poll_;
  std::vector<stream_client> clients_;
};

std::string event_request(const options& how, std::size_t number) {
  if (how.kind != "pulse") return post("/emit", "", "{}");
  return post("/posts", how.token,
              R"({"project_id":")" + how.project + R"(","text":"Event )" + std::to_string(number) + "\"}");
}

boost::json::object one_by_one(const options& how, crowd& all) {
  const int writer = connect_to(how.port);
  std::vector<double> each;
  std::vector<double> last;
  std::vector<double> answers;
  for (std::size_t number = 0; number <= how.events; ++number) {
    const auto begun = clock::now();
    clock::time_point answered;
    // Beside the reading, as a client of a server that answers late would not read meanwhile.
    std::jthread asking{[&] {
      ask(writer, event_request(how, number));
      answered = clock::now();
    }};
    double latest = 0;
    all.await_all(1, [&](std::size_t, std::size_t) {
      latest = ms_between(begun, clock::now());
      if (number > 0) each.push_back(latest);  // the first one is made when nothing is warm
    });
    asking.join();
    if (number == 0) continue;
    last.push_back(latest);
    answers.push_back(ms_between(begun, answered));
  }
  ::close(writer);
  return {{"each_p50_ms", quantile(each, 0.5)},
          {"each_p99_ms", quantile(each, 0.99)},
          {"all_p50_ms", quantile(last, 0.5)},
          {"all_p99_ms", quantile(last, 0.99)},
          {"request_p50_ms", quantile(answers, 0.5)}};
}

boost::json::object at_once(const options& how, crowd& all) {
  std::vector<int> sockets;
  for (std::size_t each = 0; each < writers; ++each) sockets.push_back(connect_to(how.port));
  const auto begun = clock::now();
  std::vector<double> answered(writers);
  std::vector<std::jthread> asking;
  for (std::size_t each = 0; each < writers; ++each) {
    asking.emplace_back([&, each] {
      for (std::size_t number = each; number < how.burst; number += writers)
        ask(sockets[each], event_request(how, number));
      answered[each] = ms_between(begun, clock::now());
    });
  }
  all.await_all(how.burst, [](std::size_t, std::size_t) {});
  const auto took = ms_between(begun, clock::now());
  for (auto& each : asking) each.join();
  const auto written = *std::max_element(answered.begin(), answered.end());
  for (const int each : sockets) ::close(each);
  return {{"ms", took},
          {"written_ms", written},
          {"deliveries_per_s", static_cast<double>(how.burst * how.watchers) / took * 1000.0}};
}

options read_options(int count, char** arguments) {
  options how;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view name{arguments[at]};
    const std::string value{arguments[at + 1]};
    if (name == "--port") {
      how.port = static_cast<std::uint16_t>(std::stoul(value));
    } else if (name == "--kind") {
      how.kind = value;
    } else if (name == "--watchers") {
      how.watchers = std::stoul(value);
    } else if (name == "--others") {
      how.others = std::stoul(value);
    } else if (name == "--events") {
      how.events = std::stoul(value);
    } else if (name == "--burst") {
      how.burst = std::stoul(value);
    } else if (name == "--project") {
      how.project = value;
    } else if (name == "--token") {
      how.token = value;
    } else if (name == "--other-token") {
      how.other_token = value;
    } else {
      throw std::invalid_argument{"there is no option " + std::string{name}};
    }
  }
  if (how.port == 0 || (how.kind != "pulse" && how.kind != "ws" && how.kind != "socketio")) {
    throw std::invalid_argument{"usage: bench_fanout --port P --kind pulse|ws|socketio …"};
  }
  return how;
}

}  // namespace
}  // namespace pulse::bench

int main(int count, char** arguments) {
  try {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    const auto how = pulse::bench::read_options(count, arguments);
    pulse::bench::crowd all{how};
    std::cout << R"({"connected": )" << all.size() << "}" << std::endl;
    std::string go;
    std::getline(std::cin, go);
    auto alone = pulse::bench::one_by_one(how, all);
    auto burst = pulse::bench::at_once(how, all);
    std::cout << boost::json::serialize(boost::json::object{{"alone", std::move(alone)}, {"burst", std::move(burst)}})
              << std::endl;
    return EXIT_SUCCESS;
  } catch (const std::exception& why) {
    std::cerr << "bench_fanout: " << why.what() << '\n';
    return EXIT_FAILURE;
  }
}
