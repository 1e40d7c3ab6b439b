// A bucket of the stand-in, and a client of it.
#pragma once

#include <catch2/catch.hpp>

#include "connectors/connector.hpp"
#include "connectors/s3/bucket.hpp"
#include "tests/sandbox/connector_fixture.hpp"

namespace pulse::tests {

struct bucket_fixture {
  temporary_folder folder;
  base::manual_clock clock{sandbox_start};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};

  ~bucket_fixture() { client.stop(); }

  connectors::s3::bucket_options options() const {
    return {.endpoint = box.url("/s3"),
            .name = "pulse-media",
            .as = {"us-east-1", "pulse-sandbox", base::secret{"pulse-sandbox-secret"}},
            .pause = std::chrono::milliseconds{1}};
  }
  /// The same bucket, whose name stands before the host.
  connectors::s3::bucket_options options_by_host() const {
    auto made = options();
    const auto here = box.url("/s3");
    made.endpoint = "http://localhost" + here.substr(here.rfind(':'));
    made.is_in_path = false;
    return made;
  }
  connectors::s3::bucket bucket() { return {options(), client, clock}; }
  connectors::s3::bucket bucket(const connectors::s3::bucket_options& how) { return {how, client, clock}; }

  void limit(const std::string& what) {
    REQUIRE(box.call("POST", "/_sandbox/limits", R"({"platform":"s3",)" + what + "}").status == 200);
  }
  boost::json::object state() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/s3/buckets/pulse-media")
        .as_object();
  }
  /// Requests that brought a part.
  std::size_t parts_sent() {
    std::size_t count = 0;
    for (const auto& line : box.journal("arrived")) {
      const auto query = std::string{line.at("query").as_string()};
      if (line.at("method") == "PUT" && query.find("partNumber") != std::string::npos) ++count;
    }
    return count;
  }
};

inline std::string some_bytes(std::size_t count) {
  std::string made(count, '\0');
  std::uint32_t state = 12'345;
  for (auto& c : made) {
    state = state * 1'664'525 + 1'013'904'223;
    c = static_cast<char>(state >> 24U);
  }
  return made;
}

}  // namespace pulse::tests
