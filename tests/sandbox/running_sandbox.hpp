// A sandbox with its real HTTP server, its own journal, and a client.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include <boost/json.hpp>

#include "http/server/server.hpp"
#include "sandbox/all.hpp"
#include "sandbox/core/sandbox.hpp"
#include "tests/support/egress_calls.hpp"

namespace pulse::tests {

class temporary_folder {
 public:
  temporary_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pulse-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for a test");
    path_ = pattern;
  }
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

class running_sandbox {
 public:
  /// `clock` tells the sandbox's time; the journal is continued when it exists.
  running_sandbox(const base::clock& clock, const std::string& journal) : box_(clock), client_({}, clock) {
    for (auto& each : sandbox::all_platforms()) box_.add(std::move(each));
    if (const auto problem = box_.open(journal); !problem.empty()) throw std::runtime_error(problem);
    http::server::options options;
    options.threads = 1;
    options.limits.body_bytes = sandbox::max_body_bytes;
    server_ = std::make_unique<http::server::server>(
        options, [this](const auto& request) { return box_.answer(request); }, &sandbox::refusal);
    if (const auto problem = server_->start(); !problem.empty()) throw std::runtime_error(problem);
  }
  ~running_sandbox() {
    client_.stop();
    server_->stop();
  }

  std::string url(const std::string& path = "") const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }
  connectors::egress& client() { return client_; }

  connectors::egress_reply call(const std::string& method, const std::string& path, const std::string& body = "",
                                const std::string& token = "", const std::string& type = "application/json") {
    connectors::egress_request request;
    request.method = method;
    request.url = url(path);
    request.body = body;
    request.timeout = patience;
    request.max_response_bytes = 16 * 1024 * 1024;
    request.address = connectors::trust::platform;
    if (!body.empty()) request.headers.push_back({"content-type", type});
    if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
    return tests::call(client_, request);
  }

  void add_account(const std::string& token, const std::string& user_id, const std::string& username,
                   const std::string& platform = "x") {
    const boost::json::object account{
        {"platform", platform}, {"token", token}, {"user_id", user_id}, {"username", username}};
    const auto reply = call("POST", "/_sandbox/accounts", boost::json::serialize(account));
    if (reply.status != 201) throw std::runtime_error("no account: " + reply.body);
  }
  void add_fault(const std::string& json) {
    const auto reply = call("POST", "/_sandbox/faults", json);
    if (reply.status != 201) throw std::runtime_error("no fault: " + reply.body);
  }

  /// The lines of the journal of one kind.
  boost::json::array journal(const std::string& kind) {
    const auto document = boost::json::parse(call("GET", "/_sandbox/journal?since=0&limit=10000").body);
    boost::json::array lines;
    for (const auto& line : document.at("entries").as_array()) {
      if (line.at("kind").as_string() == kind) lines.push_back(line);
    }
    return lines;
  }

 private:
  sandbox::sandbox box_;
  std::unique_ptr<http::server::server> server_;
  connectors::egress client_;
};

}  // namespace pulse::tests
