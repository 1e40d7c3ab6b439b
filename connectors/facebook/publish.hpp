// One publish call to a Facebook Page, step by step.
#pragma once

#include <functional>
#include <memory>

#include "connectors/facebook/connector.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::facebook {

/// `METHOD /{version}/{path}` in the page's name.
egress_request request_to(const facebook_options& options, std::string method, const std::string& path,
                          const credentials& account);

/// The call, to be started once. Ids of photos are kept (`photos`) before the post, and used again by the next attempt.
std::shared_ptr<publish_steps> publishing(const facebook_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::facebook
