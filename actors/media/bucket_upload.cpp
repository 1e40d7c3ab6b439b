#include "actors/media/bucket_upload.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace pulse::actors {

namespace {

namespace media = persistence::media;
namespace s3 = connectors::s3;
using media::open_file;

/// Of an object that is copied here.
constexpr std::size_t piece_bytes = 4 * 1024 * 1024;

void warn(std::string_view what, const s3::failure& why) {
  spdlog::warn("{} of pictures and films failed: {}", what, why.reason);
}

}  // namespace

std::string key_of(const std::string& name, std::string_view part) { return name + '/' + std::string{part}; }

open_file fetch_object(const s3::bucket& from, const media::store& here, const std::string& key) {
  const auto size = from.size(key);
  if (!size) return size.error().kind == s3::failure_kind::missing ? open_file{} : open_file::unreachable();
  const auto name = media::new_name();
  auto made = here.hold(name, media::original);
  here.remove(name);  // the file lives as long as it is open
  if (!made) return open_file::unreachable();
  for (std::int64_t at = 0; at < *size;) {
    const auto piece = from.get(key, at, piece_bytes);
    if (!piece || piece->empty() || !made.write(at, *piece)) return open_file::unreachable();
    at += static_cast<std::int64_t>(piece->size());
  }
  return made;
}

std::optional<arrived_parts> find_arrived(const s3::bucket& at, const std::string& key, const std::string& upload_id,
                                          std::size_t part_bytes) {
  arrived_parts made;
  if (upload_id.empty()) return made;
  auto found = at.parts(key, upload_id);
  if (found) {
    for (auto& each : *found) {
      const bool is_next = each.number == static_cast<int>(made.parts.size()) + 1;
      if (!is_next || std::cmp_not_equal(each.bytes, part_bytes)) break;  // the last one may be brought again
      made.bytes += each.bytes;
      made.parts.push_back(std::move(each));
    }
    return made;
  }
  if (found.error().kind == s3::failure_kind::unreachable) return std::nullopt;
  const auto size = at.size(key);  // the upload is over: perhaps because it was completed
  if (!size && size.error().kind == s3::failure_kind::unreachable) return std::nullopt;
  made.is_object = size.has_value();
  made.is_lost = !made.is_object;
  made.bytes = size ? *size : 0;
  return made;
}

bucket_upload::bucket_upload(place to, open_file file, std::string upload_id, arrived_parts arrived,
                             media::store::remember remembering)
    : to_(std::move(to)),
      key_(key_of(to_.name, media::original)),
      file_(std::move(file)),
      upload_id_(std::move(upload_id)),
      arrived_(std::move(arrived)),
      remember_(std::move(remembering)),
      size_(file_.size()) {
  has_gaps_ = static_cast<bool>(to_.here.open(to_.name, gaps_mark));
  if (arrived_.is_lost) start_again();
  if (size_ >= arrived_.bytes) return;
  // Bytes are missing here. The mark comes first: a file with a gap must never be taken for a whole one.
  has_gaps_ = true;
  to_.here.hold(to_.name, gaps_mark);
  if (::ftruncate(file_.descriptor(), arrived_.bytes) == 0) size_ = arrived_.bytes;
}

/// What the bucket had is gone; what is here counts if it is all that came.
void bucket_upload::start_again() {
  upload_id_.clear();
  arrived_ = {};
  if (!std::exchange(has_gaps_, false)) return;
  if (::ftruncate(file_.descriptor(), 0) == 0) size_ = 0;
  to_.here.keep(to_.name, gaps_mark, "no-gaps");
}

bool bucket_upload::write(std::int64_t at, std::string_view bytes) {
  if (!file_.write(at, bytes)) return false;
  size_ = std::max(size_, at + static_cast<std::int64_t>(bytes.size()));
  const auto part = static_cast<std::int64_t>(to_.part_bytes);
  // After a refusal the next try comes with the next part: clients must not wait for a bucket that is unavailable.
  while (size_ - arrived_.bytes >= part && size_ - tried_at_ >= part) {
    if (bring_part(part)) continue;
    tried_at_ = size_;
  }
  return true;
}

bool bucket_upload::begin() {
  if (!upload_id_.empty()) return true;
  auto id = to_.at.begin(key_);
  if (!id) return warn("Beginning an upload", id.error()), false;
  // An id that is lost in a crash would leave parts behind for ever.
  if (!remember_(*id)) return static_cast<void>(to_.at.abandon({key_, *id})), false;
  upload_id_ = std::move(*id);
  return true;
}

bool bucket_upload::bring_part(std::int64_t bytes) {
  if (!begin()) return false;
  const auto piece = file_.read(arrived_.bytes, static_cast<std::size_t>(bytes));
  if (!piece || std::cmp_not_equal(piece->size(), bytes)) return false;
  auto brought = to_.at.put_part(key_, upload_id_, static_cast<int>(arrived_.parts.size()) + 1, *piece);
  if (!brought) {
    warn("Sending a part", brought.error());
    // The upload is over at the bucket, by a rule of its own for what takes too long: the next try begins another.
    if (brought.error().kind == s3::failure_kind::missing && !has_gaps_) start_again();
    return false;
  }
  arrived_.bytes += bytes;
  arrived_.parts.push_back(std::move(*brought));
  return true;
}

bool bucket_upload::complete() {
  const auto done = to_.at.complete(key_, upload_id_, arrived_.parts);
  if (done) return true;
  // Its first answer may have been lost: then the upload is gone, and the object exists.
  const auto there = to_.at.size(key_);
  if (there && *there == size_) return true;
  return warn("Completing an upload", done.error()), false;
}

bool bucket_upload::keep() {
  if (arrived_.is_object) return true;
  if (upload_id_.empty() && std::cmp_less_equal(size_, to_.part_bytes)) {
    const auto bytes = file_.read(0, static_cast<std::size_t>(size_));
    if (!bytes || std::cmp_not_equal(bytes->size(), size_)) return false;
    const auto done = to_.at.put(key_, *bytes);
    if (!done) return warn("Storing a file", done.error()), false;
    arrived_.is_object = true;
    return true;
  }
  while (arrived_.bytes < size_) {
    if (!bring_part(std::min<std::int64_t>(static_cast<std::int64_t>(to_.part_bytes), size_ - arrived_.bytes)))
      return false;
  }
  arrived_.is_object = complete();
  return arrived_.is_object;
}

const open_file* bucket_upload::whole() {
  if (!has_gaps_ && file_.size() == size_) return file_.sync() ? &file_ : nullptr;
  if (fetched_) return &fetched_;
  // The beginning is in the bucket alone, and read from there once it is an object.
  if (!keep()) return nullptr;
  fetched_ = fetch_object(to_.at, to_.here, key_);
  return fetched_ ? &fetched_ : nullptr;
}

}  // namespace pulse::actors
