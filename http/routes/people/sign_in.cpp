#include "http/routes/people/sign_in.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/calendar/time_words.hpp"
#include "domain/people/session.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/wrong_guesses.hpp"

namespace pulse::http::routes {

namespace net = boost::asio;
namespace members = persistence::members;
namespace sessions = persistence::sessions;

namespace {

constexpr std::size_t device_max = 200;

problem too_busy(persistence::hashing_failure why, const persistence::password_hasher& hasher) {
  auto made = problems::of(why);
  if (made.status != 503) return made;
  const auto wait = std::chrono::ceil<std::chrono::seconds>(hasher.expected_wait());
  std::erase_if(made.headers, [](const auto& header) { return header.name == "retry-after"; });
  made.headers.push_back({"retry-after", std::to_string(std::max<std::int64_t>(1, wait.count()))});
  return made;
}

}  // namespace

members::company company_of(const members::account& from) {
  return {from.tenant_id, from.company_name, from.company_created_at, from.company_paused_at, from.company_paused_by};
}
member member_of(const members::account& from) {
  return {from.member_id, from.email, from.display_name, from.role, from.created_at};
}
subscription subscription_of(const members::account& from) { return {from.plan, from.status, from.trial_ends_at}; }

sessions::origin origin_of(const server::request& request) {
  sessions::origin made{network_of(request.remote_address), request.remote_address, {}};
  for (const char c : request.find("user-agent").value_or("")) {
    if (c >= ' ' && c <= '~' && made.device.size() < device_max) made.device += c;
  }
  return made;
}

new_session begin_session(const request_context& context) {
  const auto now = context.services.clock.now();
  return {base::new_uuid(now), now, origin_of(context.request), false};
}

problem company_suspended() {
  return problems::forbidden("company_suspended", "This company is suspended. Ask the operator of this service.");
}

void store_session(persistence::transaction& within, const new_session& made, const base::uuid& member_id) {
  const auto ends_at = made.now + domain::session_lifetime;
  sessions::open(
      within, {made.id, member_id, made.now, domain::idle_end(made.now, ends_at), ends_at, made.from, made.is_strong});
}

result<members::account> open_session(persistence::transaction& within, const new_session& made,
                                      const base::uuid& member_id, problem gone) {
  store_session(within, made, member_id);
  auto account = members::find_account(member_id).first(within);
  if (!account) return gone;
  if (account->is_suspended) return company_suspended();
  return std::move(*account);
}

signed_in to_signed_in(const request_context& context, const base::uuid& session_id, int generation,
                       base::timestamp now, const members::account& from) {
  const principal who{from.tenant_id, from.member_id, session_id};
  return {context.services.tokens.sign(who, now),
          write_refresh_token(context.services.stamps, {from.tenant_id, session_id, generation}),
          "bearer",
          access_token_lifetime.count(),
          company_of(from),
          member_of(from),
          subscription_of(from)};
}

reply<signed_in> hand_out(const request_context& context, const browser_sessions& browsers, keeping how,
                          signed_in made) {
  if (how == keeping::body) return made;
  const auto cookie = browsers.keep(context.request, *made.refresh_token, domain::session_idle_max);
  const member_content known{made.company.id, made.member.id, context.services.clock.now() + known_device_lifetime};
  const auto device =
      browsers.keep_device(context.request, write_member_stamp(context.services.stamps, stamp_purpose::device, known));
  made.refresh_token.reset();
  return reply<signed_in>{std::move(made)}.with(cookie.name, cookie.value).with(device.name, device.value);
}

reply<signed_up> answer_signup(const request_context& context, const sign_in_services& services, keeping how,
                               const members::account& from, const new_session& session, bool counts) {
  signed_up answer{{}, {}, {}, {}, company_of(from), member_of(from), subscription_of(from), counts};
  if (!counts) return reply<signed_up>{std::move(answer)}.status(202);
  auto tokens = hand_out(context, services.browsers, how, to_signed_in(context, session.id, 0, session.now, from));
  answer.access_token = std::move(tokens.value()->access_token);
  answer.refresh_token = std::move(tokens.value()->refresh_token);
  answer.token_type = std::move(tokens.value()->token_type);
  answer.expires_in = tokens.value()->expires_in;
  reply<signed_up> made{std::move(answer)};
  made.headers() = std::move(tokens.headers());
  return std::move(made).with("location", "/auth/me");
}

result<std::string> choose_password(const std::string& text, const std::vector<std::string>& about,
                                    std::string_view pointer) {
  auto prepared = domain::prepare_password(text);
  if (!prepared) return problems::invalid_field(pointer, "must not hold characters that cannot be seen or typed");
  if (const auto wrong = domain::password_problem(*prepared, about)) return problems::invalid_field(pointer, *wrong);
  return std::move(*prepared);
}

std::optional<problem> refuse_crowded(const request_context& context) {
  const auto& hasher = context.services.passwords;
  if (hasher.has_room(network_of(context.request.remote_address))) return std::nullopt;
  return too_busy(persistence::hashing_failure::overloaded, hasher);
}

net::awaitable<result<std::string>> hash_like(request_context& context, std::string prepared, std::string like) {
  auto& hasher = context.services.passwords;
  using result = base::result<std::string, persistence::hashing_failure>;
  auto start = [&](auto done) {
    hasher.hash(base::secret{std::move(prepared)}, network_of(context.request.remote_address), std::move(done),
                std::move(like));
  };
  auto hashed = co_await from_callback<result>(std::move(start));
  if (!hashed) co_return too_busy(hashed.error(), hasher);
  co_return std::move(*hashed);
}

net::awaitable<result<std::string>> hash_password(request_context& context, std::string prepared) {
  return hash_like(context, std::move(prepared), {});
}

net::awaitable<result<std::string>> hash_first_password(request_context& context, std::string prepared,
                                                        std::string email) {
  auto first = co_await read_first_of(context, std::nullopt, members::find_salt(email));
  if (!first) co_return first.error();
  std::string like;
  if (*first) like = (*first)->salt;
  auto hashed = co_await hash_like(context, std::move(prepared), std::move(like));
  co_return hashed;
}

net::awaitable<result<bool>> verify_password(request_context& context, const std::string& text, std::string encoded) {
  std::vector<std::string> one;
  one.push_back(std::move(encoded));
  auto fits = co_await verify_passwords(context, text, std::move(one));
  if (!fits) co_return fits.error();
  co_return result<bool>{boost::system::in_place_value, fits->front()};
}

net::awaitable<result<std::vector<bool>>> verify_passwords(request_context& context, const std::string& text,
                                                           std::vector<std::string> encoded) {
  auto& hasher = context.services.passwords;
  using result = base::result<std::vector<bool>, persistence::hashing_failure>;
  auto prepared = domain::prepare_password(text);
  if (!prepared) std::fill(encoded.begin(), encoded.end(), std::string{});  // no account has such a password
  auto start = [&](auto done) {
    hasher.verify_each(base::secret{std::move(prepared).value_or("")}, std::move(encoded),
                       network_of(context.request.remote_address), std::move(done));
  };
  auto verified = co_await from_callback<result>(std::move(start));
  if (!verified) co_return too_busy(verified.error(), hasher);
  co_return std::move(*verified);
}

std::optional<problem> take_try(rate_limiter& from, std::string_view key) {
  const auto verdict = from.take(key, std::chrono::steady_clock::now());
  if (verdict.allowed) return std::nullopt;
  return from.refuse(verdict);
}

net::awaitable<std::optional<problem>> begin_guess(request_context& context, std::string key) {
  auto job = [key = std::move(key), now = context.services.clock.now()](persistence::transaction& within) {
    return persistence::wrong_guesses::begin(within, key, now);
  };
  const auto wait = co_await in_transaction(context, std::optional<base::uuid>{}, std::move(job));
  if (!wait) co_return wait.error();
  if (wait->count() == 0) co_return std::nullopt;
  auto made = problems::too_many_requests("wrong_passwords", *wait);
  made.detail = fmt::format(
      "After several wrong passwords the next try must wait {}. POST /auth/password/forgot sends a mail that lets "
      "you in.",
      domain::format_length(*wait));
  co_return made;
}

net::awaitable<void> forgive_guesses(request_context& context, std::string key) {
  auto job = [key = std::move(key)](persistence::transaction& within) {
    persistence::wrong_guesses::forgive(within, key);
  };
  // If this fails, the wrong guesses expire by themselves.
  co_await in_transaction(context, std::optional<base::uuid>{}, std::move(job));
}

problem wrong_credentials() {
  return problems::unauthenticated("wrong_credentials",
                                   "The e-mail address or the password is wrong. Check both; if you are in several "
                                   "companies, send X-Tenant-ID too.");
}

result<std::optional<base::uuid>> wanted_tenant(const request_context& context) {
  const auto sent = context.request.find("x-tenant-id");
  if (!sent) return std::optional<base::uuid>{};
  const auto tenant_id = base::parse_uuid(*sent);
  if (tenant_id) return tenant_id;
  return problems::invalid_fields({{.parameter = "X-Tenant-ID", .detail = "must be a UUID"}});
}

}  // namespace pulse::http::routes
