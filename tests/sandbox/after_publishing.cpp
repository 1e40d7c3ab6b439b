// The connectors' actions on published posts, against every stand-in: deleting, editing, counting.
#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include "connectors/all.hpp"
#include "connectors/roles/edit.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"
#include "domain/platforms/platform.hpp"
#include "sandbox/core/figures.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::measure_kind;
using connectors::removal_kind;
using domain::channel_type;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

struct platform_case {
  channel_type type;
  std::string user;
  std::string account_id;  // what the connector is given
  bool needs_picture = false;
  domain::chosen_options options{};
};

const std::vector<platform_case>& cases() {
  static const std::vector<platform_case> all{
      {channel_type::x, "1001", "1001"},
      {channel_type::linkedin, "abc", "abc"},
      {channel_type::facebook, "102", "102"},
      {channel_type::instagram, "17841400000000001", "17841400000000001", true},
      {channel_type::threads, "17841400000000002", "17841400000000002"},
      {channel_type::pinterest, "178", "178", true},
      {channel_type::tiktok,
       "-000u",
       "-000u",
       true,
       {{"privacy_level", "PUBLIC_TO_EVERYONE"}, {"disclosure", "own_brand"}}},
      {channel_type::mastodon, "42", "42@sandbox.test"},
  };
  return all;
}

/// Every platform's settings as development has them, with the sandbox where the platform would be.
domain::setting_values settings_at(const std::string& url) {
  domain::setting_values values;
  for (const auto& platform : domain::platforms()) {
    for (const auto& each : platform.settings) {
      auto text = std::string{each.sandbox_text.empty() ? each.default_text : each.sandbox_text};
      for (auto at = text.find('{'); at != std::string::npos; at = text.find('{')) {
        const auto end = text.find('}', at);
        const auto name = text.substr(at + 1, end - at - 1);
        const bool is_here = name == "SANDBOX_URL" || name == "API_BASE_URL";
        text.replace(at, end - at + 1, is_here ? url : values[name]);
      }
      values.set(each.name, text);
    }
  }
  return values;
}

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{.user_given = connectors::reach::internet_and_loopback}, clock};
  domain::setting_values settings = settings_at(box.url());
  connectors::connector_registry all = connectors::connect_all(
      {.settings = settings, .client = client, .clock = clock, .public_url = box.url(), .website = {}});

  fixture() {
    for (const auto& each : cases())
      box.add_account("token-" + each.user, each.user, "acme", std::string{base::to_name(each.type)});
  }
  ~fixture() { client.stop(); }

  connectors::credentials account(const platform_case& of) const {
    return {of.account_id, "acme", base::secret{"token-" + of.user}};
  }

  /// The id of a post that is live.
  std::string publish(const platform_case& of, const std::string& text) {
    connectors::publication what;
    what.post_id = what.delivery_id = base::new_uuid(clock.now());
    what.title = "Title";
    what.text = text;
    what.options = of.options;
    if (of.needs_picture)
      what.media.push_back({domain::media_kind::image, box.url("/_sandbox/image.jpg"), "A picture"});
    what.started_at = what.due_at = clock.now();
    what.timeout = 10s;
    what.account = account(of);
    what.keep = [](const auto&, const std::function<void(bool)>& then) { then(true); };
    awaited<connectors::publish_reply> reply;
    all.find(of.type)->publish(std::move(what), reply.callback());
    const auto outcome = reply.get().outcome;
    INFO(base::to_name(of.type) << ": " << outcome.reason);
    REQUIRE(outcome.kind == outcome_kind::published);
    return outcome.external_id.value_or("");
  }
  connectors::removal_reply remove(const platform_case& of, const std::string& id) {
    awaited<connectors::removal_reply> reply;
    all.find_role<connectors::removes>(of.type)->remove({id, account(of), 5s}, reply.callback());
    return reply.get();
  }
  connectors::removal_reply edit(const platform_case& of, const std::string& id, const std::string& text) {
    awaited<connectors::removal_reply> reply;
    all.find_role<connectors::edits>(of.type)->edit({id, text, account(of), 5s}, reply.callback());
    return reply.get();
  }
  connectors::measure_reply measure(const platform_case& of, const std::string& id) {
    awaited<connectors::measure_reply> reply;
    all.find_role<connectors::measures>(of.type)->measure({id, account(of), 5s}, reply.callback());
    return reply.get();
  }
  void fault(const platform_case& of, const std::string& rest) {
    box.add_fault(R"({"platform":")" + std::string{base::to_name(of.type)} + R"(",)" + rest + "}");
  }
};

}  // namespace

