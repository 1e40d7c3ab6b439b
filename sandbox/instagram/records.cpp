#include "sandbox/instagram/records.hpp"

namespace pulse::sandbox::instagram {

boost::json::object to_record(const container& one) {
  return {{"id", std::to_string(one.id)},
          {"user_id", one.user_id},
          {"type", one.type},
          {"image_url", one.image_url},
          {"is_child", one.is_child},
          {"caption", one.caption},
          {"alt_text", one.alt_text},
          {"created_at", base::to_string(one.created_at)},
          {"ready_at", base::to_string(one.ready_at)},
          {"fails", one.fails}};
}

boost::json::object to_record(const medium& one) {
  return {{"id", std::to_string(one.id)},
          {"container", std::to_string(one.made_of)},
          {"user_id", one.user_id},
          {"published_at", base::to_string(one.published_at)}};
}

std::optional<container> read_container_record(const boost::json::object& record) {
  const auto id = parse_id(text_at(record, "id"));
  const auto created_at = base::parse_timestamp(text_at(record, "created_at"));
  const auto ready_at = base::parse_timestamp(text_at(record, "ready_at"));
  if (!id || !created_at || !ready_at) return std::nullopt;
  container one;
  one.id = *id;
  one.user_id = text_at(record, "user_id");
  if (const auto type = text_at(record, "type"); !type.empty()) one.type = type;
  one.image_url = text_at(record, "image_url");
  const auto* is_child = record.if_contains("is_child");
  one.is_child = is_child != nullptr && is_child->is_bool() && is_child->get_bool();
  one.caption = text_at(record, "caption");
  one.alt_text = text_at(record, "alt_text");
  one.created_at = *created_at;
  one.ready_at = *ready_at;
  const auto* fails = record.if_contains("fails");
  one.fails = fails != nullptr && fails->is_bool() && fails->get_bool();
  return one;
}

std::optional<medium> read_medium_record(const boost::json::object& record) {
  const auto id = parse_id(text_at(record, "id"));
  const auto made_of = parse_id(text_at(record, "container"));
  const auto published_at = base::parse_timestamp(text_at(record, "published_at"));
  if (!id || !made_of || !published_at) return std::nullopt;
  return medium{*id, *made_of, text_at(record, "user_id"), *published_at};
}

}  // namespace pulse::sandbox::instagram
