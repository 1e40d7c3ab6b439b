// The OpenAPI 3.1 document, made from the route table alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "http/api/route_table.hpp"

namespace pulse::http {

struct openapi_document {
  boost::json::object content;
  /// Schema names that two types claim; a test requires none.
  std::vector<std::string> clashes;
};

/// `prefix` is the public path of the API, "" or "/pulse".
openapi_document make_openapi(const route_table& table, std::string_view version, std::string_view prefix = {});

}  // namespace pulse::http
