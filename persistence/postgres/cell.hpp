// One value of an answer, in PostgreSQL's binary form, and how it is read into a C++ value.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/binary_form.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence::detail {

/// A value that is not NULL. An array has a type that `sql_type` does not list.
struct cell {
  binary_form::sql_type type;
  std::string_view bytes;
};

/// What the SQL calls it: "bigint", "uuid[]"; "type 3614" for one that nothing reads.
std::string name_of(binary_form::sql_type type);

// Nothing when the cell is of another SQL type, or not as long as one of its type is.
std::optional<bool> read_boolean(const cell& from);
/// Of any width.
std::optional<std::int64_t> read_integer(const cell& from);
std::optional<double> read_floating(const cell& from);
/// Of the years 1 to 9999: nothing for infinity.
std::optional<base::timestamp> read_timestamp(const cell& from);
std::optional<base::uuid> read_uuid(const cell& from);
std::optional<std::string> read_bytes(const cell& from);
/// Of text, varchar, character, name, json and jsonb.
std::optional<std::string_view> read_text(const cell& from);
/// Of json and jsonb.
std::optional<boost::json::value> read_document(const cell& from);
/// The items of an array of one dimension or none.
std::optional<std::vector<std::optional<cell>>> read_array(const cell& from);

/// Vectors that are read from arrays; those of structs are read from JSON.
template <class T>
inline constexpr bool is_array = false;
template <class T>
inline constexpr bool is_array<std::vector<T>> = !travels_as_json<T>;

/// False when the cell does not fit.
template <class T>
bool read_cell(const cell& from, T& to) {
  const auto take = [&to](auto value) {
    if (value) to = std::move(*value);
    return value.has_value();
  };
  if constexpr (std::same_as<T, bool>) {
    return take(read_boolean(from));
  } else if constexpr (std::integral<T>) {
    const auto value = read_integer(from);
    if (!value || !std::in_range<T>(*value)) return false;
    to = static_cast<T>(*value);
    return true;
  } else if constexpr (std::same_as<T, double>) {
    return take(read_floating(from));
  } else if constexpr (std::same_as<T, base::timestamp>) {
    return take(read_timestamp(from));
  } else if constexpr (std::same_as<T, base::uuid>) {
    return take(read_uuid(from));
  } else if constexpr (std::same_as<T, bytes>) {
    auto value = read_bytes(from);
    if (value) to.value = std::move(*value);
    return value.has_value();
  } else if constexpr (std::same_as<T, std::string>) {
    return take(read_text(from));
  } else if constexpr (base::json::is_text<T>) {
    const auto text = read_text(from);
    if (text) to.value.assign(*text);
    return text.has_value();
  } else if constexpr (base::json::has_string_form<T>) {
    const auto text = read_text(from);
    return text && take(base::json::string_form<T>::parse(*text));
  } else if constexpr (base::described_enum<T>) {
    const auto text = read_text(from);
    return text && take(base::from_name<T>(*text));
  } else if constexpr (std::same_as<T, boost::json::value>) {
    return take(read_document(from));
  } else if constexpr (std::same_as<T, boost::json::object>) {
    auto value = read_document(from);
    if (!value || !value->is_object()) return false;
    to = std::move(value->get_object());
    return true;
  } else if constexpr (is_array<T>) {
    const auto items = read_array(from);
    if (!items) return false;
    to.clear();
    to.reserve(items->size());
    for (const auto& item : *items) {
      typename T::value_type value{};
      if constexpr (base::json::is_optional<typename T::value_type>) {
        if (item && !read_cell(*item, value.emplace())) return false;
      } else if (!item || !read_cell(*item, value)) {
        return false;
      }
      to.push_back(std::move(value));
    }
    return true;
  } else {
    base::json::cursor at;
    const auto value = read_document(from);
    if (value) base::json::read_value(*value, to, at);
    return value && at.clean();
  }
}

}  // namespace pulse::persistence::detail
