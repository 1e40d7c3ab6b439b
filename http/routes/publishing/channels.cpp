#include "http/routes/publishing/channels.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/publishing/channel.hpp"
#include "http/api/idempotency.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace accounts = persistence::accounts;
namespace channels = persistence::channels;
namespace logins = persistence::social_accounts;
using persistence::secret_box;
using persistence::transaction;

using channel_name = base::text<1, channels::name_characters_max>;

/// A platform account as a person enters it. The token is never shown again.
struct account_credentials {
  base::text<1, 255> external_user_id;
  std::optional<base::text<0, 255>> handle;
  base::text<1, 4096> access_token;
};
BOOST_DESCRIBE_STRUCT(account_credentials, (), (external_user_id, handle, access_token))

struct create_channel_request {
  base::uuid project_id;
  domain::channel_type type = domain::channel_type::website;
  std::optional<channel_name> name;  // default: the platform's name and the account's handle
  std::optional<account_credentials> account;
  std::optional<base::uuid> account_id;  // instead: a connected account of GET /channels/{provider}/connections
};
BOOST_DESCRIBE_STRUCT(create_channel_request, (), (project_id, type, name, account, account_id))

struct update_channel_request {
  std::optional<channel_name> name;
  std::optional<bool> is_active;
  std::optional<account_credentials> account;
};
BOOST_DESCRIBE_STRUCT(update_channel_request, (), (name, is_active, account))

struct list_channels_query : page_request {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(list_channels_query, (page_request), (project_id))

std::optional<problem> check_name(const std::optional<channel_name>& name) {
  if (name && is_blank(name->value)) return problems::invalid_field("/name", "must not be blank");
  return std::nullopt;
}

/// Tokens and ids are sent in headers and addresses of the platform.
std::optional<problem> check_account(const account_credentials& given) {
  const auto is_printable = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  };
  std::vector<field_error> errors;
  constexpr std::string_view unprintable = "must be printable ASCII without spaces";
  if (!is_printable(given.external_user_id.value))
    errors.push_back(at_field("/account/external_user_id", std::string{unprintable}));
  if (!is_printable(given.access_token.value))
    errors.push_back(at_field("/account/access_token", std::string{unprintable}));
  if (errors.empty()) return std::nullopt;
  return problems::invalid_fields(std::move(errors));
}

std::optional<problem> check(const create_channel_request& wanted) {
  if (auto wrong = check_name(wanted.name)) return wrong;
  const auto platform = std::string{base::to_name(wanted.type)};
  if (domain::needs_account(wanted.type)) {
    if (wanted.account && wanted.account_id)
      return problems::invalid_field("/account_id", "must be left out when account is given");
    if (wanted.account_id) return std::nullopt;
    if (!wanted.account) return problems::invalid_field("/account", "is required for channels of type " + platform);
    return check_account(*wanted.account);
  }
  if (wanted.account_id)
    return problems::invalid_field("/account_id",
                                   fmt::format("must be left out: channels of type {} have none", platform));
  if (wanted.account)
    return problems::invalid_field("/account",
                                   fmt::format("must be left out: channels of type {} have none", platform));
  return std::nullopt;
}

accounts::connection to_connection(domain::channel_type type, const account_credentials& given) {
  auto handle = plain(given.handle);
  if (handle && handle->starts_with('@')) handle->erase(0, 1);
  return {.platform = type,
          .external_user_id = given.external_user_id.value,
          .handle = std::move(handle),
          .access_token = base::secret{given.access_token.value}};
}

std::string default_name(domain::channel_type type, const std::optional<accounts::connection>& account) {
  std::string name{domain::display_name(type)};
  if (!account) return name;
  const auto who = account->handle && !account->handle->empty() ? "@" + *account->handle : account->external_user_id;
  // Cuts between characters, because handles may be of any script.
  auto room = channels::name_characters_max - name.size() - 1;
  name += ' ';
  for (std::size_t i = 0; i < who.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(who[i]) & 0xc0) != 0x80;
    if (begins_character && room-- == 0) break;
    name += who[i];
  }
  return name;
}

