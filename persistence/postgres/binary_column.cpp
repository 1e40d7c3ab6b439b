#include "persistence/postgres/binary_column.hpp"

#include <array>

#include "persistence/postgres/failure.hpp"

namespace pulse::persistence {

void binary_column::begin(binary_form::sql_type item_type, std::size_t count) {
  data_.reserve(20 + count * 24);
  const bool is_empty = count == 0;
  put(std::uint32_t{is_empty ? 0U : 1U});  // dimensions
  put(std::uint32_t{is_empty ? 0U : 1U});  // it may hold NULL
  put(static_cast<std::uint32_t>(item_type));
  if (is_empty) return;
  put(static_cast<std::uint32_t>(count));
  put(std::uint32_t{1});  // the index of the first
}

void binary_column::put(std::uint32_t value) { binary_form::write(data_, value); }
void binary_column::put(std::uint64_t value) { binary_form::write(data_, value); }
void binary_column::put_null() { put(binary_form::null_length); }

void binary_column::put_text(std::string_view value) {
  if (value.find('\0') != std::string_view::npos) {
    throw database_error{{failure_kind::bug, "a text parameter holds NUL, which must be refused where it enters", ""}};
  }
  put(static_cast<std::uint32_t>(value.size()));
  data_ += value;
}

void binary_column::put_uuid(const base::uuid& value) {
  put(static_cast<std::uint32_t>(value.bytes.size()));
  data_.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
}

void binary_column::put_timestamp(base::timestamp value) {
  put(std::uint32_t{sizeof(std::uint64_t)});
  put(static_cast<std::uint64_t>((value - binary_form::epoch).count()));
}

void binary_column::put_jsonb(std::string_view text) {
  put(static_cast<std::uint32_t>(text.size() + 1));
  data_ += binary_form::jsonb_version;
  data_ += text;
}

}  // namespace pulse::persistence
