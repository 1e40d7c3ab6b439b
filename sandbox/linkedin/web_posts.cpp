#include "sandbox/linkedin/web_posts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/secure.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/linkedin/errors.hpp"
#include "sandbox/linkedin/web_page.hpp"

namespace pulse::sandbox::linkedin {

namespace {

using http::server::request;
using http::server::verb;

constexpr std::string_view post_path = "/feed/update/";
constexpr std::string_view reactions_path = "/voyager/api/voyagerSocialDashReactions";
constexpr std::string_view comments_path = "/voyager/api/voyagerSocialDashNormComments";
constexpr std::string_view challenge_path = "/checkpoint/challenge/";
constexpr std::size_t comments_a_page = 10;

struct reaction {
  std::string_view type;
  std::string_view name;  // on the button
};
constexpr std::array<reaction, 6> reactions{{{"LIKE", "Like"},
                                             {"PRAISE", "Celebrate"},
                                             {"APPRECIATION", "Support"},
                                             {"EMPATHY", "Love"},
                                             {"INTEREST", "Insightful"},
                                             {"ENTERTAINMENT", "Funny"}}};

/// The page's script: it shows a pressed button at once, and reverts it when the call fails, like LinkedIn's.
constexpr std::string_view script = R"js(
const post = document.querySelector('.feed-shared-update-v2'), urn = post.dataset.urn;
const at = (path) => location.pathname.replace(/feed\/update\/.*/, '') + 'voyager/api/' + path;
const token = () => (/JSESSIONID="?([^";]+)/.exec(document.cookie) ?? [])[1] ?? '';
const call = (path, body) => fetch(at(path), {method: 'POST', body: JSON.stringify(body),
  headers: {'content-type': 'application/json; charset=utf-8', 'csrf-token': token()}});
const trigger = post.querySelector('.react-button__trigger'), menu = post.querySelector('.reactions-menu');
const react = async (type) => {
  if (trigger.getAttribute('aria-pressed') === 'true') return;
  trigger.setAttribute('aria-pressed', 'true');
  const answer = await call('voyagerSocialDashReactions?threadUrn=' + encodeURIComponent(urn), {reactionType: type}).catch(() => ({}));
  if (!answer.ok) trigger.setAttribute('aria-pressed', 'false');
};
trigger.onclick = () => react('LIKE');
post.querySelector('.reactions').onmouseenter = () => { menu.hidden = false; };
for (const each of menu.children) each.onclick = () => react(each.dataset.type);
const box = post.querySelector('.ql-editor'), send = post.querySelector('.comments-comment-box__submit-button--cr');
const list = post.querySelector('.comments-comments-list'), more = post.querySelector('.comments-comments-list__load-more-comments-button');
if (box) {
  box.oninput = () => { send.hidden = !box.innerText.trim(); };
  send.onclick = async () => {
    send.disabled = true;
    const answer = await call('voyagerSocialDashNormComments', {commentary: {text: box.innerText.trim(), attributesV2: []}, threadUrn: urn})
      .catch(() => ({}));
    send.disabled = false;
    if (!answer.ok) return;
    box.textContent = '';
    list.insertAdjacentHTML('beforeend', await answer.text());
  };
}
if (more) more.onclick = async () => {
  const answer = await fetch(at('voyagerSocialDashNormComments?start=' + list.children.length + '&threadUrn=' + encodeURIComponent(urn)));
  const html = await answer.text();
  list.insertAdjacentHTML('beforeend', html);
  if (list.children.length >= Number(more.dataset.total)) more.remove();
};
)js";

std::string actor_of(const std::string& member) { return "urn:li:person:" + member; }

std::string query_value(const request& request, std::string_view name) {
  const auto query = http::server::parse_query(request.query);
  if (!query) return {};
  for (const auto& [key, value] : *query) {
    if (key == name) return value;
  }
  return {};
}

std::optional<boost::json::object> body_of(const request& request) {
  base::json::cursor ignored;
  auto document = base::json::parse(request.body, ignored);
  if (!document || !document->is_object()) return std::nullopt;
  return std::move(document->get_object());
}

/// Ends the session: redirects to the sign-in, and deletes the cookie.
verdict sign_out(std::string_view up) {
  auto out = redirect(fmt::format("{}login", up));
  out.response.headers.push_back({"set-cookie", "li_at=delete me; Path=/; Max-Age=0; HttpOnly"});
  return out;
}

std::string reaction_buttons(const std::string& mine) {
  std::string menu;
  for (const auto& each : reactions)
    menu +=
        fmt::format("<button aria-label=\"React {}\" data-type=\"{}\">{}</button>", each.name, each.type, each.name);
  return fmt::format(
      "<div class=\"reactions\"><button class=\"react-button__trigger\" aria-pressed=\"{}\" "
      "aria-label=\"React Like\">Like</button><div class=\"reactions-menu\" hidden>{}</div></div>",
      mine.empty() ? "false" : "true", menu);
}

}  // namespace

bool web_posts::owns(std::string_view path) {
  return path.starts_with(post_path) || path == reactions_path || path == comments_path || path == challenge_path;
}

verdict web_posts::answer(const request& request, base::timestamp now) {
  if (request.path == challenge_path)
    return page("Let’s do a quick security check", "<iframe id=\"captcha-internal\" title=\"Puzzle\"></iframe>");
  if (request.path.starts_with(post_path)) {
    if (request.method != verb::get) return refuse(method_not_allowed());
    auto urn = request.path.substr(post_path.size());
    if (urn.ends_with('/')) urn.pop_back();
    return show_post(request, urn);
  }
  const auto member = people_.member_of(request);
  if (member.empty()) return refuse(unauthorized());
  if (request.method == verb::get && request.path == comments_path) return more_comments(request, member);
  if (request.method != verb::post) return refuse(method_not_allowed());
  auto token = cookie_of(request, "JSESSIONID");
  std::erase(token, '"');
  if (token.empty() || request.find("csrf-token") != token) return refuse(response::text(403, "CSRF check failed."));
  return request.path == reactions_path ? react(request, member, now) : comment(request, member, now);
}

