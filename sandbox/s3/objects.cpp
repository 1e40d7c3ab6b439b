#include "sandbox/s3/objects.hpp"

#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/secure.hpp"

namespace pulse::sandbox::s3 {

namespace {

constexpr int most_parts = 10'000;
constexpr std::int64_t least_part_bytes = 5 * 1024 * 1024;  // except the last

}  // namespace

arena::arena() : file_(std::tmpfile()), descriptor_(file_ == nullptr ? -1 : ::fileno(file_)) {}

arena::~arena() {
  if (file_ != nullptr) std::fclose(file_);
}

std::optional<arena::piece> arena::add(std::string_view bytes) {
  const piece made{end_, static_cast<std::int64_t>(bytes.size())};
  while (!bytes.empty()) {
    const auto count = ::pwrite(descriptor_, bytes.data(), bytes.size(), end_);
    if (count <= 0) return std::nullopt;
    end_ += count;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return made;
}

std::string arena::read(const piece& from, std::int64_t at, std::int64_t count) const {
  std::string made(static_cast<std::size_t>(std::min(count, from.bytes - at)), '\0');
  const auto got = ::pread(descriptor_, made.data(), made.size(), from.at + at);
  made.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return made;
}

std::string md5_bytes_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string md5_of(std::string_view bytes) {
  const auto digest = md5_bytes_of(bytes);
  return base::to_hex(std::span{reinterpret_cast<const std::uint8_t*>(digest.data()), digest.size()});
}

std::string bucket::put(const std::string& key, std::string_view bytes) {
  const auto where = bytes_.add(bytes);
  if (!where) return "InternalError";
  objects_[key] = {{*where}, where->bytes, '"' + md5_of(bytes) + '"'};
  return {};
}

const object* bucket::find(const std::string& key) const {
  const auto found = objects_.find(key);
  return found == objects_.end() ? nullptr : &found->second;
}

std::string bucket::begin(const std::string& key) {
  const auto id = "upload-" + base::random_token(12) + "-" + std::to_string(++last_id_);
  uploads_[id] = {key, {}};
  return id;
}

const upload* bucket::find_upload(const std::string& key, const std::string& id) const {
  const auto found = uploads_.find(id);
  return found == uploads_.end() || found->second.key != key ? nullptr : &found->second;
}

std::string bucket::put_part(const std::string& key, const std::string& id, int number, std::string_view bytes,
                             std::string& etag) {
  if (find_upload(key, id) == nullptr) return "NoSuchUpload";
  if (number < 1 || number > most_parts) return "InvalidArgument";
  const auto where = bytes_.add(bytes);
  if (!where) return "InternalError";
  etag = '"' + md5_of(bytes) + '"';
  uploads_[id].parts[number] = {*where, etag, md5_bytes_of(bytes)};
  return {};
}

bool bucket::abandon(const std::string& key, const std::string& id) {
  return find_upload(key, id) != nullptr && uploads_.erase(id) == 1;
}

std::string bucket::complete(const std::string& key, const std::string& id, const std::vector<named_part>& named) {
  const auto* from = find_upload(key, id);
  if (from == nullptr) return "NoSuchUpload";
  if (named.empty()) return "MalformedXML";
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (named[i].number <= named[i - 1].number) return "InvalidPartOrder";
  }
  object made;
  std::string digests;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto& each = named[i];
    const auto found = from->parts.find(each.number);
    if (found == from->parts.end() || found->second.etag != each.etag) return "InvalidPart";
    if (i + 1 < named.size() && found->second.where.bytes < least_part_bytes) return "EntityTooSmall";
    made.pieces.push_back(found->second.where);
    made.bytes += found->second.where.bytes;
    digests += found->second.digest;
  }
  made.etag = '"' + md5_of(digests) + '-' + std::to_string(named.size()) + '"';
  objects_[key] = std::move(made);
  uploads_.erase(id);
  return {};
}

std::string bucket::read(const object& from, std::int64_t at, std::int64_t count) const {
  std::string made;
  for (const auto& each : from.pieces) {
    if (count <= 0) break;
    if (at >= each.bytes) {
      at -= each.bytes;
      continue;
    }
    auto more = bytes_.read(each, at, count);
    count -= static_cast<std::int64_t>(more.size());
    made += more;
    at = 0;
  }
  return made;
}

}  // namespace pulse::sandbox::s3
