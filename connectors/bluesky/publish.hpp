// One publish call to an account's server, step by step: where it lives, the pictures or the film, whom it mentions,
// what it links, the record.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/bluesky/connector.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::bluesky {

/// What was kept of earlier attempts of this very content.
struct kept_record {
  std::string rkey;
  std::string record;  // JSON
};

/// Nothing when no attempt of this content came so far that a post may be live.
std::optional<kept_record> kept_of(const publication& what);

std::shared_ptr<publish_steps> publishing(const bluesky_options& options, std::shared_ptr<host_directory> hosts,
                                          std::shared_ptr<film_uploads> uploads, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

/// Of the query of getRecord.
std::string record_query(const std::string& did, const std::string& rkey);

}  // namespace pulse::connectors::bluesky
