#include "base/cbor.hpp"

#include <cbor.h>

#include <algorithm>
#include <limits>

namespace pulse::base {

namespace {

/// One head of the encoding, as libcbor's decoder tells it.
struct head {
  enum class shape : std::uint8_t { none, whole, bytes, text, array, map, other, refused };
  shape is = shape::none;
  std::int64_t whole = 0;
  std::string_view content;
  std::size_t count = 0;
};

head& of(void* context) { return *static_cast<head*>(context); }

void take_whole(void* context, std::uint64_t value, bool is_negative) {
  auto& into = of(context);
  into.is = head::shape::refused;
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return;
  into.is = head::shape::whole;
  into.whole = is_negative ? -1 - static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

template <class T>
void on_whole(void* context, T value) {
  take_whole(context, value, false);
}
template <class T>
void on_negative(void* context, T value) {
  take_whole(context, value, true);
}
template <head::shape Is>
void on_content(void* context, cbor_data data, std::size_t size) {
  of(context).is = Is;
  of(context).content = {reinterpret_cast<const char*>(data), size};
}
template <head::shape Is>
void on_count(void* context, std::size_t count) {
  of(context).is = Is;
  of(context).count = count;
}
template <head::shape Is, class... T>
void on_none(void* context, T...) {
  of(context).is = Is;
}

cbor_callbacks make_callbacks() {
  using shape = head::shape;
  cbor_callbacks made = cbor_empty_callbacks;
  made.uint8 = &on_whole<std::uint8_t>;
  made.uint16 = &on_whole<std::uint16_t>;
  made.uint32 = &on_whole<std::uint32_t>;
  made.uint64 = &on_whole<std::uint64_t>;
  made.negint8 = &on_negative<std::uint8_t>;
  made.negint16 = &on_negative<std::uint16_t>;
  made.negint32 = &on_negative<std::uint32_t>;
  made.negint64 = &on_negative<std::uint64_t>;
  made.byte_string = &on_content<shape::bytes>;
  made.string = &on_content<shape::text>;
  made.array_start = &on_count<shape::array>;
  made.map_start = &on_count<shape::map>;
  made.byte_string_start = &on_none<shape::refused>;
  made.string_start = &on_none<shape::refused>;
  made.indef_array_start = &on_none<shape::refused>;
  made.indef_map_start = &on_none<shape::refused>;
  made.indef_break = &on_none<shape::refused>;
  made.tag = &on_none<shape::refused, std::uint64_t>;
  made.boolean = &on_none<shape::other, bool>;
  made.null = &on_none<shape::other>;
  made.undefined = &on_none<shape::other>;
  made.float2 = &on_none<shape::other, float>;
  made.float4 = &on_none<shape::other, float>;
  made.float8 = &on_none<shape::other, double>;
  return made;
}

class reader {
 public:
  explicit reader(std::string_view data) : data_(data) {}

  bool read(cbor_value& into, int depth) {
    static const cbor_callbacks callbacks = make_callbacks();
    if (depth > cbor_depth_max || ++items_ > cbor_items_max) return false;
    head next;
    const auto left = data_.substr(place_);
    const auto decoded = cbor_stream_decode(reinterpret_cast<cbor_data>(left.data()), left.size(), &callbacks, &next);
    if (decoded.status != CBOR_DECODER_FINISHED || decoded.read == 0 || decoded.read > left.size()) return false;
    place_ += decoded.read;
    switch (next.is) {
      case head::shape::none:
      case head::shape::refused: return false;
      case head::shape::other: return true;
      case head::shape::whole:
        into.kind = cbor_kind::whole;
        into.whole = next.whole;
        return true;
      case head::shape::bytes:
      case head::shape::text:
        into.kind = next.is == head::shape::bytes ? cbor_kind::bytes : cbor_kind::text;
        into.content = next.content;
        return true;
      case head::shape::array:
        into.kind = cbor_kind::array;
        return next.count <= cbor_items_max && read_items(into, next.count, depth);
      case head::shape::map:
        into.kind = cbor_kind::map;
        return next.count <= cbor_items_max / 2 && read_items(into, next.count * 2, depth) && has_sound_keys(into);
    }
    return false;
  }

  std::size_t place() const { return place_; }

 private:
  bool read_items(cbor_value& into, std::size_t count, int depth) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!read(into.items.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  static bool has_sound_keys(const cbor_value& map) {
    for (std::size_t i = 0; i < map.items.size(); i += 2) {
      const auto& key = map.items[i];
      if (key.kind != cbor_kind::whole && key.kind != cbor_kind::text) return false;
      for (std::size_t before = 0; before < i; before += 2) {
        const auto& other = map.items[before];
        if (other.kind == key.kind && other.whole == key.whole && other.content == key.content) return false;
      }
    }
    return true;
  }

  std::string_view data_;
  std::size_t place_ = 0;
  std::size_t items_ = 0;
};

template <class Fits>
const cbor_value* find_key(const cbor_value& map, Fits fits) {
  if (map.kind != cbor_kind::map) return nullptr;
  for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) {
    if (fits(map.items[i])) return &map.items[i + 1];
  }
  return nullptr;
}

std::optional<std::string_view> content_of(const cbor_value* found, cbor_kind of_kind) {
  if (found == nullptr || found->kind != of_kind) return std::nullopt;
  return found->content;
}

}  // namespace

const cbor_value* cbor_value::find(std::string_view key) const {
  return find_key(*this, [key](const cbor_value& one) { return one.kind == cbor_kind::text && one.content == key; });
}

const cbor_value* cbor_value::find(std::int64_t key) const {
  return find_key(*this, [key](const cbor_value& one) { return one.kind == cbor_kind::whole && one.whole == key; });
}

std::optional<std::string_view> cbor_value::find_content(std::string_view key, cbor_kind of_kind) const {
  return content_of(find(key), of_kind);
}

std::optional<std::string_view> cbor_value::find_content(std::int64_t key, cbor_kind of_kind) const {
  return content_of(find(key), of_kind);
}

std::optional<std::int64_t> cbor_value::find_whole(std::int64_t key) const {
  const auto* found = find(key);
  if (found == nullptr || found->kind != cbor_kind::whole) return std::nullopt;
  return found->whole;
}

std::optional<cbor_read> read_cbor(std::string_view data) {
  if (data.size() > cbor_bytes_max) return std::nullopt;
  cbor_read made;
  reader from{data};
  if (!from.read(made.value, 1)) return std::nullopt;
  made.bytes = from.place();
  return made;
}

}  // namespace pulse::base