/// Cuts between characters, because names may be of any script.
std::string cut_name(std::string name) {
  auto room = channels::name_characters_max;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(name[i]) & 0xc0) != 0x80;
    if (begins_character && room-- == 0) {
      name.resize(i);
      break;
    }
  }
  return name;
}

struct wanted_channel {
  channels::draft draft;
  std::optional<accounts::connection> account;
  base::uuid new_account_id;
  base::uuid member_id;
  base::timestamp now;
};

/// Within a transaction: creates the account, then the channel, or finds the existing one.
reply<channel> create_or_find(transaction& tx, wanted_channel wanted, const secret_box& secrets) {
  if (!persistence::projects::exists(tx, wanted.draft.project_id)) {
    return no_such_project(at_field("/project_id", "is no project here"));
  }
  if (wanted.account) {
    persistence::lock_tenant(tx);
    wanted.draft.account_id = accounts::store(tx, *wanted.account, secrets, wanted.new_account_id, wanted.now);
    channels::reactivate(tx, *wanted.draft.account_id, wanted.member_id, wanted.now);
  }
  if (wanted.draft.account_id && !wanted.account) {
    const auto chosen = logins::find_account(*wanted.draft.account_id).first(tx);
    if (!chosen || chosen->platform != wanted.draft.type) {
      return problems::invalid_field(
          "/account_id", fmt::format("is no connected account of type {} here", base::to_name(wanted.draft.type)));
    }
    if (wanted.draft.name.empty()) {
      const auto& named = chosen->name.empty() ? chosen->handle : chosen->name;
      wanted.draft.name =
          cut_name(std::string{domain::display_name(wanted.draft.type)} + (named.empty() ? "" : " " + named));
    }
  }
  const bool made = channels::insert(tx, wanted.draft, wanted.now);
  auto found = channels::find_same(tx, wanted.draft);
  if (!found) {  // removed at this very moment
    return problems::conflict("conflict", "The channel was removed at the same moment. Send the request again.");
  }
  auto location = "/channels/" + base::to_string(found->id);
  return reply<channel>{with_capabilities(std::move(*found))}
      .status(made ? 201 : 200)
      .with("location", std::move(location));
}

asio::awaitable<reply<channel>> create_channel(request_context& context, in_body<create_channel_request> from) {
  const auto& body = from.value;
  if (auto wrong = check(body)) co_return std::move(*wrong);
  const auto now = context.services.clock.now();
  wanted_channel wanted{.draft = {.id = base::new_uuid(now),
                                  .project_id = body.project_id,
                                  .type = body.type,
                                  .name = {},
                                  .account_id = std::nullopt},
                        .account = std::nullopt,
                        .new_account_id = base::new_uuid(now),
                        .member_id = context.principal.member_id,
                        .now = now};
  if (body.account) wanted.account = to_connection(body.type, *body.account);
  wanted.draft.account_id = body.account_id;
  wanted.draft.name = text_or(body.name, body.account_id ? "" : default_name(body.type, wanted.account));
  auto job = [wanted, &secrets = context.services.secrets](transaction& tx) -> reply<channel> {
    return create_or_find(tx, wanted, secrets);
  };
  auto answer = co_await create_once(context, std::move(job));
  // A new token may release deliveries that were held.
  if (answer.why() == nullptr && body.account) co_await notify_engine(context);
  co_return answer;
}

asio::awaitable<reply<page<channel>>> list_channels(request_context& context, in_query<list_channels_query> query) {
  auto found =
      co_await read_all_in(context, query->project_id, channels::list(query->project_id, bounds_of(query.value)));
  if (!found) co_return found.error();
  std::vector<channel> rows;
  for (auto& row : *found) rows.push_back(with_capabilities(std::move(row)));
  co_return reply_page(context, make_page(std::move(rows), query.value, key_of_created<channel>));
}

asio::awaitable<reply<channel>> get_channel(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, channels::find(path->id), "channel");
  if (!found) co_return found.error();
  co_return with_capabilities(std::move(*found));
}

