// Reads Pinterest's requests strictly, and refuses them as Pinterest does.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "http/server/message.hpp"

namespace pulse::sandbox::pinterest {

/// `{"code": 2, "message": "…"}`
http::server::response error(int status, int code, std::string_view message);

/// Checks the body of `POST /pins` by itself, for any sender; nothing if it is valid. Whether its film exists is
/// checked elsewhere.
std::optional<http::server::response> pin_problem(const boost::json::object& body);

struct page {
  std::size_t start = 0;
  std::size_t size = 25;
};

/// The requested page of a list; nothing if the request is invalid.
std::optional<page> read_page(std::string_view query, std::size_t total);

/// The bookmark of the page that begins at `next`; null at the end.
boost::json::value bookmark_of(std::size_t next, std::size_t total);

}  // namespace pulse::sandbox::pinterest
