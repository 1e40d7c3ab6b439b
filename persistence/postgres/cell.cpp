#include "persistence/postgres/cell.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/core.h>

namespace pulse::persistence::detail {
namespace {

using binary_form::sql_type;

/// A type that is read, with the number of its arrays' type, or one that a sentence can name.
struct known_type {
  sql_type type;
  sql_type array;
  std::string_view name;
};

constexpr known_type known_types[] = {
    {sql_type::boolean, sql_type{1000}, "boolean"},
    {sql_type::bytea, sql_type{1001}, "bytea"},
    {sql_type::name, sql_type{1003}, "name"},
    {sql_type::bigint, sql_type{1016}, "bigint"},
    {sql_type::smallint, sql_type{1005}, "smallint"},
    {sql_type::integer, sql_type{1007}, "integer"},
    {sql_type::text, sql_type{1009}, "text"},
    {sql_type::json, sql_type{199}, "json"},
    {sql_type::real, sql_type{1021}, "real"},
    {sql_type::double_precision, sql_type{1022}, "double precision"},
    {sql_type::character, sql_type{1014}, "character"},
    {sql_type::varchar, sql_type{1015}, "varchar"},
    {sql_type::timestamptz, sql_type{1185}, "timestamptz"},
    {sql_type::uuid, sql_type{2951}, "uuid"},
    {sql_type::jsonb, sql_type{3807}, "jsonb"},
    {sql_type{650}, sql_type{651}, "cidr"},
    {sql_type{869}, sql_type{1041}, "inet"},
    {sql_type{1082}, sql_type{1182}, "date"},
    {sql_type{1114}, sql_type{1115}, "timestamp"},
    {sql_type{1186}, sql_type{1187}, "interval"},
    {sql_type{1700}, sql_type{1231}, "numeric"},
};

constexpr auto earliest = base::timestamp{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
constexpr auto behind_latest = base::timestamp{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};

/// The big-endian number in `from`; nothing when it has another size than `T`.
template <std::integral T>
std::optional<T> number(std::string_view from) {
  if (from.size() != sizeof(T)) return std::nullopt;
  return static_cast<T>(binary_form::read<std::make_unsigned_t<T>>(from));
}

/// Takes a number from the front of an array's bytes; nothing when they are too few.
std::optional<std::uint32_t> take_number(std::string_view& from) {
  const auto value = number<std::uint32_t>(from.substr(0, sizeof(std::uint32_t)));
  if (value) from.remove_prefix(sizeof *value);
  return value;
}

}  // namespace

std::string name_of(sql_type type) {
  for (const auto& each : known_types) {
    if (each.type == type) return std::string{each.name};
    if (each.array == type) return fmt::format("{}[]", each.name);
  }
  return fmt::format("type {}", static_cast<std::uint32_t>(type));
}

std::optional<bool> read_boolean(const cell& from) {
  if (from.type != sql_type::boolean || from.bytes.size() != 1) return std::nullopt;
  return from.bytes[0] != 0;
}

std::optional<std::int64_t> read_integer(const cell& from) {
  if (from.type == sql_type::bigint) return number<std::int64_t>(from.bytes);
  if (from.type == sql_type::integer) return number<std::int32_t>(from.bytes);
  if (from.type == sql_type::smallint) return number<std::int16_t>(from.bytes);
  return std::nullopt;
}

std::optional<double> read_floating(const cell& from) {
  if (from.type == sql_type::double_precision) {
    if (const auto bits = number<std::uint64_t>(from.bytes)) return std::bit_cast<double>(*bits);
  } else if (from.type == sql_type::real) {
    if (const auto bits = number<std::uint32_t>(from.bytes)) return std::bit_cast<float>(*bits);
  }
  return std::nullopt;
}

std::optional<base::timestamp> read_timestamp(const cell& from) {
  const auto micros = number<std::int64_t>(from.bytes);
  if (from.type != sql_type::timestamptz || !micros) return std::nullopt;
  const std::chrono::microseconds since{*micros};
  if (since < earliest - binary_form::epoch || since >= behind_latest - binary_form::epoch) return std::nullopt;
  return binary_form::epoch + since;
}

std::optional<base::uuid> read_uuid(const cell& from) {
  base::uuid value;
  if (from.type != sql_type::uuid || from.bytes.size() != value.bytes.size()) return std::nullopt;
  std::memcpy(value.bytes.data(), from.bytes.data(), from.bytes.size());
  return value;
}

std::optional<std::string> read_bytes(const cell& from) {
  if (from.type != sql_type::bytea) return std::nullopt;
  return std::string{from.bytes};
}

std::optional<std::string_view> read_text(const cell& from) {
  using enum sql_type;
  constexpr sql_type plain[] = {text, varchar, character, name, json};
  if (std::ranges::find(plain, from.type) != std::end(plain)) return from.bytes;
  if (from.type == jsonb && from.bytes.starts_with(binary_form::jsonb_version)) return from.bytes.substr(1);
  return std::nullopt;
}

std::optional<boost::json::value> read_document(const cell& from) {
  if (from.type != sql_type::json && from.type != sql_type::jsonb) return std::nullopt;
  base::json::cursor at;
  const auto text = read_text(from);
  return text ? base::json::parse(*text, at) : std::nullopt;
}

std::optional<std::vector<std::optional<cell>>> read_array(const cell& from) {
  const auto known = std::ranges::find(known_types, from.type, &known_type::array);
  auto rest = from.bytes;
  const auto dimensions = take_number(rest);
  const auto has_null = take_number(rest);  // told by the items, too
  const auto item_type = take_number(rest);
  if (known == std::end(known_types) || !dimensions || !has_null ||
      item_type != static_cast<std::uint32_t>(known->type))
    return std::nullopt;
  std::vector<std::optional<cell>> items;
  if (*dimensions == 0 && rest.empty()) return items;
  const auto count = take_number(rest);
  const auto first_index = take_number(rest);
  if (*dimensions != 1 || !count || !first_index || *count > rest.size() / sizeof(std::uint32_t)) return std::nullopt;
  items.reserve(*count);
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto length = take_number(rest);
    const bool is_null = length == binary_form::null_length;
    if (!length || (!is_null && *length > rest.size())) return std::nullopt;
    items.push_back(is_null ? std::nullopt : std::optional{cell{known->type, rest.substr(0, *length)}});
    if (!is_null) rest.remove_prefix(*length);
  }
  if (!rest.empty()) return std::nullopt;
  return items;
}

}  // namespace pulse::persistence::detail
