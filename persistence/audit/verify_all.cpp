#include "persistence/audit/verify_all.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <iomanip>
#include <memory>
#include <ostream>
#include <sstream>

#include <fmt/core.h>

#include "base/json.hpp"

namespace pulse::persistence::audit {

namespace {

std::optional<exported_head> known_of(const std::vector<exported_head>& known, const base::uuid& tenant_id) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.company_id == tenant_id; });
  return found == known.end() ? std::nullopt : std::optional{*found};
}

void print(const base::uuid& tenant_id, const verdict& found, bool has_known, std::chrono::duration<double> took,
           std::ostream& out) {
  out << "company " << base::to_string(tenant_id) << ": ";
  if (!found.is_sound) {
    out << "NOT SOUND. " << found.problem << '\n';
    return;
  }
  out << "sound, " << found.entries << " entries";
  if (found.erased > 0) out << ", " << found.erased << " without their personal part";
  if (found.unsealed > 0) out << ", " << found.unsealed << " not sealed yet";
  if (found.events > 0) out << ", " << found.events << " events of the engine";
  if (found.events_unsealed > 0) out << ", " << found.events_unsealed << " events not sealed yet";
  if (found.restored > 0) out << ", " << found.restored << " entries about events before a restore not compared";
  out << (has_known ? ", as when the head was exported" : "") << " (" << std::fixed << std::setprecision(3)
      << took.count() << " s)\n";
}

/// Stretches of one chain that are read while others are judged, in the order of the chain. What `running` is given
/// does not change while they are read: nothing that `judge` writes is read by `read`.
class reading_ahead {
 public:
  reading_ahead(database& engine, const verification& running) : engine_(engine), running_(running) {
    while (coming_.size() < stretches_ahead) ask();
  }
  /// The caller may be gone when it returns.
  ~reading_ahead() {
    for (const auto& each : coming_) each.wait();
  }
  reading_ahead(const reading_ahead&) = delete;
  reading_ahead& operator=(const reading_ahead&) = delete;

  result<stretch> next() {
    auto arrived = coming_.front().get();
    coming_.pop_front();
    ask();
    return arrived;
  }

 private:
  /// From where the next lies when none is missing; when one is, judging ends there.
  void ask() {
    auto made = std::make_shared<std::promise<result<stretch>>>();
    coming_.push_back(made->get_future());
    engine_.transact(
        std::nullopt, [&running = running_, after = asked_](transaction& tx) { return running.read(tx, after); },
        [made](result<stretch> read) { made->set_value(std::move(read)); });
    asked_ += verification::stretch_rows;
  }

  database& engine_;
  const verification& running_;
  std::int64_t asked_ = 0;
  std::deque<std::future<result<stretch>>> coming_;
};

/// Judges every stretch, and the events that its entries tell of, until something is wrong or the end is reached.
result<void> judge_all(database& engine, verification& running) {
  reading_ahead ahead{engine, running};
  while (running.found().is_sound && running.found().entries < running.end()) {
    const auto arrived = ahead.next();
    if (arrived.has_error()) return arrived.error();
    bool goes_on = running.judge(*arrived);
    while (goes_on && running.has_events()) {
      const auto there =
          engine.transact_now(std::nullopt, [&running](transaction& tx) { return running.read_events(tx); });
      if (there.has_error()) return there.error();
      goes_on = running.judge_events(*there);
    }
  }
  if (!running.found().is_sound) return {};
  // A job may run twice: each run begins with a copy.
  auto finished = engine.transact_now(std::nullopt, [&running](transaction& tx) {
    auto last = running;
    last.finish(tx);
    return last;
  });
  if (finished.has_error()) return finished.error();
  running = std::move(*finished);
  return {};
}

result<bool> begins_anew(database& engine, verification& running) {
  if (running.found().is_sound) return false;
  auto begun = engine.transact_now(std::nullopt, [&running](transaction& tx) {
    auto next = running;
    const bool is_anew = next.begins_anew(tx);
    return std::pair{std::move(next), is_anew};
  });
  if (begun.has_error()) return begun.error();
  running = std::move(begun->first);
  return begun->second;
}

}  // namespace

base::result<std::vector<exported_head>, std::string> parse_heads(const std::string& text) {
  std::vector<exported_head> made;
  std::istringstream lines{text};
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    auto read = base::json::read<exported_head>(line);
    if (read.has_error()) return fmt::format("line {} is no head of an audit chain", made.size() + 1);
    made.push_back(std::move(*read));
  }
  return made;
}

std::optional<std::string> print_heads(database& engine, const base::signing_key& key, std::ostream& out) {
  const auto chains = engine.transact_now(std::nullopt, [](transaction& tx) { return find_chains(tx); });
  if (chains.has_error()) return chains.error().detail;
  for (const auto& tenant_id : *chains) {
    const auto head = engine.transact_now(std::nullopt, [&](transaction& tx) { return find_head(tx, tenant_id, key); });
    if (head.has_error()) return head.error().detail;
    if (!*head) continue;
    std::string line;
    base::json::write(line, **head);
    out << line << '\n';
  }
  return std::nullopt;
}

result<verdict> verify_one(database& engine, const base::uuid& tenant_id, const base::signing_key& key,
                           std::optional<exported_head> known) {
  // A job may run twice: each run begins with a copy.
  auto begun = engine.transact_now(std::nullopt, [&](transaction& tx) {
    verification fresh{tenant_id, key, known};
    fresh.begin(tx);
    return fresh;
  });
  if (begun.has_error()) return begun.error();
  for (;;) {
    const auto judged = judge_all(engine, *begun);
    if (judged.has_error()) return judged.error();
    const auto goes_on = begins_anew(engine, *begun);
    if (goes_on.has_error()) return goes_on.error();
    if (!*goes_on) return std::move(begun->found());
  }
}

bool verify_all(database& engine, const base::signing_key& key, const std::vector<exported_head>& known,
                std::ostream& out) {
  const auto chains = engine.transact_now(std::nullopt, [](transaction& tx) { return find_chains(tx); });
  if (chains.has_error()) {
    out << "The chains cannot be read: " << chains.error().detail << '\n';
    return false;
  }
  auto companies = *chains;
  for (const auto& each : known) {
    if (std::find(companies.begin(), companies.end(), each.company_id) == companies.end())
      companies.push_back(each.company_id);
  }
  bool are_sound = true;
  for (const auto& tenant_id : companies) {
    const auto start = std::chrono::steady_clock::now();
    const auto head = known_of(known, tenant_id);
    const auto found = verify_one(engine, tenant_id, key, head);
    if (found.has_error()) {
      out << "company " << base::to_string(tenant_id) << ": cannot be read: " << found.error().detail << '\n';
      are_sound = false;
      continue;
    }
    print(tenant_id, *found, head.has_value(), std::chrono::steady_clock::now() - start, out);
    are_sound = are_sound && found->is_sound;
  }
  if (companies.empty()) out << "There is no audit yet.\n";
  return are_sound;
}

}  // namespace pulse::persistence::audit
