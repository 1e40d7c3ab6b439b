// The interface of a stand-in for a platform. To add one, implement this in a folder and add a line to all.cpp.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox {

/// The platform's decision about a request.
enum class decision {
  accepted,  // a post became public, or (X) the call was executed
  done,      // executed, but nothing became public: an upload, a container that waits to be published, a read
  refused,
};

/// How a platform processes an upload.
struct processing {
  std::chrono::milliseconds time{0};
  bool fails = false;  // at the end
};

/// The platform's answer to one request, and its journal record.
struct verdict {
  http::server::response response;
  decision decided = decision::refused;
  std::string external_id;     // of the object that was made, read or deleted
  boost::json::object record;  // what `replay` needs to repeat the change: {"made": {…}}; empty when nothing changed
};

/// The error of a control call as a sentence; nothing on success.
using complaint = std::optional<std::string>;

/// One platform: its accounts, posts and limits. Lives on the sandbox's one thread. All state is in memory, and is
/// rebuilt from the journal.
class platform {
 public:
  virtual ~platform() = default;

  /// Its name in the control API and the journal: "x".
  virtual std::string_view name() const = 0;
  /// Whether a request to this path is for the platform even without its name in front.
  virtual bool owns(std::string_view path) const = 0;
  /// The platform's id of the request's account; empty if the request has no known token.
  virtual std::string account_of(const http::server::request& request) const = 0;
  /// Executes the request, and answers as the platform would.
  virtual verdict answer(const http::server::request& request, base::timestamp now) = 0;
  /// Called right before `answer` when a fault says how the request's upload is processed. Platforms without processing
  /// ignore it.
  virtual void process_next(processing) {}
  /// The platform's own form of an error, for faults.
  virtual http::server::response failure(int status) const = 0;

  /// Registers an account. `command` has no token; the token comes as the hash made by `token_hash`.
  virtual complaint add_account(const boost::json::object& command, const std::string& token_hash) = 0;
  virtual complaint set_limits(const boost::json::object& command) = 0;
  /// Repeats the change that a journal line of an earlier run recorded.
  virtual void replay(const boost::json::object& record, base::timestamp at) = 0;
  /// The whole state, for tests.
  virtual boost::json::object state() const = 0;
};

/// Tokens are stored only as hashes, in memory and on disk.
std::string token_hash(std::string_view token);

/// The token of `Authorization: Bearer …`; nothing if there is none.
std::optional<std::string_view> bearer_token(const http::server::request& request);

/// The owner of the request's token, looked up by its hash; empty if unknown.
std::string holder_of(const http::server::request& request, const std::map<std::string, std::string>& by_token_hash);

}  // namespace pulse::sandbox
