#include "actors/media/bucket_store.hpp"

#include <list>
#include <map>
#include <mutex>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/media/bucket_upload.hpp"

namespace pulse::actors {

namespace {

namespace media = persistence::media;
namespace s3 = connectors::s3;
using media::open_file;

/// What is read ahead of an object that is read in small pieces: pages are given 64 KiB at a time.
constexpr std::size_t read_ahead_bytes = 1024 * 1024;

/// Reads a range of an object at a time.
class object_bytes final : public media::distant_bytes {
 public:
  object_bytes(std::shared_ptr<const s3::bucket> in, std::string key, std::int64_t size)
      : in_(std::move(in)), key_(std::move(key)), size_(size) {}

  std::int64_t size() const override { return size_; }

  std::optional<std::string> read(std::int64_t at, std::size_t count) override {
    if (at >= size_) return std::string{};
    count = static_cast<std::size_t>(std::min<std::int64_t>(static_cast<std::int64_t>(count), size_ - at));
    const auto end = at + static_cast<std::int64_t>(count);
    if (at < ahead_at_ || end > ahead_at_ + static_cast<std::int64_t>(ahead_.size())) {
      auto got = in_->get(key_, at, std::max(count, read_ahead_bytes));
      if (!got || got->size() < count) return std::nullopt;
      if (got->size() == count) return std::move(*got);
      ahead_ = std::move(*got);
      ahead_at_ = at;
    }
    return ahead_.substr(static_cast<std::size_t>(at - ahead_at_), count);
  }

 private:
  const std::shared_ptr<const s3::bucket> in_;
  const std::string key_;
  const std::int64_t size_;
  std::string ahead_;
  std::int64_t ahead_at_ = 0;
};

/// Sizes of objects that were asked for lately: a film is opened for each of its pieces. Objects never change; one that
/// is gone is found out by reading it.
class known_sizes {
 public:
  std::optional<std::int64_t> find(const std::string& key) {
    const std::lock_guard lock{mutex_};
    const auto found = sizes_.find(key);
    return found == sizes_.end() ? std::nullopt : std::optional{found->second};
  }
  void keep(const std::string& key, std::int64_t size) {
    const std::lock_guard lock{mutex_};
    if (sizes_.size() >= most) sizes_.clear();
    sizes_[key] = size;
  }
  void forget() {
    const std::lock_guard lock{mutex_};
    sizes_.clear();
  }

 private:
  static constexpr std::size_t most = 1'000;

  std::mutex mutex_;
  std::map<std::string, std::int64_t> sizes_;
};

class bucket_store final : public media::store {
 public:
  bucket_store(std::shared_ptr<const s3::bucket> in, std::unique_ptr<media::store> here,
               std::unique_ptr<media::store> older, bucket_store_options how)
      : in_(std::move(in)), here_(std::move(here)), older_(std::move(older)), how_(how) {}

  base::result<std::unique_ptr<media::incoming>, media::not_received> receive(const std::string& name,
                                                                              const std::string& transfer,
                                                                              remember remembering) const override {
    auto file = here_->hold(name, media::original);
    if (!file) return media::not_received::busy;
    auto arrived = find_arrived(*in_, key_of(name, media::original), transfer, how_.part_bytes);
    if (!arrived) return media::not_received::unreachable;
    return std::unique_ptr<media::incoming>{
        std::make_unique<bucket_upload>(bucket_upload::place{*in_, *here_, name, how_.part_bytes}, std::move(file),
                                        transfer, std::move(*arrived), std::move(remembering))};
  }

  std::optional<std::int64_t> received(const std::string& name, const std::string& transfer) const override {
    const auto arrived = find_arrived(*in_, key_of(name, media::original), transfer, how_.part_bytes);
    if (!arrived) return std::nullopt;
    const auto file = here_->open(name, media::original);
    if (arrived->is_lost && here_->open(name, gaps_mark)) return 0;  // it begins again
    return std::max(arrived->bytes, file ? file.size() : std::int64_t{0});
  }

  void settle(const std::string& name) const override { here_->remove(name); }

  open_file open(const std::string& name, std::string_view part) const override {
    const auto key = key_of(name, part);
    auto size = sizes_.find(key);
    if (!size) {
      const auto told = in_->size(key);
      if (!told && told.error().kind == s3::failure_kind::missing) return older_->open(name, part);
      if (!told) return away(told.error());
      size = *told;
      sizes_.keep(key, *told);
    }
    return open_file{std::make_unique<object_bytes>(in_, key, *size)};
  }

  open_file open_here(const std::string& name, std::string_view part) const override {
    auto fetched = fetch_object(*in_, *here_, key_of(name, part));
    return fetched || fetched.is_unreachable() ? std::move(fetched) : older_->open(name, part);
  }

  open_file hold(const std::string& name, std::string_view part) const override { return here_->hold(name, part); }

  bool keep(const std::string& name, std::string_view from, std::string_view to) const override {
    const auto file = here_->open(name, from);
    if (!file) return false;
    const auto bytes = file.read(0, static_cast<std::size_t>(file.size()));
    if (!bytes || std::cmp_not_equal(bytes->size(), file.size())) return false;
    const auto done = in_->put(key_of(name, to), *bytes);
    if (!done) return away(done.error()), false;
    return true;
  }

  bool remove(const std::string& name) const override {
    if (!here_->remove(name) || !older_->remove(name)) return false;
    sizes_.forget();
    const auto below = key_of(name, "");
    const auto unfinished = in_->unfinished_below(below);
    if (!unfinished) return away(unfinished.error()), false;
    for (const auto& each : *unfinished) {
      if (!in_->abandon(each)) return false;
    }
    const auto keys = in_->list(below);
    if (!keys) return away(keys.error()), false;
    for (const auto& each : *keys) {
      if (!in_->remove(each)) return false;
    }
    return true;
  }

  std::uint64_t free_bytes() const override { return here_->free_bytes(); }

  std::vector<std::string> untouched(base::timestamp since, std::size_t limit) const override {
    return here_->untouched(since, limit);
  }

 private:
  static open_file away(const s3::failure& why) {
    spdlog::warn("The bucket of pictures and films is unavailable: {}", why.reason);
    return open_file::unreachable();
  }

  const std::shared_ptr<const s3::bucket> in_;
  const std::unique_ptr<media::store> here_;
  const std::unique_ptr<media::store> older_;
  const bucket_store_options how_;
  mutable known_sizes sizes_;
};

}  // namespace

std::unique_ptr<media::store> make_bucket_store(std::shared_ptr<const s3::bucket> in,
                                                std::unique_ptr<media::store> here, std::unique_ptr<media::store> older,
                                                bucket_store_options how) {
  return std::make_unique<bucket_store>(std::move(in), std::move(here), std::move(older), how);
}

}  // namespace pulse::actors
