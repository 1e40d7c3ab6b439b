// A connector and its stand-in: the shared parts of the connector tests.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "tests/sandbox/running_sandbox.hpp"

namespace pulse::tests {

inline constexpr base::timestamp sandbox_start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                                               std::chrono::hours{8} + std::chrono::milliseconds{123}};

template <class Connector>
struct connector_fixture {
  temporary_folder folder;
  base::manual_clock clock{sandbox_start};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client;
  Connector connector;
  std::map<std::string, std::string> kept;  // of the delivery: what the connector has asked to keep

  /// `options` makes the connector's options, given the sandbox.
  template <class Options>
  connector_fixture(connectors::reach user_given, Options options)
      : client{{.user_given = user_given}, clock}, connector{options(box), client, clock} {}
  ~connector_fixture() { client.stop(); }

  /// Begun now, with what is kept so far.
  connectors::publication publication_of(std::string text, decltype(connectors::publication::account) account) {
    connectors::publication what;
    what.text = std::move(text);
    what.started_at = clock.now();
    what.timeout = std::chrono::seconds{5};
    what.account = std::move(account);
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish(connectors::publication what) {
    awaited<connectors::publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  domain::reconciliation reconcile(connectors::publication what) {
    awaited<domain::reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }
};

}  // namespace pulse::tests
