// Pictures and films in a bucket of an S3-compatible service.
#pragma once

#include <cstddef>
#include <memory>

#include "base/result.hpp"
#include "connectors/s3/bucket.hpp"
#include "persistence/media/store.hpp"

namespace pulse::actors {

struct bucket_store_options {
  /// Of an upload that goes to the bucket while it comes in, and so of the memory that it takes, twice. S3 wants 5 MiB
  /// at least and takes 10,000 parts.
  std::size_t part_bytes = 8 * 1024 * 1024;
};

/// Objects `NAME/PART` in `in`. An upload is written to `here` (a folder of this machine), because the process that
/// looks into it needs a file, and goes to the bucket in parts meanwhile; what of it this machine has lost, the bucket
/// has up to the last whole part. `older` is the folder of files from before there was a bucket: they are still read
/// and removed there. All are kept by it.
std::unique_ptr<persistence::media::store> make_bucket_store(std::shared_ptr<const connectors::s3::bucket> in,
                                                             std::unique_ptr<persistence::media::store> here,
                                                             std::unique_ptr<persistence::media::store> older,
                                                             bucket_store_options how = {});

}  // namespace pulse::actors
