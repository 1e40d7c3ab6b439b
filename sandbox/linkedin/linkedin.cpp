#include "sandbox/linkedin/linkedin.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/figures.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/linkedin/errors.hpp"
#include "sandbox/linkedin/requests.hpp"

namespace pulse::sandbox::linkedin {

namespace {

using http::server::verb;

constexpr std::string_view posts_path = "/rest/posts";
constexpr std::string_view images_path = "/rest/images";
constexpr std::string_view films_path = "/rest/videos";
constexpr std::string_view metadata_path = "/rest/socialMetadata";
constexpr std::string_view upload_path = "/dms-uploads/";
constexpr std::string_view userinfo_path = "/v2/userinfo";
constexpr std::string_view document_path = "/oauth/.well-known/openid-configuration";
constexpr std::string_view keys_path = "/oauth/openid/jwks";
constexpr std::string_view demo_member = "782bbtaQ";
/// scripts/run registers the demo company's account under this id; then only registered members exist.
constexpr std::string_view registered_demo_member = "demo1001";
/// The LinkedIn API versions that are active in November 2026.
constexpr std::string_view first_version = "202511";
constexpr std::string_view last_version = "202611";
constexpr std::chrono::hours upload_url_lives{1};

verdict did(response answer, std::string id) { return {std::move(answer), decision::done, std::move(id), {}}; }

response json(int status, const boost::json::value& body) {
  return response::json(status, boost::json::serialize(body));
}

std::string person_of(const std::string& member) { return "urn:li:person:" + member; }

/// The part of `path` after `resource` and a slash; empty if there is none or more than one part.
std::string key_behind(std::string_view path, std::string_view resource) {
  if (!path.starts_with(resource) || !path.substr(resource.size()).starts_with('/')) return {};
  const auto key = path.substr(resource.size() + 1);
  return key.find('/') == std::string_view::npos ? std::string{key} : std::string{};
}

bool is_image(std::string_view bytes) {
  return bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n\x1a\n") || bytes.starts_with("GIF8");
}

std::int64_t ms_of(base::timestamp at) {
  return std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
}

boost::json::object to_json(const stored_post& post) {
  boost::json::object shown{{"id", post.urn},
                            {"author", post.author},
                            {"commentary", post.commentary},
                            {"visibility", "PUBLIC"},
                            {"lifecycleState", "PUBLISHED"},
                            {"lifecycleStateInfo", {{"isEditedByAuthor", false}}},
                            {"createdAt", ms_of(post.created_at)},
                            {"publishedAt", ms_of(post.created_at)},
                            {"lastModifiedAt", ms_of(post.created_at)},
                            {"isReshareDisabledByAuthor", false}};
  if (!post.image.empty()) shown["content"] = {{"media", {{"id", post.image}, {"altText", post.alt_text}}}};
  return shown;
}

boost::json::object to_record(const stored_post& post) {
  return {{"urn", post.urn},
          {"author", post.author},
          {"commentary", post.commentary},
          {"text", post.text},
          {"image", post.image},
          {"alt_text", post.alt_text},
          {"image_mark", post.image_mark},
          {"created_at", base::to_string(post.created_at)}};
}

/// The sandbox's own address, below which LinkedIn's sign-in is served.
std::string sign_in_issuer(const http::server::request& request) {
  return fmt::format("http://{}/linkedin/oauth", request.find("host").value_or("localhost"));
}

/// The problem with the headers of a versioned call; nothing if they are right.
std::optional<response> header_problem(const http::server::request& request) {
  const auto version = request.find("linkedin-version");
  if (!version || version->empty()) return version_missing();
  const bool is_number = version->size() == 6 && version->find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_number || *version < first_version || *version > last_version) return version_not_active(*version);
  if (request.find("x-restli-protocol-version") != "2.0.0")
    return refusal(400, "INVALID_REQUEST", "X-Restli-Protocol-Version must be 2.0.0");
  return std::nullopt;
}

}  // namespace

bool linkedin_platform::owns(std::string_view path) const {
  return path == "/rest" || path.starts_with("/rest/") || path == userinfo_path || path == document_path ||
         path == keys_path || path.starts_with(upload_path) || desk_.owns(path);
}

std::string linkedin_platform::account_of(const http::server::request& request) const {
  const auto token = bearer_token(request);
  if (!token) return site_.member_of(request);
  const auto found = members_by_token_.find(token_hash(*token));
  return found == members_by_token_.end() ? std::string{} : found->second;
}

response linkedin_platform::failure(int status) const { return linkedin::failure(status); }

