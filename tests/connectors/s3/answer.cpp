#include "connectors/s3/answer.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using connectors::s3::failure_kind;
using connectors::s3::failure_of;
using connectors::s3::read_answer;

namespace {

connectors::egress_reply answered(int status, std::string body) {
  connectors::egress_reply made;
  made.how_far = connectors::progress::complete;
  made.status = status;
  made.body = std::move(body);
  return made;
}

std::string error(const std::string& code) {
  return "<?xml version=\"1.0\"?>\n<Error><Code>" + code + "</Code><Message>Told so.</Message></Error>";
}

}  // namespace

TEST_CASE("a list's leaves and rows are read, whatever else stands in it", "[s3]") {
  const auto read = read_answer(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListPartsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<UploadId>u&amp;1</UploadId><Owner><ID>7</ID></Owner><IsTruncated>false</IsTruncated>"
      "<Part><PartNumber>2</PartNumber><ETag>&quot;ab&quot;</ETag><Size>5242880</Size><Sum><X>deep</X></Sum></Part>"
      "</ListPartsResult>");
  REQUIRE(read);
  CHECK(read->root == "ListPartsResult");
  CHECK(read->value("UploadId") == "u&1");
  CHECK(read->value("IsTruncated") == "false");
  CHECK(read->value("Part").empty());
  REQUIRE(read->rows.size() == 2);
  CHECK(read->rows[1].at("") == "Part");
  CHECK(read->rows[1].at("ETag") == "\"ab\"");
  CHECK(read->rows[1].at("Size") == "5242880");
}

TEST_CASE("a malformed S3 document is refused: cut, with a doctype, too deep", "[s3]") {
  CHECK_FALSE(read_answer(""));
  CHECK_FALSE(read_answer("<ListPartsResult><Part>"));
  CHECK_FALSE(read_answer("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK_FALSE(read_answer(deep));
}

TEST_CASE("an error is what its code says, and where there is none what the status says", "[s3]") {
  struct row {
    int status;
    std::string body;
    failure_kind kind;
  };
  const auto rows = {row{404, error("NoSuchKey"), failure_kind::missing},
                     row{404, error("NoSuchUpload"), failure_kind::missing},
                     row{404, "", failure_kind::missing},
                     row{404, error("NoSuchBucket"), failure_kind::refused},
                     row{403, error("SignatureDoesNotMatch"), failure_kind::refused},
                     row{403, error("InvalidAccessKeyId"), failure_kind::refused},
                     row{400, error("InvalidPartOrder"), failure_kind::refused},
                     row{400, error("RequestTimeout"), failure_kind::unreachable},
                     row{503, error("SlowDown"), failure_kind::unreachable},
                     row{500, "<html>", failure_kind::unreachable},
                     row{429, "", failure_kind::unreachable},
                     row{301, "", failure_kind::refused},
                     row{200, error("InternalError"), failure_kind::unreachable}};
  for (const auto& each : rows) {
    CAPTURE(each.status, each.body);
    const auto found = failure_of(answered(each.status, each.body));
    REQUIRE(found);
    CHECK(found->kind == each.kind);
  }
  CHECK_FALSE(failure_of(answered(200, "<CompleteMultipartUploadResult/>")));
  CHECK_FALSE(failure_of(answered(204, "")));
  CHECK_FALSE(failure_of(answered(206, "bytes with <Error in them")));
}

TEST_CASE("what the service says of an error is told in one line", "[s3]") {
  const auto found = failure_of(answered(403, error("Access\nDenied")));
  REQUIRE(found);
  CHECK(found->reason == "it answered 403 Access Denied: Told so.");
}

TEST_CASE("parts are named in order, with their ETags escaped", "[s3]") {
  CHECK(connectors::s3::to_document({{1, "\"a\"", 5}, {2, "<b&>", 1}}) ==
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        "<Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part>"
        "<Part><PartNumber>2</PartNumber><ETag>&lt;b&amp;&gt;</ETag></Part></CompleteMultipartUpload>");
}
