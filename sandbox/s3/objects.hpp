// The stand-in's objects and multipart uploads, without HTTP.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pulse::sandbox::s3 {

/// Bytes in an unlinked file, so that a film takes no memory. Freed space is not reused; all of it goes when this
/// object does.
class arena {
 public:
  arena();
  ~arena();
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;

  struct piece {
    std::int64_t at = 0;
    std::int64_t bytes = 0;
  };
  std::optional<piece> add(std::string_view bytes);
  std::string read(const piece& from, std::int64_t at, std::int64_t count) const;

 private:
  std::FILE* file_;
  int descriptor_;
  std::int64_t end_ = 0;
};

/// MD5 in lower-case hexadecimal, the form of ETags.
std::string md5_of(std::string_view bytes);
std::string md5_bytes_of(std::string_view bytes);

struct object {
  std::vector<arena::piece> pieces;
  std::int64_t bytes = 0;
  std::string etag;  // with its quotes
};

struct uploaded_part {
  arena::piece where;
  std::string etag;
  std::string digest;  // the 16 bytes of its MD5
};

struct upload {
  std::string key;
  std::map<int, uploaded_part> parts;
};

struct named_part {
  int number = 0;
  std::string etag;
};

/// One bucket. Results are S3's error codes; empty means success.
class bucket {
 public:
  explicit bucket(arena& bytes) : bytes_(bytes) {}

  std::string put(const std::string& key, std::string_view bytes);
  const object* find(const std::string& key) const;
  void remove(const std::string& key) { objects_.erase(key); }
  const std::map<std::string, object>& objects() const { return objects_; }

  std::string begin(const std::string& key);  // the upload's id
  /// Sets `etag` to the part's ETag.
  std::string put_part(const std::string& key, const std::string& id, int number, std::string_view bytes,
                       std::string& etag);
  const upload* find_upload(const std::string& key, const std::string& id) const;
  bool abandon(const std::string& key, const std::string& id);
  std::string complete(const std::string& key, const std::string& id, const std::vector<named_part>& named);
  const std::map<std::string, upload>& uploads() const { return uploads_; }

  std::string read(const object& from, std::int64_t at, std::int64_t count) const;

 private:
  arena& bytes_;
  std::map<std::string, object> objects_;
  std::map<std::string, upload> uploads_;  // by id
  std::uint64_t last_id_ = 0;
};

}  // namespace pulse::sandbox::s3
