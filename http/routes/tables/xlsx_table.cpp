#include <expat.h>
#include <fmt/core.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/clean_text.hpp"
#include "base/text.hpp"
#include "http/routes/tables/table.hpp"

namespace pulse::http::routes {

namespace {

constexpr std::size_t most_shared_strings = 200'000;

/// Reads XML without entities: it stops at a document type, so that nothing is expanded or fetched.
class xml_reading {
 public:
  xml_reading() : parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const XML_Char* name, const XML_Char** attributes) {
          static_cast<xml_reading*>(self)->begin(plain_name(name), attributes);
        },
        [](void* self, const XML_Char* name) { static_cast<xml_reading*>(self)->end(plain_name(name)); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text, int size) {
      static_cast<xml_reading*>(self)->text({text, static_cast<std::size_t>(size)});
    });
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                                     int) { static_cast<xml_reading*>(self)->stop(); });
  }
  virtual ~xml_reading() = default;
  xml_reading(const xml_reading&) = delete;
  xml_reading& operator=(const xml_reading&) = delete;

  bool read(const std::string& document) {
    return XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), 1) == XML_STATUS_OK ||
           is_enough_;
  }

 protected:
  virtual void begin(std::string_view name, const XML_Char** attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;

  void stop() { XML_StopParser(parser_.get(), XML_FALSE); }
  /// Stops reading: the rest is not needed, and the document is good so far.
  void stop_here() {
    is_enough_ = true;
    stop();
  }

  static std::string_view attribute(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (plain_name(*attributes) == name) return attributes[1];
    }
    return {};
  }

 private:
  static std::string_view plain_name(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
  }

  std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser_;
  bool is_enough_ = false;
};

void add_bounded(std::string& to, std::string_view piece) {
  if (to.size() < most_cell_bytes) to += base::clean_utf8(piece, most_cell_bytes - to.size());
}

class shared_strings final : public xml_reading {
 public:
  std::vector<std::string> found;

 private:
  void begin(std::string_view name, const XML_Char**) override {
    if (name == "si") found.emplace_back();
    if (found.size() > most_shared_strings) stop();
    is_text_ = name == "t";
  }
  void end(std::string_view) override { is_text_ = false; }
  void text(std::string_view piece) override {
    if (is_text_ && !found.empty()) add_bounded(found.back(), piece);
  }

  bool is_text_ = false;
};

class sheet final : public xml_reading {
 public:
  explicit sheet(const std::vector<std::string>& strings) : strings_(strings) {}
  std::vector<table_row> rows;
  bool is_too_long = false;

 private:
  void begin(std::string_view name, const XML_Char** attributes) override {
    into_ = nullptr;
    if (name == "row") return begin_row(attribute(attributes, "r"));
    if (name == "c") {
      type_ = attribute(attributes, "t");
      column_ = column_of(attribute(attributes, "r")).value_or(column_ + 1);
      value_.clear();
      formula_.clear();
    }
    if (name == "v" || name == "t") into_ = &value_;
    if (name == "f") into_ = &formula_;
  }

  void end(std::string_view name) override {
    into_ = nullptr;
    if (name == "sheetData") return stop_here();
    if (name == "row") {
      const auto& cells = row_.cells;
      if (std::any_of(cells.begin(), cells.end(), [](const auto& each) { return !each.empty(); }))
        rows.push_back(std::move(row_));
      row_ = {};
    }
    if (name == "c") end_cell();
  }

  void text(std::string_view piece) override {
    if (into_ != nullptr) add_bounded(*into_, piece);
  }

  void begin_row(std::string_view number) {
    std::size_t told = 0;
    for (const char c : number.substr(0, 9))
      told = c >= '0' && c <= '9' ? told * 10 + static_cast<std::size_t>(c - '0') : told;
    number_ = told > 0 ? told : number_ + 1;
    if (number_ > most_table_rows || rows.size() >= most_table_rows) {
      is_too_long = true;
      return stop();
    }
    row_ = {number_, {}};
    column_ = static_cast<std::size_t>(-1);
  }