verdict linkedin_platform::connect(const http::server::request& request, base::timestamp now) {
  if (names_.empty()) names_[std::string{demo_member}] = "Pulse Demo";
  std::vector<desk_user> shown;
  for (const auto& [id, name] : names_) shown.push_back({id, name});
  if (desk_.is_revocation(request.path)) {
    auto given_back = desk_.revoke(request);
    if (!given_back.is_granted) return refuse(std::move(given_back.response));
    // Revoking a refresh token also ends the access tokens made from it.
    std::erase_if(members_by_token_, [&given_back](const auto& each) {
      return each.first == given_back.access_hash || (!given_back.user_id.empty() && each.second == given_back.user_id);
    });
    return {std::move(given_back.response), decision::done, given_back.user_id, std::move(given_back.record)};
  }
  if (!desk_.is_token_call(request.path)) return {desk_.authorize(request, shown, now), decision::done, {}, {}};
  auto got = desk_.token(request, now);
  if (!got.is_granted) return refuse(std::move(got.response));
  members_by_token_[got.access_hash] = got.user_id;
  tells_email_[got.access_hash] = got.scope.find("email") != std::string::npos;
  if (got.scope.find("openid") != std::string::npos) {
    auto body = boost::json::parse(got.response.body).as_object();
    auto claims = claims_of(got.user_id, tells_email_[got.access_hash]);
    body["id_token"] = sign_id_token(request, std::move(claims), now);
    got.response = json(200, body);
  }
  return {std::move(got.response), decision::done, got.user_id, std::move(got.record)};
}

/// It has no nonce, as at LinkedIn.
std::string linkedin_platform::sign_id_token(const http::server::request& request, boost::json::object claims,
                                             base::timestamp now) {
  claims["iss"] = sign_in_issuer(request);
  claims["aud"] = "sandbox-linkedin-app";
  claims["iat"] = ms_of(now) / 1000;
  claims["exp"] = ms_of(now + std::chrono::hours{1}) / 1000;
  return id_tokens_.sign(claims);
}

verdict linkedin_platform::sign_in_document(const http::server::request& request) {
  if (request.path == keys_path) return did(json(200, id_tokens_.key_set()), {});
  const auto issuer = sign_in_issuer(request);
  return did(json(200, {{"issuer", issuer},
                        {"authorization_endpoint", issuer + "/v2/authorization"},
                        {"token_endpoint", issuer + "/v2/accessToken"},
                        {"jwks_uri", issuer + "/openid/jwks"},
                        {"token_endpoint_auth_methods_supported", boost::json::array{"client_secret_post"}},
                        {"id_token_signing_alg_values_supported", boost::json::array{"RS256"}}}),
             {});
}

verdict linkedin_platform::answer(const http::server::request& request, base::timestamp now) {
  if (desk_.owns(request.path)) return connect(request, now);
  if (request.path == document_path || request.path == keys_path) return sign_in_document(request);
  if (web_login::owns(request.path)) return site_.answer(request, now);
  if (web_posts::owns(request.path)) return site_posts_.answer(request, now);
  if (film_store::is_piece(request.path))
    return request.method == verb::put ? films_.put(request) : refuse(method_not_allowed());
  const auto member = bearer_token(request) ? account_of(request) : std::string{};
  if (member.empty()) return refuse(unauthorized());
  if (request.path == userinfo_path)
    return request.method == verb::get ? profile(request, member) : refuse(method_not_allowed());
  if (request.path.starts_with(upload_path))
    return request.method == verb::put ? take_image(request, member) : refuse(method_not_allowed());
  if (auto problem = header_problem(request)) return refuse(std::move(*problem));
  return answer_rest(request, member, now);
}

verdict linkedin_platform::answer_rest(const http::server::request& request, const std::string& member,
                                       base::timestamp now) {
  if (request.path == posts_path) {
    if (request.method == verb::post) return create_post(request, member, now);
    if (request.method == verb::get) return organizations_.list(request, member, content_);
    return refuse(method_not_allowed());
  }
  if (organizations_.owns(request.path))
    return request.method == verb::get ? organizations_.find(request) : refuse(method_not_allowed());
  if (request.path == images_path) {
    if (request.method == verb::post) return begin_image(request, member, now);
    return refuse(request.method == verb::get ? forbidden("images.BATCH_GET.NO_VERSION") : method_not_allowed());
  }
  if (request.path.starts_with(films_path)) return answer_films(request, member, now);
  if (const auto counted = key_behind(request.path, metadata_path); !counted.empty())
    return count_post(counted, request, member);
  if (social_.owns(request.path)) {
    const auto may_act = [this, &member](const std::string& actor) {
      return actor == person_of(member) || organizations_.administers(member, actor);
    };
    return social_.answer(request, member, may_act, limits_, now);
  }
  // A URN is a single path segment only with encoded colons.
  const bool is_encoded = request.target.substr(0, request.target.find('?')).find(':') == std::string::npos;
  if (!key_behind(request.path, images_path).empty()) return refuse(forbidden("images.GET.NO_VERSION"));
  const auto urn = key_behind(request.path, posts_path);
  if (urn.empty()) return refuse(not_found());
  if (!is_encoded || !urn.starts_with("urn:li:"))
    return refuse(refusal(400, "INVALID_URN_ID", "Invalid URN in the path"));
  if (request.method == verb::get) return read_post(urn, request, member);
  if (request.method == verb::delete_) return remove_post(urn, member);
  if (request.method == verb::post) return edit_post(urn, request, member);
  return refuse(method_not_allowed());
}

