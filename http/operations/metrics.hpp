// What /metrics shows, in the text format of Prometheus.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::http {

/// The counters of one route, looked up once when the table is complete.
struct route_metrics;

/// Thread-safe.
class metrics {
 public:
  using labels = std::map<std::string, std::string>;
  /// Called at every scrape, on the thread that serves it; must not block.
  using reading = std::function<double()>;

  explicit metrics(std::string_view version);
  ~metrics();
  metrics(const metrics&) = delete;
  metrics& operator=(const metrics&) = delete;

  /// Lives as long as this.
  route_metrics* for_route(server::verb method, std::string_view path);
  /// Null counts requests that no route answered.
  void observe(route_metrics* of, int status, std::chrono::steady_clock::duration duration);
  /// A request that the generic server refused by itself.
  void count_refused(int status);

  /// Figures that live elsewhere: a gauge, or a counter that only grows (name it *_total).
  void add_gauge(std::string_view name, std::string_view help, labels with, reading read);
  void add_counter(std::string_view name, std::string_view help, labels with, reading read);

  std::string text() const;

 private:
  class impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace pulse::http
