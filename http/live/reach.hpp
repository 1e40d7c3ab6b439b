// The access of one watcher. A hub gives all events of the company; this filters them for members with limited access.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include "actors/activity/activity.hpp"
#include "base/uuid.hpp"

namespace pulse::http::live {

class watch_reach {
 public:
  /// Reads the database's form (persistence/people/watching). Null: the whole company. Invalid text covers nothing.
  static std::shared_ptr<const watch_reach> read(std::string_view text);

  /// An event of the company itself is for watchers who see all of it. An event of a project without a channel is for
  /// watchers who see any part of the project. Row security has the same rules.
  bool covers(const actors::activity_frame& event) const;

 private:
  using channels = std::optional<std::set<base::uuid>>;  // none: all of the project, including later channels
  std::map<base::uuid, channels> projects_;
};

}  // namespace pulse::http::live
