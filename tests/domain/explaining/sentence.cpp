#include "domain/explaining/sentence.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {

TEST_CASE("words become a sentence, and a sentence stays one") {
  CHECK(as_sentence("the text is too long") == "The text is too long.");
  CHECK(as_sentence("X refused the post.  ") == "X refused the post.");
  CHECK(as_sentence("Éric wrote it") == "Éric wrote it.");
  CHECK(as_sentence("").empty());
}

TEST_CASE("words are ended once, also where they end with somebody else's") {
  CHECK(ended("X refused the post. X says: \"Forbidden\"") == "X refused the post. X says: \"Forbidden\".");
  CHECK(ended("X refused the post. X says: \"Forbidden.\"") == "X refused the post. X says: \"Forbidden.\"");
  CHECK(ended("is it live?") == "is it live?");
  CHECK(ended("the call (the second one)") == "the call (the second one).");
  CHECK(ended("\"") == "\".");
  CHECK(ended("").empty());
}

TEST_CASE("a name with controls of the reading order reads in the order of the sentence") {
  CHECK(in_reading_order("\xE2\x80\xAE"
                         "evil\xE2\x80\xAC wrote it.") == "evil wrote it.");
  // U+061C, U+200E, U+200F, U+202A, U+202B, U+202D; then U+2066 to U+2069.
  CHECK(in_reading_order("a\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAD"
                         "b") == "ab");
  CHECK(in_reading_order("\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9").empty());
  // Their neighbours, letters that are read from the right, and what is cut off stay.
  for (const std::string kept : {"\xE2\x80\x8D", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\xA5", "\xE2\x81\xAA",
                                 "\xD8\x9B", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "a\xE2\x80", "\xE2", "\xD8"})
    CHECK(in_reading_order(kept) == kept);
}

}  // namespace pulse::domain
