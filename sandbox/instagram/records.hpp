// The journal records of containers and media, from which a restart rebuilds them.
#pragma once

#include <optional>

#include <boost/json.hpp>

#include "sandbox/core/json_fields.hpp"
#include "sandbox/instagram/media.hpp"

namespace pulse::sandbox::instagram {

boost::json::object to_record(const container& one);
boost::json::object to_record(const medium& one);

/// Nothing if the record is not one.
std::optional<container> read_container_record(const boost::json::object& record);
std::optional<medium> read_medium_record(const boost::json::object& record);

}  // namespace pulse::sandbox::instagram
