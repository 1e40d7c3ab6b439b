// Uploaded tables, valid and hostile. Python's zipfile makes the workbooks, so that another program writes them.
#include "http/routes/tables/table.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using namespace pulse::http::routes;

namespace {

/// A workbook whose first sheet holds `rows`, the XML inside sheetData; `before` stands in front of the sheet's root.
std::string workbook(const std::string& sheet, const std::string& strings = "") {
  const support::temporary_directory folder;
  const auto file = folder.write("sheet.xml", sheet);
  const auto texts = folder.write("strings.xml", strings);
  const auto made = file.string() + ".xlsx";
  const auto command = "/usr/bin/python3 -c \"import zipfile; z = zipfile.ZipFile('" + made +
                       "', 'w', zipfile.ZIP_DEFLATED); z.write('" + file.string() +
                       "', 'xl/worksheets/sheet1.xml'); z.write('" + texts.string() +
                       "', 'xl/sharedStrings.xml'); z.close()\"";
  REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream read{made, std::ios::binary};
  std::ostringstream bytes;
  bytes << read.rdbuf();
  return bytes.str();
}

std::string sheet(const std::string& rows) { return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"; }
const std::string no_strings = "<sst/>";

}  // namespace

TEST_CASE("a workbook's first sheet is read with shared, inline and plain texts, and formulas as text") {
  const auto file = workbook(
      sheet(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a &amp; b</t></is></c></row>)"
            R"(<row r="4"><c r="B4"><f>HYPERLINK("x")</f><v>12</v></c><c r="C4"><v>12</v></c></row>)"),
      "<sst><si><r><t>ur</t></r><r><t>l</t></r></si></sst>");
  const auto read = read_xlsx(file);
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK((*read)[0].cells == std::vector<std::string>{"url", "", "a & b"});
  CHECK((*read)[1].number == 4);
  CHECK((*read)[1].cells == std::vector<std::string>{"", "=HYPERLINK(\"x\")", "12"});
}

TEST_CASE("bombs, entities, and what is no workbook are refused with a reason") {  // asvs: 1.5.1 5.2.1 5.2.3
  CHECK_FALSE(read_xlsx("PK no zip"));
  CHECK_FALSE(read_xlsx(std::string(most_table_bytes + 1, 'x')));
  CHECK_FALSE(read_xlsx(workbook(sheet(std::string(most_unpacked_bytes + 1, ' ')), no_strings)));
  CHECK_FALSE(read_xlsx(
      workbook("<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + sheet("<row><c><v>&b;</v></c></row>"),
               no_strings)));
  CHECK_FALSE(read_xlsx(workbook("<!DOCTYPE w SYSTEM \"file:///etc/passwd\">" + sheet(""), no_strings)));
  CHECK_FALSE(read_xlsx(workbook(sheet("<row r=\"1\">"), no_strings)));
  std::string rows;
  for (int i = 0; i < 10'002; ++i) rows += "<row><c><v>1</v></c></row>";
  const auto long_one = read_xlsx(workbook(sheet(rows), no_strings));
  REQUIRE_FALSE(long_one);
  CHECK(long_one.error() == "The table has more than 10,000 rows.");
}

TEST_CASE("CSV is read with quotes, other separators and line ends, and refused when it is none") {
  const auto read = read_csv("\xef\xbb\xbfname\turl\r\n\"a \"\"b\"\"\nc\"\tx\r\n\r\nlast\t");
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  CHECK((*read)[1].cells == std::vector<std::string>{"a \"b\"\nc", "x"});
  CHECK((*read)[2].number == 4);
  CHECK_FALSE(read_csv("a,\"never closed"));
  CHECK_FALSE(read_csv("a,\xff"));
  std::string rows;
  for (int i = 0; i < 10'002; ++i) rows += "x\n";
  CHECK_FALSE(read_csv(rows));
}

TEST_CASE("a cell that is too long is cut between characters") {
  const auto read = read_csv("x," + std::string(most_cell_bytes - 1, 'a') + "\xc3\xa9\n");
  REQUIRE(read);
  CHECK((*read)[0].cells == std::vector<std::string>{"x", std::string(most_cell_bytes - 1, 'a')});
  const auto text = std::string(most_cell_bytes - 1, 'a') + "\xc3\xa9";
  const auto sheet_read = read_xlsx(
      workbook(sheet(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>)" + text + "</t></is></c></row>"), no_strings));
  REQUIRE(sheet_read);
  CHECK((*sheet_read)[0].cells[0] == std::string(most_cell_bytes - 1, 'a'));
}
