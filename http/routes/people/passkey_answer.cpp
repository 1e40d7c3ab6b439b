#include "http/routes/people/passkey_answer.hpp"

#include <string_view>
#include <utility>

#include "base/json.hpp"
#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/auth/host_cookies.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/mails.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/passkeys.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::passkeys;
using domain::passkey_fault;

constexpr host_cookie challenge_cookie{"pulse_passkey", same_site::strict};
constexpr std::string_view went_back_code = "passkey_went_back";

std::string_view sentence_of(passkey_fault why) {
  switch (why) {
    case passkey_fault::malformed: return "What the browser has sent cannot be read.";
    case passkey_fault::wrong_type: return "The browser has answered a different request.";
    case passkey_fault::wrong_challenge: return "The browser has answered an older request. Try again.";
    case passkey_fault::wrong_origin: return "It was made for another address. Open the dashboard at its own address.";
    case passkey_fault::wrong_relying_party: return "It belongs to another address than this one.";
    case passkey_fault::not_present: return "Nobody has touched the key. Try again.";
    case passkey_fault::not_verified: return "It must ask for a PIN, a fingerprint or a face. Set that up on it first.";
    case passkey_fault::wrong_key: return "Its algorithm is not supported: use ES256, EdDSA or RS256.";
    case passkey_fault::wrong_owner: return "It says that it is somebody else's.";
    case passkey_fault::wrong_signature: return "Its signature is wrong.";
    case passkey_fault::went_back:
      return "Its counter has gone back, so somebody may have copied it, and it was refused. Sign in another way, "
             "remove it on the security page, and make a new one.";
  }
  return "";
}

template <class Text>
std::string decode(const Text& from, std::string_view pointer, std::vector<field_error>& wrong) {
  auto bytes = base::from_base64url(from.value);
  if (!bytes) wrong.push_back({.pointer = std::string{pointer}, .detail = "must be base64url without padding"});
  return std::move(bytes).value_or("");
}

}  // namespace

domain::relying_party relying_party_of(const request_context& context) {
  return domain::relying_party_of(context.services.addresses.app_url());
}

passkey_challenge make_passkey_challenge(const request_context& context, passkey_purpose purpose,
                                         std::optional<base::uuid> member_id) {
  return {base::random_token(domain::challenge_bytes), purpose, member_id,
          context.services.clock.now() + passkey_challenge_life};
}

server::header keep_passkey_challenge(const request_context& context, const passkey_challenge& made) {
  const auto text = context.services.stamps.stamp(stamp_purpose::passkey, base::json::to_json(made));
  return challenge_cookie.keep(context.services.addresses, text, passkey_challenge_life);
}

server::header forget_passkey_challenge(const request_context& context) {
  return challenge_cookie.forget(context.services.addresses);
}

std::optional<passkey_challenge> passkey_challenge_of(const request_context& context, passkey_purpose purpose) {
  const auto text = challenge_cookie.find(context.request, context.services.addresses);
  const auto content = text ? context.services.stamps.open(stamp_purpose::passkey, *text) : std::nullopt;
  if (!content) return std::nullopt;
  auto read = base::json::read<passkey_challenge>(*content);
  if (read.has_error() || read->good_until <= context.services.clock.now() || read->purpose != purpose)
    return std::nullopt;
  return std::move(*read);
}

problem passkey_over() {
  return problems::unauthenticated("passkey_over",
                                   "This was begun in another browser, for something else, or more than five minutes "
                                   "ago. Try again.");
}

problem wrong_passkey(passkey_fault why) {
  const auto code = why == passkey_fault::went_back ? went_back_code : std::string_view{"wrong_passkey"};
  return problems::unauthenticated(code, sentence_of(why));
}

result<passkey_answer> read_passkey_answer(const request_context& context, passkey_purpose purpose,
                                           const passkey_response& given) {
  const auto challenge = passkey_challenge_of(context, purpose);
  if (!challenge) return passkey_over();
  std::vector<field_error> wrong;
  domain::passkey_assertion read{
      .credential_id = decode(given.credential_id, "/credential_id", wrong),
      .client_data = decode(given.client_data_json, "/client_data_json", wrong),
      .authenticator_data = decode(given.authenticator_data, "/authenticator_data", wrong),
      .signature = decode(given.signature, "/signature", wrong),
      .user_handle = decode(given.user_handle, "/user_handle", wrong),
  };
  if (!wrong.empty()) return problems::invalid_fields(std::move(wrong));
  return passkey_answer{{relying_party_of(context), challenge->challenge},
                        std::move(read),
                        challenge->good_until,
                        context.services.clock.now()};
}

std::optional<problem> pass_passkey(persistence::transaction& within, const base::uuid& member_id,
                                    const passkey_answer& given) {
  const auto found = rows::lock(within, member_id, given.given.credential_id);
  if (!found)
    return problems::unauthenticated("unknown_passkey",
                                     "This passkey is not known here, or was removed. Sign in another way.");
  const domain::known_passkey known{found->public_key.value, static_cast<std::uint32_t>(found->uses),
                                    domain::user_handle_of(member_id)};
  const auto judged = domain::judge(given.expected, known, given.given);
  if (!judged) return wrong_passkey(judged.error());
  if (!rows::use_challenge(within, given.expected.challenge, given.good_until, given.now)) return passkey_over();
  rows::note_use(within, found->id, *judged, given.now);
  return std::nullopt;
}

net::awaitable<void> mail_passkey_refusal(request_context& context, base::uuid tenant_id, base::uuid member_id,
                                          const passkey_answer& given, const problem& refused) {
  if (refused.code != went_back_code) co_return;
  auto job = [&context, tenant_id, member_id, id = given.given.credential_id,
              now = given.now](persistence::transaction& within) {
    const auto found = rows::lock(within, member_id, id);
    const auto proof = persistence::members::find_proof(member_id).first(within);
    if (!found || !proof) return;
    rows::note_refusal(within, found->id, now);
    const addressee to{tenant_id, member_id, proof->email, proof->company_name};
    persistence::mail_outbox::insert(within, passkey_mail(context, to), context.services.secrets, now);
  };
  // If this notice fails, the passkey was refused all the same.
  co_await in_transaction(context, tenant_id, std::move(job));
  mail_waits(context);
}

}  // namespace pulse::http::routes
