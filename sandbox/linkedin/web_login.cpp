#include "sandbox/linkedin/web_login.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "sandbox/core/form.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/linkedin/web_page.hpp"

namespace pulse::sandbox::linkedin {

namespace {

using http::server::request;
using http::server::response;
using http::server::verb;

constexpr std::string_view form_path = "/login";
constexpr std::string_view submit_path = "/checkpoint/lg/login-submit";
constexpr std::string_view code_path = "/checkpoint/challenge/verify";
constexpr std::string_view feed_path = "/feed/";
constexpr std::chrono::minutes challenge_lives{10};
constexpr int wrong_codes_max = 3;
constexpr std::chrono::seconds session_lives{365 * 24 * 3'600};

std::string alert(std::string_view id, std::string_view text) {
  return fmt::format("<div id=\"{}\" role=\"alert\">{}</div>", id, text);
}

/// The sign-in form, with the same token as its cookie. Paths are relative, because the site is below /linkedin/. Like
/// real sites, it requests a picture from another host.
std::string sign_in_form(const request& request, std::string_view token, std::string_view up,
                         const std::string& wrong) {
  const auto host = request.find("host").value_or("localhost");
  const auto port = host.find(':') == host.npos ? std::string_view{} : host.substr(host.find(':'));
  return fmt::format(
      "<img alt=\"\" src=\"http://localhost{}/linkedin/px.gif\"><form method=\"post\" "
      "action=\"{}checkpoint/lg/login-submit\">"
      "<input type=\"hidden\" name=\"loginCsrfParam\" value=\"{}\"><label>Email or phone<input id=\"username\" "
      "name=\"session_key\"></label><label>Password<input id=\"password\" type=\"password\" "
      "name=\"session_password\"></label>{}<button type=\"submit\">Sign in</button></form>",
      port, up, token, wrong);
}

verdict code_form(std::string_view challenge_id, std::string_view up, const std::string& wrong) {
  return page("Let’s do a quick verification",
              fmt::format("<form method=\"post\" action=\"{}challenge/verify\"><input type=\"hidden\" "
                          "name=\"challengeId\" value=\"{}\"><label>Enter the code<input "
                          "id=\"input__phone_verification_pin\" name=\"pin\" inputmode=\"numeric\"></label>{}<button "
                          "id=\"two-step-submit-button\" type=\"submit\">Submit</button></form>",
                          up, challenge_id, wrong));
}

}  // namespace

web_login::web_login()
    : people_{{"ada@linkedin.test", {"seven quiet bicycles", "", "", "ada"}},
              {"two@linkedin.test", {"seven quiet bicycles", "314159", "", "two"}},
              {"puzzle@linkedin.test", {"seven quiet bicycles", "", "captcha", "puzzle"}},
              {"elsewhere@linkedin.test", {"seven quiet bicycles", "", "elsewhere", "elsewhere"}}} {}

bool web_login::owns(std::string_view path) {
  return path == form_path || path == submit_path || path == code_path || path == feed_path;
}

verdict web_login::answer(const request& request, base::timestamp now) {
  const auto wants = request.path == form_path || request.path == feed_path ? verb::get : verb::post;
  if (request.method != wants) return refuse(response::text(405, "Method Not Allowed"));
  if (request.path == form_path) return show_form(request);
  if (request.path == submit_path) return take_form(request, now);
  if (request.path == code_path) return check_code(request, now);
  return show_feed(request);
}

verdict web_login::show_form(const request& request) const {
  const auto token = base::random_token(18);
  auto shown = page("Sign in", sign_in_form(request, token, "", ""));
  shown.response.headers.push_back({"set-cookie", "bcookie=" + token + "; Path=/; HttpOnly"});
  return shown;
}

verdict web_login::take_form(const request& request, base::timestamp now) {
  const auto form = read_form(request.body);
  const auto token = value_of(form, "loginCsrfParam");
  if (token.empty() || token != cookie_of(request, "bcookie")) return refuse(response::text(403, "CSRF check failed"));
  const auto again = [&](std::string_view id, std::string_view text) {
    auto shown = page("Sign in", sign_in_form(request, token, "../../", alert(id, text)));
    shown.decided = decision::refused;
    return shown;
  };
  const auto found = people_.find(value_of(form, "session_key"));
  if (found == people_.end())
    return again("error-for-username", "Couldn’t find a LinkedIn account associated with this email.");
  if (value_of(form, "session_password") != found->second.password)
    return again("error-for-password", "That’s not the right password.");
  if (found->second.challenge == "captcha")
    return page("Let’s do a quick security check", "<iframe id=\"captcha-internal\" title=\"Puzzle\"></iframe>");
  if (found->second.challenge == "elsewhere") {
    const auto host = request.find("host").value_or("localhost");
    const auto port = host.find(':') == host.npos ? std::string_view{} : host.substr(host.find(':'));
    return redirect(fmt::format("http://localhost{}/linkedin/elsewhere", port));
  }
  if (found->second.code.empty()) return grant_session(found->first);
  const auto id = base::random_token(18);
  challenges_[id] = {found->first, now + challenge_lives, 0};
  return code_form(id, "../", "");
}

verdict web_login::check_code(const request& request, base::timestamp now) {
  const auto form = read_form(request.body);
  const auto found = challenges_.find(value_of(form, "challengeId"));
  if (found == challenges_.end() || found->second.until < now)
    return page("This has expired", alert("challenge-over", "Sign in once more."));
  if (value_of(form, "pin") == people_[found->second.email].code) {
    const auto email = found->second.email;
    challenges_.erase(found);
    return grant_session(email);
  }
  if (++found->second.wrong == wrong_codes_max) {
    challenges_.erase(found);
    return page("Too many attempts", alert("challenge-over", "Sign in once more."));
  }
  auto shown = code_form(found->first, "../", alert("error-for-pin", "That’s not the right code."));
  shown.decided = decision::refused;
  return shown;
}

verdict web_login::grant_session(const std::string& email) {
  const auto li_at = "AQED" + base::random_token(48);
  by_cookie_[token_hash(li_at)] = {email, people_[email].user_id};
  auto in = redirect("../../feed/");  // both forms are two folders below the site's front
  in.response.headers.push_back(
      {"set-cookie", fmt::format("li_at={}; Path=/; Max-Age={}; HttpOnly", li_at, session_lives.count())});
  in.response.headers.push_back({"set-cookie", fmt::format("JSESSIONID=\"ajax:{}\"; Path=/", base::random_token(12))});
  return in;
}

verdict web_login::show_feed(const request& request) const {
  if (member_of(request).empty()) return redirect("../login");
  return page("Feed", "<p id=\"signed-in\">You are signed in.</p>");
}

std::string web_login::member_of(const request& request) const {
  const auto found = by_cookie_.find(token_hash(cookie_of(request, "li_at")));
  return found == by_cookie_.end() ? std::string{} : found->second.user_id;
}

void web_login::end_sessions(const std::string& user_id) {
  std::erase_if(by_cookie_, [&user_id](const auto& each) { return each.second.user_id == user_id; });
}

boost::json::array web_login::sessions() const {
  boost::json::array all;
  for (const auto& [hash, one] : by_cookie_) all.push_back({{"li_at", hash}, {"email", one.email}});
  return all;
}

}  // namespace pulse::sandbox::linkedin
