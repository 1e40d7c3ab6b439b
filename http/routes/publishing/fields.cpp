#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

problem no_such_project(field_error named) {
  auto made = problems::not_found("project");
  made.detail = "There is no such project here. Check project_id.";
  made.errors.push_back(std::move(named));
  return made;
}

}  // namespace pulse::http::routes
