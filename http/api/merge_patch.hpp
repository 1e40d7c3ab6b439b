// Null in the body of a PATCH (RFC 7396): it empties a member that may be empty, and is refused for every other member.
// It never means the same as an omitted member.
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace pulse::http {

namespace detail {

template <class T>
constexpr bool may_all_be_absent() {
  bool all = true;
  base::for_each_member<T>([&](std::string_view, auto pointer) {
    using member = std::remove_reference_t<decltype(std::declval<T&>().*pointer)>;
    all = all && base::json::may_be_absent<member>;
  });
  return all;
}

}  // namespace detail

/// Whether a value of T can be empty: null then stands for the empty value.
template <class T>
constexpr bool may_be_empty() {
  if constexpr (base::json::is_text<T>) {
    return T::min_size == 0;
  } else if constexpr (base::json::is_vector<T> || base::json::is_map<T> || std::same_as<T, std::string>) {
    return true;
  } else if constexpr (base::described_struct<T>) {
    return detail::may_all_be_absent<T>();
  } else {
    return false;
  }
}

/// The JSON of an empty T.
template <class T>
boost::json::value empty_value() {
  if constexpr (base::json::is_vector<T>) {
    return boost::json::array{};
  } else if constexpr (base::json::is_text<T> || std::same_as<T, std::string>) {
    return boost::json::string{};
  } else {
    return boost::json::object{};
  }
}

/// Whether null may be given for a member of a PATCH's body.
template <class Member>
constexpr bool takes_null() {
  if constexpr (base::json::is_nullable<Member>) {
    return true;
  } else if constexpr (base::json::is_optional<Member>) {
    return may_be_empty<typename Member::value_type>();
  } else {
    return false;
  }
}

/// Replaces null in `body` (to be read as a B) by the empty value if its member may be empty; reports any other null.
template <class B>
void settle_nulls(boost::json::value& body, base::json::cursor& at) {
  auto* object = body.if_object();
  if (object == nullptr) return;
  base::for_each_member<B>([&](std::string_view name, auto pointer) {
    using member = std::remove_reference_t<decltype(std::declval<B&>().*pointer)>;
    auto* given = object->if_contains(name);
    if (given == nullptr || !given->is_null() || base::json::is_nullable<member>) return;
    if constexpr (takes_null<member>() && !base::json::is_nullable<member>) {
      *given = empty_value<typename member::value_type>();
    } else if constexpr (base::json::is_optional<member>) {
      const base::json::cursor::step below{at, name};
      at.report("must not be null: it cannot be empty. Leave it out to keep its value");
    }
  });
}

}  // namespace pulse::http
