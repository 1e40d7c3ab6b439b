// Calls of one route at a rate, whatever becomes of those before, each on a connection of its own. It takes some 50 us
// of processor a call, so that on two cores it does not hide what it measures.
//
//   bench_steady_calls --port P --rate PER_SECOND --seconds S --path PATH [--token T] [--bodies FILE]
//
// With --bodies the lines of FILE are posted in turn as JSON, each from an address of its own (X-Forwarded-For). Prints
// one JSON object: how many calls got which status (0: none), and percentiles of the time of those with 200, in ms.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <fmt/core.h>

namespace pulse::bench {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using steady = std::chrono::steady_clock;

struct options {
  std::uint16_t port = 0;
  unsigned rate = 0;
  unsigned seconds = 0;
  std::string path;
  std::string token;
  std::vector<std::string> bodies;
};

struct results {
  std::map<unsigned, std::size_t> by_status;
  std::vector<double> times_ms;
};

http::request<http::string_body> request_of(const options& how, std::size_t number) {
  const bool posts = !how.bodies.empty();
  http::request<http::string_body> made{posts ? http::verb::post : http::verb::get, how.path, 11};
  made.set(http::field::host, "localhost");
  made.set(http::field::connection, "close");
  if (!how.token.empty()) made.set(http::field::authorization, "Bearer " + how.token);
  if (posts) {
    made.set(http::field::content_type, "application/json");
    made.set("X-Forwarded-For", fmt::format("198.18.{}.{}", number / 250 % 250, number % 250));
    made.body() = how.bodies[number % how.bodies.size()];
  }
  made.prepare_payload();
  return made;
}

asio::awaitable<void> call(const options& how, std::size_t number, results& into) {
  const auto begun = steady::now();
  unsigned status = 0;
  try {
    tcp::socket socket{co_await asio::this_coro::executor};
    const tcp::endpoint server{asio::ip::address_v4::loopback(), how.port};
    co_await socket.async_connect(server, asio::use_awaitable);
    const auto request = request_of(how, number);
    co_await http::async_write(socket, request, asio::use_awaitable);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> answer;
    co_await http::async_read(socket, buffer, answer, asio::use_awaitable);
    status = answer.result_int();
  } catch (const boost::system::system_error&) {
    status = 0;
  }
  ++into.by_status[status];
  if (status == 200) into.times_ms.push_back(std::chrono::duration<double, std::milli>(steady::now() - begun).count());
}

asio::awaitable<void> call_all(const options& how, results& into) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer{executor};
  const auto begun = steady::now();
  for (std::size_t number = 0; number < std::size_t{how.rate} * how.seconds; ++number) {
    timer.expires_at(begun + std::chrono::microseconds{1'000'000 * number / how.rate});
    co_await timer.async_wait(asio::use_awaitable);
    asio::co_spawn(executor, call(how, number, into), asio::detached);
  }
}

double percentile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

std::string told(results of) {
  std::sort(of.times_ms.begin(), of.times_ms.end());
  boost::json::object statuses;
  for (const auto& [status, count] : of.by_status) statuses[std::to_string(status)] = count;
  return boost::json::serialize(boost::json::object{{"by_status", std::move(statuses)},
                                                    {"p50_ms", percentile(of.times_ms, 0.5)},
                                                    {"p99_ms", percentile(of.times_ms, 0.99)}});
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  if (lines.empty()) throw std::invalid_argument{file + " has no lines"};
  return lines;
}

options read_options(int count, char** arguments) {
  options how;
  for (int at = 1; at + 1 < count; at += 2) {
    const std::string_view name{arguments[at]};
    const std::string value{arguments[at + 1]};
    if (name == "--port") {
      how.port = static_cast<std::uint16_t>(std::stoul(value));
    } else if (name == "--rate") {
      how.rate = static_cast<unsigned>(std::stoul(value));
    } else if (name == "--seconds") {
      how.seconds = static_cast<unsigned>(std::stoul(value));
    } else if (name == "--path") {
      how.path = value;
    } else if (name == "--token") {
      how.token = value;
    } else if (name == "--bodies") {
      how.bodies = lines_of(value);
    } else {
      throw std::invalid_argument{"there is no option " + std::string{name}};
    }
  }
  if (how.port == 0 || how.rate == 0 || how.seconds == 0 || how.path.empty())
    throw std::invalid_argument{"usage: bench_steady_calls --port P --rate R --seconds S --path PATH …"};
  return how;
}

}  // namespace
}  // namespace pulse::bench

int main(int count, char** arguments) {
  try {
    const auto how = pulse::bench::read_options(count, arguments);
    pulse::bench::results all;
    boost::asio::io_context loop{1};
    boost::asio::co_spawn(loop, pulse::bench::call_all(how, all), boost::asio::detached);
    loop.run();
    std::cout << pulse::bench::told(std::move(all)) << std::endl;
    return EXIT_SUCCESS;
  } catch (const std::exception& why) {
    std::cerr << "bench_steady_calls: " << why.what() << '\n';
    return EXIT_FAILURE;
  }
}
