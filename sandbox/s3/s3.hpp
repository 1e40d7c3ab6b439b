// The stand-in for an S3-compatible service: one region, buckets in the path or in the host name ("bucket.localhost").
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/core/platform.hpp"
#include "sandbox/s3/objects.hpp"

namespace pulse::sandbox::s3 {

/// Found below /s3/. Strict where a client can be wrong: signatures, hashes, dates, buckets, ranges, numbers, order,
/// sizes and ETags of parts. Objects end with the process.
class s3_platform final : public platform {
 public:
  s3_platform();

  std::string_view name() const override { return "s3"; }
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "a key's id", "secret": "…", "bucket": "its-bucket"}`
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;
  /// `{"forget_uploads": true}`: drops unfinished uploads, like a lifecycle rule. `{"fail_in_200": true}`: the next
  /// completion is answered 200 with an error in its body.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object&, base::timestamp) override {}
  boost::json::object state() const override;

 private:
  struct call {
    const http::server::request& request;
    bucket& in;
    std::string bucket_name;
    std::string key;
    std::map<std::string, std::string> query;

    bool has(const std::string& name) const { return query.contains(name); }
    std::string value(const std::string& name) const;
  };
  struct account {
    std::string secret;
    std::string bucket_name;
  };

  verdict on_bucket(const call& what) const;
  verdict on_object(const call& what);
  verdict read(const call& what) const;
  verdict put(const call& what);
  verdict post(const call& what);
  verdict remove(const call& what);
  verdict list_parts(const call& what) const;
  verdict list_objects(const call& what) const;
  verdict list_uploads(const call& what) const;

  arena bytes_;
  std::map<std::string, account> accounts_;  // by the key's id
  std::map<std::string, bucket> buckets_;
  bool fails_in_200_ = false;
};

}  // namespace pulse::sandbox::s3
