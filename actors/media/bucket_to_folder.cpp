#include "actors/media/bucket_to_folder.hpp"

#include <algorithm>

namespace pulse::actors {

namespace {

namespace media = persistence::media;

constexpr std::int64_t piece_bytes = 8 * 1024 * 1024;

/// All of the object under a name of its own, which becomes the part's when all of it is there.
bool copy_object(const connectors::s3::bucket& bucket, const std::string& key, std::int64_t size,
                 const media::store& folder, const std::string& name, const std::string& part) {
  const auto arriving = part + "-arriving";
  {
    const auto file = folder.hold(name, arriving);
    if (!file) return false;
    for (std::int64_t at = 0; at < size;) {
      const auto wanted = static_cast<std::size_t>(std::min(piece_bytes, size - at));
      const auto piece = bucket.get(key, at, wanted);
      if (!piece || piece->size() != wanted || !file.write(at, *piece)) return false;
      at += static_cast<std::int64_t>(wanted);
    }
    if (!file.sync()) return false;
  }
  return folder.keep(name, arriving, part);
}

}  // namespace

base::result<copied_files, std::string> copy_bucket_to_folder(const connectors::s3::bucket& bucket,
                                                              const media::store& folder,
                                                              const std::function<void(const copied_files&)>& tell) {
  const auto keys = bucket.list("");
  if (!keys) return keys.error().reason;
  copied_files made;
  for (const auto& key : *keys) {
    const auto slash = key.find('/');
    const auto name = key.substr(0, slash);
    const auto part = slash == std::string::npos ? std::string{} : key.substr(slash + 1);
    const auto size = bucket.size(key);
    if (!media::is_file_name(name, part)) {
      ++made.strange;
    } else if (!size) {
      // What is removed meanwhile need not be copied.
      made.failed += size.error().kind == connectors::s3::failure_kind::missing ? 0 : 1;
    } else if (const auto there = folder.open(name, part); there && there.size() == *size) {
      ++made.already;
    } else if (copy_object(bucket, key, *size, folder, name, part)) {
      ++made.copied;
      made.bytes += *size;
    } else {
      ++made.failed;
    }
    tell(made);
  }
  return made;
}

}  // namespace pulse::actors
