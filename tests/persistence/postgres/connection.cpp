#include "persistence/postgres/connection.hpp"

#include <catch2/catch.hpp>

#include "persistence/postgres/transaction.hpp"
#include "tests/persistence/postgres/connection_fixture.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {

enum class weather { sunny, rainy };
BOOST_DESCRIBE_ENUM(weather, sunny, rainy)

struct place {
  std::string name;
  int height_m = 0;

  friend bool operator==(const place&, const place&) = default;
};
BOOST_DESCRIBE_STRUCT(place, (), (name, height_m))

struct note {
  int id = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(note, (), (id, text))

namespace {

using namespace std::chrono_literals;

constexpr statement take_note{"take_note", "INSERT INTO notes (id, text) VALUES ($1, $2)"};
constexpr statement read_notes{"read_notes", "SELECT id, text FROM notes ORDER BY id"};
constexpr statement read_notes_backwards{"read_notes_backwards", "SELECT text, id FROM notes ORDER BY id"};

/// A database with a table of notes.
struct notebook : open_connection {
  notebook() {
    on.run_script(
        "CREATE TABLE notes (id integer CONSTRAINT notes_pkey PRIMARY KEY, text text CONSTRAINT short CHECK "
        "(length(text) < 10),"
        "  mark integer CONSTRAINT marks_once UNIQUE DEFERRABLE INITIALLY DEFERRED)",
        "make notes");
  }

  template <class... A>
  failure fail(const statement& what, const A&... values) {
    return failure_of_action([&] { run(what, values...); });
  }
};

template <class T>
T echo(notebook& book, const statement& what, const T& value) {
  return book.run(what, value).template get<T>(0, 0);
}

}  // namespace

TEST_CASE("database URLs are read in the forms that the seeds used") {
  CHECK(*to_libpq_url("postgresql://u:p@h:1/d") == "postgresql://u:p@h:1/d");
  CHECK(*to_libpq_url("postgres://h/d") == "postgresql://h/d");
  CHECK(*to_libpq_url("postgresql+asyncpg://u@h/d?sslmode=disable") == "postgresql://u@h/d?sslmode=disable");
  CHECK(*to_libpq_url("postgresql+psycopg2:///d?host=/run") == "postgresql:///d?host=/run");
  for (const auto* wrong : {"", "mysql://h/d", "host=/run", "postgresql://[::1/hidden"}) {
    INFO(wrong);
    const auto read = to_libpq_url(wrong);
    REQUIRE(read.has_error());
    CHECK(read.error().detail.find("hidden") == std::string::npos);
  }
}

TEST_CASE("every type of parameter comes back as it was sent") {  // asvs: 1.2.4
  notebook book;
  const auto id = *base::parse_uuid("01890a5d-ac96-774b-bcce-b302099a8057");
  CHECK(echo(book, {"echo_uuid", "SELECT $1::uuid"}, id) == id);
  CHECK(echo(book, {"echo_bigint", "SELECT $1::bigint"}, std::int64_t{-9007199254740993}) == -9007199254740993);
  CHECK(echo(book, {"echo_int", "SELECT $1::integer"}, 7) == 7);
  CHECK(echo(book, {"echo_double", "SELECT $1::float8"}, 0.1) == 0.1);
  CHECK(echo(book, {"echo_bool", "SELECT $1::boolean"}, true));
  CHECK_FALSE(echo(book, {"echo_bool", "SELECT $1::boolean"}, false));
  CHECK(echo(book, {"echo_enum", "SELECT $1::text"}, weather::rainy) == weather::rainy);
  for (const auto* text : {"", "NULL", "it's \\ \"quoted\" {a,b}", "\xC3\xA9\xF0\x9F\x8E\x89 \n\t"}) {
    CHECK(echo(book, {"echo_text", "SELECT $1::text"}, std::string{text}) == text);
  }
  CHECK(echo(book, {"echo_bounded", "SELECT $1::text"}, base::text<1, 5>{"abc"}).value == "abc");
  const bytes binary{std::string{"\0\x01\xff\\x", 5}};
  CHECK(echo(book, {"echo_bytes", "SELECT $1::bytea"}, binary) == binary);
  CHECK_FALSE(echo(book, {"echo_text", "SELECT $1::text"}, std::optional<std::string>{}).has_value());
  CHECK(echo(book, {"echo_text", "SELECT $1::text"}, std::optional<std::string>{"x"}) == "x");
  CHECK(book.run({"echo_text", "SELECT $1::text"}, std::nullopt).get<std::optional<std::string>>(0, 0) == std::nullopt);
  const boost::json::value document{{"a", {1, 2.5, nullptr}}, {"b", "c\"d"}};
  CHECK(echo(book, {"echo_json", "SELECT $1::jsonb"}, document) == document);
  const place hut{"h\xC3\xBCtte", 2031};
  CHECK(echo(book, {"echo_json", "SELECT $1::jsonb"}, hut) == hut);
  CHECK(echo(book, {"echo_json", "SELECT $1::jsonb"}, std::vector{hut, hut}) == std::vector{hut, hut});
}

TEST_CASE("times come back to the microsecond, whatever the server's time zone") {
  notebook book;
  book.on.run_script("ALTER DATABASE \"" +
                         book.run({"database", "SELECT current_database()::text"}).get<std::string>(0, 0) +
                         "\" SET TimeZone = 'Asia/Kathmandu'",
                     "set zone");
  for (const auto* text : {"2026-11-22T08:30:00.000001Z", "2026-11-22T08:30:00.1Z", "1969-12-31T23:59:59.999999Z",
                           "2024-02-29T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
    INFO(text);
    const auto at = *base::parse_timestamp(text);
    CHECK(echo(book, {"echo_time", "SELECT $1::timestamptz"}, at) == at);
    CHECK(echo(book, {"echo_times", "SELECT $1::timestamptz[]"}, std::vector{at}) == std::vector{at});
  }
  CHECK(failure_of_action([&] {
          book.run({"forever", "SELECT 'infinity'::timestamptz"}).get<base::timestamp>(0, 0);
        }).kind == failure_kind::bug);
}

TEST_CASE("lists travel as arrays, for unnest") {
  notebook book;
  const std::vector<std::optional<std::string>> texts{"a", std::nullopt, "", "NULL", "x,\"y\"\\{}", " "};
  CHECK(echo(book, {"echo_texts", "SELECT $1::text[]"}, texts) == texts);
  CHECK(echo(book, {"echo_texts", "SELECT $1::text[]"}, std::vector<std::string>{}).empty());
  CHECK(echo(book, {"echo_ints", "SELECT $1::integer[]"}, std::vector{3, -1}) == std::vector{3, -1});
  CHECK(echo(book, {"echo_blobs", "SELECT $1::bytea[]"}, std::vector{bytes{"\\a"}}) == std::vector{bytes{"\\a"}});
  const std::vector<boost::json::value> documents{{{"a", "\"b\\"}}, 1};
  CHECK(echo(book, {"echo_jsons", "SELECT $1::jsonb[]"}, documents) == documents);
  const std::vector ids{base::uuid_from_name("1"), base::uuid_from_name("2")};
  const auto joined =
      book.run({"join", "SELECT count(*)::integer, max(t) FROM unnest($1::uuid[], $2::text[]) AS u (i, t)"},
               std::span<const base::uuid>{ids}, std::vector<weather>{weather::rainy, weather::sunny});
  CHECK(joined.get<int>(0, 0) == 2);
  CHECK(joined.get<weather>(0, 1) == weather::sunny);
}

TEST_CASE("rows are read by column name, and a column too many or too few is a bug") {
  notebook book;
  CHECK(book.run(take_note, 1, "one").affected() == 1);
  book.run(take_note, 2, std::nullopt);
  const auto notes = book.run(read_notes).all<note>();
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].text == "one");
  CHECK_FALSE(notes[1].text);
  CHECK(book.run(read_notes_backwards).as<note>(1).id == 2);
  CHECK_FALSE(book.run({"read_none", "SELECT id, text FROM notes WHERE false"}).first<note>());

