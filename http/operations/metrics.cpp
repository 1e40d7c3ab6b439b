#include "http/operations/metrics.hpp"

#include <unistd.h>

#include <array>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace pulse::http {

namespace {

constexpr std::size_t status_classes = 5;  // 1xx to 5xx

const prometheus::Histogram::BucketBoundaries seconds_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                              0.1,    0.25,  0.5,    1,     2.5,  5,     10};

std::size_t class_of(int status) { return static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1); }

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double total_pages = 0;
  double resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

double open_files() {
  std::error_code failure;
  const std::filesystem::directory_iterator files("/proc/self/fd", failure);
  return failure ? 0 : static_cast<double>(std::distance(files, {})) - 1;
}

double thread_count() {
  std::error_code failure;
  const std::filesystem::directory_iterator threads("/proc/self/task", failure);
  return failure ? 0 : static_cast<double>(std::distance(threads, {}));
}

/// A figure that is read when it is asked for.
struct read_metric {
  std::string name;
  std::string help;
  metrics::labels with;
  metrics::reading read;
  prometheus::MetricType type;

  prometheus::ClientMetric collect() const {
    prometheus::ClientMetric made;
    for (const auto& [label, value] : with) made.label.push_back({label, value});
    made.gauge.value = read();
    made.counter.value = made.gauge.value;
    return made;
  }
};

}  // namespace

struct route_metrics {
  std::array<prometheus::Counter*, status_classes> requests{};
  prometheus::Histogram* duration = nullptr;
};

class metrics::impl {
 public:
  explicit impl(std::string_view version)
      : requests_(prometheus::BuildCounter()
                      .Name("pulse_http_requests_total")
                      .Help("Requests answered, by route and class of status.")
                      .Register(registry_)),
        durations_(prometheus::BuildHistogram()
                       .Name("pulse_http_request_duration_seconds")
                       .Help("From the complete header of a request to its response, by route.")
                       .Register(registry_)),
        refused_(prometheus::BuildCounter()
                     .Name("pulse_http_refused_total")
                     .Help("Requests that the server refused before any route saw them, by status.")
                     .Register(registry_)) {
    prometheus::BuildGauge()
        .Name("pulse_build_info")
        .Help("Always 1; the label names the version that runs.")
        .Register(registry_)
        .Add({{"version", std::string{version}}})
        .Set(1);
    unrouted_ = add_route("", "");
  }

  route_metrics* add_route(std::string_view method, std::string_view path) {
    auto& made = routes_.emplace_back();
    const labels with{{"method", std::string{method}}, {"route", std::string{path}}};
    for (std::size_t i = 0; i < status_classes; ++i) {
      auto with_status = with;
      with_status["status"] = std::to_string(i + 1) + "xx";
      made.requests[i] = &requests_.Add(with_status);
    }
    made.duration = &durations_.Add(with, seconds_buckets);
    return &made;
  }

  void observe(route_metrics* of, int status, std::chrono::steady_clock::duration duration) {
    auto& at = of == nullptr ? *unrouted_ : *of;
    at.requests[class_of(status)]->Increment();
    at.duration->Observe(std::chrono::duration<double>(duration).count());
  }

  void count_refused(int status) { refused_.Add({{"status", std::to_string(status)}}).Increment(); }

  void add_read(read_metric added) {
    const std::scoped_lock lock{lock_};
    read_.push_back(std::move(added));
  }

  std::string text() {
    auto families = registry_.Collect();
    const std::scoped_lock lock{lock_};
    std::map<std::string, prometheus::MetricFamily> by_name;
    for (const auto& one : read_) {
      auto& family = by_name[one.name];
      family.name = one.name;
      family.help = one.help;
      family.type = one.type;
      family.metric.push_back(one.collect());
    }
    for (auto& [name, family] : by_name) families.push_back(std::move(family));
    return prometheus::TextSerializer{}.Serialize(families);
  }

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& durations_;
  prometheus::Family<prometheus::Counter>& refused_;
  std::deque<route_metrics> routes_;  // stable addresses; filled before requests come
  route_metrics* unrouted_ = nullptr;
  std::mutex lock_;
  std::vector<read_metric> read_;
};

metrics::metrics(std::string_view version) : impl_(std::make_unique<impl>(version)) {
  add_gauge("process_resident_memory_bytes", "Memory of this process that is in RAM.", {}, resident_bytes);
  add_counter("process_cpu_seconds_total", "Processor time of this process.", {}, cpu_seconds);
  add_gauge("process_open_fds", "Open files and sockets of this process.", {}, open_files);
  add_gauge("process_threads", "Threads of this process.", {}, thread_count);
}

metrics::~metrics() = default;

route_metrics* metrics::for_route(server::verb method, std::string_view path) {
  return impl_->add_route(server::to_string(method), path);
}

void metrics::observe(route_metrics* of, int status, std::chrono::steady_clock::duration duration) {
  impl_->observe(of, status, duration);
}

void metrics::count_refused(int status) { impl_->count_refused(status); }

void metrics::add_gauge(std::string_view name, std::string_view help, labels with, reading read) {
  impl_->add_read(
      {std::string{name}, std::string{help}, std::move(with), std::move(read), prometheus::MetricType::Gauge});
}

void metrics::add_counter(std::string_view name, std::string_view help, labels with, reading read) {
  impl_->add_read(
      {std::string{name}, std::string{help}, std::move(with), std::move(read), prometheus::MetricType::Counter});
}

std::string metrics::text() const { return impl_->text(); }

}  // namespace pulse::http
