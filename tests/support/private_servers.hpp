// A PostgreSQL and a Redis for one test program: real servers, started for it and stopped with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pulse::tests {

enum class server { postgres, redis };

/// Starts both servers on unix sockets in a new folder of its own (scripts/private_servers) and waits until they
/// answer; the destructor stops them and removes the folder, and so does a watcher when the program dies without it.
/// Not durable: a killed PostgreSQL process recovers, a lost machine does not matter. Throws std::runtime_error with
/// the script's words when a server does not start. Not thread-safe, except for the URLs.
///
/// A test program needs one; `shared_servers()` is it.
class private_servers {
 public:
  private_servers();
  ~private_servers();
  private_servers(const private_servers&) = delete;
  private_servers& operator=(const private_servers&) = delete;

  /// The empty database `pulse`, as a superuser: `postgresql://pulse@/pulse?host=…&port=…`.
  const std::string& database_url() const { return database_url_; }
  /// `unix:///…/redis.sock`
  const std::string& redis_url() const { return redis_url_; }

  /// Makes a new database with a name of its own and returns its URL: empty, or a copy of the database of `like_url`,
  /// to which nothing may be connected at that moment. Migrate one database per program, then take a copy per test
  /// case: that is tens of milliseconds.
  std::string new_database(std::string_view like_url = {});

  /// For tests of what happens while a server is away. Both return when the server is down, or answers.
  void stop(server which);
  void start(server which);
  /// SIGKILL: as if it crashed.
  void kill(server which);

 private:
  void run_script(const std::string& verb, const std::string& options) const;

  std::filesystem::path folder_;
  std::string database_url_;
  std::string redis_url_;
  int databases_made_ = 0;
};

/// The servers of this test program, started at the first call and stopped when the program ends.
private_servers& shared_servers();

}  // namespace pulse::tests