  CHECK(failure_of_action([&] {
          book.run({"one_column", "SELECT id FROM notes"}).all<note>();
        }).detail == "the statement gives no column \"text\"");
  CHECK(failure_of_action([&] {
          book.run({"three_columns", "SELECT id, text, mark FROM notes"}).all<note>();
        }).detail == "the statement gives 3 columns, note has 2 members");
  CHECK(failure_of_action([&] { book.run(read_notes).get<std::string>(1, 1); }).detail ==
        "the column \"text\" (text) is NULL and cannot be read as basic_string");
  CHECK(failure_of_action([&] { book.run(read_notes).get<int>(2, 0); }).kind == failure_kind::bug);
}

TEST_CASE("a refused statement says why, by constraint, and without the values") {
  notebook book;
  book.run(take_note, 1, "one");
  const auto twice = book.fail(take_note, 1, "secret");
  CHECK(twice.kind == failure_kind::conflict);
  CHECK(twice.constraint == "notes_pkey");
  const auto longer = book.fail(take_note, 2, "more than ten characters");
  CHECK(longer.kind == failure_kind::violated);
  CHECK(longer.constraint == "short");
  const auto missing = book.fail(take_note, std::nullopt, "x");
  CHECK(missing.kind == failure_kind::violated);
  CHECK(missing.constraint == "id");
  const auto malformed = book.fail({"as_uuid", "SELECT $1::uuid"}, "secret");
  CHECK(malformed.kind == failure_kind::bug);
  CHECK(malformed.detail == "as_uuid: SQLSTATE 22P02");
  CHECK(book.fail({"typo", "SELEKT 1"}).kind == failure_kind::bug);
  CHECK(failure_of_action([&] { book.run(take_note, 3, std::string{"a\0b", 3}); }).kind == failure_kind::bug);
  CHECK(book.run(read_notes).size() == 1);
}