  void end_cell() {
    if (column_ >= most_table_columns) return;
    auto text = value_;
    if (type_ == "s") {
      std::size_t index = 0;
      for (const char c : std::string_view{value_}.substr(0, 9))
        index = c >= '0' && c <= '9' ? index * 10 + static_cast<std::size_t>(c - '0') : strings_.size();
      text = index < strings_.size() ? strings_[index] : std::string{};
    }
    if (!formula_.empty()) text = "=" + formula_;
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(text);
  }

  /// "C12" → 2.
  static std::optional<std::size_t> column_of(std::string_view place) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < place.size() && place[letters] >= 'A' && place[letters] <= 'Z' && letters < 3; ++letters)
      column = column * 26 + static_cast<std::size_t>(place[letters] - 'A' + 1);
    if (letters == 0) return std::nullopt;
    return column - 1;
  }

  const std::vector<std::string>& strings_;
  table_row row_;
  std::size_t number_ = 0;
  std::size_t column_ = static_cast<std::size_t>(-1);
  std::string type_;
  std::string value_;
  std::string formula_;
  std::string* into_ = nullptr;
};

class workbook {
 public:
  explicit workbook(const std::string& file) {
    zip_error_t why;
    zip_error_init(&why);
    auto* source = zip_source_buffer_create(file.data(), file.size(), 0, &why);
    if (source != nullptr) zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &why));
    if (source != nullptr && !zip_) zip_source_free(source);
    zip_error_fini(&why);
  }

  bool is_open() const { return zip_ != nullptr; }
  std::int64_t parts() const { return zip_get_num_entries(zip_.get(), 0); }

  /// The first sheet by name, which is also the first in the workbook unless somebody moved it.
  std::string first_sheet() const {
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < parts(); ++i) {
      const char* name = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), 0);
      const std::string text = name == nullptr ? "" : name;
      if (text.starts_with("xl/worksheets/") && text.ends_with(".xml") && text.find('/', 14) == text.npos)
        names.push_back(text);
    }
    const auto shorter = [](const auto& a, const auto& b) { return std::pair{a.size(), a} < std::pair{b.size(), b}; };
    std::sort(names.begin(), names.end(), shorter);
    return names.empty() ? std::string{} : names.front();
  }

  /// An unpacked part. Nothing if it is missing, damaged, encrypted, or larger than the limit, whatever its header
  /// says.
  std::optional<std::string> read(const std::string& name) const {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{zip_fopen(zip_.get(), name.c_str(), 0), &zip_fclose};
    if (!file) return std::nullopt;
    std::string made;
    std::string piece(64 * 1024, '\0');
    for (;;) {
      const auto got = zip_fread(file.get(), piece.data(), piece.size());
      if (got < 0 || made.size() + static_cast<std::size_t>(got) > most_unpacked_bytes) return std::nullopt;
      if (got == 0) return made;
      made.append(piece, 0, static_cast<std::size_t>(got));
    }
  }

 private:
  std::unique_ptr<zip_t, void (*)(zip_t*)> zip_{nullptr, &zip_discard};
};

}  // namespace

read_rows_result read_xlsx(const std::string& file) {
  if (file.size() > most_table_bytes) return std::string{"The file is larger than 5 MiB."};
  const workbook book{file};
  if (!book.is_open()) return std::string{"The file is no Excel workbook (.xlsx)."};
  if (book.parts() > most_table_parts) return std::string{"The workbook has too many parts for a table."};
  const auto name = book.first_sheet();
  if (name.empty()) return std::string{"The file is no Excel workbook (.xlsx)."};
  const auto document = book.read(name);
  if (!document)
    return std::string{"The first sheet cannot be read: it is damaged, or larger than 32 MiB when it is unpacked."};
  shared_strings strings;
  const std::string strings_name = "xl/sharedStrings.xml";
  if (const auto shared = book.read(strings_name); shared && !strings.read(*shared))
    return std::string{"The workbook's texts cannot be read."};
  sheet read{strings.found};
  const bool is_good = read.read(*document);
  if (read.is_too_long) return std::string{"The table has more than 10,000 rows."};
  if (!is_good) return std::string{"The first sheet cannot be read: its XML is damaged or has a document type."};
  for (const auto& row : read.rows) {
    for (const auto& cell : row.cells) {
      if (!base::is_clean_utf8(cell)) return fmt::format("Row {} has text that cannot be read.", row.number);
    }
  }
  return std::move(read.rows);
}

}  // namespace pulse::http::routes
