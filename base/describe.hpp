// Reflection upon Boost.Describe: names of members and enumerators,
// and the name of a type. JSON, the OpenAPI schema, row mapping and CAF's inspect all start here.
#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace pulse::base {

template <class T>
concept described_struct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T> && std::is_class_v<T>;

/// A word and the value that it stands for.
template <class E>
struct listed_word {
  std::string_view name;
  E value;
};

/// An enum whose words come from a list that the program holds: `listed_words(E)`, found beside the enum, gives them in
/// the order in which people see them. Values that the list does not name have no word.
template <class T>
concept listed_enum = std::is_enum_v<T> && requires(T value) {
  { listed_words(value) } -> std::convertible_to<std::span<const listed_word<T>>>;
};

template <class T>
concept described_enum = std::is_enum_v<T> &&(listed_enum<T> || boost::describe::has_describe_enumerators<T>::value);

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

/// Calls `visit(name, value)` for every enumerator, in order.
template <described_enum E, class Visitor>
constexpr void for_each_enumerator(Visitor&& visit) {
  if constexpr (listed_enum<E>) {
    for (const auto& word : listed_words(E{})) visit(word.name, word.value);
  } else {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto entry) { visit(plain_name(entry.name), entry.value); });
  }
}

/// The enumerator's name: the word used in SQL, JSON and the documentation.
template <described_enum E>
constexpr std::string_view to_name(E value) {
  std::string_view found = "unknown";
  for_each_enumerator<E>([&](std::string_view name, E each) {
    if (each == value) found = name;
  });
  return found;
}

template <described_enum E>
constexpr std::optional<E> from_name(std::string_view name) {
  std::optional<E> found;
  for_each_enumerator<E>([&](std::string_view each, E value) {
    if (each == name) found = value;
  });
  return found;
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
