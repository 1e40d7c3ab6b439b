// ID tokens of a stand-in that signs people in (OpenID Connect Core §2): RS256 with a key of its own, made when it is first needed.
#pragma once

#include <memory>
#include <string>

#include <boost/json.hpp>

namespace pulse::sandbox {

/// Lives on the sandbox's one thread.
class id_tokens {
 public:
  id_tokens();
  ~id_tokens();

  /// The public key as a key set (RFC 7517).
  boost::json::object key_set();
  std::string sign(const boost::json::object& claims);
  /// Another key from now on; the one before is in the set no more.
  void rotate();

 private:
  struct key;
  key& current();

  std::unique_ptr<key> key_;
  int number_ = 0;
};

}  // namespace pulse::sandbox
