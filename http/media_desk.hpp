// Receives pictures and films: the store, the process that examines files, and the threads that wait for both.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "base/uuid.hpp"
#include "domain/media/limits.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/media/links.hpp"
#include "persistence/media/store.hpp"
#include "persistence/media/worker.hpp"

namespace pulse::http {

/// Thread-safe. Made by main; ended after the server has stopped, and destroyed before it.
class media_desk {
 public:
  struct options {
    std::int64_t file_bytes_max = 1024LL * 1024 * 1024;
    std::int64_t company_bytes_max = 20LL * 1024 * 1024 * 1024;
    /// Kept free on the disk, for everything else that lives there.
    std::uint64_t free_bytes_min = 512ULL * 1024 * 1024;
    /// Where files are kept, for the operator: the folder of this machine, or the bucket at its service.
    std::string folder = {};
    std::string bucket = {};
    std::string bucket_endpoint = {};
    /// What is wrong with the bucket and what to do, without a secret; may block. Empty: there is no bucket.
    std::function<std::optional<std::string>()> check_bucket = {};
  };

  media_desk(std::unique_ptr<persistence::media::store> files, std::filesystem::path worker,
             persistence::media::link_signer links, options how)
      : options_(how), files_(std::move(files)), worker_(std::move(worker)), links_(std::move(links)) {}
  ~media_desk() { stop(); }

  /// Ends what runs, and drops what waits.
  void stop();

  const options& how() const { return options_; }
  const persistence::media::store& files() const { return *files_; }
  const persistence::media::worker& worker() const { return worker_; }
  const persistence::media::link_signer& links() const { return links_; }

  /// A place among the uploads that are on their way, given back at its end.
  class place {
   public:
    place(media_desk& at, base::uuid tenant_id) : at_(&at), tenant_id_(tenant_id) {}
    ~place() {
      if (at_ != nullptr) at_->leave(tenant_id_);
    }
    place(place&& from) noexcept : at_(std::exchange(from.at_, nullptr)), tenant_id_(from.tenant_id_) {}
    place& operator=(place&&) = delete;

   private:
    media_desk* at_;
    base::uuid tenant_id_;
  };
  /// Nothing when too many are, of this company or of all.
  std::optional<place> enter(const base::uuid& tenant_id);

  /// Runs `job()` on a thread that may wait for the disk, and gives what it gives. `job` throws nothing.
  template <class Job>
  boost::asio::awaitable<std::invoke_result_t<Job&>> on_disk(Job job) {
    return run_on<Job>(disk_, std::move(job));
  }
  /// The same on the threads that examine files: `domain::most_examinations` at a time.
  template <class Job>
  boost::asio::awaitable<std::invoke_result_t<Job&>> examining(Job job) {
    return run_on<Job>(examinations_, std::move(job));
  }

 private:
  static constexpr std::size_t disk_threads = 8;

  template <class Job>
  static boost::asio::awaitable<std::invoke_result_t<Job&>> run_on(boost::asio::thread_pool& pool, Job job) {
    auto start = [&pool, job = std::make_shared<Job>(std::move(job))](auto finish) {
      boost::asio::post(pool, [job, finish]() mutable { finish((*job)()); });
    };
    auto done = co_await from_callback<std::invoke_result_t<Job&>>(std::move(start));
    co_return done;
  }

  void leave(const base::uuid& tenant_id);

  const options options_;
  const std::unique_ptr<persistence::media::store> files_;
  persistence::media::worker worker_;
  const persistence::media::link_signer links_;
  std::mutex mutex_;
  int uploads_ = 0;
  std::map<base::uuid, int> by_tenant_;
  boost::asio::thread_pool disk_{disk_threads};
  boost::asio::thread_pool examinations_{domain::most_examinations};
};

}  // namespace pulse::http
