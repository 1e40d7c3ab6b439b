#include "persistence/audit/verify_all.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <sstream>

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
  out << (has_known ? ", as when the head was exported" : "") << " (" << std::fixed << std::setprecision(3)
      << took.count() << " s)\n";
}

}  // namespace

base::result<std::vector<exported_head>, std::string> parse_heads(const std::string& text) {
  std::vector<exported_head> made;
  std::istringstream lines{text};
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    auto read = base::json::read<exported_head>(line);
    if (read.has_error()) return "line " + std::to_string(made.size() + 1) + " is no head of an audit chain";
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
  verification running{tenant_id, key, std::move(known)};
  bool has_more = true;
  while (has_more) {
    // A step may run twice: each begins with a copy.
    auto stepped = engine.transact_now(std::nullopt, [&running](transaction& tx) {
      auto next = running;
      const bool more = next.step(tx);
      return std::pair{std::move(next), more};
    });
    if (stepped.has_error()) return stepped.error();
    running = std::move(stepped->first);
    has_more = stepped->second;
  }
  return std::move(running.found());
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
