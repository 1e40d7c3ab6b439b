// ID tokens of a stand-in for signing in (OpenID Connect Core §2): RS256 with its own key, made on first use.
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
  /// Makes a new key; the previous one leaves the set.
  void rotate();

 private:
  struct key;
  key& current();

  std::unique_ptr<key> key_;
  int number_ = 0;
};

}  // namespace pulse::sandbox
