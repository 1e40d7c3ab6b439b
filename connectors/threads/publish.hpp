// One publish call to Threads, step by step.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/shared/publish_steps.hpp"
#include "connectors/threads/connector.hpp"

namespace pulse::connectors::threads {

using form_fields = std::vector<std::pair<std::string, std::string>>;

egress_request get_request(const threads_options& options, const credentials& account, const std::string& path,
                           const form_fields& query);
egress_request post_request(const threads_options& options, const credentials& account, const std::string& path,
                            const form_fields& form);

/// The container that an earlier attempt kept for this very post.
std::optional<std::string> kept_container(const publication& what);

std::shared_ptr<publish_steps> publishing(const threads_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::threads