verdict web_posts::show_post(const request& request, const std::string& urn) const {
  const auto member = people_.member_of(request);
  if (member.empty()) return sign_out("../../../");
  const auto how = shown_to(member, urn);
  if (how == "checkpoint") return redirect("../../../checkpoint/challenge/");
  if (how == "gone") {
    auto none = page("This post cannot be displayed", "");
    none.response.status = 404;
    none.decided = decision::refused;
    return none;
  }
  const auto total = social_.comments_below(urn).size();
  std::string box;
  if (how != "no_comments")
    box =
        "<div class=\"comments-comment-box\"><div class=\"ql-editor\" contenteditable=\"true\" aria-label=\"Text "
        "editor for "
        "creating content\"></div><button class=\"comments-comment-box__submit-button--cr\" "
        "hidden>Comment</button></div>";
  std::string more;
  if (total > comments_a_page)
    more = fmt::format(
        "<button class=\"comments-comments-list__load-more-comments-button\" data-total=\"{}\">Load more "
        "comments</button>",
        total);
  auto shown = page("Post", fmt::format("<div class=\"feed-shared-update-v2\" data-urn=\"{}\">{}{}<div "
                                        "class=\"comments-comments-list\">{}</div>{}</div><script>{}</script>",
                                        as_html(urn), reaction_buttons(social_.reaction_of(actor_of(member), urn)), box,
                                        comments_html(member, urn, 0), more, script));
  if (how == "other_language") {
    const std::string_view english = "<html lang=\"en\">";
    shown.response.body.replace(shown.response.body.find(english), english.size(), "<html lang=\"de\">");
  }
  if (cookie_of(request, "JSESSIONID").empty())
    shown.response.headers.push_back(
        {"set-cookie", fmt::format("JSESSIONID=\"ajax:{}\"; Path=/", base::random_token(12))});
  return shown;
}

verdict web_posts::react(const request& request, const std::string& member, base::timestamp now) {
  const auto body = body_of(request);
  const auto type = body ? text_at(*body, "reactionType") : std::string{};
  const auto urn = query_value(request, "threadUrn");
  const bool is_known =
      std::any_of(reactions.begin(), reactions.end(), [&](const auto& each) { return each.type == type; });
  if (!is_known || !urn.starts_with("urn:li:")) return refuse(refusal(400, "INVALID_REQUEST", "No such reaction"));
  return social_.react_as(actor_of(member), urn, type, now);
}

verdict web_posts::comment(const request& request, const std::string& member, base::timestamp now) {
  const auto body = body_of(request);
  const auto* commentary = body ? body->if_contains("commentary") : nullptr;
  const auto text = commentary != nullptr && commentary->is_object() ? text_at(commentary->get_object(), "text") : "";
  const auto urn = body ? text_at(*body, "threadUrn") : std::string{};
  if (text.empty() || !urn.starts_with("urn:li:")) return refuse(refusal(400, "INVALID_REQUEST", "No such comment"));
  const auto how = shown_to(member, urn);
  if (how == "no_comments" || how == "refused_comments") return refuse(forbidden("comments.CREATE"));
  const auto before = social_.comments_below(urn).size();
  auto made = social_.comment_as(actor_of(member), urn, text, now);
  made.response = response::text(201, comments_html(member, urn, before));
  return made;
}

verdict web_posts::more_comments(const request& request, const std::string& member) const {
  const auto start = query_value(request, "start");
  std::size_t from = 0;
  std::from_chars(start.data(), start.data() + start.size(), from);
  const auto urn = query_value(request, "threadUrn");
  return {response::text(200, comments_html(member, urn, from)), decision::done, urn, {}};
}

std::string web_posts::comments_html(const std::string& member, const std::string& urn, std::size_t from) const {
  std::string made;
  const auto all = social_.comments_below(urn);
  for (std::size_t i = from; i < std::min(all.size(), from + comments_a_page); ++i) {
    const bool is_own = all[i].actor == actor_of(member);
    made += fmt::format(
        "<article class=\"comments-comment-entity\" data-id=\"urn:li:comment:({},{})\"><span "
        "class=\"comments-comment-meta__data\">Somebody{}</span><div "
        "class=\"comments-comment-item__main-content\">{}</div></article>",
        as_html(urn), all[i].id, is_own ? " • You" : "", as_html(all[i].text));
  }
  return made;
}

std::string web_posts::shown_to(const std::string& member, const std::string& urn) const {
  if (const auto found = shows_.find(member); found != shows_.end()) return found->second;
  const auto found = shows_.find(urn);
  return found == shows_.end() ? std::string{} : found->second;
}

complaint web_posts::show(const boost::json::object& command) {
  constexpr std::array<std::string_view, 7> known{
      "", "checkpoint", "signed_out", "no_comments", "refused_comments", "gone", "other_language"};
  const auto of = text_at(command, "of");
  const auto how = text_at(command, "shows");
  if (of.empty() || std::find(known.begin(), known.end(), how) == known.end())
    return "site takes of and shows: checkpoint, signed_out, no_comments, refused_comments, gone, other_language or "
           "\"\"";
  if (how == "signed_out") {
    people_.end_sessions(of);
  } else if (how.empty()) {
    shows_.erase(of);
  } else {
    shows_[of] = how;
  }
  return std::nullopt;
}

}  // namespace pulse::sandbox::linkedin
