// The handles of a prepared post, for later attempts and reconciliations.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors::instagram {

/// The handles to keep for a container that was made for `what` at `made_at`; what was kept of another is cleared.
std::map<std::string, std::string> handles_of(const std::string& container, const publication& what,
                                              base::timestamp made_at);

/// The container that was kept; nothing when there is none.
std::optional<std::string> kept_container(const publication& what);

/// The same, if it holds exactly what `what` says: a post that was edited must not go out as it was.
std::optional<std::string> usable_container(const publication& what);

/// How often Instagram refused to publish the kept container although it was ready.
int times_refused(const publication& what);
/// What to keep when it has done so `times` times.
std::map<std::string, std::string> refused_handles(int times);

/// Whether Instagram suspected spam at this very attempt.
bool was_blocked(const publication& what);
/// What to keep when it does.
std::map<std::string, std::string> blocked_handles(const publication& what);

/// The post that Instagram has made of the kept container, as its answer named it; nothing when that was not seen.
std::optional<std::string> kept_medium(const publication& what);
/// What to keep of it.
std::map<std::string, std::string> medium_handles(const std::string& id);

/// The items of a carousel with films, which take time: to keep those that were made, in the order of the post's media.
std::map<std::string, std::string> item_handles(const std::vector<std::string>& ids, const publication& what,
                                                base::timestamp made_at);
struct carousel_items {
  std::vector<std::string> ids;
  base::timestamp made_at{};  // the first of them
};
/// Those that were kept for exactly what `what` says, and that Instagram still has; none otherwise.
carousel_items kept_items(const publication& what, base::timestamp now);

/// When the kept container was made.
std::optional<base::timestamp> container_made_at(const publication& what);

}  // namespace pulse::connectors::instagram
