// A column of a batch: an array parameter in PostgreSQL's binary form.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/binary_form.hpp"

namespace pulse::persistence {

/// JSON that is written already, for a `json` or `jsonb` column.
template <bool IsBinary>
struct written_json {
  std::string text;
};
using json_text = written_json<false>;
using jsonb_text = written_json<true>;

/// One array for `unnest($1::uuid[])`, written straight from the items of a batch. The server reads it several times
/// faster than the text of an array, and is strict: the SQL must name the very type. uuid is uuid[], timestamp
/// timestamptz[], std::int64_t bigint[], int integer[], strings and described enums text[], json_text json[],
/// jsonb_text jsonb[]; an optional of those may be NULL.
class binary_column {
 public:
  /// From a member, or a function, of every item.
  template <class Items, class Pick>
  binary_column(const Items& items, Pick pick) {
    using value = std::remove_cvref_t<std::invoke_result_t<Pick, decltype(*std::begin(items))>>;
    begin(type_of<value>(), std::size(items));
    for (const auto& item : items) add(std::invoke(pick, item));
  }

  /// The bytes on the wire.
  std::string_view data() const { return data_; }

 private:
  template <class T>
  static constexpr binary_form::sql_type type_of();

  void begin(binary_form::sql_type item_type, std::size_t count);
  void put(std::uint32_t value);
  void put(std::uint64_t value);
  void put_null();
  /// Throws database_error (bug) when `value` holds NUL, which PostgreSQL cannot store.
  void put_text(std::string_view value);
  void put_uuid(const base::uuid& value);
  void put_timestamp(base::timestamp value);
  void put_jsonb(std::string_view text);

  template <class T>
  void add(const T& value);

  std::string data_;
};

template <class T>
constexpr binary_form::sql_type binary_column::type_of() {
  using enum binary_form::sql_type;
  if constexpr (base::json::is_optional<T>) {
    return type_of<typename T::value_type>();
  } else if constexpr (std::same_as<T, base::uuid>) {
    return uuid;
  } else if constexpr (std::same_as<T, base::timestamp>) {
    return timestamptz;
  } else if constexpr (std::same_as<T, std::int64_t>) {
    return bigint;
  } else if constexpr (std::same_as<T, int>) {
    return integer;
  } else if constexpr (std::same_as<T, json_text>) {
    return json;
  } else if constexpr (std::same_as<T, jsonb_text>) {
    return jsonb;
  } else {
    static_assert(std::same_as<T, std::string> || base::described_enum<T>, "this type has no binary form");
    return text;
  }
}

template <class T>
void binary_column::add(const T& value) {
  if constexpr (base::json::is_optional<T>) {
    if (value) {
      add(*value);
    } else {
      put_null();
    }
  } else if constexpr (std::same_as<T, base::uuid>) {
    put_uuid(value);
  } else if constexpr (std::same_as<T, base::timestamp>) {
    put_timestamp(value);
  } else if constexpr (std::same_as<T, std::int64_t>) {
    put(std::uint32_t{sizeof value});
    put(static_cast<std::uint64_t>(value));
  } else if constexpr (std::same_as<T, int>) {
    put(std::uint32_t{sizeof value});
    put(static_cast<std::uint32_t>(value));
  } else if constexpr (std::same_as<T, json_text>) {
    put_text(value.text);
  } else if constexpr (std::same_as<T, jsonb_text>) {
    put_jsonb(value.text);
  } else if constexpr (std::same_as<T, std::string>) {
    put_text(value);
  } else {
    put_text(base::to_name(value));
  }
}

}  // namespace pulse::persistence
