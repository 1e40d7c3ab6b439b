// One publish call to a Facebook Page of a film: uploaded piece by piece over as many attempts as it takes, then
// finished, which publishes.
#pragma once

#include <functional>
#include <memory>

#include "connectors/facebook/connector.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::facebook {

/// The call, to be started once. Facebook says which piece comes next; after each piece it is kept (`film_session`,
/// `film_id`, `film_start`, `film_end`), and an attempt whose time is over ends as `goes_on`. One upload becomes one
/// film, however often it is finished.
std::shared_ptr<publish_steps> publishing_film(const facebook_options& options, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

/// Whether the film that was uploaded for `what` is finished. Without a kept id nothing can be live.
void find_film(const facebook_options& options, egress& client, const base::clock& clock, publication what,
               std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::facebook
