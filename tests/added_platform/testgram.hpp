// A platform unknown to Pulse, which consists of this folder alone.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/roles/list.hpp"
#include "connectors/roles/remove.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::tests {

inline constexpr auto testgram = static_cast<domain::channel_type>(200);

/// Takes forty characters and two hashtags, publishes at once, and lets posts be deleted.
class testgram_connector final : public connectors::connector, public connectors::removes {
 public:
  domain::channel_type type() const override { return testgram; }
  void publish(connectors::publication what, std::function<void(connectors::publish_reply)> done) override {
    published.push_back(what.text);
    done({.outcome = {.kind = domain::outcome_kind::published, .external_id = "t" + std::to_string(published.size())}});
  }
  void reconcile(connectors::publication, std::function<void(domain::reconciliation)> done) override {
    done({.kind = domain::reconciliation_kind::absent});
  }
  void remove(connectors::removal what, std::function<void(connectors::removal_reply)> done) override {
    removed.push_back(what.external_id);
    done({.kind = connectors::removal_kind::gone});
  }

  std::vector<std::string> published;
  std::vector<std::string> removed;
};

}  // namespace pulse::tests
