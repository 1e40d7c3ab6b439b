// JSON Schemas (2020-12, as OpenAPI 3.1 uses it) from described types.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

#include "base/json.hpp"
#include "http/api/merge_patch.hpp"

namespace pulse::http {

/// The use of a schema: for reading (unknown fields refused, optional ones may be missing), for writing (every field is
/// there), or for a PATCH's body: like reading, but null only where a field may be empty (http/api/merge_patch.hpp).
enum class direction { reading, writing, changing };

/// The named schemas of a document: one for each described struct or enum, under `#/components/schemas/`. Ask for all
/// written types before any read ones: a struct that is used both ways and has optional members gets a second schema,
/// `<name>_input`.
class schemas {
 public:
  template <class T>
  boost::json::value of(direction way);

  boost::json::object take() { return std::move(components_); }
  /// Names that two different types claim; must be empty.
  const std::vector<std::string>& clashes() const { return clashes_; }

 private:
  template <class T>
  boost::json::value reference(direction way);
  template <class T>
  boost::json::object object_of(direction way);
  /// The direction for members: inside a PATCH, an object is replaced as a whole.
  static direction below(direction way) { return way == direction::changing ? direction::reading : way; }

  /// Claims `name`. True if it is new, so that the type must be described.
  bool claim(const std::string& name, std::type_index type);

  boost::json::object components_;
  std::map<std::string, std::type_index> owners_;
  std::map<std::type_index, bool> written_;
  std::vector<std::string> clashes_;
};

boost::json::object reference_to(std::string_view component);
/// The schema, or null.
boost::json::value nullable(boost::json::value schema);

/// The name of a struct or enum in the document. A template has a member type `item_type` and is named after it:
/// `page<post>` is "post_page".
template <class T>
std::string schema_name() {
  if constexpr (requires { typename T::item_type; }) {
    return std::string{base::type_name<typename T::item_type>()} + "_" + std::string{base::type_name<T>()};
  } else {
    return std::string{base::type_name<T>()};
  }
}

namespace detail {

template <class T>
constexpr bool has_optional_members() {
  bool found = false;
  base::for_each_member<T>([&](std::string_view, auto pointer) {
    using member = std::remove_reference_t<decltype(std::declval<T&>().*pointer)>;
    found = found || base::json::may_be_absent<member>;
  });
  return found;
}

template <std::integral T>
boost::json::object integer_schema() {
  boost::json::object made{{"type", "integer"}, {"format", sizeof(T) > 4 ? "int64" : "int32"}};
  if (std::unsigned_integral<T>) made["minimum"] = 0;
  return made;
}

template <class T>
boost::json::object text_schema() {
  boost::json::object made{{"type", "string"}};
  if (T::min_size > 0) made["minLength"] = T::min_size;
  if (T::max_size < std::numeric_limits<std::uint32_t>::max()) made["maxLength"] = T::max_size;
  return made;
}

}  // namespace detail

template <class T>
boost::json::value schemas::of(direction way) {
  namespace json = base::json;
  if constexpr (json::may_be_absent<T>) {
    return nullable(of<typename T::value_type>(way));
  } else if constexpr (std::same_as<T, bool>) {
    return boost::json::object{{"type", "boolean"}};
  } else if constexpr (std::integral<T>) {
    return detail::integer_schema<T>();
  } else if constexpr (json::is_bounded_int<T>) {
    return boost::json::object{{"type", "integer"}, {"minimum", T::min}, {"maximum", T::max}};
  } else if constexpr (std::floating_point<T>) {
    return boost::json::object{{"type", "number"}};
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    return boost::json::object{{"type", "string"}};
  } else if constexpr (json::is_text<T>) {
    return detail::text_schema<T>();
  } else if constexpr (json::has_string_form<T>) {
    boost::json::object made{{"type", "string"}};
    if (!json::string_form<T>::format.empty()) made["format"] = json::string_form<T>::format;
    return made;
  } else if constexpr (json::is_vector<T>) {
    return boost::json::object{{"type", "array"}, {"items", of<typename T::value_type>(way)}};
  } else if constexpr (json::is_map<T>) {
    return boost::json::object{{"type", "object"}, {"additionalProperties", of<typename T::mapped_type>(way)}};
  } else if constexpr (std::same_as<T, boost::json::object>) {
    return boost::json::object{{"type", "object"}, {"additionalProperties", true}};
  } else if constexpr (std::same_as<T, boost::json::value>) {
    return boost::json::object{};
  } else {
    return reference<T>(way);
  }
}

template <class T>
boost::json::value schemas::reference(direction way) {
  auto name = schema_name<T>();
  if constexpr (base::described_enum<T>) {
    if (claim(name, typeid(T))) {
      boost::json::array names;
      base::for_each_enumerator<T>([&](std::string_view each, T) { names.emplace_back(each); });
      components_[name] = boost::json::object{{"type", "string"}, {"enum", std::move(names)}};
    }
  } else {
    static_assert(base::described_struct<T>, "describe this type with BOOST_DESCRIBE_STRUCT, or give it a string_form");
    if (way == direction::writing) written_.emplace(typeid(T), true);
    const bool differs = detail::has_optional_members<T>();
    if (way != direction::writing && differs && written_.contains(typeid(T))) name += "_input";
    if (claim(name, typeid(T))) {
      auto made = object_of<T>(way);
      components_[name] = std::move(made);
    }
  }
  return reference_to(name);
}

template <class T>
boost::json::object schemas::object_of(direction way) {
  boost::json::object properties;
  boost::json::array required;
  base::for_each_member<T>([&](std::string_view name, auto pointer) {
    using member = std::remove_reference_t<decltype(std::declval<T&>().*pointer)>;
    if constexpr (base::json::is_optional<member>) {
      const bool is_kept = way == direction::changing && !takes_null<member>();
      properties[name] = is_kept ? of<typename member::value_type>(direction::reading) : of<member>(below(way));
    } else {
      properties[name] = of<member>(below(way));
    }
    if (way == direction::writing || !base::json::may_be_absent<member>) required.emplace_back(name);
  });
  boost::json::object made{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) made["required"] = std::move(required);
  if (way != direction::writing) made["additionalProperties"] = false;
  return made;
}

}  // namespace pulse::http
