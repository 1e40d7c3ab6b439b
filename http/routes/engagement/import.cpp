#include "http/routes/engagement/import.hpp"

#include <algorithm>
#include <set>

#include "domain/engagement/addresses.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/tables/table.hpp"
#include "persistence/engagement/pages.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace pages = persistence::tracked_pages;
using domain::permission;
using persistence::transaction;
using server::verb;

/// A file of 5 MiB in base64, and the JSON around it.
constexpr std::size_t most_body_bytes = 8 * 1024 * 1024;
constexpr std::size_t most_content = 7'100'000;
constexpr std::size_t most_name_characters = 200;

enum class table_format { csv, xlsx };
BOOST_DESCRIBE_ENUM(table_format, csv, xlsx)

enum class bad_rows {
  refuse_all,  // with one bad row, nothing is stored
  leave_out,   // the good rows are stored
};
BOOST_DESCRIBE_ENUM(bad_rows, refuse_all, leave_out)

struct import_request {
  table_format format = table_format::csv;
  base::text<1, most_content> content;  // CSV as it is, XLSX in base64
  std::optional<bad_rows> on_bad_rows;  // default: refuse_all
  std::optional<bool> preview;          // check the file only
};
BOOST_DESCRIBE_STRUCT(import_request, (), (format, content, on_bad_rows, preview))

struct row_error {
  std::int64_t row = 0;  // row number in the file, from 1
  std::string detail;    // the end of a sentence about it
};
BOOST_DESCRIBE_STRUCT(row_error, (), (row, detail))

struct read_row {
  std::int64_t row = 0;
  std::string url;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(read_row, (), (row, url, name))

struct import_result {
  std::int64_t rows = 0;  // rows with any text, without the heading
  std::int64_t good = 0;
  std::int64_t added = 0;  // new pages
  std::int64_t known = 0;  // good rows whose page is tracked already, or that are duplicates
  bool is_stored = false;
  std::vector<read_row> pages;  // the good ones, at most the first 200
  std::vector<row_error> errors;
};
BOOST_DESCRIBE_STRUCT(import_result, (), (rows, good, added, known, is_stored, pages, errors))

constexpr std::size_t most_shown = 200;

int base64_value(char c) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = alphabet.find(c);
  return at == alphabet.npos ? -1 : static_cast<int>(at);
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string made;
  std::uint32_t bits = 0;
  int count = 0;
  while (text.ends_with('=') || text.ends_with('\n')) text.remove_suffix(1);
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      made += static_cast<char>(bits >> count & 0xff);
    }
  }
  return made;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// The columns of address and name. Without a heading: the first and the second.
struct columns {
  std::size_t url = 0;
  std::size_t name = 1;
  bool has_heading = false;
};

columns columns_of(const table_row& first) {
  columns made;
  for (std::size_t i = 0; i < first.cells.size(); ++i) {
    const auto word = lower(first.cells[i]);
    if (word.find('/') != word.npos || word.find('.') != word.npos) continue;
    const bool is_url =
        word.find("url") != word.npos || word.find("link") != word.npos || word == "page" || word == "address";
    if (is_url && !made.has_heading) {
      made = {i, i == 0 ? std::size_t{1} : std::size_t{0}, true};
    }
    if (word == "name" || word == "company" || word == "company name") made.name = i;
  }
  return made;
}

std::string cell(const table_row& row, std::size_t column) {
  return column < row.cells.size() ? row.cells[column] : std::string{};
}

struct reading {
  import_result result;
  std::vector<pages::new_page> good;
};

/// The member who imports, and the time.
struct importing {
  base::timestamp now;
  base::uuid member_id;
  bool is_loopback_allowed = false;
};

reading read_rows(const std::vector<table_row>& rows, const importing& by) {
  reading made;
  if (rows.empty()) return made;
  const auto at = columns_of(rows.front());
  std::set<std::string> seen;
  for (std::size_t i = at.has_heading ? 1 : 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto number = static_cast<std::int64_t>(row.number);
    ++made.result.rows;
    auto read = domain::read_page_address(cell(row, at.url), by.is_loopback_allowed);
    if (!read.page) {
      made.result.errors.push_back({number, std::move(read.problem)});
      continue;
    }
    ++made.result.good;
    auto name = cell(row, at.name);
    if (name.empty() || name.starts_with('=')) name = read.page->name;
    if (base::text_problem(name, 1, most_name_characters)) name = read.page->name;
    if (made.result.pages.size() < most_shown) made.result.pages.push_back({number, read.page->url, name});
    if (!seen.insert(read.page->url).second) continue;
    pages::new_page wanted{.id = base::new_uuid(by.now),
                           .kind = read.page->kind,
                           .url = read.page->url,
                           .name = std::move(name),
                           .feed_url = std::nullopt,
                           .organization = std::nullopt,
                           .added_by = by.member_id};
    if (wanted.kind == domain::page_kind::feed) wanted.feed_url = wanted.url;
    if (read.page->is_number && wanted.kind == domain::page_kind::linkedin)
      wanted.organization = "urn:li:organization:" + read.page->name;
    made.good.push_back(std::move(wanted));
  }
  return made;
}

result<std::vector<table_row>> read_table(const import_request& request) {
  const auto refused = [](const std::string& why) { return problems::conflict("unreadable_table", why); };
  switch (request.format) {
    case table_format::csv: {
      auto rows = read_csv(request.content.value);
      if (!rows) return refused(rows.error());
      return std::move(*rows);
    }
    case table_format::xlsx: {
      const auto file = from_base64(request.content.value);
      if (!file) return problems::invalid_field("/content", "must be base64");
      auto rows = read_xlsx(*file);
      if (!rows) return refused(rows.error());
      return std::move(*rows);
    }
  }
  return refused("The format is not known.");
}

result<import_result> import_all(transaction& tx, const import_request& request, const importing& by) {
  const auto rows = read_table(request);
  if (!rows) return rows.error();
  auto read = read_rows(*rows, by);
  const bool leaves_out = request.on_bad_rows.value_or(bad_rows::refuse_all) == bad_rows::leave_out;
  if (request.preview.value_or(false) || (!read.result.errors.empty() && !leaves_out)) return std::move(read.result);
  read.result.added = pages::insert_all(tx, read.good, by.now);
  read.result.known = read.result.good - read.result.added;
  read.result.is_stored = true;
  return std::move(read.result);
}

net::awaitable<reply<import_result>> import_pages(request_context& context, in_body<import_request> body) {
  const importing by{.now = context.services.clock.now(),
                     .member_id = context.principal.member_id,
                     .is_loopback_allowed = context.services.is_loopback_allowed};
  // Unpacking and reading also run on the threads for costly calls, because an event loop must not wait.
  auto job = [request = std::move(body.value), by](transaction& tx) { return import_all(tx, request, by); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (done->is_stored && context.services.engagement_waits) context.services.engagement_waits();
  co_return std::move(*done);
}

}  // namespace

void add_page_import(route_table& table) {
  table.add(verb::post, "/tracked-pages/import", permission::track_pages, &import_pages,
            "Track many pages at once, from CSV or XLSX",
            {.problems = {409},
             .description = "At most 10,000 rows and 5 MiB. The heading names the columns (`url`, `name`); without one "
                            "the first column is the address. Formulas are text. Every bad row is named with its "
                            "number; with `on_bad_rows` they are left out, else nothing is stored. `preview` stores "
                            "nothing.",
             .costly = true,
             .body_bytes_max = most_body_bytes});
}

}  // namespace pulse::http::routes
