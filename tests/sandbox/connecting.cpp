// Connecting accounts at the stand-ins as at the platforms: pages, codes, proofs, tokens.
#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/all.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::authorization;
using connectors::authorized;
using connectors::grant;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};
const std::string verifier(64, 'v');

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  domain::setting_values settings;
  connectors::authorizer_registry providers;

  fixture() {
    for (const auto& platform : domain::platforms()) {
      for (const auto& each : platform.settings) {
        std::string text{each.sandbox_text.empty() ? each.default_text : each.sandbox_text};
        if (const auto at = text.find("{SANDBOX_URL}"); at != text.npos) text.replace(at, 13, box.url());
        settings.set(each.name, text);
      }
    }
    providers = connectors::authorize_all({settings, client, clock, "http://pulse.test", {}});
  }
  ~fixture() { client.stop(); }

  connectors::oauth_app app(const std::string& name) const {
    const auto* scope = name == "tiktok" ? "user.info.basic,user.info.profile,video.publish" : "all";
    return {"sandbox-" + name + "-app", base::secret{"sandbox-" + name + "-secret"}, "http://pulse.test/back", scope};
  }
  connectors::egress_reply open(const std::string& url) {
    connectors::egress_request request;
    request.url = url;
    request.address = connectors::trust::platform;
    return tests::call(client, request);
  }
  /// Presses a button of the page, and gives the address that the browser is sent to.
  std::string press(const std::string& name, const std::string& decision) {
    const auto url = providers.at(name)->start_url(app(name), "state-1", verifier);
    const auto page = open(url);
    CAPTURE(page.body);
    CHECK(page.status == 200);
    const auto user = page.body.find("user=");
    REQUIRE(user != std::string::npos);
    const auto id = page.body.substr(user + 5, page.body.find('"', user) - user - 5);
    const auto sent = open(url + "&decision=" + decision + "&user=" + id);
    CHECK(sent.status == 302);
    return std::string{sent.find("location").value_or("")};
  }
  std::string code(const std::string& name) {
    const auto back = press(name, "allow");
    CHECK(back.starts_with("http://pulse.test/back?code="));
    CHECK(back.ends_with("&state=state-1"));
    const auto begin = back.find("code=") + 5;
    return back.substr(begin, back.find('&') - begin);
  }
  authorized<authorization> exchange(const std::string& name, const std::string& with_code,
                                     const std::string& proof = verifier) {
    awaited<authorized<authorization>> got;
    providers.at(name)->exchange(app(name), with_code, proof, got.callback());
    return got.get();
  }
  authorized<grant> refresh(const std::string& name, grant old) {
    awaited<authorized<grant>> got;
    providers.at(name)->refresh(app(name), std::move(old), got.callback());
    return got.get();
  }
};

}  // namespace

TEST_CASE("every provider connects an account, and its code is good once") {
  const auto name = GENERATE(std::string{"x"}, std::string{"linkedin"}, std::string{"meta"}, std::string{"threads"},
                             std::string{"pinterest"}, std::string{"tiktok"});
  CAPTURE(name);
  fixture with;
  const auto code = with.code(name);
  const auto got = with.exchange(name, code);
  REQUIRE(got.has_value());
  CHECK_FALSE(got->accounts.empty());
  CHECK_FALSE(got->user_id.empty());
  CHECK(got->tokens.expires_at);
  const auto again = with.exchange(name, code);
  REQUIRE(again.has_error());
  CHECK(again.error().why == connectors::authorization_failure::kind::refused);
  CHECK(with.press(name, "deny") == "http://pulse.test/back?error=access_denied&state=state-1");
}

TEST_CASE("a code is not good with another secret, another way back or another proof") {  // asvs: 3.7.2
  fixture with;
  CHECK(with.exchange("x", with.code("x"), std::string(64, 'w')).has_error());
  for (const auto* change : {"secret", "redirect"}) {
    auto app = with.app("linkedin");
    if (change == std::string{"secret"}) app.client_secret = base::secret{"wrong"};
    if (change == std::string{"redirect"}) app.redirect_uri = "http://pulse.test/elsewhere";
    awaited<authorized<authorization>> got;
    with.providers.at("linkedin")->exchange(app, with.code("linkedin"), verifier, got.callback());
    const auto answer = got.get();
    REQUIRE(answer.has_error());
    CHECK(answer.error().why == connectors::authorization_failure::kind::app);
  }
}

