// What is kept of a prepared post, so that a later attempt, or a look, knows of it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/connector.hpp"

namespace pulse::connectors::instagram {

/// The handles to keep for a container that was made for `what` at `made_at`.
std::map<std::string, std::string> handles_of(const std::string& container, const publication& what,
                                              base::timestamp made_at);

/// The container that was kept; nothing when there is none.
std::optional<std::string> kept_container(const publication& what);

/// The same, if it holds exactly what `what` says: a post that was edited must not go out as it was.
std::optional<std::string> usable_container(const publication& what);

/// When the kept container was made.
std::optional<base::timestamp> container_made_at(const publication& what);

}  // namespace pulse::connectors::instagram
