// Child processes that can be ended at any moment, with all that they have started.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pulse::base {

/// A descriptor of this process, closed at the end.
class descriptor {
 public:
  descriptor() = default;
  explicit descriptor(int number) : number_(number) {}
  ~descriptor() { close(); }
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept;
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

/// Descriptors from here on do not collide with those that a child is given.
inline constexpr int clear_of_fixed = 16;

struct pipe_ends {
  descriptor reading;
  descriptor writing;
};

/// Both ends are `clear_of_fixed`, and closed in children. False ends where there are no descriptors left.
pipe_ends make_pipe();
/// A duplicate of the descriptor, under the same conditions.
descriptor duplicate(int number);

struct child_order {
  std::filesystem::path program;
  std::vector<std::string> words;        // the first is its name
  std::vector<std::string> environment;  // "NAME=value"; nothing of ours: no keys, no addresses
  /// Ours, and what each is there. Standard input and output that are not among them, and standard error, are
  /// /dev/null.
  std::vector<std::pair<int, int>> files;
};

/// Starts it as the leader of a process group of its own; -1 when it cannot be started. Every child is waited for by
/// `wait_for_child`.
pid_t start_child(const child_order& order);
/// The status of waitpid.
int wait_for_child(pid_t child);

/// Limits that a child has and hands on to all that it starts; what it had then is less or equal. False: the system
/// refused.
struct child_limits {
  std::int64_t file_bytes = 0;  // of one written file
  int cpu_seconds = 0;          // of one process
  std::int64_t data_bytes = 0;  // that one process may write to in memory; what it only reserves does not count
};
bool limit_child(pid_t child, const child_limits& to);

/// A child and all its descendants, also those that have left its process group or outlived their parents, if they were
/// seen once.
class process_tree {
 public:
  explicit process_tree(pid_t root) : groups_{root} {}

  /// Finds the processes that belong to it now; returns their unshared memory in bytes. Call it often: a process that
  /// was not seen before its parent ended is lost.
  std::int64_t look();
  /// How many processes the last scan found.
  std::size_t size() const { return members_.size(); }
  /// Ends all of it with SIGKILL, however many are started meanwhile. True when nobody is left.
  bool kill();

 private:
  std::set<pid_t> members_;
  std::set<pid_t> groups_;
  std::set<pid_t> sessions_;
};

}  // namespace pulse::base
