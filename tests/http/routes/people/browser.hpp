// A browser's cookies, carried from answers to later requests.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "tests/http/front_door_fixture.hpp"

namespace pulse::tests {

/// A browser with its cookies.
struct browser {
  std::map<std::string, std::string> cookies;

  void take(const answered& from) {
    for (const auto& each : from.raw.headers) {
      if (each.name != "set-cookie") continue;
      const auto end = each.value.find(';');
      const auto equals = each.value.find('=');
      cookies[each.value.substr(0, equals)] = each.value.substr(equals + 1, end - equals - 1);
    }
  }
  http::server::request with(http::server::request asked) const {
    std::string all;
    for (const auto& [name, value] : cookies) {
      if (!value.empty()) all += (all.empty() ? "" : "; ") + name + "=" + value;
    }
    if (!all.empty()) asked.headers.push_back({"cookie", all});
    return asked;
  }
};

}  // namespace pulse::tests
