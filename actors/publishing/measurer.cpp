#include "actors/publishing/measurer.hpp"

#include <atomic>
#include <utility>

#include "actors/system/due_rows.hpp"
#include "connectors/roles/measure.hpp"
#include "domain/publishing/measuring.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/measurements.hpp"

namespace pulse::actors {

namespace rows = persistence::measurements;
using connectors::measure_kind;
using connectors::measure_reply;

struct measurer::state : std::enable_shared_from_this<measurer::state> {
  state(parts services_, options how_) : services(services_), how(how_) {}

  const parts services;
  const options how;
  std::atomic<bool> stopped{false};

  void poll(std::function<void(int)> done) {
    auto take = [now = services.clock.now(), how = how](persistence::transaction& tx) {
      return rows::take_due(tx, now, now + how.taken_for, how.at_once);
    };
    auto begin = [self = shared_from_this()](const rows::due_measurement& of, const taken_rows_ptr& taken) {
      self->measure(of, taken);
    };
    take_rows(services.database, std::move(take), std::move(begin), std::move(done));
  }

  void measure(const rows::due_measurement& of, const taken_rows_ptr& taken) {
    auto* const by = services.platforms.find_role<connectors::measures>(of.channel_type);
    if (by == nullptr || of.external_id.empty())
      return settle(of, {measure_kind::refused, {}, std::nullopt, "The platform tells no figures."}, taken);
    std::optional<base::secret> token;
    if (of.account_id && of.access_token && !of.access_token->value.empty()) {
      auto opened = services.secrets.open(of.access_token->value,
                                          persistence::accounts::token_place(of.tenant_id, *of.account_id));
      if (!opened.has_error()) token = base::secret{std::move(*opened)};
    }
    if (!token)
      return settle(of, {measure_kind::auth_expired, {}, std::nullopt, "The account must be connected again."}, taken);
    by->measure({of.external_id, {of.external_user_id.value_or(""), of.handle.value_or(""), *token}},
                [self = shared_from_this(), of, taken](measure_reply reply) { self->settle(of, reply, taken); });
  }

  void settle(const rows::due_measurement& of, const measure_reply& reply, const taken_rows_ptr& taken) {
    const auto now = services.clock.now();
    auto write = [of, reply, now](persistence::transaction& tx) { record(tx, of, reply, now); };
    services.database.transact(std::nullopt, std::move(write), [taken](persistence::result<void>) { taken->settle(); });
  }

  static void record(persistence::transaction& tx, const rows::due_measurement& of, const measure_reply& reply,
                     base::timestamp now) {
    switch (reply.kind) {
      case measure_kind::counted: {
        const rows::figures found{reply.figures.likes, reply.figures.comments, reply.figures.shares,
                                  reply.figures.views};
        return rows::store(tx, of, found, domain::next_measurement(of.published_at, now), now);
      }
      case measure_kind::gone:
        return rows::put_off(tx, of, std::nullopt, "There is no such post at the platform any more.", false);
      case measure_kind::refused: return rows::put_off(tx, of, std::nullopt, reply.reason, false);
      case measure_kind::auth_expired:
      case measure_kind::later: break;
    }
    const auto next = domain::retry_measurement(of.failures + 1, reply.retry_at, now);
    rows::put_off(tx, of, next, reply.reason, reply.retry_at.has_value());
  }
};

measurer::measurer(parts services, options how) : state_(std::make_shared<state>(services, how)) {}

void measurer::start() { poll_in_batches(state_); }

void measurer::poll(std::function<void(int)> done) { state_->poll(std::move(done)); }

void measurer::stop() { state_->stopped = true; }

}  // namespace pulse::actors
