// What a statement that changes a thing of a project returns, for the event that tells of it.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/uuid.hpp"

namespace pulse::persistence {

struct named {
  base::uuid project_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(named, (), (project_id, name))

}  // namespace pulse::persistence
