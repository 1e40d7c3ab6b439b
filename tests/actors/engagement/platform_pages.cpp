// Tracked pages that are read at their platform with a company's login: which login is used, and what the answer leads
// to.
#include <future>

#include <catch2/catch.hpp>

#include "actors/engagement/page_sources.hpp"
#include "persistence/engagement/page_logins.hpp"
#include "persistence/engagement/pages.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
using domain::channel_type;
using domain::page_kind;
using persistence::transaction;

/// A platform whose pages can be read, and nothing else.
class readable final : public connectors::connector, public connectors::reads_pages {
 public:
  readable(channel_type type, std::vector<connectors::page_look>& asked, connectors::page_reading answer)
      : type_(type), asked_(asked), answer_(std::move(answer)) {}
  channel_type type() const override { return type_; }
  void publish(connectors::publication, std::function<void(connectors::publish_reply)>) override {}
  void reconcile(connectors::publication, std::function<void(domain::reconciliation)>) override {}
  void read_page(connectors::page_look what, std::function<void(connectors::page_reading)> done) override {
    asked_.push_back(std::move(what));
    done(answer_);
  }

 private:
  const channel_type type_;
  std::vector<connectors::page_look>& asked_;
  const connectors::page_reading answer_;
};

constexpr persistence::statement insert_login{"insert_login_in_test", R"sql(
  INSERT INTO social_accounts (tenant_id, id, platform, external_user_id, name, scope, access_token, connected_by, purpose, created_at, updated_at)
  VALUES (pulse_tenant(), $1, 'linkedin', 'ada', 'Ada', $2, $3, $4, 'engage', $5, $5))sql"};

struct page_fixture {
  publishing_store store;
  company of = store.add_company();
  persistence::secret_box box = test_box();
  base::manual_clock clock{noon()};
  connectors::egress client{{}, clock};
  std::vector<connectors::page_look> asked;
  connectors::connector_registry platforms;

  explicit page_fixture(connectors::page_reading answer = {}) {
    for (const auto type : {channel_type::linkedin, channel_type::facebook, channel_type::instagram})
      platforms.add(std::make_unique<readable>(type, asked, answer));
  }
  ~page_fixture() {
    client.stop();
    store.engine().stop();
  }

  void connect_linkedin(const std::string& scope) {
    const auto id = base::new_uuid(noon());
    const persistence::bytes token{
        box.seal("token of ada", persistence::social_accounts::token_place(of.id, id, "access_token"))};
    store.as(of, [&](transaction& tx) { tx.execute(insert_login, id, scope, token, of.owner_id, noon()); });
  }
  void connect(channel_type platform, const std::string& id, const std::string& handle) {
    store.as(of, [&](transaction& tx) {
      persistence::accounts::store(tx, {platform, id, handle, base::secret{"token of " + handle}}, box,
                                   base::new_uuid(noon()), noon());
    });
  }
  persistence::polls::page_answer look(page_kind kind, const std::string& url) {
    persistence::polls::due_page page;
    page.tenant_id = of.id;
    page.id = base::new_uuid(noon());
    page.kind = kind;
    page.url = url;
    std::promise<persistence::polls::page_answer> answer;
    page_sources({store.engine(), box, clock, client, platforms})(
        page, [&answer](persistence::polls::page_answer made) { answer.set_value(std::move(made)); });
    return answer.get_future().get();
  }
};

connectors::page_reading two_posts() {
  connectors::page_reading made;
  made.posts = {{"urn:li:share:2", "https://www.linkedin.com/feed/update/urn:li:share:2/", "Second", noon() - 1h},
                {"urn:li:share:1", "https://www.linkedin.com/feed/update/urn:li:share:1/", "First", noon() - 2h}};
  made.organization = "urn:li:organization:7";
  return made;
}

}  // namespace

