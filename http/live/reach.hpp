// What one watcher may see. A hub gives everybody all events of the company; this filters them for a member with limited access.
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
  /// Of what the database says (persistence/people/watching). Null: the whole company. What cannot be understood covers nothing.
  static std::shared_ptr<const watch_reach> read(std::string_view text);

  /// An event of the company itself is for those who see all of it; one of a project that names no channel for whoever sees a part of it,
  /// as row security has it.
  bool covers(const actors::activity_frame& event) const;

 private:
  using channels = std::optional<std::set<base::uuid>>;  // none: all of the project, later ones too
  std::map<base::uuid, channels> projects_;
};

}  // namespace pulse::http::live
