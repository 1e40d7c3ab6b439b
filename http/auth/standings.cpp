#include "http/auth/standings.hpp"

namespace pulse::http {

standings::part& standings::part_of(const base::uuid& session_id) {
  return parts_[session_id.bytes.back() % parts_max];  // the end of an id is random
}
const standings::part& standings::part_of(const base::uuid& session_id) const {
  return parts_[session_id.bytes.back() % parts_max];
}

std::optional<standings::standing> standings::find(const principal& who, time_point now) const {
  if (!hears_.load(std::memory_order_acquire)) return std::nullopt;
  const auto& in = part_of(who.session_id);
  const std::scoped_lock lock{in.lock};
  const auto found = in.by_session.find(who.session_id);
  if (found == in.by_session.end()) return std::nullopt;
  const auto& known = found->second;
  if (known.who.tenant_id != who.tenant_id || known.who.member_id != who.member_id || now - known.since > kept_max)
    return std::nullopt;
  return known.what;
}

std::optional<standings::owner> standings::find_owner(const base::uuid& id_of_token, time_point now) const {
  if (!hears_.load(std::memory_order_acquire)) return std::nullopt;
  const auto& in = part_of(id_of_token);
  const std::scoped_lock lock{in.lock};
  const auto found = in.by_session.find(id_of_token);
  if (found == in.by_session.end()) return std::nullopt;
  const auto& entry = found->second;
  if (!entry.who.limits || now - entry.since > kept_max) return std::nullopt;
  return owner{entry.who, entry.what};
}

void standings::keep(const principal& who, const standing& read, std::uint64_t changes_before, time_point now) {
  auto& in = part_of(who.session_id);
  const std::scoped_lock lock{in.lock};
  // `forget` counts before it takes this lock: a state read before a change is either not kept here, or removed by
  // `forget`.
  if (changes_.load() != changes_before) return;
  if (in.by_session.size() >= sessions_max / parts_max) in.by_session.clear();
  in.by_session.insert_or_assign(who.session_id, kept{who, read, now});
}

void standings::forget(const base::uuid& id) {
  ++changes_;
  {
    auto& in = part_of(id);
    const std::scoped_lock lock{in.lock};
    if (in.by_session.erase(id) > 0) return;
  }
  for (auto& in : parts_) {
    const std::scoped_lock lock{in.lock};
    std::erase_if(in.by_session, [&](const auto& entry) {
      const auto& who = entry.second.who;
      return who.tenant_id == id || who.member_id == id || (who.limits && who.limits->token_id == id);
    });
  }
}

void standings::forget_all() {
  ++changes_;
  for (auto& in : parts_) {
    const std::scoped_lock lock{in.lock};
    in.by_session.clear();
  }
}

void standings::set_hearing(bool hears) {
  // Changes during the time without a listener were missed.
  if (hears) forget_all();
  hears_.store(hears, std::memory_order_release);
}

}  // namespace pulse::http
