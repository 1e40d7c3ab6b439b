// A sandbox with an account at Instagram, and the calls of its protocol.
#pragma once

#include <string>
#include <vector>

#include "tests/sandbox/running_sandbox.hpp"

namespace pulse::tests {

inline std::string string_at(const connectors::egress_reply& reply, std::string_view pointer) {
  return std::string{boost::json::parse(reply.body).at_pointer(pointer).as_string()};
}

inline std::string string_at(const std::vector<connectors::egress_header>& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (header.name == name) return header.value;
  }
  return {};
}

/// The account 42 with the token "token-ig".
class instagram_fixture {
 public:
  static constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                                             std::chrono::hours{8}};

  instagram_fixture() : box(clock, folder.file("journal.jsonl")) { add_account(); }
  /// Goes on with a journal; `time` is where the clock begins.
  instagram_fixture(const base::manual_clock& time, const std::string& journal)
      : clock(time.now()), box(clock, journal) {
    add_account();
  }

  connectors::egress_reply get(const std::string& path) {
    return box.call("GET", "/instagram/v26.0" + path, "", "token-ig");
  }
  /// The id of a new container.
  std::string create(const std::string& caption) {
    const boost::json::object body{{"image_url", "https://example.org/a.jpg"}, {"caption", caption}};
    return string_at(box.call("POST", "/instagram/v26.0/42/media", boost::json::serialize(body), "token-ig"), "/id");
  }
  connectors::egress_reply publish(const std::string& container) {
    return box.call("POST", "/instagram/v26.0/42/media_publish", R"({"creation_id":")" + container + "\"}", "token-ig");
  }
  /// Sets a fault; `more` is the rest of its object: `,"ms":50`.
  void fault(const std::string& kind, const std::string& more, const std::string& method, const std::string& prefix,
             int skip = 0) {
    box.add_fault(R"({"platform":"instagram","kind":")" + kind + R"(","skip":)" + std::to_string(skip) +
                  R"(,"match":{"method":")" + method + R"(","path_prefix":")" + prefix + "\"}" + more + "}");
  }
  /// How many posts are live.
  std::size_t posts() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/instagram/posts")
        .as_array()
        .size();
  }

  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box;

 private:
  void add_account() { box.add_account("token-ig", "42", "acme", "instagram"); }
};

}  // namespace pulse::tests
