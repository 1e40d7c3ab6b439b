// What connectors can do beyond publishing: change the words of a published post.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/roles/remove.hpp"

namespace pulse::connectors {

/// A published post and its new text, which replaces the old one.
struct edition {
  std::string external_id{};
  std::string text{};
  credentials account{};
  std::chrono::milliseconds timeout{15'000};
};

/// A connector of a platform whose posts can be edited (`abilities::can_edit`).
class edits {
 public:
  virtual ~edits() = default;

  /// Edits. Doing it twice is the same as once, so it may be repeated. `removal_kind::gone`: there is no such post any
  /// more, and nothing was edited; `removal_kind::done`: it was. Calls back exactly once, on a thread of the egress
  /// client.
  virtual void edit(edition what, std::function<void(removal_reply)> done) = 0;
};

}  // namespace pulse::connectors
