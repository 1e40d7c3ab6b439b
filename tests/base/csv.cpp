#include "base/csv.hpp"

#include <catch2/catch.hpp>

using namespace pulse::base;

namespace {

std::string text_cell(std::string_view text) {
  std::string line;
  add_csv_text(line, text);
  return line;
}

}  // namespace

TEST_CASE("a line of CSV has commas between its cells and ends with CRLF") {
  std::string line;
  add_csv_value(line, "1");
  add_csv_text(line, "two");
  add_csv_value(line, "3.5");
  end_csv_line(line);
  add_csv_text(line, "next");
  end_csv_line(line);
  CHECK(line == "1,two,3.5\r\nnext\r\n");
}

TEST_CASE("an empty first cell is still a cell") {
  std::string line;
  add_csv_text(line, "");
  add_csv_value(line, "");
  add_csv_text(line, "x");
  end_csv_line(line);
  CHECK(line == "\"\",\"\",x\r\n");
}

TEST_CASE("characters that would end a cell are quoted, and quotes are doubled") {
  CHECK(text_cell("a,b") == "\"a,b\"");
  CHECK(text_cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(text_cell("two\r\nlines") == "\"two\r\nlines\"");
  CHECK(text_cell("Grüße 🙂") == "Grüße 🙂");
}

TEST_CASE("text that a spreadsheet would run as a formula is text") {  // asvs: 1.1.2
  for (const std::string_view text :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"}) {
    INFO(text);
    CHECK(text_cell(text) == "\"'" + std::string{text} + "\"");
  }
  CHECK(text_cell("=HYPERLINK(\"http://x\")") == "\"'=HYPERLINK(\"\"http://x\"\")\"");
  CHECK(text_cell("a=b") == "a=b");
}
