// One publish call to X, step by step: the image with its description, if there is one, and the post.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::x {

/// A request to X in the name of an account.
egress_request request_to(const std::string& base_url, std::string method, const std::string& path,
                          const credentials& account);

/// The body of `POST /2/tweets`; below the post `parent`, when there is one.
std::string post_body(const std::string& text, const std::vector<std::string>& media_ids,
                      const std::string& parent = "");

/// What a step before the post came to, about `of` ("the film"); nothing when it succeeded. Nothing is public yet, so
/// what is not known is harmless.
std::optional<domain::outcome> upload_problem(const egress_reply& reply, std::string_view handle, base::timestamp now,
                                              std::string_view of);

/// The call, to be started once. An uploaded image is kept (`media_id`, `media_until`) before the post, and used again
/// by the next attempt as long as X keeps it.
std::shared_ptr<publish_steps> publishing(const std::string& base_url, media_files* files, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::x
