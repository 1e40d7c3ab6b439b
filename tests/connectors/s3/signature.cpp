// The examples of "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)" of the Amazon S3
// API Reference.
#include "connectors/s3/signature.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace pulse;
using connectors::s3::canonical_query;
using connectors::s3::signed_headers;
using connectors::s3::unsigned_request;

namespace {

const base::timestamp example_time{std::chrono::sys_days{std::chrono::year{2013} / 5 / 24}};
const std::string nothing_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string authorization_of(const unsigned_request& from) {
  const connectors::s3::signing_identity example{"us-east-1", "AKIAIOSFODNN7EXAMPLE",
                                                 base::secret{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}};
  for (const auto& each : signed_headers(from, example, example_time)) {
    if (each.name == "authorization") return each.value;
  }
  return {};
}

std::string proof(const std::string& names, const std::string& signature) {
  return "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=" + names +
         ",Signature=" + signature;
}

}  // namespace

TEST_CASE("a range of an object is asked for with the signature that AWS documents", "[s3]") {
  CHECK(authorization_of({.method = "GET",
                          .host = "examplebucket.s3.amazonaws.com",
                          .path = "/test.txt",
                          .query = {},
                          .headers = {{"Range", "bytes=0-9"}},
                          .payload_hash = nothing_hash}) ==
        proof("host;range;x-amz-content-sha256;x-amz-date",
              "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
}

TEST_CASE("an object is put with the signature that AWS documents", "[s3]") {
  CHECK(authorization_of(
            {.method = "PUT",
             .host = "examplebucket.s3.amazonaws.com",
             .path = "/test%24file.text",
             .query = {},
             .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
             .payload_hash = base::to_hex(base::sha256("Welcome to Amazon S3."))}) ==
        proof("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST_CASE("a parameter without a value is signed as AWS documents", "[s3]") {
  CHECK(authorization_of({.method = "GET",
                          .host = "examplebucket.s3.amazonaws.com",
                          .path = "/",
                          .query = {{"lifecycle", ""}},
                          .headers = {},
                          .payload_hash = nothing_hash}) ==
        proof("host;x-amz-content-sha256;x-amz-date",
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
}

TEST_CASE("a list is asked for with the signature that AWS documents, whatever the order of its parameters", "[s3]") {
  CHECK(authorization_of({.method = "GET",
                          .host = "examplebucket.s3.amazonaws.com",
                          .path = "/",
                          .query = {{"prefix", "J"}, {"max-keys", "2"}},
                          .headers = {},
                          .payload_hash = nothing_hash}) ==
        proof("host;x-amz-content-sha256;x-amz-date",
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST_CASE("parameters are encoded before they are put in order", "[s3]") {
  CHECK(canonical_query({{"b", "x y"}, {"a", "1/2+3"}, {"a-b", ""}, {"a", "~"}}) == "a=1%2F2%2B3&a=~&a-b=&b=x%20y");
  CHECK(canonical_query({}).empty());
}
