// Parses the XML of an S3-compatible service.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/egress/egress.hpp"

namespace pulse::connectors::s3 {

/// One part of a multipart upload that the service has.
struct part {
  int number = 0;  // from 1
  std::string etag;
  std::int64_t bytes = 0;

  friend bool operator==(const part&, const part&) = default;
};

enum class failure_kind {
  missing,      // no such object or upload
  refused,      // wrong keys, no such bucket, a call that it does not take: for the operator
  unreachable,  // no answer, or one that asks to come again
};

struct failure {
  failure_kind kind = failure_kind::unreachable;
  std::string code;    // the service's word: "NoSuchBucket"; empty: it said none
  std::string reason;  // a sentence without secrets

  friend bool operator==(const failure&, const failure&) = default;
};

/// A document whose root has leaves, and elements with leaves of their own: all that S3 answers with, as far as it is
/// asked for here.
struct answer {
  using fields = std::map<std::string, std::string>;

  std::string root;          // "ListPartsResult"
  fields values;             // the root's leaves
  std::vector<fields> rows;  // its other children, each with its leaves, and its own name under ""

  const std::string& value(const std::string& name) const;
};

/// Nothing when it cannot be read, or declares something: no answer needs to.
std::optional<answer> read_answer(std::string_view document);

/// Why the call has failed; nothing when it has not. A 200 may hold an error: `CompleteMultipartUpload` has sent its
/// header by then.
std::optional<failure> failure_of(const egress_reply& reply);

/// The body of CompleteMultipartUpload.
std::string to_document(const std::vector<part>& parts);

}  // namespace pulse::connectors::s3