TEST_CASE(
    "a page at LinkedIn is read by a login that may read organizations, oldest post first, each to be engaged with") {
  page_fixture with{two_posts()};
  with.connect_linkedin("openid,r_organization_social");
  const auto read = with.look(page_kind::linkedin, "https://www.linkedin.com/company/halden-bikes");
  REQUIRE(with.asked.size() == 1);
  CHECK(with.asked[0].name == "halden-bikes");
  CHECK(with.asked[0].account.access_token.reveal() == "token of ada");
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0].urn == "urn:li:share:1");
  CHECK(read.posts[0].source == persistence::tracked_posts::post_source::linkedin);
  CHECK(read.organization == "urn:li:organization:7");
}

TEST_CASE("without such a login LinkedIn is not called, and the page gets posts by link until one is connected") {
  page_fixture with{two_posts()};
  with.connect_linkedin("openid,w_member_social");
  CHECK_FALSE(with.look(page_kind::linkedin, "https://www.linkedin.com/company/halden-bikes").has_source);
  CHECK(with.asked.empty());
}

TEST_CASE("an unreadable LinkedIn page is due once a login that may read it is connected") {
  page_fixture with;
  const auto id = base::new_uuid(noon());
  with.store.as(with.of, [&](transaction& tx) {
    persistence::tracked_pages::insert(tx,
                                       {.id = id,
                                        .kind = page_kind::linkedin,
                                        .url = "https://www.linkedin.com/company/halden-bikes",
                                        .name = "Halden Bikes",
                                        .feed_url = std::nullopt,
                                        .organization = std::nullopt,
                                        .added_by = with.of.owner_id},
                                       noon());
    tx.execute({"rest_page_in_test", "UPDATE tracked_pages SET next_poll_at = NULL"});
  });
  const auto due = [&] {
    return with.store.as(with.of, [](transaction& tx) {
      return tx.execute({"count_due_in_test", "SELECT FROM tracked_pages WHERE next_poll_at IS NOT NULL"}).size();
    });
  };
  with.connect_linkedin("openid");
  CHECK(due() == 0);
  with.store.as(with.of, [&](transaction& tx) {
    tx.execute({"widen_login_in_test",
                "UPDATE social_accounts SET scope = 'openid,r_organization_social', updated_at = updated_at"});
  });
  CHECK(due() == 1);
}

TEST_CASE(
    "a Facebook Page is read as itself, Instagram as any account of the company, and without one it says what to do") {
  page_fixture with;
  CHECK(with.look(page_kind::facebook, "https://www.facebook.com/acme").problem->find("Connect it") !=
        std::string::npos);
  CHECK(with.look(page_kind::instagram, "https://www.instagram.com/halden").problem->find("Connect one") !=
        std::string::npos);
  CHECK(with.asked.empty());
  with.connect(channel_type::facebook, "100", "Other");
  with.connect(channel_type::facebook, "200", "Acme");
  with.connect(channel_type::instagram, "300", "acme");
  CHECK_FALSE(with.look(page_kind::facebook, "https://www.facebook.com/acme").problem.has_value());
  CHECK_FALSE(with.look(page_kind::instagram, "https://www.instagram.com/halden").problem.has_value());
  REQUIRE(with.asked.size() == 2);
  CHECK(with.asked[0].account.external_user_id == "200");
  CHECK(with.asked[1].account.external_user_id == "300");
  CHECK(with.asked[1].name == "halden");
}

TEST_CASE("a page that cannot be read is reported, and polled again later") {
  page_fixture with{
      {.posts = {}, .organization = std::nullopt, .problem = "LinkedIn answered 500.", .retry_at = noon() + 1h}};
  with.connect_linkedin("r_organization_social");
  const auto read = with.look(page_kind::linkedin, "https://www.linkedin.com/company/halden-bikes");
  CHECK(read.problem == "LinkedIn answered 500.");
  CHECK(read.has_source);
  CHECK(read.retry_at == noon() + 1h);
}

}  // namespace pulse::actors
