// What a statement answered: rows of cells, always in binary, read into C++ values by column name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "persistence/postgres/cell.hpp"
#include "persistence/postgres/failure.hpp"

struct pg_result;  // libpq's PGresult

namespace pulse::persistence {

/// The result of one statement. Owns libpq's memory; cheap to move. A C++ type is read from the SQL types that can hold
/// nothing else: bool from boolean, integers from smallint, integer and bigint, double from real and double precision,
/// timestamp from timestamptz, uuid, bytes from bytea; strings, text<>, described enums and types with a string form
/// from text, varchar, character, name, json and jsonb; structs, maps, vectors of structs and boost::json values from
/// json and jsonb; other vectors from arrays of one dimension. Of numeric, date, inet and the like, the SQL makes one
/// of these (`::bigint`, `::text`). A cell that does not fit throws database_error (bug), which names the column and
/// both types: read rows inside a job, or let `database::query_all` and `query_first` read them.
class rows {
 public:
  rows() = default;
  explicit rows(pg_result* owned) : result_(owned) {}

  std::size_t size() const { return static_cast<std::size_t>(count_rows()); }
  bool empty() const { return count_rows() == 0; }
  std::size_t columns() const { return static_cast<std::size_t>(count_columns()); }
  /// How many rows an INSERT, UPDATE, DELETE touched (or a SELECT returned).
  std::size_t affected() const;

  /// One cell. NULL fits only an optional.
  template <class T>
  T get(std::size_t row, std::size_t column) const;

  /// One row as a described struct: exactly one column a member, of the same name; the order does not matter. A missing
  /// or an extra column is a bug, so that a struct and its statement cannot drift apart.
  template <base::described_struct T>
  T as(std::size_t row) const {
    return read<T>(row, places_of<T>());
  }

  template <base::described_struct T>
  std::vector<T> all() const {
    std::vector<T> out;
    if (empty()) return out;
    const auto places = places_of<T>();
    out.reserve(size());
    for (std::size_t row = 0; row < size(); ++row) out.push_back(read<T>(row, places));
    return out;
  }

  /// The first row, or nothing if there is none.
  template <base::described_struct T>
  std::optional<T> first() const {
    if (empty()) return std::nullopt;
    return as<T>(0);
  }

 private:
  struct release {
    void operator()(pg_result* result) const;
  };
  template <class T>
  using column_places = std::array<int, boost::mp11::mp_size<base::members_of<T>>::value>;

  template <class T>
  column_places<T> places_of() const {
    column_places<T> out{};
    std::size_t index = 0;
    base::for_each_member<T>([&](std::string_view name, auto) {
      out[index] = place_of(name, static_cast<int>(index));
      ++index;
    });
    if (columns() != out.size()) refuse_extra_columns(base::type_name<T>(), out.size());
    return out;
  }

  template <class T>
  T read(std::size_t row, const column_places<T>& at) const;

  int count_rows() const;
  int count_columns() const;
  /// The column called `name`, tried at `guess` first; throws if there is none.
  int place_of(std::string_view name, int guess) const;
  [[noreturn]] void refuse_extra_columns(std::string_view type, std::size_t members) const;
  /// Nothing when the cell is NULL; throws when there is no such cell.
  std::optional<detail::cell> find_cell(std::size_t row, int column) const;
  [[noreturn]] void refuse_cell(int column, bool is_null, std::string_view expected) const;

  template <class T>
  T convert(std::size_t row, int column) const;

  std::unique_ptr<pg_result, release> result_;
};

template <class T>
T rows::convert(std::size_t row, int column) const {
  T value{};
  const auto found = find_cell(row, column);
  if constexpr (base::json::is_optional<T>) {
    if (found && !detail::read_cell(*found, value.emplace())) {
      refuse_cell(column, false, base::type_name<typename T::value_type>());
    }
  } else {
    if (!found || !detail::read_cell(*found, value)) refuse_cell(column, !found, base::type_name<T>());
  }
  return value;
}

template <class T>
T rows::get(std::size_t row, std::size_t column) const {
  return convert<T>(row, static_cast<int>(column));
}

template <class T>
T rows::read(std::size_t row, const column_places<T>& at) const {
  T value{};
  std::size_t index = 0;
  base::for_each_member<T>([&](std::string_view, auto pointer) {
    using member = std::remove_reference_t<decltype(value.*pointer)>;
    value.*pointer = convert<member>(row, at[index]);
    ++index;
  });
  return value;
}

}  // namespace pulse::persistence
