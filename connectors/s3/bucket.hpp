// One bucket of an S3-compatible service.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/s3/answer.hpp"
#include "connectors/s3/signature.hpp"

namespace pulse::connectors::s3 {

struct bucket_options {
  std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com", without a slash at the end
  std::string name;
  bool is_in_path = true;  // endpoint/name/key; else the name stands before the endpoint's host
  signing_identity as;
  int tries = 3;                         // of each call, where the service is not reached or asks to come again
  std::chrono::milliseconds pause{300};  // before the second; twice as long before each further one
};

template <class T>
using bucket_result = base::result<T, failure>;
struct carried_out {};

/// An unfinished multipart upload.
struct unfinished {
  std::string key;
  std::string upload_id;

  friend bool operator==(const unfinished&, const unfinished&) = default;
};

/// Every call blocks until it is answered, so none is made on the client's thread or on an event loop. Thread-safe.
/// Each is harmless to repeat, but `begin`, which may leave an abandoned upload behind (`unfinished_below` finds it).
/// Facts: Amazon S3 API Reference 2006-03-01.
class bucket {
 public:
  /// `client` and `clock` outlive it.
  bucket(bucket_options how, egress& client, const base::clock& clock);

  bucket_result<carried_out> put(const std::string& key, std::string_view bytes) const;
  /// Bytes of an object.
  bucket_result<std::int64_t> size(const std::string& key) const;
  /// `count` bytes from `at`, which must be within the object; fewer at its end.
  bucket_result<std::string> get(const std::string& key, std::int64_t at, std::size_t count) const;
  /// Also when there is none.
  bucket_result<carried_out> remove(const std::string& key) const;
  /// Keys that begin so.
  bucket_result<std::vector<std::string>> list(const std::string& prefix) const;

  /// Begins an object that comes in parts; the id of its upload.
  bucket_result<std::string> begin(const std::string& key) const;
  /// `number` from 1 to 10,000; of at least 5 MiB, but the last.
  bucket_result<part> put_part(const std::string& key, const std::string& upload_id, int number,
                               std::string_view bytes) const;
  /// In the order of their numbers.
  bucket_result<std::vector<part>> parts(const std::string& key, const std::string& upload_id) const;
  /// The object is there from here on.
  bucket_result<carried_out> complete(const std::string& key, const std::string& upload_id,
                                      const std::vector<part>& all) const;
  bucket_result<carried_out> abandon(const unfinished& what) const;
  bucket_result<std::vector<unfinished>> unfinished_below(const std::string& prefix) const;

  /// Lists, writes and removes. What is wrong and what to do about it, as a sentence with the settings' names; nothing
  /// when all of it works.
  struct finding {
    std::string sentence;
    bool may_pass = false;  // the service was not reached: it may be there later
  };
  std::optional<finding> check() const;

 private:
  struct asked {
    std::string method;
    std::string key;
    query_parameters query = {};
    std::vector<egress_header> headers = {};
    std::string_view body = {};
    std::size_t most_bytes = 4 * 1024 * 1024;  // of the answer
  };
  bucket_result<egress_reply> call(const asked& what) const;
  egress_reply call_once(const asked& what, const std::string& payload_hash) const;
  bucket_result<answer> ask(const asked& what) const;
  /// Every page of a list, from the one without `next` on.
  template <class Read>
  bucket_result<carried_out> read_pages(asked what, std::vector<std::pair<std::string, std::string>> next,
                                        Read read) const;
  finding sentence_of(const failure& why) const;

  const bucket_options how_;
  egress& client_;
  const base::clock& clock_;
  std::string address_;  // of the bucket: "https://host/bucket"
  std::string host_;
  std::string path_;  // "/bucket"
};

}  // namespace pulse::connectors::s3
