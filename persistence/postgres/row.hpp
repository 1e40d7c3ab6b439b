// What a statement answered: rows of cells, text or binary, read into C++ values by column name.
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
#include "persistence/postgres/failure.hpp"
#include "persistence/postgres/statement.hpp"

struct pg_result;  // libpq's PGresult

namespace pulse::persistence {

namespace detail {

/// The types that are read in binary, by their numbers, which never change (PostgreSQL's pg_type.dat).
enum class binary_type : unsigned {
  boolean = 16,
  bytea = 17,
  bigint = 20,
  smallint = 21,
  integer = 23,
  text = 25,
  json = 114,
  timestamptz = 1184,
  uuid = 2950,
  jsonb = 3802,
};

}  // namespace detail

/// The result of one statement. Owns libpq's memory; cheap to move. Reading a cell that does not fit its C++ type throws
/// database_error (bug): read rows inside a job, or let `database::query_all` and `query_first` read them.
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
  std::optional<std::string_view> cell(std::size_t row, int column) const;
  [[noreturn]] void refuse_cell(int column, std::string_view expected) const;
  /// Reads a cell that is not NULL; false when it does not fit.
  template <class T>
  bool read_into(std::string_view cell, int column, T& to) const;
  bool is_binary() const;
  detail::binary_type type_of(int column) const;

  template <class T>
  T convert(std::optional<std::string_view> cell, int column) const;

  std::unique_ptr<pg_result, release> result_;
};

namespace detail {

/// PostgreSQL's `2026-11-22 08:30:00.123456+00` (ISO style, UTC).
std::optional<base::timestamp> read_timestamp(std::string_view cell);
/// PostgreSQL's hex form `\x01ff`.
std::optional<std::string> read_bytes(std::string_view cell);
/// The items of a one-dimensional array `{a,"b c",NULL}`; nothing when it is not one.
std::optional<std::vector<std::optional<std::string>>> read_array(std::string_view cell);

/// Vectors that are read from PostgreSQL's arrays; those of structs are read from JSON.
template <class T>
inline constexpr bool is_array = false;
template <class T>
inline constexpr bool is_array<std::vector<T>> = !travels_as_json<T>;

/// Reads a cell that is not NULL; false when it does not fit.
template <class T>
bool read_cell(std::string_view cell, T& to) {
  if constexpr (std::same_as<T, bool>) {
    to = cell == "t";
    return cell == "t" || cell == "f";
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    const auto end = cell.data() + cell.size();
    const auto read = std::from_chars(cell.data(), end, to);
    return read.ec == std::errc{} && read.ptr == end;
  } else if constexpr (std::same_as<T, std::string>) {
    to.assign(cell);
    return true;
  } else if constexpr (base::json::is_text<T>) {
    to.value.assign(cell);
    return true;
  } else if constexpr (std::same_as<T, base::timestamp>) {
    const auto value = read_timestamp(cell);
    if (value) to = *value;
    return value.has_value();
  } else if constexpr (std::same_as<T, bytes>) {
    auto value = read_bytes(cell);
    if (value) to.value = std::move(*value);
    return value.has_value();
  } else if constexpr (base::json::has_string_form<T>) {
    auto value = base::json::string_form<T>::parse(cell);
    if (value) to = std::move(*value);
    return value.has_value();
  } else if constexpr (base::described_enum<T>) {
    const auto value = base::from_name<T>(cell);
    if (value) to = *value;
    return value.has_value();
  } else if constexpr (std::same_as<T, boost::json::value>) {
    base::json::cursor at;
    auto value = base::json::parse(cell, at);
    if (value) to = std::move(*value);
    return value.has_value();
  } else if constexpr (std::same_as<T, boost::json::object>) {
    boost::json::value value;
    if (!read_cell(cell, value) || !value.is_object()) return false;
    to = std::move(value.get_object());
    return true;
  } else if constexpr (is_array<T>) {
    using item = typename T::value_type;
    const auto items = read_array(cell);
    if (!items) return false;
    to.clear();
    to.reserve(items->size());
    for (const auto& text : *items) {
      item value{};
      if constexpr (base::json::is_optional<item>) {
        if (text && !read_cell(std::string_view{*text}, value.emplace())) return false;
      } else if (!text || !read_cell(std::string_view{*text}, value)) {
        return false;
      }
      to.push_back(std::move(value));
    }
    return true;
  } else {
    base::json::cursor at;
    if (const auto value = base::json::parse(cell, at)) base::json::read_value(*value, to, at);
    return at.clean();
  }
}

/// The number in a cell of one of the integer types; nothing when it is of another type.
std::optional<std::int64_t> read_binary_integer(binary_type type, std::string_view cell);
std::optional<base::timestamp> read_binary_timestamp(binary_type type, std::string_view cell);
std::optional<base::uuid> read_binary_uuid(binary_type type, std::string_view cell);
/// The text of a cell of text, json or jsonb.
std::optional<std::string_view> read_binary_text(binary_type type, std::string_view cell);

/// As read_cell, of a cell in binary form.
template <class T>
bool read_binary_cell(binary_type type, std::string_view cell, T& to) {
  const auto take = [&to](auto value) {
    if (value) to = std::move(*value);
    return value.has_value();
  };
  if constexpr (std::same_as<T, bool>) {
    to = cell == std::string_view{"\1", 1};
    return type == binary_type::boolean;
  } else if constexpr (std::integral<T>) {
    const auto value = read_binary_integer(type, cell);
    if (!value || !std::in_range<T>(*value)) return false;
    to = static_cast<T>(*value);
    return true;
  } else if constexpr (std::same_as<T, base::timestamp>) {
    return take(read_binary_timestamp(type, cell));
  } else if constexpr (std::same_as<T, base::uuid>) {
    return take(read_binary_uuid(type, cell));
  } else if constexpr (std::same_as<T, bytes>) {
    to.value.assign(cell);
    return type == binary_type::bytea;
  } else if constexpr (std::floating_point<T> || is_array<T>) {
    return false;
  } else {
    const auto text = read_binary_text(type, cell);
    return text && read_cell(*text, to);
  }
}

}  // namespace detail

template <class T>
bool rows::read_into(std::string_view cell, int column, T& to) const {
  return is_binary() ? detail::read_binary_cell(type_of(column), cell, to) : detail::read_cell(cell, to);
}

template <class T>
T rows::convert(std::optional<std::string_view> cell, int column) const {
  T value{};
  if constexpr (base::json::is_optional<T>) {
    if (cell && !read_into(*cell, column, value.emplace())) {
      refuse_cell(column, base::type_name<typename T::value_type>());
    }
  } else {
    if (!cell || !read_into(*cell, column, value)) refuse_cell(column, base::type_name<T>());
  }
  return value;
}

template <class T>
T rows::get(std::size_t row, std::size_t column) const {
  const int at = static_cast<int>(column);
  return convert<T>(cell(row, at), at);
}

template <class T>
T rows::read(std::size_t row, const column_places<T>& at) const {
  T value{};
  std::size_t index = 0;
  base::for_each_member<T>([&](std::string_view, auto pointer) {
    using member = std::remove_reference_t<decltype(value.*pointer)>;
    value.*pointer = convert<member>(cell(row, at[index]), at[index]);
    ++index;
  });
  return value;
}

}  // namespace pulse::persistence
