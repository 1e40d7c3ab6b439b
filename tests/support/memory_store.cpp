#include "tests/support/memory_store.hpp"

#include <algorithm>

#include "actors/system/lease.hpp"
#include "domain/events/sentences.hpp"

namespace pulse::support {

template <class Value>
void memory_store::go(call which, std::function<Value()> what, std::function<void(Value)> done, Value no_answer) {
  ++counts_[which];
  switch (moods_[which]) {
    case mood::prompt: return done(what());
    case mood::slow:
      return waiting_.push_back([value = std::make_shared<Value>(what()), done] { done(std::move(*value)); });
    case mood::late: return waiting_.push_back([what, done] { done(what()); });
    case mood::refusing:
    case mood::silent: return done(std::move(no_answer));
    case mood::in_doubt: what(); return done(std::move(no_answer));
  }
}

void memory_store::become(mood how) {
  for (const auto which : {call::take, call::past, call::load, call::claim, call::record, call::keep, call::content,
                           call::tenants, call::enter, call::renew, call::hand_over}) {
    moods_[which] = how;
  }
}

void memory_store::release() {
  auto now = std::exchange(waiting_, {});
  for (auto& each : now) each();
}

int memory_store::count() const {
  int all = 0;
  for (const auto& [which, count] : counts_) all += count;
  return all;
}

void memory_store::take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) {
  go<taken>(call::take,
            [this, tenant_id] {
              taken answer{.answered = true,
                           .fence = tables_.take_tenant(tenant_id, node_id_, clock_.now()),
                           .owner = {},
                           .starts = nullptr,
                           .blocks = nullptr};
              if (const auto found = tables_.tenants.find(tenant_id); found != tables_.tenants.end())
                answer.owner = found->second.owner;
              if (answer.fence) {
                answer.starts = std::make_shared<std::vector<persistence::past_start>>(tables_.starts(tenant_id));
                answer.blocks = std::make_shared<std::vector<persistence::rate_limits::block>>(
                    tables_.blocks(tenant_id, clock_.now()));
              }
              return answer;
            },
            std::move(done), {});
}

void memory_store::load_past(const base::uuid& tenant_id, std::function<void(std::shared_ptr<past>)> done) {
  go<std::shared_ptr<past>>(
      call::past,
      [this, tenant_id] {
        return std::make_shared<past>(past{tables_.starts(tenant_id), tables_.blocks(tenant_id, clock_.now())});
      },
      std::move(done), nullptr);
}

void memory_store::load_agenda(const base::uuid& tenant_id, std::int64_t fence, const persistence::agenda_part& part,
                               std::function<void(std::shared_ptr<persistence::agenda_rows>)> done) {
  using rows = std::shared_ptr<persistence::agenda_rows>;
  go<rows>(
      call::load,
      [this, tenant_id, fence, part] {
        if (part.has_ended) tables_.with_ended.erase(tenant_id);
        return std::make_shared<persistence::agenda_rows>(
            persistence::agenda_rows{.entries = tables_.agenda(tenant_id, node_id_, fence, part),
                                     .limits = tables_.limits,
                                     .apps = tables_.apps,
                                     .has_rules = tables_.has_rules});
      },
      std::move(done), nullptr);
}

void memory_store::claim(persistence::intent what, persistence::delivery_ledger::claim_done done) {
  using answer = std::pair<persistence::ledger_answer, std::optional<persistence::claimed_content>>;
  go<answer>(
      call::claim,
      [this, what] {
        auto won = tables_.claim(node_id_, what);
        const auto word = won ? persistence::ledger_answer::done : persistence::ledger_answer::refused;
        return answer{word, std::move(won)};
      },
      [done = std::move(done)](answer said) { done(said.first, std::move(said.second)); },
      {moods_[call::claim] == mood::refusing ? persistence::ledger_answer::refused : persistence::ledger_answer::failed,
       std::nullopt});
}