TEST_CASE("Mastodon: an app is registered at its instance, and its code is good once, with its proof, there") {
  fixture with;
  auto& mastodon = *with.providers.at("mastodon");
  auto* instances = dynamic_cast<connectors::registers_apps*>(&mastodon);
  REQUIRE(instances != nullptr);
  connectors::oauth_app wanted;
  wanted.redirect_uri = "http://pulse.test/back";
  wanted.scope = "read:accounts read:statuses write:statuses write:media";
  wanted.instance = "sandbox.example.org";
  awaited<authorized<connectors::oauth_app>> registered;
  instances->register_app(wanted, registered.callback());
  const auto app = registered.get();
  REQUIRE(app.has_value());
  CHECK(app->instance == "sandbox.example.org");
  const auto url = mastodon.start_url(*app, "state-1", verifier);
  const auto code_of = [&] {
    const auto page = with.open(url);
    CAPTURE(page.body);
    CHECK(page.status == 200);
    const auto sent = with.open(url + "&decision=allow&user=109000000000000001");
    const std::string back{sent.find("location").value_or("")};
    REQUIRE(back.starts_with("http://pulse.test/back?code="));
    return back.substr(28, back.find('&') - 28);
  };
  const auto exchange = [&](connectors::oauth_app by, const std::string& code, const std::string& proof) {
    awaited<authorized<authorization>> got;
    mastodon.exchange(std::move(by), code, proof, got.callback());
    return got.get();
  };
  const auto code = code_of();
  const auto got = exchange(*app, code, verifier);
  REQUIRE(got.has_value());
  REQUIRE(got->accounts.size() == 1);
  CHECK(got->user_id == "109000000000000001@sandbox.example.org");
  CHECK(got->accounts[0].handle == "pulse_demo@sandbox.example.org");
  CHECK_FALSE(got->tokens.expires_at);
  CHECK_FALSE(mastodon.can_refresh(got->tokens));
  using kind = connectors::authorization_failure::kind;
  CHECK(exchange(*app, code, verifier).error().why == kind::refused);
  CHECK(exchange(*app, code_of(), std::string(64, 'w')).error().why == kind::refused);
  auto stranger = *app;
  stranger.client_secret = base::secret{"wrong"};
  CHECK(exchange(stranger, code_of(), verifier).error().why == kind::app);
  auto elsewhere = *app;
  elsewhere.redirect_uri = "http://pulse.test/elsewhere";
  CHECK(with.open(mastodon.start_url(elsewhere, "s", verifier)).status == 400);
  auto wider = *app;
  wider.scope = "read write admin:read";
  CHECK(with.open(mastodon.start_url(wider, "s", verifier)).status == 400);
  const auto denied = with.open(url + "&decision=deny");
  CHECK(denied.find("location") == "http://pulse.test/back?error=access_denied&state=state-1");
}

TEST_CASE("Bluesky: an account is connected by its name and an app password, and its session is renewed once a token") {
  fixture with;
  auto* signing = dynamic_cast<connectors::signs_in*>(with.providers.at("bluesky").get());
  REQUIRE(signing != nullptr);
  const auto sign_in = [&](const std::string& name, const std::string& password) {
    awaited<authorized<authorization>> got;
    signing->sign_in(name, base::secret{password}, got.callback());
    return got.get();
  };
  const auto got = sign_in(" @Pulse-Demo.bsky.social", "sand-boxx-pass-word");
  REQUIRE(got.has_value());
  CHECK(got->user_id == "did:plc:sandboxdemo234567abcdefg");
  REQUIRE(got->accounts.size() == 1);
  CHECK(got->accounts[0].handle == "pulse-demo.bsky.social");
  CHECK(got->tokens.expires_at == with.clock.now() + 2h);
  CHECK(got->tokens.refresh_expires_at == with.clock.now() + 90 * 24h);
  using kind = connectors::authorization_failure::kind;
  CHECK(sign_in("pulse-demo.bsky.social", "wrong").error().why == kind::refused);
  CHECK(sign_in("nobody.bsky.social", "sand-boxx-pass-word").error().why == kind::refused);
  CHECK(sign_in("pulse", "sand-boxx-pass-word").error().why == kind::refused);
  auto old = got->tokens;
  old.user_id = got->user_id;
  const auto fresh = with.refresh("bluesky", old);
  REQUIRE(fresh.has_value());
  CHECK(fresh->refresh_token->reveal() != old.refresh_token->reveal());
  CHECK(with.refresh("bluesky", old).error().why == kind::refused);
  auto next = *fresh;
  next.user_id = got->user_id;
  with.box.add_fault(
      R"({"platform":"bluesky","kind":"status","status":503,"match":{"path_prefix":"/xrpc/com.atproto.server"}})");
  CHECK(with.refresh("bluesky", next).error().why == kind::later);
  CHECK(with.refresh("bluesky", next).has_value());
}

