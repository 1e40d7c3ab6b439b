#include "http/auth/stamps.hpp"

#include <algorithm>

#include "base/describe.hpp"

namespace pulse::http {

namespace {

constexpr std::size_t mac_bytes = 32;
constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t text_max = 2'048;  // the longest is the cookie for an identity provider

std::string mac_of(const std::string& key, stamp_purpose purpose, std::string_view content, std::string_view bound_to) {
  // Each part follows its length, so that no two contents give the same bytes.
  std::string what{base::to_name(purpose)};
  what += ':' + std::to_string(content.size()) + ':';
  what += content;
  what += bound_to;
  return std::string{base::as_text(base::hmac_sha256(key, what))};
}

void append_number(std::string& to, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) to += static_cast<char>(number >> shift & 0xff);
}

std::uint64_t read_number(std::string_view from) {
  std::uint64_t number = 0;
  for (const char c : from) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

void append_uuid(std::string& to, const base::uuid& id) { to.append(id.bytes.begin(), id.bytes.end()); }

base::uuid read_uuid(std::string_view from) {
  base::uuid id;
  std::copy_n(from.begin(), uuid_bytes, id.bytes.begin());
  return id;
}

std::optional<member_content> read_member(std::string_view content) {
  if (content.size() != 2 * uuid_bytes + 8) return std::nullopt;
  constexpr std::uint64_t year_9999 = 253'402'300'799;
  const auto seconds = read_number(content.substr(2 * uuid_bytes));
  if (seconds > year_9999) return std::nullopt;
  return member_content{read_uuid(content), read_uuid(content.substr(uuid_bytes)),
                        base::timestamp{std::chrono::seconds{static_cast<std::int64_t>(seconds)}}};
}

}  // namespace

stamp_signer::stamp_signer(const base::secret& secret, const std::vector<base::secret>& earlier) {
  const auto derived = [](const base::secret& from) {
    return std::string{base::as_text(base::hmac_sha256(from.reveal(), "pulse stamps"))};
  };
  keys_.push_back(derived(secret));
  for (const auto& old : earlier) keys_.push_back(derived(old));
}

std::string stamp_signer::stamp(stamp_purpose purpose, std::string_view content, std::string_view bound_to) const {
  return base::to_base64url(std::string{content} + mac_of(keys_.front(), purpose, content, bound_to));
}

std::optional<std::string> stamp_signer::open(stamp_purpose purpose, std::string_view text,
                                              std::string_view bound_to) const {
  const auto content = unproven(text);
  if (!content) return std::nullopt;
  const auto bytes = base::from_base64url(text);
  const auto mac = std::string_view{*bytes}.substr(content->size());
  const bool is_right = std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) {
    return base::equal_in_constant_time(mac, mac_of(key, purpose, *content, bound_to));
  });
  return is_right ? content : std::nullopt;
}

std::optional<std::string> stamp_signer::unproven(std::string_view text) {
  if (text.size() > text_max) return std::nullopt;
  auto bytes = base::from_base64url(text);
  if (!bytes || bytes->size() < mac_bytes) return std::nullopt;
  bytes->resize(bytes->size() - mac_bytes);
  return bytes;
}

std::string write_refresh_token(const stamp_signer& by, const refresh_content& what) {
  std::string content;
  append_uuid(content, what.tenant_id);
  append_uuid(content, what.session_id);
  append_number(content, static_cast<std::uint64_t>(what.generation), 4);
  return by.stamp(stamp_purpose::refresh, content);
}

std::optional<refresh_content> read_refresh_token(const stamp_signer& by, std::string_view text) {
  const auto content = by.open(stamp_purpose::refresh, text);
  if (!content || content->size() != 2 * uuid_bytes + 4) return std::nullopt;
  const std::string_view parts{*content};
  return refresh_content{read_uuid(parts), read_uuid(parts.substr(uuid_bytes)),
                         static_cast<int>(read_number(parts.substr(2 * uuid_bytes)))};
}

std::string write_member_stamp(const stamp_signer& by, stamp_purpose purpose, const member_content& what,
                               std::string_view bound_to) {
  std::string content;
  append_uuid(content, what.tenant_id);
  append_uuid(content, what.member_id);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(what.good_until.time_since_epoch()).count();
  append_number(content, static_cast<std::uint64_t>(seconds), 8);
  return by.stamp(purpose, content, bound_to);
}

std::optional<member_content> read_member_stamp(const stamp_signer& by, stamp_purpose purpose, std::string_view text,
                                                base::timestamp now, std::string_view bound_to) {
  const auto content = by.open(purpose, text, bound_to);
  if (!content) return std::nullopt;
  auto read = read_member(*content);
  if (!read || read->good_until <= now) return std::nullopt;
  return read;
}

std::optional<member_content> unproven_member(std::string_view text) {
  const auto content = stamp_signer::unproven(text);
  return content ? read_member(*content) : std::nullopt;
}

}  // namespace pulse::http
