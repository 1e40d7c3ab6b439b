// What a measurement cost: processor time and memory of this process, and processor time of the PostgreSQL beside it.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "base/memory.hpp"

namespace pulse::bench {

struct process_cost {
  double cpu_us = 0;  // user and system

  friend process_cost operator-(process_cost a, process_cost b) { return {a.cpu_us - b.cpu_us}; }
};

inline process_cost own_cost() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto micros = [](const timeval& span) {
    return static_cast<double>(span.tv_sec) * 1e6 + static_cast<double>(span.tv_usec);
  };
  return {micros(used.ru_utime) + micros(used.ru_stime)};
}

/// Bytes of this process that are in memory now, after what is free was given back.
inline std::uint64_t own_memory() {
  base::return_free_memory();
  std::ifstream file{"/proc/self/statm"};
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Bytes; the most there ever were.
inline double own_peak_memory() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) * 1024.0;
}

/// A process as /proc/PID/stat tells of it.
struct process_line {
  int parent = 0;
  double cpu_us = 0;       // its own
  double children_us = 0;  // of children that have ended
};

inline std::optional<process_line> read_process(const std::filesystem::path& folder) {
  std::ifstream file{folder / "stat"};
  std::string line;
  std::getline(file, line);
  const auto end_of_name = line.rfind(')');
  if (end_of_name == std::string::npos) return std::nullopt;
  std::istringstream rest{line.substr(end_of_name + 2)};
  std::string skipped;
  process_line read;
  rest >> skipped >> read.parent;
  for (int field = 5; field <= 13; ++field) rest >> skipped;
  double user = 0;
  double system = 0;
  double children_user = 0;
  double children_system = 0;
  rest >> user >> system >> children_user >> children_system;
  const double tick_us = 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  read.cpu_us = (user + system) * tick_us;
  read.children_us = (children_user + children_system) * tick_us;
  return read;
}

/// Of the server that the process `backend_pid` belongs to: its backends, writers and what has ended meanwhile.
inline process_cost server_cost(int backend_pid) {
  const std::filesystem::path all{"/proc"};
  const auto backend = read_process(all / std::to_string(backend_pid));
  if (!backend) return {};
  process_cost sum;
  for (const auto& entry : std::filesystem::directory_iterator{all}) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto found = read_process(entry.path());
    if (!found) continue;
    if (found->parent == backend->parent) sum.cpu_us += found->cpu_us;
    if (name == std::to_string(backend->parent)) sum.cpu_us += found->cpu_us + found->children_us;
  }
  return sum;
}

}  // namespace pulse::bench