TEST_CASE("a constraint that is checked at the end of a single statement's transaction is reported") {
  notebook book;
  constexpr statement mark{"mark", "INSERT INTO notes (id, mark) VALUES ($1, 1)"};
  book.run(mark, 1);
  const auto second = book.fail(mark, 2);
  CHECK(second.kind == failure_kind::conflict);
  CHECK(second.constraint == "marks_once");
  CHECK(book.run(read_notes).size() == 1);
}

TEST_CASE("a failure in a batch skips the rest of it and nothing after it") {
  notebook book;
  parameters values;
  values.assign(1, "one");
  book.on.send(take_note, values);
  book.on.send(take_note, values);
  book.on.send(read_notes, {});  // skipped together with its preparation
  book.on.sync(at_stake::commit);
  book.on.send(read_notes_backwards, {});
  book.on.sync(at_stake::commit);
  CHECK(failure_of_action([&] { book.on.receive(); }).kind == failure_kind::conflict);
  CHECK(book.on.receive().empty());
  CHECK(book.run(read_notes).empty());
  CHECK(book.run(read_notes).empty());
}

TEST_CASE("one name cannot stand for two statements") {
  notebook book;
  book.run({"ambiguous", "SELECT 1"});
  CHECK(failure_of_action([&] {
          book.run({"ambiguous", "SELECT 2"});
        }).detail == "two statements are called ambiguous");
}

TEST_CASE("a prepared statement survives a change of the table it reads") {
  notebook book;
  constexpr statement read_all_columns{"read_all_columns", "SELECT * FROM notes"};
  book.run(read_all_columns);
  book.on.run_script("ALTER TABLE notes ADD COLUMN more text", "alter");
  try {
    book.run(read_all_columns);
    FAIL("the outdated statement was not noticed");
  } catch (const database_error& error) {
    CHECK(error.is_repeatable());
    CHECK(book.on.is_broken());
  }
}

TEST_CASE("a batch larger than all buffers does not stall in either direction") {
  notebook book;
  const std::string long_text(200'000, 'x');
  transaction writing{book.on, std::nullopt};
  for (int i = 0; i < 100; ++i) writing.queue({"echo_text", "SELECT $1::text || $1::text"}, long_text);
  CHECK(writing.execute({"one", "SELECT 1"}).get<int>(0, 0) == 1);
  writing.commit();
}

TEST_CASE("a transaction ends as it is told, and a queued failure reaches the commit") {
  notebook book;
  {
    transaction written{book.on, std::nullopt};
    written.queue(take_note, 1, "one");
    written.commit();
  }
  {
    transaction forgotten{book.on, std::nullopt};
    forgotten.execute(take_note, 2, "two");
    forgotten.queue(take_note, 3, "three");
  }
  {
    transaction failing{book.on, std::nullopt};
    failing.queue(take_note, 4, "four");
    failing.queue(take_note, 1, "again");
    CHECK(failure_of_action([&] { failing.commit(); }).constraint == "notes_pkey");
  }
  {
    transaction stubborn{book.on, std::nullopt};
    stubborn.execute(take_note, 5, "five");
    CHECK_THROWS_AS(stubborn.execute(take_note, 1, "again"), database_error);
    CHECK_THROWS_AS(stubborn.commit(), database_error);
  }
  const auto notes = book.run(read_notes).all<note>();
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].id == 1);
}

TEST_CASE("a connection whose server process is gone knows it before it is used") {
  notebook book;
  const auto process = book.run({"process", "SELECT pg_backend_pid()"}).get<int>(0, 0);
  connection other{{tests::shared_servers().database_url(), role::login, "test", 5000ms, 5000ms}};
  CHECK_FALSE(book.on.has_died());
  other.scratch().assign(process);
  other.send({"terminate", "SELECT pg_terminate_backend($1, 5000)"}, other.scratch());
  other.sync(at_stake::nothing);
  REQUIRE(other.receive().get<bool>(0, 0));
  CHECK(book.on.has_died());
}

TEST_CASE("which statements only read is told by their first word") {
  CHECK(only_reads({"", "  -- why\n select 1"}));
  CHECK(only_reads({"", "VALUES (1)"}));
  CHECK_FALSE(only_reads({"", "selected"}));
  CHECK_FALSE(only_reads({"", "WITH x AS (DELETE FROM y RETURNING 1) SELECT 1"}));
  CHECK_FALSE(only_reads({"", "UPDATE x SET y = 1"}));
  CHECK_FALSE(only_reads({"", ""}));
}

}  // namespace pulse::persistence
