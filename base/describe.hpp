// What Boost.Describe knows about a type, in the forms the rest of the program needs: names of members and enumerators,
// and the name of a type. JSON, the OpenAPI schema, row mapping and CAF's inspect all start here.
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace pulse::base {

template <class T>
concept described_struct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T> && std::is_class_v<T>;

template <class T>
concept described_enum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// A name without the underscore that keeps it from being a C++ keyword: `delete_` is "delete".
constexpr std::string_view plain_name(std::string_view name) {
  if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
  return name;
}

/// Calls `visit(name, member pointer)` for every public member, inherited ones first.
template <described_struct T, class Visitor>
constexpr void for_each_member(Visitor&& visit) {
  boost::mp11::mp_for_each<members_of<T>>([&](auto member) { visit(plain_name(member.name), member.pointer); });
}

/// The enumerator's name: the word used in SQL, JSON and the documentation.
template <described_enum E>
constexpr std::string_view to_name(E value) {
  std::string_view name = "unknown";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
    if (entry.value == value) name = plain_name(entry.name);
  });
  return name;
}

template <described_enum E>
constexpr std::optional<E> from_name(std::string_view name) {
  std::optional<E> value;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto entry) {
    if (plain_name(entry.name) == name) value = entry.value;
  });
  return value;
}

/// The unqualified name of a type: "create_post" for `pulse::domain::create_post`.
template <class T>
constexpr std::string_view type_name() {
  constexpr std::string_view pretty = __PRETTY_FUNCTION__;
  constexpr auto start = pretty.find("T = ") + 4;
  constexpr auto end = pretty.find_first_of(";]", start);
  auto name = pretty.substr(start, end - start);
  if (const auto template_at = name.find('<'); template_at != std::string_view::npos)
    name = name.substr(0, template_at);
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace pulse::base
