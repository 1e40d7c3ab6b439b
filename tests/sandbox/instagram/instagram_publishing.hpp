// The engine's part around the connector for Instagram: it keeps handles, and begins attempts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "connectors/instagram/connector.hpp"
#include "tests/sandbox/instagram/running_instagram.hpp"

namespace pulse::tests {

using connectors::publish_reply;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

inline constexpr const char* media = "/instagram/v26.0/42/media";
inline constexpr const char* media_publish = "/instagram/v26.0/42/media_publish";
inline constexpr const char* objects = "/instagram/v26.0/17";  // containers and media, by their ids

inline connectors::instagram::instagram_options quick_options(const std::string& url) {
  connectors::instagram::instagram_options options;
  options.base_url = url + "/instagram/";
  options.first_pause = 10ms;
  options.longest_pause = 50ms;
  options.least_time_to_publish = 100ms;
  return options;
}

/// What the engine does around the connector: keeps what it is told, and begins attempts.
struct publishing : instagram_fixture {
  connectors::instagram::instagram_connector connector{quick_options(box.url()), box.client(), clock};
  std::map<std::string, std::string> kept;
  bool can_keep = true;
  bool may_send = true;
  std::chrono::milliseconds timeout{patience};

  connectors::publication attempt(const std::string& text) {
    connectors::publication what;
    what.text = text;
    what.media = {{domain::media_kind::image, "https://example.org/a.jpg", "a picture"}};
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = {"42", "acme", base::secret{"token-ig"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      if (can_keep) keep(handles);
      then(can_keep);
    };
    what.may_send = [this] { return may_send; };
    return what;
  }
  /// As the attempt's row does.
  void keep(const std::map<std::string, std::string>& handles) {
    for (const auto& [name, value] : handles) kept[name] = value;
  }
  publish_reply publish_now(connectors::publication what) {
    awaited<publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get();
  }
  publish_reply publish_text(const std::string& text) { return publish_now(attempt(text)); }
  reconciliation look(connectors::publication what) {
    what.handles = kept;
    awaited<reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }

  /// The ids that publishing calls with this decision had.
  std::vector<std::string> publish_calls(const std::string& decision) {
    std::vector<std::string> ids;
    for (const auto& line : box.journal("arrived")) {
      if (line.at("path").as_string() != media_publish || line.at("decision").as_string() != decision) continue;
      const auto& id = line.at("external_id");
      ids.emplace_back(id.is_string() ? std::string{id.as_string()} : std::string{});
    }
    return ids;
  }
  std::size_t containers() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/instagram/containers")
        .as_array()
        .size();
  }

  /// Goes on as the engine does until it is published; its id.
  std::string bring_to_end(const connectors::publication& first, outcome_kind began_with) {
    auto kind = began_with;
    auto last = first;
    for (int i = 0; i < 3; ++i) {
      clock.advance(15s);
      if (kind == outcome_kind::unknown) {
        const auto found = look(last);
        CAPTURE(found.reason);
        if (found.kind == reconciliation_kind::live) return found.external_id.value_or("");
        REQUIRE(found.kind == reconciliation_kind::absent);
      }
      last = attempt(first.text);
      const auto reply = publish_now(last);
      if (reply.outcome.kind == outcome_kind::published) return reply.outcome.external_id.value_or("");
      kind = reply.outcome.kind;
    }
    return {};
  }
};

}  // namespace pulse::tests
