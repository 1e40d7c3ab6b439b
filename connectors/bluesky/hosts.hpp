// Finds the server of an account's repository by the document of its DID, which is read again after a while, because
// repositories move.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "connectors/bluesky/identity.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::bluesky {

/// The settings that say where identities are looked up. Without slashes at the end.
struct directories {
  std::string service_url = "https://bsky.social";  // BLUESKY_SERVICE_URL
  std::string plc_url = "https://plc.directory";    // BLUESKY_PLC_URL
};

/// A server that holds repositories. Only the service of the settings is trusted as one; any other is an address that a
/// user gave.
struct repository_host {
  std::string url;
  trust address = trust::user_given;
};

/// Why a DID could not be resolved.
struct host_problem {
  bool is_final = false;  // there is no such account, or it has no repository; else it may be found later
  std::string reason;
};

/// Thread-safe.
class host_directory : public std::enable_shared_from_this<host_directory> {
 public:
  static constexpr std::chrono::minutes life{60};
  static constexpr std::size_t most = 10'000;
  using found = base::result<repository_host, host_problem>;

  host_directory(directories where, egress& client, const base::clock& clock);

  /// Calls back once, on any thread: at once when it is known.
  void find(const std::string& did, std::chrono::milliseconds timeout, std::function<void(found)> done);
  /// The document itself, never from memory.
  void read(const std::string& did, std::chrono::milliseconds timeout,
            std::function<void(base::result<did_document, host_problem>)> done);
  /// Asked again the next time: the server no longer knows the account.
  void forget(const std::string& did);

  /// The host of a document; nothing when it names none that may be called.
  std::optional<repository_host> host_in(const did_document& document) const;
  const directories& where() const { return where_; }

 private:
  struct entry {
    repository_host host;
    base::timestamp read_at;
  };
  const directories where_;
  egress& client_;
  const base::clock& clock_;
  std::mutex mutex_;
  std::map<std::string, entry> known_;
};

/// A call of XRPC at a host.
egress_request xrpc_request(const repository_host& host, std::string method, const std::string& name_and_query,
                            const std::string& token);

}  // namespace pulse::connectors::bluesky
