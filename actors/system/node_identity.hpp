// The id of this process as a node, and which earlier processes of this machine are surely gone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::actors {

/// A node's id with a lock on a file of its name: `<directory>/<id>.lock`. The kernel frees the lock when the process
/// is gone, however it ended, and not before: so a file that can be locked proves its node dead, and the next start
/// need not wait for its lease. (A stopped process keeps its lock: for that there is the lease.)
class node_identity {
 public:
  /// Makes a new id and searches for dead nodes. Says why not in a sentence (the directory cannot be written).
  static base::result<node_identity, std::string> make(const std::filesystem::path& directory, base::timestamp now);

  node_identity(node_identity&& other) noexcept;
  node_identity& operator=(node_identity&&) = delete;
  /// Removes the file: an orderly end leaves nothing behind.
  ~node_identity();

  const base::uuid& id() const { return id_; }
  /// Nodes whose processes are gone. Their files are removed by `forget_dead`, after they were removed from the
  /// database.
  const std::vector<base::uuid>& dead() const { return dead_; }
  void forget_dead();

 private:
  node_identity() = default;

  std::filesystem::path directory_;
  base::uuid id_;
  int lock_ = -1;
  std::vector<base::uuid> dead_;
};

}  // namespace pulse::actors
