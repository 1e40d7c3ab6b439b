// One publish call to X, step by step: the image with its description, if there is one, and the post.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::x {

/// A request to X in the name of an account.
egress_request request_to(const std::string& base_url, std::string method, const std::string& path,
                          const credentials& account);

/// The call, to be started once. An uploaded image is kept (`media_id`, `media_until`) before the post, and used again by the
/// next attempt as long as X keeps it.
std::shared_ptr<publish_steps> publishing(const std::string& base_url, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::x
