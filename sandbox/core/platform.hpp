// What a stand-in for a platform is: a folder that implements this, and a line in all.cpp.
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

/// What became of a request at the platform.
enum class decision {
  accepted,  // a post became public, or (X) the call was carried out
  done,      // carried out, and nothing became public by it: an upload, a container that waits to be published, a look
  refused,
};

/// How a platform that takes its time over what it is given treats it.
struct processing {
  std::chrono::milliseconds time{0};
  bool fails = false;  // in the end
};

/// The platform's answer to one request, and what the journal says of it.
struct verdict {
  http::server::response response;
  decision decided = decision::refused;
  std::string external_id;     // of what was made, read or deleted
  boost::json::object record;  // what `replay` needs to do it again: {"made": {…}}; empty when nothing changed
};

/// The error of a control call, as a sentence; nothing when it worked.
using complaint = std::optional<std::string>;

/// One platform: its accounts, its posts, its limits. Lives on the sandbox's one thread. All state is in memory and is
/// made again from the journal.
class platform {
 public:
  virtual ~platform() = default;

  /// The word for it in the control API and the journal: "x".
  virtual std::string_view name() const = 0;
  /// Whether a request to this path, which does not begin with its name, is for it all the same.
  virtual bool owns(std::string_view path) const = 0;
  /// The platform's id of the account that the request speaks for; empty when it carries no known token.
  virtual std::string account_of(const http::server::request& request) const = 0;
  /// Answers as the platform would, and does what it says.
  virtual verdict answer(const http::server::request& request, base::timestamp now) = 0;
  /// Called right before `answer`, when a fault says how what that request brings is processed. Platforms that process nothing
  /// have nothing to heed.
  virtual void process_next(processing) {}
  /// The platform's own form of an error, for faults.
  virtual http::server::response failure(int status) const = 0;

  /// Registers an account. `command` comes without the token, which is given as the hash that `token_hash` makes.
  virtual complaint add_account(const boost::json::object& command, const std::string& token_hash) = 0;
  virtual complaint set_limits(const boost::json::object& command) = 0;
  /// Does again what a journal line of an earlier run recorded.
  virtual void replay(const boost::json::object& record, base::timestamp at) = 0;
  /// Everything it holds, for tests.
  virtual boost::json::object state() const = 0;
};

/// How tokens are known here, in memory and on disk: they are never kept.
std::string token_hash(std::string_view token);

/// The token of `Authorization: Bearer …`; nothing when there is none.
std::optional<std::string_view> bearer_token(const http::server::request& request);

/// Whose token the request brings, by the tokens' hashes; empty: nobody's.
std::string holder_of(const http::server::request& request, const std::map<std::string, std::string>& by_token_hash);

}  // namespace pulse::sandbox
