#include "connectors/egress/reference.hpp"

#include <catch2/catch.hpp>

using pulse::connectors::resolve_reference;

TEST_CASE("references are resolved as RFC 3986 §5.4 lists them") {
  const auto [reference, expected] = GENERATE(table<const char*, const char*>({
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y", "http://a/b/c/g;x?y"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"http:g", "http:g"},
      {"HTTPS://Host/x", "HTTPS://Host/x"},
      // without the fragment, which is not sent
      {"#s", "http://a/b/c/d;p?q"},
      {"g#s", "http://a/b/c/g"},
      {"g?y#s", "http://a/b/c/g?y"},
      {"g#s/../x", "http://a/b/c/g"},
  }));
  INFO(reference);
  CHECK(resolve_reference("http://a/b/c/d;p?q", reference) == expected);
}

TEST_CASE("a base without a path is resolved against like one with a slash") {
  CHECK(resolve_reference("https://example.org", "real.jpg") == "https://example.org/real.jpg");
  CHECK(resolve_reference("https://example.org?a", "//other.example/real.jpg") == "https://other.example/real.jpg");
}

TEST_CASE("a reference that is not escaped is read as browsers read it") {
  using pulse::connectors::escape_reference;
  const auto [raw, expected] = GENERATE(table<const char*, const char*>({
      {"/my picture.jpg", "/my%20picture.jpg"},
      {"  /a.jpg\t", "/a.jpg"},
      {"/a\tb\r\nc.jpg", "/abc.jpg"},
      {"/a%20b.jpg", "/a%20b.jpg"},
      {"/100%.jpg", "/100%.jpg"},
      {"/\"<>`{}|^.jpg", "/%22%3C%3E%60%7B%7D%7C%5E.jpg"},
      {"/caf\u00e9.jpg?n=\u00e9 \u00e9#x", "/caf%C3%A9.jpg?n=%C3%A9%20%C3%A9#x"},
      {"/caf\xe9.jpg", "/caf%E9.jpg"},
      {"\\\\host\\a.jpg", "//host/a.jpg"},
      {"/a?b\\c", "/a?b%5Cc"},
      {"/a\x7f\x01.jpg", "/a%7F%01.jpg"},
      {"https://example.org/a b?c d", "https://example.org/a%20b?c%20d"},
      {" \t ", ""},
      {"", ""},
  }));
  CHECK(escape_reference(raw) == expected);
}
