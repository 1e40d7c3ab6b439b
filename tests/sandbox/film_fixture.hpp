// Uploading a film to a stand-in in one request, over as many attempts and processes as it takes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "tests/sandbox/connector_fixture.hpp"
#include "tests/support/made_film.hpp"

namespace pulse::tests {

template <class Connector>
struct film_fixture {
  static constexpr std::int64_t film_bytes = 3 * 1024 * 1024 + 77;
  using account_type = decltype(connectors::publication::account);
  /// Makes the connector of a process that has just started: what another one was sending is unknown to it.
  using maker = std::function<std::unique_ptr<Connector>(film_fixture&)>;

  std::string platform;
  account_type account;
  maker make;
  temporary_folder folder;
  base::manual_clock clock{sandbox_start};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{film_bytes};
  std::unique_ptr<Connector> connector;
  std::map<std::string, std::string> kept;  // of the delivery: what the connector has asked to keep
  base::uuid delivery = base::uuid_from_name("one");

  /// The sandbox knows the account by `user` and `name`.
  film_fixture(std::string platform_name, account_type who, const std::string& user, const std::string& name, maker by)
      : platform(std::move(platform_name)), account(std::move(who)), make(std::move(by)) {
    box.add_account(account.access_token.reveal(), user, name, platform);
    connector = make(*this);
  }
  ~film_fixture() { client.stop(); }

  void start_anew() { connector = make(*this); }

  connectors::publication some_post(std::chrono::milliseconds timeout = std::chrono::seconds{20}) {
    connectors::publication what;
    what.delivery_id = delivery;
    what.title = "A title";
    what.text = "A film";
    what.media = {{domain::media_kind::video, std::string{made_film::url}, "A street"}};
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = account;
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish(connectors::publication what) {
    awaited<connectors::publish_reply> reply;
    connector->publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  domain::outcome publish(std::chrono::milliseconds timeout = std::chrono::seconds{20}) {
    return publish(some_post(timeout));
  }
  domain::reconciliation reconcile() {
    awaited<domain::reconciliation> found;
    connector->reconcile(some_post(), found.callback());
    return found.get();
  }

  /// Of the next call below `path`, whatever its method.
  void fault(const std::string& path, const std::string& kind, const std::string& more = "") {
    box.add_fault(R"({"platform":")" + platform + R"(","kind":")" + kind + R"(","match":{"path_prefix":")" + path +
                  R"("})" + more + "}");
  }
  void limits(const std::string& json) {
    REQUIRE(box.call("POST", "/_sandbox/limits", R"({"platform":")" + platform + R"(",)" + json + "}").status == 200);
  }
  int requests(const std::string& method, const std::string& path) {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("method").as_string() == method && line.at("path").as_string() == path ? 1 : 0;
    return found;
  }
  /// What the platform has written down of the file, by the name that it has there: "film".
  boost::json::object arrived(const std::string& name) {
    for (const auto& line : box.journal("arrived")) {
      const auto* const record = line.at("record").if_object();
      if (record != nullptr && record->contains(name)) return record->at(name).as_object();
    }
    return {};
  }
  boost::json::array posts() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/" + platform + "/posts")
        .as_array();
  }
};

}  // namespace pulse::tests