TEST_CASE("a connector has the roles that its platform's description promises, and no others") {
  fixture with;
  for (const auto& each : domain::platforms()) {
    INFO(each.name);
    CHECK(each.can.can_delete == (with.all.find_role<connectors::removes>(each.type) != nullptr));
    CHECK(each.can.can_edit == (with.all.find_role<connectors::edits>(each.type) != nullptr));
    CHECK(each.can.can_measure == (with.all.find_role<connectors::measures>(each.type) != nullptr));
  }
}

TEST_CASE("what is published is deleted, once and once more, and is counted no longer") {
  fixture with;
  for (const auto& each : cases()) {
    INFO(base::to_name(each.type));
    if (with.all.find_role<connectors::removes>(each.type) == nullptr) continue;
    const auto id = with.publish(each, "To be deleted");
    CHECK(with.remove(each, id).kind == removal_kind::gone);
    CHECK(with.remove(each, id).kind == removal_kind::gone);
    const auto counted = with.measure(each, id);
    INFO(counted.reason);
    CHECK(counted.kind == measure_kind::gone);
  }
}

TEST_CASE("what people made of a post is told as the platform counts it") {
  fixture with;
  for (const auto& each : cases()) {
    INFO(base::to_name(each.type));
    const auto id = with.publish(each, "To be counted");
    const auto counted = with.measure(each, id);
    INFO(counted.reason);
    REQUIRE(counted.kind == measure_kind::counted);
    const auto expected = sandbox::figures_of(id);
    CHECK(counted.figures.likes == expected.likes);
    CHECK(counted.figures.comments == expected.comments);
    if (counted.figures.shares) CHECK(counted.figures.shares == expected.shares);
    if (counted.figures.views) CHECK(counted.figures.views == expected.views);
  }
}

TEST_CASE("the words of a post are changed where the platform lets them be, and of no post that is gone") {
  fixture with;
  int edited = 0;
  for (const auto& each : cases()) {
    INFO(base::to_name(each.type));
    if (with.all.find_role<connectors::edits>(each.type) == nullptr) continue;
    const auto id = with.publish(each, "Old words");
    CHECK(with.edit(each, id, "New (words) & signs").kind == removal_kind::done);
    const auto everything = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
    const auto state = boost::json::serialize(everything.at("platforms").at(base::to_name(each.type)));
    CHECK(state.find("New (words) & signs") != std::string::npos);
    CHECK(state.find("Old words") == std::string::npos);
    with.remove(each, id);
    const auto gone = with.edit(each, id, "Too late");
    CHECK((gone.kind == removal_kind::gone || gone.kind == removal_kind::refused));
    ++edited;
  }
  CHECK(edited == 3);
}

TEST_CASE("a platform that is busy, refuses the account or answers nothing has deleted nothing for sure") {
  fixture with;
  for (const auto& each : cases()) {
    if (with.all.find_role<connectors::removes>(each.type) == nullptr) continue;
    INFO(base::to_name(each.type));
    const auto id = with.publish(each, "To stay");
    with.fault(each, R"("kind":"status","status":503)");
    CHECK(with.remove(each, id).kind == removal_kind::later);
    with.fault(each, R"("kind":"drop_before")");
    CHECK(with.remove(each, id).kind == removal_kind::later);
    with.fault(each, R"("kind":"status","status":401)");
    CHECK(with.remove(each, id).kind == removal_kind::auth_expired);
    with.fault(each, R"("kind":"accept_then_drop")");
    CHECK(with.remove(each, id).kind == removal_kind::later);
    CHECK(with.remove(each, id).kind == removal_kind::gone);  // it was carried out, and nobody heard so
  }
}