TEST_CASE("a refresh token that rotates is used up by being used, and its second use ends the grant") {
  const auto name = GENERATE(std::string{"x"}, std::string{"pinterest"}, std::string{"tiktok"});
  CAPTURE(name);
  fixture with;
  const auto first = with.exchange(name, with.code(name));
  REQUIRE(first.has_value());
  REQUIRE(first->tokens.refresh_token);
  const auto second = with.refresh(name, first->tokens);
  REQUIRE(second.has_value());
  CHECK(second->refresh_token->reveal() != first->tokens.refresh_token->reveal());
  const auto reused = with.refresh(name, first->tokens);
  REQUIRE(reused.has_error());
  CHECK(reused.error().why == connectors::authorization_failure::kind::refused);
  CHECK(with.refresh(name, *second).has_error());
}

TEST_CASE("Pinterest: every board is an account, and a secret one says so") {
  fixture with;
  const auto got = with.exchange("pinterest", with.code("pinterest"));
  REQUIRE(got.has_value());
  REQUIRE(got->accounts.size() == 3);
  CHECK(got->accounts[0].platform == domain::channel_type::pinterest);
  CHECK(got->accounts[0].name == "Ideas");
  CHECK(got->accounts[0].external_user_id != got->user_id);
  CHECK(got->accounts[2].name == "Drafts (secret)");
  CHECK(got->tokens.refresh_expires_at == with.clock.now() + 60 * 24h);
}

TEST_CASE("TikTok: the proof is in hexadecimal, a refusal comes with 200, and a scope that was taken out is told") {
  fixture with;
  const auto url = with.providers.at("tiktok")->start_url(with.app("tiktok"), "state-1", verifier);
  CHECK(url.find("client_key=sandbox-tiktok-app") != std::string::npos);
  CHECK(url.find("code_challenge=" + base::to_hex(base::sha256(verifier))) != std::string::npos);
  const auto got = with.exchange("tiktok", with.code("tiktok"));
  REQUIRE(got.has_value());
  CHECK(got->accounts.at(0).handle == "pulse_demo");
  CHECK(got->accounts.at(0).platform == domain::channel_type::tiktok);
  CHECK(*got->tokens.expires_at - with.clock.now() == 24h);
  CHECK(*got->tokens.refresh_expires_at - with.clock.now() == 365 * 24h);
  const auto wrong = with.exchange("tiktok", with.code("tiktok"), std::string(64, 'w'));
  REQUIRE(wrong.has_error());
  CHECK(wrong.error().why == connectors::authorization_failure::kind::refused);
  auto less = with.app("tiktok");
  less.scope = "user.info.basic";
  const auto page = with.providers.at("tiktok")->start_url(less, "state-1", verifier);
  const auto sent = with.open(page + "&decision=allow&user=" + got->user_id);
  const std::string back{sent.find("location").value_or("")};
  const auto begin = back.find("code=") + 5;
  const auto limited = with.exchange("tiktok", back.substr(begin, back.find('&') - begin));
  REQUIRE(limited.has_error());
  CHECK(limited.error().why == connectors::authorization_failure::kind::unfinished);
}

TEST_CASE("Pinterest: the app proves itself in the header, and a wrong secret connects nobody") {
  fixture with;
  auto app = with.app("pinterest");
  app.client_secret = base::secret{"wrong"};
  awaited<authorized<authorization>> got;
  with.providers.at("pinterest")->exchange(app, with.code("pinterest"), verifier, got.callback());
  const auto answer = got.get();
  REQUIRE(answer.has_error());
  CHECK(answer.error().reason.find("Authentication failed") != std::string::npos);
}

TEST_CASE("Meta: the pages have tokens of their own, and their Instagram accounts are found") {
  fixture with;
  const auto got = with.exchange("meta", with.code("meta"));
  REQUIRE(got.has_value());
  REQUIRE_FALSE(got->accounts.empty());
  CHECK(got->accounts.back().platform == domain::channel_type::instagram);
  CHECK(got->accounts.back().access_token.reveal() != got->tokens.access_token.reveal());
  const auto longer = with.refresh("meta", got->tokens);
  REQUIRE(longer.has_value());
  CHECK(*longer->expires_at - with.clock.now() == 60 * 24h);
}
