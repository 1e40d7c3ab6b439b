// JSON from and to described structs. Reading reports every problem with the JSON Pointer (RFC 6901) of its place;
// unknown fields are refused by name. Writing appends to a string, without a tree in between.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/bounded_int.hpp"
#include "base/describe.hpp"
#include "base/nullable.hpp"
#include "base/omittable.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::base::json {

/// JSON nested deeper than this is refused.
inline constexpr std::size_t max_depth = 16;
/// Problems reported for one document; further ones are left out.
inline constexpr std::size_t max_problems = 20;
/// A list or map with more entries than this is refused before room is made for them.
inline constexpr std::size_t max_entries = 10'000;

/// What is wrong and where: `{"/variants/2/text", "must not be empty"}`. The path of the document itself is "".
struct problem {
  std::string path;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(problem, (), (path, message))

/// A type whose JSON form is a string: specialise with `parse` (nothing when malformed), `write` (to plain text),
/// `expected` (the end of "must be …") and `format` (of the OpenAPI schema).
template <class T>
struct string_form;

template <>
struct string_form<uuid> {
  static constexpr std::string_view expected = "a UUID";
  static constexpr std::string_view format = "uuid";
  static std::optional<uuid> parse(std::string_view text) { return parse_uuid(text); }
  static std::string write(const uuid& value) { return to_string(value); }
};

template <>
struct string_form<timestamp> {
  static constexpr std::string_view expected = "a date and time with its zone, such as 2026-11-22T08:30:00Z";
  static constexpr std::string_view format = "date-time";
  static std::optional<timestamp> parse(std::string_view text) { return parse_timestamp(text); }
  static std::string write(timestamp value) { return to_string(value); }
};

template <class T>
concept has_string_form = requires(std::string_view text) {
  { string_form<T>::parse(text) } -> std::same_as<std::optional<T>>;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_omittable = false;
template <class T>
inline constexpr bool is_omittable<omittable<T>> = true;
template <class T>
inline constexpr bool is_optional<omittable<T>> = true;
template <class T>
inline constexpr bool is_nullable = false;
template <class T>
inline constexpr bool is_nullable<nullable<T>> = true;
/// Whether a member of this type may be left out of an object that is read.
template <class T>
inline constexpr bool may_be_absent = is_optional<T> || is_nullable<T>;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool is_text = false;
template <std::size_t Min, std::size_t Max>
inline constexpr bool is_text<text<Min, Max>> = true;
template <class T>
inline constexpr bool is_bounded_int = false;
template <std::int64_t Min, std::int64_t Max>
inline constexpr bool is_bounded_int<bounded_int<Min, Max>> = true;

// --- writing ---------------------------------------------------------------------------------------------------------

/// Appends `value` as a JSON string with its quotes. `value` must be UTF-8.
void write_string(std::string& out, std::string_view value);
void write_double(std::string& out, double value);

template <class T>
void write(std::string& out, const T& value);

template <described_struct T>
void write_members(std::string& out, const T& value) {
  bool first = true;
  for_each_member<T>([&](std::string_view name, auto pointer) {
    if constexpr (is_omittable<std::remove_cvref_t<decltype(value.*pointer)>>) {
      if (!(value.*pointer)) return;
    }
    if (!first) out += ',';
    first = false;
    out += '"';
    out += name;
    out += "\":";
    write(out, value.*pointer);
  });
}

/// Appends `value` as JSON. Members without a value are written as null if they are std::optional, and left out if they
/// are omittable.
template <class T>
void write(std::string& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::integral<T>) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
  } else if constexpr (std::floating_point<T>) {
    write_double(out, value);
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    write_string(out, value);
  } else if constexpr (is_text<T>) {
    write_string(out, value.value);
  } else if constexpr (is_bounded_int<T>) {
    write(out, value.value);
  } else if constexpr (has_string_form<T>) {
    write_string(out, string_form<T>::write(value));
  } else if constexpr (described_enum<T>) {
    write_string(out, to_name(value));
  } else if constexpr (is_optional<T>) {
    if (value) {
      write(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (is_vector<T>) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      write(out, static_cast<const typename T::value_type&>(value[i]));
    }
    out += ']';
  } else if constexpr (is_map<T>) {
    out += '{';
    bool first = true;
    for (const auto& [name, entry] : value) {
      if (!first) out += ',';
      first = false;
      write_string(out, name);
      out += ':';
      write(out, entry);
    }
    out += '}';
  } else if constexpr (std::convertible_to<const T&, const boost::json::value&> ||
                       std::same_as<T, boost::json::object>) {
    out += boost::json::serialize(value);
  } else {
    static_assert(described_struct<T>, "describe this type with BOOST_DESCRIBE_STRUCT, or give it a string_form");
    out += '{';
    write_members(out, value);
    out += '}';
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  out.reserve(256);
  write(out, value);
  return out;
}

// --- reading ---------------------------------------------------------------------------------------------------------

/// The present place in the document, and the problems found so far.
class cursor {
 public:
  /// Reads below `name` while it lives.
  class step {
   public:
    step(cursor& at, std::string_view name);
    ~step() { at_.path_.resize(size_); }
    step(const step&) = delete;
    step& operator=(const step&) = delete;

   private:
    cursor& at_;
    std::size_t size_;
  };

  void report(std::string message);
  std::vector<problem> take() { return std::move(problems_); }
  bool clean() const { return problems_.empty(); }
  bool is_full() const { return problems_.size() >= max_problems; }

 private:
  std::string path_;
  std::vector<problem> problems_;
};

/// Parses text strictly (RFC 8259; depth, UTF-8, no trailing text, no name twice in one object, because readers differ
/// in which of the two they take); nothing, with a problem reported, when it is not JSON. Numbers beyond int64 and
/// uint64 become doubles, which may be one unit in the last place off.
std::optional<boost::json::value> parse(std::string_view text, cursor& at);

/// The kind of a value for messages: "a string", "an object".
std::string_view kind_of(const boost::json::value& value);

/// "must be from 1 to 100".
void report_bounds(std::int64_t min, std::int64_t max, cursor& at);

/// Reports every NUL in a text or a name anywhere in `value`: PostgreSQL stores none.
void report_nul(const boost::json::value& value, cursor& at);

/// Whether a list or map of `size` entries is small enough; reported when it is not.
bool check_entries(std::size_t size, cursor& at);

template <class T>
void read_value(const boost::json::value& from, T& to, cursor& at);
template <class T>
void read_text(std::string_view from, T& to, cursor& at);

template <described_struct T>
void read_members(const boost::json::value& from, T& to, cursor& at) {
  const auto* object = from.if_object();
  if (object == nullptr) return at.report("must be an object, is " + std::string{kind_of(from)});
  std::size_t known = 0;
  for_each_member<T>([&](std::string_view name, auto pointer) {
    using member = std::remove_reference_t<decltype(to.*pointer)>;
    const cursor::step below{at, name};
    const auto* value = object->if_contains(name);
    if (value != nullptr) ++known;
    if (value == nullptr || (value->is_null() && is_optional<member>)) {
      if constexpr (!may_be_absent<member>) at.report("is required");
      return;
    }
    read_value(*value, to.*pointer, at);
  });
  if (known == object->size()) return;
  for (const auto& entry : *object) {
    if (at.is_full()) return;
    bool expected = false;
    for_each_member<T>(
        [&](std::string_view name, auto) { expected = expected || name == std::string_view{entry.key()}; });
    if (expected) continue;
    const cursor::step below{at, entry.key()};
    at.report("is not a field of this request");
  }
}

template <std::integral T>
void read_integer(const boost::json::value& from, T& to, cursor& at) {
  if (const auto* whole = from.if_int64(); whole != nullptr && std::in_range<T>(*whole)) {
    to = static_cast<T>(*whole);
  } else if (const auto* large = from.if_uint64(); large != nullptr && std::in_range<T>(*large)) {
    to = static_cast<T>(*large);
  } else if (from.is_int64() || from.is_uint64()) {
    at.report("is out of range");
  } else {
    at.report(from.is_double() ? "must be a whole number" : "must be a number, is " + std::string{kind_of(from)});
  }
}

/// Reads `from` into `to`. What does not fit is reported; then `to` is incomplete and must not be used.
template <class T>
void read_value(const boost::json::value& from, T& to, cursor& at) {
  if constexpr (std::same_as<T, boost::json::value>) {
    report_nul(from, at);
    to = from;
  } else if constexpr (is_optional<T>) {
    if (from.is_null()) return;
    read_value(from, to.emplace(), at);
  } else if constexpr (is_nullable<T>) {
    to.is_given = true;
    if (!from.is_null()) read_value(from, to.value.emplace(), at);
  } else if constexpr (std::same_as<T, bool>) {
    if (!from.is_bool()) return at.report("must be true or false, is " + std::string{kind_of(from)});
    to = from.get_bool();
  } else if constexpr (std::integral<T>) {
    read_integer(from, to, at);
  } else if constexpr (is_bounded_int<T>) {
    auto value = to.value;
    read_integer(from, value, at);
    if (value < T::min || value > T::max) return report_bounds(T::min, T::max, at);
    to.value = value;
  } else if constexpr (std::floating_point<T>) {
    if (!from.is_number()) return at.report("must be a number, is " + std::string{kind_of(from)});
    const auto value = from.to_number<double>();
    if (!(std::abs(value) <= std::numeric_limits<T>::max())) return at.report("is out of range");
    to = static_cast<T>(value);
  } else if constexpr (is_vector<T>) {
    const auto* array = from.if_array();
    if (array == nullptr) return at.report("must be a list, is " + std::string{kind_of(from)});
    if (!check_entries(array->size(), at)) return;
    to.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
      const cursor::step below{at, std::to_string(i)};
      read_value((*array)[i], to[i], at);
    }
  } else if constexpr (is_map<T>) {
    const auto* object = from.if_object();
    if (object == nullptr) return at.report("must be an object, is " + std::string{kind_of(from)});
    if (!check_entries(object->size(), at)) return;
    for (const auto& entry : *object) {
      const cursor::step below{at, entry.key()};
      if (std::string_view{entry.key()}.find('\0') != std::string_view::npos)
        return at.report("must not have NUL in its name");
      read_value(entry.value(), to[std::string{entry.key()}], at);
    }
  } else if constexpr (described_struct<T> && !is_text<T> && !has_string_form<T>) {
    read_members(from, to, at);
  } else {
    const auto* string = from.if_string();
    if (string == nullptr) return at.report("must be a string, is " + std::string{kind_of(from)});
    read_text(std::string_view{*string}, to, at);
  }
}

/// Reads a type that is a string in JSON. Also how values of a path or a query are read.
template <class T>
void read_text(std::string_view from, T& to, cursor& at) {
  if constexpr (std::same_as<T, std::string>) {
    if (from.find('\0') != std::string_view::npos) return at.report("must not contain NUL");
    to = from;
  } else if constexpr (is_text<T>) {
    if (auto wrong = text_problem(from, T::min_size, T::max_size)) return at.report(std::move(*wrong));
    to.value = from;
  } else if constexpr (described_enum<T>) {
    const auto value = from_name<T>(from);
    if (value) {
      to = *value;
      return;
    }
    std::string names;
    for_each_enumerator<T>([&](std::string_view name, T) {
      names += names.empty() ? "" : ", ";
      names += name;
    });
    at.report("must be one of " + names);
  } else {
    const auto value = string_form<T>::parse(from);
    if (!value) return at.report("must be " + std::string{string_form<T>::expected});
    to = *value;
  }
}

/// The members of T that `from` has in the right form. Unknown and malformed members are ignored: for JSON that other
/// versions of this program wrote.
template <described_struct T>
T read_known(const boost::json::object& from) {
  T made{};
  for_each_member<T>([&](std::string_view name, auto pointer) {
    const auto* value = from.if_contains(name);
    if (value == nullptr || value->is_null()) return;
    cursor at;
    auto read = made.*pointer;
    read_value(*value, read, at);
    if (at.clean()) made.*pointer = std::move(read);
  });
  return made;
}

/// Reads a text as a described struct, or returns everything that is wrong with it.
template <class T>
result<T, std::vector<problem>> read(std::string_view text) {
  cursor at;
  T value{};
  if (const auto parsed = parse(text, at)) read_value(*parsed, value, at);
  if (!at.clean()) return at.take();
  return value;
}

}  // namespace pulse::base::json