verdict linkedin_platform::create_post(const http::server::request& request, const std::string& member,
                                       base::timestamp now) {
  if (!limits_.admit("posts", member, now)) return refuse(daily_limit());
  auto read = linkedin::read_post(request);
  if (auto* no = std::get_if<response>(&read)) return refuse(std::move(*no));
  auto& post = std::get<stored_post>(read);
  if (post.author != person_of(member) && !organizations_.administers(member, post.author))
    return refuse(forbidden("posts.CREATE.NO_VERSION"));
  for (std::string_view left = post.image; !left.empty();) {
    const auto comma = std::min(left.find(','), left.size());
    const std::string urn{left.substr(0, comma)};
    left.remove_prefix(std::min(comma + 1, left.size()));
    const auto* image = content_.find_image(urn);
    const bool is_image = urn.starts_with("urn:li:image:");
    if (is_image && (image == nullptr || image->owner != post.author))
      return refuse(refusal(400, "INVALID_URN_ID", "ERROR :: /content/media/id :: is no image of the author"));
    const auto mark = mark_of(urn, post.author, now);
    if (mark.empty())
      return refuse(
          refusal(400, "INVALID_VALUE_FOR_FIELD", "ERROR :: /content/media/id :: the image is not available"));
    post.image_mark += mark;
  }
  if (const auto* same = content_.find_same(post, now, duplicate_window_)) return refuse(duplicate_of(same->urn));
  const auto& made = content_.create(std::move(post), now);
  auto answer = response::empty(201);
  answer.headers.push_back({"x-restli-id", made.urn});
  answer.headers.push_back({"x-linkedin-id", made.urn});
  return {std::move(answer), decision::accepted, made.urn, {{"made", to_record(made)}}};
}

std::string linkedin_platform::mark_of(const std::string& urn, const std::string& owner, base::timestamp now) {
  if (urn.starts_with("urn:li:video:")) return films_.mark_of(urn, owner, now);
  const auto* image = content_.find_image(urn);
  return image == nullptr || image->owner != owner || image->failed ? std::string{} : image->mark;
}

verdict linkedin_platform::answer_films(const http::server::request& request, const std::string& member,
                                        base::timestamp now) {
  const auto owner = person_of(member);
  if (request.path == films_path && request.method == verb::post) {
    if (request.query == "action=initializeUpload") return films_.begin(request, owner);
    if (request.query != "action=finalizeUpload") return refuse(refusal(400, "PARAM_INVALID", "Invalid action"));
    const auto how = std::exchange(next_, std::nullopt).value_or(processing{});
    return films_.finalize(request, owner, now + how.time, how.fails);
  }
  const auto urn = key_behind(request.path, films_path);
  const bool is_encoded = request.target.substr(0, request.target.find('?')).find(':') == std::string::npos;
  if (urn.empty() || request.method != verb::get) return refuse(not_found());
  if (!is_encoded) return refuse(refusal(400, "INVALID_URN_ID", "Invalid URN in the path"));
  return films_.status(urn, owner, now);
}

verdict linkedin_platform::read_post(const std::string& urn, const http::server::request& request,
                                     const std::string& member) const {
  const auto query = http::server::parse_query(request.query);
  if (!query) return refuse(refusal(400, "INVALID_REQUEST", http::server::to_sentence(query.error())));
  for (const auto& [name, value] : *query) {
    if (name != "viewContext" || (value != "AUTHOR" && value != "READER"))
      return refuse(refusal(400, "PARAM_INVALID", "Invalid param " + name));
  }
  const auto* post = content_.find_post(urn);
  if (post == nullptr) return refuse(not_found());
  if (post->author != person_of(member)) return refuse(forbidden("posts.GET.NO_VERSION"));
  return did(json(200, to_json(*post)), urn);
}

verdict linkedin_platform::remove_post(const std::string& urn, const std::string& member) {
  const auto* post = content_.find_post(urn);
  if (post != nullptr && post->author != person_of(member)) return refuse(forbidden("posts.DELETE.NO_VERSION"));
  auto removed = did(response::empty(204), urn);  // once more is the same
  social_.forget(urn);
  if (content_.remove(urn)) removed.record = {{"deleted", {{"urn", urn}}}};
  return removed;
}

