// Where pictures and films are kept, by the settings: a folder, or a bucket.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "config/settings.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/s3/bucket.hpp"
#include "persistence/media/store.hpp"

namespace pulse::service {

/// The client that calls the bucket alone, so that films on their way hold up no post; null where there is no bucket.
std::unique_ptr<connectors::egress> make_bucket_client(const config::settings& settings, const base::clock& clock);

/// What is wrong with the bucket; nothing also where there is none.
std::optional<connectors::s3::bucket::finding> check_bucket(const config::settings& settings,
                                                            connectors::egress& client, const base::clock& clock);

/// `client` may be null where there is no bucket, and outlives the store. An error is a sentence for the operator: a
/// bucket that is not reached just now is none.
base::result<std::unique_ptr<persistence::media::store>, std::string> make_media_store(const config::settings& settings,
                                                                                       connectors::egress* client,
                                                                                       const base::clock& clock);

/// `pulse media to-folder`: copies what is in the bucket to MEDIA_FOLDER. Returns the program's exit code.
int media_to_folder(const config::settings& settings);

}  // namespace pulse::service
