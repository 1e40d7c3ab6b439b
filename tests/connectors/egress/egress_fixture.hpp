// An egress client on a clock that stands still, and requests for it.
#pragma once

#include <chrono>
#include <future>
#include <string>
#include <utility>

#include "connectors/egress/egress.hpp"
#include "tests/support/egress_calls.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::connectors::egress_cases {

using namespace pulse::tests;
using namespace std::chrono_literals;

inline constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

/// A client of its own, on a clock that stands still.
struct fixture {
  explicit fixture(egress_options options = {}) : client(std::move(options), clock) {}
  base::manual_clock clock{some_time};
  egress client;
};

inline egress_request get(std::string url) {
  egress_request request;
  request.url = std::move(url);
  request.address = trust::platform;
  request.timeout = patience;
  return request;
}

inline egress_request post(std::string url, std::string body = "{}") {
  auto request = get(std::move(url));
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  return request;
}

/// Calls, each time with twice the time, until a byte of the request left within it: a busy machine may need longer
/// than the first to connect.
inline egress_reply call_until_sent(egress& client, egress_request request) {
  auto reply = call(client, request);
  while (reply.how_far == progress::no_byte_sent && request.timeout < patience) {
    request.timeout *= 2;
    reply = call(client, request);
  }
  return reply;
}

/// Holds the calling thread up, as a stopped process is.
inline void pass_time(std::chrono::milliseconds long_enough) {
  std::promise<void>{}.get_future().wait_for(long_enough);
}

inline void answer_all(raw_connection& connection) {
  while (connection.read_request()) connection.reply(200, "hello", "X-Colour: Blue\r\n");
}

}  // namespace pulse::connectors::egress_cases
