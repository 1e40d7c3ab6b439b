#include "http/operations/database_metrics.hpp"

namespace pulse::http {

namespace {

using counters = persistence::database::counters;

template <class Number>
metrics::reading read(const persistence::database& of, Number counters::*figure, double unit = 1) {
  return [&of, figure, unit] { return static_cast<double>(of.count().*figure) * unit; };
}

}  // namespace

void add_database_metrics(metrics& to, const persistence::database& of, const std::string& pool) {
  const metrics::labels with{{"pool", pool}};
  to.add_gauge("pulse_database_queue_depth", "Jobs that wait for a connection.", with,
               read(of, &counters::queue_depth));
  to.add_gauge("pulse_database_connections_busy", "Connections that run a job.", with,
               read(of, &counters::connections_busy));
  to.add_counter("pulse_database_jobs_total", "Jobs that were taken from the queue.", with, read(of, &counters::jobs));
  to.add_counter("pulse_database_failed_total", "Jobs that were answered with a failure.", with,
                 read(of, &counters::failed));
  to.add_counter("pulse_database_overloaded_total", "Jobs refused because the queue was full.", with,
                 read(of, &counters::overloaded));
  to.add_counter("pulse_database_expired_total", "Jobs that waited too long and never ran.", with,
                 read(of, &counters::expired));
  to.add_counter("pulse_database_retried_total", "Jobs that ran again after a conflict or a lost connection.", with,
                 read(of, &counters::retried));
  to.add_counter("pulse_database_connects_total", "Connections that were made.", with, read(of, &counters::connects));
  to.add_counter("pulse_database_connect_failures_total", "Connections that could not be made.", with,
                 read(of, &counters::connect_failures));
  to.add_counter("pulse_database_waited_seconds_total", "Time that jobs spent in the queue.", with,
                 read(of, &counters::waited_us, 1e-6));
}

}  // namespace pulse::http
