// A named SQL statement, and its parameters: as text, which PostgreSQL reads by the type that the SQL names, or as a
// binary_column.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/json.hpp>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/binary_column.hpp"

namespace pulse::persistence {

/// One SQL statement. Both views must outlive the process's use of them: declare statements `constexpr` from literals.
/// `name` is unique in the program (at most 63 bytes): the statement is prepared under it once a connection.
struct statement {
  std::string_view name;
  std::string_view sql;
};

/// Whether `sql` begins with SELECT, VALUES, TABLE or SHOW: such a statement may be repeated after a lost connection,
/// and its loss is never "in doubt". A SELECT that calls a writing function must therefore run inside
/// `database::transact`.
bool only_reads(const statement& sql);

/// A bytea parameter or column.
struct bytes {
  std::string value;

  friend bool operator==(const bytes&, const bytes&) = default;
};

/// The parameters of one execution. Takes: uuid, timestamp, integers, double, bool, strings (UTF-8 without NUL),
/// described enums (by name), text<>, bytes, optionals of those (NULL), boost::json values; vectors and spans of those
/// as a PostgreSQL array, for `unnest($1::uuid[])`; other described structs, vectors of them and maps as JSON; and for
/// large batches binary_column. Values have no SQL type: write `$1::timestamptz` where PostgreSQL cannot infer it.
class parameters {
 public:
  static constexpr std::size_t max_count = 64;

  parameters() = default;

  template <class... A>
  void assign(const A&... values) {
    static_assert(sizeof...(A) <= max_count);
    text_.clear();
    places_.clear();
    (add(values), ...);
  }

  std::size_t size() const { return places_.size(); }
  /// The value: text, ended by NUL, or bytes; a null pointer is SQL's NULL.
  const char* operator[](std::size_t index) const {
    return places_[index].start == null ? nullptr : text_.data() + places_[index].start;
  }
  /// Of a binary value; 0 for text.
  int length(std::size_t index) const { return static_cast<int>(places_[index].length); }
  bool is_binary(std::size_t index) const { return places_[index].is_binary; }

 private:
  static constexpr std::uint32_t null = 0xffffffff;

  struct place {
    std::uint32_t start = 0;
    std::uint32_t length = 0;
    bool is_binary = false;
  };

  template <class T>
  void add(const T& value);

  std::string text_;
  boost::container::small_vector<place, 12> places_;
};

namespace detail {

template <class T>
inline constexpr bool is_span = false;
template <class T, std::size_t N>
inline constexpr bool is_span<std::span<T, N>> = true;

/// Structs and maps travel as JSON.
template <class T>
inline constexpr bool travels_as_json =
    (base::described_struct<T> && !base::json::has_string_form<T> && !base::json::is_text<T>) ||
    base::json::is_map<T> || std::same_as<T, boost::json::object> || std::same_as<T, boost::json::array>;

void write_uuid(std::string& out, const base::uuid& value);
void write_bytes(std::string& out, std::string_view value);
/// Throws database_error (bug) when `value` holds NUL, which PostgreSQL cannot store.
void write_text(std::string& out, std::string_view value);
void write_quoted(std::string& out, std::string_view value);

template <class T>
void write_parameter(std::string& out, const T& value);

template <class Range>
void write_array(std::string& out, const Range& values) {
  using item = std::remove_cvref_t<typename Range::value_type>;
  out += '{';
  bool first = true;
  std::string scratch;
  for (const item& value : values) {
    if (!first) out += ',';
    first = false;
    if constexpr (base::json::is_optional<item>) {
      if (!value) {
        out += "NULL";
        continue;
      }
    }
    if constexpr (std::integral<item> || std::same_as<item, base::uuid> || std::same_as<item, base::timestamp>) {
      write_parameter(out, value);
    } else {
      scratch.clear();
      if constexpr (base::json::is_optional<item>) {
        write_parameter(scratch, *value);
      } else {
        write_parameter(scratch, value);
      }
      write_quoted(out, scratch);
    }
  }
  out += '}';
}

template <class T>
void write_parameter(std::string& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out += value ? 't' : 'f';
  } else if constexpr (std::integral<T>) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::floating_point<T>) {
    char digits[40];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    write_text(out, value);
  } else if constexpr (std::same_as<T, base::uuid>) {
    write_uuid(out, value);
  } else if constexpr (base::json::is_text<T>) {
    write_text(out, value.value);
  } else if constexpr (std::same_as<T, bytes>) {
    write_bytes(out, value.value);
  } else if constexpr (base::json::has_string_form<T>) {
    write_text(out, base::json::string_form<T>::write(value));
  } else if constexpr (base::described_enum<T>) {
    out += base::to_name(value);
  } else if constexpr (std::same_as<T, boost::json::value> || travels_as_json<T>) {
    base::json::write(out, value);
  } else {
    static_assert(base::json::is_vector<T> || is_span<T>, "this type has no form as a parameter");
    if constexpr (travels_as_json<std::remove_cvref_t<typename T::value_type>>) {
      base::json::write(out, value);
    } else {
      write_array(out, value);
    }
  }
}

}  // namespace detail

template <class T>
void parameters::add(const T& value) {
  if constexpr (std::same_as<T, std::nullopt_t>) {
    places_.push_back({null});
  } else if constexpr (base::json::is_optional<T>) {
    if (value) {
      add(*value);
    } else {
      places_.push_back({null});
    }
  } else if constexpr (std::same_as<T, binary_column>) {
    const auto data = value.data();
    places_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(data.size()), true});
    text_ += data;
  } else {
    places_.push_back({static_cast<std::uint32_t>(text_.size())});
    detail::write_parameter(text_, value);
    text_ += '\0';
  }
}

}  // namespace pulse::persistence
