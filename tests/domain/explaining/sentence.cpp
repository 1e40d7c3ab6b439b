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

}  // namespace pulse::domain
