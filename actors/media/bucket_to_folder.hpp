// The way back from a bucket to a folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.hpp"
#include "connectors/s3/bucket.hpp"
#include "persistence/media/store.hpp"

namespace pulse::actors {

struct copied_files {
  int copied = 0;
  int already = 0;         // in the folder, as large as in the bucket
  int strange = 0;         // objects that are no files of Pulse
  int failed = 0;          // could not be read or written
  std::int64_t bytes = 0;  // of what was copied
};

/// Copies every file in the bucket to `folder`, piece by piece; nothing is removed from the bucket, and it may be
/// repeated. A file is in the folder when all of it is there. `tell` is called after each one. Blocks. An error: the
/// bucket cannot be listed.
base::result<copied_files, std::string> copy_bucket_to_folder(const connectors::s3::bucket& bucket,
                                                              const persistence::media::store& folder,
                                                              const std::function<void(const copied_files&)>& tell);

}  // namespace pulse::actors
