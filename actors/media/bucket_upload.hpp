// An upload on its way to a bucket: written to a file of this machine, and from there to the bucket, a part at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/s3/bucket.hpp"
#include "persistence/media/store.hpp"

namespace pulse::actors {

/// Marks the file of an upload that lacks bytes which the bucket has, because another machine has sent them.
inline constexpr std::string_view gaps_mark = "gaps";

/// The object of a part of a medium.
std::string key_of(const std::string& name, std::string_view part);

/// All of an object in a file of `here` under a name of its own, gone with the last who has it open; without a file
/// when it cannot be had.
persistence::media::open_file fetch_object(const connectors::s3::bucket& from, const persistence::media::store& here,
                                           const std::string& key);

/// The parts of an upload that the bucket has.
struct arrived_parts {
  std::vector<connectors::s3::part> parts;  // without a gap, of one size
  std::int64_t bytes = 0;
  bool is_object = false;  // it is whole: completed before
  bool is_lost = false;    // the bucket has given up the upload, and with it its parts
};
/// Nothing when the bucket is not reached.
std::optional<arrived_parts> find_arrived(const connectors::s3::bucket& at, const std::string& key,
                                          const std::string& upload_id, std::size_t part_bytes);

class bucket_upload final : public persistence::media::incoming {
 public:
  struct place {
    const connectors::s3::bucket& at;
    const persistence::media::store& here;
    std::string name;
    std::size_t part_bytes;
  };
  /// `file` is held in `here`; `upload_id` and `arrived` are of an upload that goes on.
  bucket_upload(place to, persistence::media::open_file file, std::string upload_id, arrived_parts arrived,
                persistence::media::store::remember remembering);

  std::int64_t size() const override { return size_; }
  bool write(std::int64_t at, std::string_view bytes) override;
  const persistence::media::open_file* whole() override;
  bool keep() override;

 private:
  /// Sends the next part to the bucket; false when the bucket does not take it now. It is then sent later.
  bool bring_part(std::int64_t bytes);
  bool begin();
  bool complete();
  void start_again();

  const place to_;
  const std::string key_;
  persistence::media::open_file file_;
  persistence::media::open_file fetched_;  // of the bucket, where `file_` lacks the beginning
  std::string upload_id_;
  arrived_parts arrived_;
  const persistence::media::store::remember remember_;
  std::int64_t size_ = 0;
  std::int64_t tried_at_ = 0;  // the size at which a part was refused last
  bool has_gaps_ = false;      // `file_` lacks bytes that the bucket has
};

}  // namespace pulse::actors
