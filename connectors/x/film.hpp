// One publish call to X of a post with a film: uploaded piece by piece over as many attempts as it takes, then the
// post.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::x {

/// Bytes of one piece of a film: X takes a thousand pieces of at most 5 MB, and one must leave well within an attempt.
inline constexpr std::size_t film_piece_bytes = 2 * 1024 * 1024;

/// The call, to be started once. No more than a few pieces of the film are in memory. After each piece that X has taken
/// it is kept how many there are (`film_id`, `film_until`, `film_pieces`); an attempt whose time is over ends as
/// `goes_on`, and the next one, also after a crash, begins behind the last piece that was kept. What X has processed is
/// kept as an image is (`media_id`, `media_until`).
std::shared_ptr<publish_steps> publishing_film(const std::string& base_url, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::x
