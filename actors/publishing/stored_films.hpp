// The library's files, read for connectors that hand them over in pieces.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include <boost/asio/thread_pool.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/shared/media_files.hpp"
#include "persistence/media/links.hpp"
#include "persistence/media/store.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Finds a file by its signed address and its row, and reads it on threads of its own, which may wait for the disk.
class stored_films final : public connectors::media_files {
 public:
  /// `database` (role::engine), `files` and `clock` must outlive it.
  stored_films(persistence::database& database, const persistence::media::store& files,
               persistence::media::link_signer links, const base::clock& clock);
  ~stored_films() override { stop(); }

  void find(const std::string& url, std::function<void(std::optional<facts>)> done) override;
  void read(const std::string& url, std::int64_t at, std::size_t count,
            std::function<void(std::optional<std::string>)> done) override;

  /// Finishes the reads under way, with their callbacks. No later call is allowed.
  void stop();

 private:
  static constexpr std::size_t threads = 4;
  /// Names of files by their addresses; all are forgotten when there are more.
  static constexpr std::size_t most_names = 1'000;

  struct place {
    std::string file;
    std::string part;
  };
  std::optional<place> place_of(const std::string& url);

  persistence::database& database_;
  const persistence::media::store& files_;
  const persistence::media::link_signer links_;
  const base::clock& clock_;
  std::mutex mutex_;
  std::map<std::string, place> names_;
  boost::asio::thread_pool pool_{threads};
};

}  // namespace pulse::actors
