#include "connectors/shared/html_text.hpp"

#include <catch2/catch.hpp>

using pulse::connectors::plain_text;

TEST_CASE("HTML becomes the text that it shows") {
  CHECK(plain_text("<p>One<br />two</p><p>A &amp; B &lt;c&gt; &#39;q&#39; &#x1F600;</p>") ==
        "One\ntwo\n\nA & B <c> 'q' \U0001F600");
  CHECK(plain_text(R"(<p><a href="https://a.example/x"><span class="invisible">https://</span>a.example/x</a></p>)") ==
        "https://a.example/x");
  CHECK(plain_text("a & b &unknown; &#0; &#xD800; <unfinished") == "a & b    ");
  CHECK(plain_text("") == "");
}
