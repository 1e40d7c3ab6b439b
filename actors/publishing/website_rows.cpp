#include "actors/publishing/website_rows.hpp"

#include <optional>
#include <string>
#include <utility>

#include "persistence/publishing/website_publications.hpp"

namespace pulse::actors {

namespace {

using connectors::website::store_result;
using connectors::website::website_publication;
namespace publications = persistence::website_publications;

store_result failed(const persistence::failure& why) {
  return {.certain = why.kind != persistence::failure_kind::in_doubt,
          .done = false,
          .problem = std::string{persistence::sentence(why.kind)}};
}

void store(persistence::database& database, website_publication what, std::function<void(store_result)> done) {
  auto write = [what = std::move(what)](persistence::transaction& tx) -> std::optional<publications::publication> {
    if (what.may_send && !what.may_send()) return std::nullopt;
    return publications::store(
        tx, what.tenant_id, {what.id, what.project_id, what.post_id, what.channel_id, "", what.text, what.published_at},
        {what.delivery_id, what.attempt});
  };
  database.transact(
      std::nullopt, std::move(write),
      [done = std::move(done)](persistence::result<std::optional<publications::publication>> answer) {
        if (answer.has_error()) return done(failed(answer.error()));
        const bool is_stored = answer->has_value();
        done({.certain = true, .done = is_stored, .problem = is_stored ? "" : "the attempt was given up meanwhile"});
      });
}

void find(persistence::database& database, base::uuid tenant_id, base::uuid id,
          std::function<void(store_result)> done) {
  database.transact(
      std::nullopt,
      [tenant_id, id](persistence::transaction& tx) { return publications::is_stored(tx, tenant_id, id); },
      [done = std::move(done)](persistence::result<bool> answer) {
        if (answer.has_value()) return done({.certain = true, .done = *answer, .problem = ""});
        // The read failed, which says nothing about what is there.
        auto unseen = failed(answer.error());
        unseen.certain = false;
        done(std::move(unseen));
      });
}

}  // namespace

connectors::website::website_store website_rows(persistence::database& database) {
  return {
      .store = [&database](
                   website_publication what,
                   std::function<void(store_result)> done) { store(database, std::move(what), std::move(done)); },
      .find = [&database](base::uuid tenant_id, base::uuid id,
                          std::function<void(store_result)> done) { find(database, tenant_id, id, std::move(done)); }};
}

}  // namespace pulse::actors