struct channel_update {
  base::uuid id;
  channels::changes changes;
  std::optional<account_credentials> account;
  base::uuid new_account_id;
  base::uuid member_id;
  base::timestamp now;
};

result<channel> apply(transaction& tx, const channel_update& wanted, const secret_box& secrets) {
  persistence::lock_tenant(tx);
  auto found = channels::find(wanted.id).first(tx);
  if (!found) return problems::not_found("channel");
  if (wanted.account) {
    if (!found->account) {
      return problems::invalid_field(
          "/account", fmt::format("must be left out: channels of type {} have none", base::to_name(found->type)));
    }
    // Deliveries that are under way, or must be looked up, belong to the account that sent them.
    if (found->account->external_user_id != wanted.account->external_user_id.value) {
      return problems::invalid_field("/account/external_user_id",
                                     "is another account than the channel's; make another channel for it");
    }
    const auto account_id =
        accounts::store(tx, to_connection(found->type, *wanted.account), secrets, wanted.new_account_id, wanted.now);
    channels::reactivate(tx, account_id, wanted.member_id, wanted.now);
  }
  auto changed = channels::update(tx, wanted.id, wanted.changes, wanted.member_id, wanted.now);
  if (!changed) return problems::not_found("channel");
  return with_capabilities(std::move(*changed));
}

asio::awaitable<reply<channel>> update_channel(request_context& context, in_path<by_id> path,
                                               in_body<update_channel_request> from) {
  const auto& body = from.value;
  if (auto wrong = check_name(body.name)) co_return std::move(*wrong);
  if (body.account) {
    if (auto wrong = check_account(*body.account)) co_return std::move(*wrong);
  }
  const auto now = context.services.clock.now();
  channel_update wanted{.id = path->id,
                        .changes = {.name = plain(body.name), .is_active = body.is_active},
                        .account = body.account,
                        .new_account_id = base::new_uuid(now),
                        .member_id = context.principal.member_id,
                        .now = now};
  auto job = [wanted, &secrets = context.services.secrets](transaction& tx) -> result<channel> {
    return apply(tx, wanted, secrets);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (body.account || body.is_active) co_await notify_engine(context);
  co_return std::move(*done);
}

asio::awaitable<reply<nothing>> delete_channel(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, who = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<nothing> {
    if (!channels::remove(tx, id, who, now)) return problems::not_found("channel");
    return nothing{};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return nothing{};
}

}  // namespace

channel with_capabilities(persistence::channels::channel row) {
  const auto type = row.type;
  return {{std::move(row)}, domain::capabilities_of(type)};
}

void add_channels(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::post, "/channels", permission::manage_channels, &create_channel,
      "Connect a project to a platform, or find the channel that does",
      {.success = 201,
       .also = 200,
       .idempotent = true,
       .problems = {404, 409},
       .description = "201 with a new channel, 200 with the project's existing channel of this type and account. "
                      "A project has one website channel. A known account that is sent again gets its new token, and "
                      "channels that were switched off because the old token was refused are switched on again."});
  routes.add(verb::get, "/channels", permission::read_channels, &list_channels, "List the channels, newest first",
             {.problems = {404}});
  routes.add(verb::get, "/channels/{id}", permission::read_channels, &get_channel, "Read a channel",
             {.problems = {404}});
  routes.add(
      verb::patch, "/channels/{id}", permission::manage_channels, &update_channel,
      "Change a channel, switch it on or off, or give its account a new token",
      {.problems = {404},
       .description = "While a channel is off, its waiting deliveries are held. Omitted fields keep their values."});
  routes.add(
      verb::delete_, "/channels/{id}", permission::manage_channels, &delete_channel, "Remove a channel",
      {.success = 204,
       .problems = {404},
       .description =
           "Waiting deliveries are cancelled. Those that may be live since an earlier attempt become unconfirmed, for "
           "a person to decide. Those being sent finish. Published posts stay at the platform."});
}

}  // namespace pulse::http::routes