void memory_store::record(std::shared_ptr<const persistence::delivery_change> what,
                          persistence::delivery_ledger::record_done done) {
  go<persistence::ledger_answer>(
      call::record,
      [this, what] {
        return tables_.record(node_id_, *what) ? persistence::ledger_answer::done : persistence::ledger_answer::refused;
      },
      std::move(done), persistence::ledger_answer::failed);
}

void memory_store::keep_handles(persistence::intent of, persistence::attempt_handles handles,
                                std::function<void(bool)> done) {
  go<bool>(
      call::keep,
      [this, of = std::move(of), handles = std::move(handles)] { return tables_.keep(node_id_, of, handles); },
      std::move(done), false);
}

void memory_store::find_content(const base::uuid&, const base::uuid& delivery_id,
                                std::function<void(std::shared_ptr<persistence::claimed_content>)> done) {
  using found = std::shared_ptr<persistence::claimed_content>;
  go<found>(
      call::content,
      [this, delivery_id]() -> found {
        auto what = tables_.content(delivery_id);
        return what ? std::make_shared<persistence::claimed_content>(std::move(*what)) : nullptr;
      },
      std::move(done), nullptr);
}

void memory_store::tenants_with_work(base::timestamp until,
                                     std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) {
  using ids = std::shared_ptr<std::vector<base::uuid>>;
  go<ids>(
      call::tenants,
      [this, until] {
        return std::make_shared<std::vector<base::uuid>>(tables_.tenants_with_work(node_id_, until, clock_.now()));
      },
      std::move(done), nullptr);
}

void memory_store::enter(std::function<void(entry_answer)> done) {
  go<entry_answer>(call::enter,
                   [this, now = clock_.now()] {
                     if (clock_gap.at_least() > actors::clock_gap::unbearable)
                       return entry_answer{.word = entry_word::clock_apart, .clock = clock_gap};
                     auto& until = tables_.nodes[node_id_];
                     until = std::max<base::timestamp>(until, now + actors::lease::length);
                     return entry_answer{.word = entry_word::done, .clock = clock_gap};
                   },
                   std::move(done), {});
}

void memory_store::renew_lease(int tenants, std::function<void(lease_answer)> done) {
  // The moment counts at which it was asked, as in the real one.
  go<lease_answer>(call::renew,
                   [this, tenants, now = clock_.now()] {
                     lease_answer answer{.word = lease_word::over, .ends = {}, .clock = clock_gap, .others = {}};
                     for (const auto& [id, until] : tables_.nodes) {
                       if (id != node_id_ && until > now) answer.others.push_back({id, tables_.shares[id]});
                     }
                     answer.ends = tables_.lease_ends(node_id_, now + actors::lease::ends_ahead);
                     const auto found = tables_.nodes.find(node_id_);
                     if (found == tables_.nodes.end()) return answer;
                     found->second = std::max<base::timestamp>(found->second, now + actors::lease::length);
                     tables_.shares[node_id_] = tenants;
                     answer.word = lease_word::renewed;
                     return answer;
                   },
                   std::move(done), {});
}

void memory_store::hand_over(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& to,
                             std::function<void(bool)> done) {
  go<bool>(
      call::hand_over,
      [this, tenant_id, fence, to] {
        const bool is_done = tables_.hand_over(tenant_id, node_id_, fence, to, clock_.now());
        if (is_done) tables_.told.emplace_back(to, tenant_id);
        return is_done;
      },
      std::move(done), false);
}

void memory_store::append_event(persistence::events::event what) {
  ++counts_[call::append_event];
  tables_.events.push_back({what.delivery_id.value_or(base::uuid{}), what.channel_id.value_or(base::uuid{}),
                            std::string{base::to_name(domain::kind_of(what.facts))}, domain::sentence_of(what.facts),
                            what.at});
}

void memory_store::notify_owner(const base::uuid& node_id, const base::uuid& tenant_id) {
  tables_.told.emplace_back(node_id, tenant_id);
}

}  // namespace pulse::support