verdict linkedin_platform::edit_post(const std::string& urn, const http::server::request& request,
                                     const std::string& member) {
  if (request.find("x-restli-method") != "PARTIAL_UPDATE")
    return refuse(refusal(400, "INVALID_REQUEST", "X-RestLi-Method must be PARTIAL_UPDATE"));
  const auto* post = content_.find_post(urn);
  if (post == nullptr) return refuse(not_found());
  if (post->author != person_of(member)) return refuse(forbidden("posts.PARTIAL_UPDATE.NO_VERSION"));
  auto read = read_edit(request);
  if (auto* no = std::get_if<response>(&read)) return refuse(std::move(*no));
  auto& words = std::get<stored_post>(read);
  auto changed = *post;
  changed.commentary = std::move(words.commentary);
  changed.text = std::move(words.text);
  content_.restore(changed);
  auto edited = did(response::empty(204), urn);
  edited.record = {{"edited", to_record(changed)}};
  return edited;
}

verdict linkedin_platform::count_post(const std::string& urn, const http::server::request& request,
                                      const std::string& member) const {
  if (request.method != verb::get) return refuse(method_not_allowed());
  const auto* post = content_.find_post(urn);
  if (post == nullptr) return refuse(not_found());
  if (post->author != person_of(member)) return refuse(forbidden("socialMetadata.GET.NO_VERSION"));
  const auto figures = figures_of(urn);
  return did(json(200, {{"entity", urn},
                        {"commentsState", "OPEN"},
                        {"reactionSummaries", {{"LIKE", {{"reactionType", "LIKE"}, {"count", figures.likes}}}}},
                        {"commentSummary", {{"count", figures.comments}, {"topLevelCount", figures.comments}}}}),
             urn);
}

verdict linkedin_platform::begin_image(const http::server::request& request, const std::string& member,
                                       base::timestamp now) {
  if (request.query != "action=initializeUpload") return refuse(refusal(400, "PARAM_INVALID", "Invalid action"));
  if (!limits_.admit("images", member, now)) return refuse(daily_limit());
  auto read = read_image_owner(request);
  if (auto* no = std::get_if<response>(&read)) return refuse(std::move(*no));
  if (std::get<std::string>(read) != person_of(member)) return refuse(forbidden("images.ACTION-initializeUpload"));
  const auto& image = content_.begin_image(person_of(member), now);
  const auto url = fmt::format("http://{}{}{}/uploaded-image/0?ca=vector_feedshare", request.find("host").value_or(""),
                               upload_path, image.urn.substr(image.urn.rfind(':') + 1));
  auto begun = did(
      json(200, {{"value",
                  {{"uploadUrlExpiresAt", ms_of(now + upload_url_lives)}, {"uploadUrl", url}, {"image", image.urn}}}}),
      image.urn);
  begun.record = {{"begun", {{"urn", image.urn}, {"owner", image.owner}}}};
  return begun;
}

verdict linkedin_platform::take_image(const http::server::request& request, const std::string& member) {
  auto key = request.path.substr(upload_path.size());
  key.resize(std::min(key.find('/'), key.size()));
  auto* image = content_.find_image("urn:li:image:" + key);
  if (image == nullptr || image->owner != person_of(member)) return refuse(not_found());
  if (request.body.empty()) return refuse(refusal(400, "INVALID_REQUEST", "The upload is empty"));
  image->mark = base::to_hex(base::sha256(request.body));
  image->failed = std::exchange(next_image_fails_, false) || !is_image(request.body);
  auto taken = did(response::empty(201), image->urn);
  taken.record = {
      {"uploaded", {{"urn", image->urn}, {"owner", image->owner}, {"mark", image->mark}, {"failed", image->failed}}}};
  return taken;
}

/// The demo company's owner is also a LinkedIn member.
boost::json::object linkedin_platform::claims_of(const std::string& member, bool with_email) const {
  const auto& name = names_.at(member);
  const auto blank = name.find(' ');
  boost::json::object made{{"sub", member},
                           {"name", name},
                           {"given_name", name.substr(0, blank)},
                           {"family_name", blank == std::string::npos ? "" : name.substr(blank + 1)},
                           {"locale", {{"country", "US"}, {"language", "en"}}}};
  if (!with_email) return made;
  const bool is_demo = member == demo_member || member == registered_demo_member;
  made["email"] = is_demo ? "owner@controlcenter.local" : member + "@example.com";
  made["email_verified"] = true;
  return made;
}

verdict linkedin_platform::profile(const http::server::request& request, const std::string& member) const {
  const auto found = tells_email_.find(token_hash(bearer_token(request).value_or("")));
  return did(json(200, claims_of(member, found != tells_email_.end() && found->second)), member);
}

}  // namespace pulse::sandbox::linkedin
