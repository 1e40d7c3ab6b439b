#include "domain/audit/chain.hpp"

#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::domain {

namespace {

void add(std::string& to, std::uint64_t number) {
  char bytes[8];
  for (std::size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<char>(number >> (56 - 8 * i) & 0xff);
  to.append(bytes, sizeof bytes);
}

/// With its length, so that no two entries make the same bytes.
void add(std::string& to, std::string_view text) {
  add(to, static_cast<std::uint64_t>(text.size()));
  to += text;
}

void add(std::string& to, const base::uuid& id) {
  to.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

void add(std::string& to, const std::optional<base::uuid>& id) {
  to += id ? '\1' : '\0';
  if (id) add(to, *id);
}

std::uint64_t microseconds_of(base::timestamp at) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count());
}

}  // namespace

audit_hash next_hash(const audit_hash& before, const audit_link& link) {
  std::string bytes;
  bytes.reserve(320);
  bytes += base::as_text(before);
  add(bytes, link.tenant_id);
  add(bytes, static_cast<std::uint64_t>(link.seq));
  add(bytes, link.id);
  add(bytes, microseconds_of(link.at));
  add(bytes, link.action);
  add(bytes, static_cast<std::uint64_t>(link.status));
  add(bytes, link.code);
  add(bytes, link.actor_kind);
  add(bytes, link.actor_id);
  add(bytes, link.token_id);
  add(bytes, link.subject_id);
  add(bytes, link.request_id);
  add(bytes, link.details_digest);
  return base::sha256(bytes);
}

audit_hash digest_of_details(const base::uuid& salt, std::string_view details) {
  std::string bytes;
  bytes.reserve(details.size() + salt.bytes.size());
  add(bytes, salt);
  bytes += details;
  return base::sha256(bytes);
}

std::string text_to_sign(const audit_head& head) {
  return fmt::format("pulse audit head 1 {} {} {} {}", base::to_string(head.tenant_id), head.entries,
                     base::to_hex(head.hash), base::to_string(head.sealed_at));
}

}  // namespace pulse::domain
