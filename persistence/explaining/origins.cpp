#include "persistence/explaining/origins.hpp"

#include "persistence/postgres/statement.hpp"

namespace pulse::persistence::origins {

namespace {

constexpr int most_approvals = 100;

constexpr statement find_one{"find_origin_of_post", R"sql(
  SELECT i.id AS content_id, i.version AS content_version, i.rule_id, v.name AS rule_name, n.rule_version, i.run_id, i.template_version
  FROM content_items i
  LEFT JOIN automation_runs n ON n.tenant_id = i.tenant_id AND n.id = i.run_id
  LEFT JOIN automation_rule_versions v ON v.tenant_id = n.tenant_id AND v.rule_id = n.rule_id AND v.version = n.rule_version
  WHERE i.tenant_id = pulse_tenant() AND i.post_id = $1)sql"};

constexpr statement select_approvals{"select_origin_approvals", R"sql(
  SELECT coalesce(m.display_name, l.name, '') AS by, d.created_at AS at, d.decision = 'override' AS is_override
  FROM content_decisions d
  LEFT JOIN members m ON m.tenant_id = d.tenant_id AND m.id = d.member_id
  LEFT JOIN review_links l ON l.tenant_id = d.tenant_id AND l.id = d.review_link_id
  WHERE d.tenant_id = pulse_tenant() AND d.content_id = $1 AND d.version = $2 AND d.decision IN ('approve', 'override')
    AND (d.decision = 'override' OR d.round = (SELECT max(r.round) FROM content_decisions r
                                               WHERE r.tenant_id = d.tenant_id AND r.content_id = $1 AND r.version = $2))
  ORDER BY d.created_at, d.id LIMIT $3)sql"};

struct origin_row {
  base::uuid content_id;
  int content_version = 1;
  std::optional<base::uuid> rule_id;
  std::optional<std::string> rule_name;
  std::optional<int> rule_version;
  std::optional<base::uuid> run_id;
  std::optional<int> template_version;
};
BOOST_DESCRIBE_STRUCT(origin_row, (),
                      (content_id, content_version, rule_id, rule_name, rule_version, run_id, template_version))

}  // namespace

std::optional<origin> find(transaction& tx, const base::uuid& post_id) {
  auto found = tx.execute(find_one, post_id).first<origin_row>();
  if (!found) return std::nullopt;
  origin made{.content_id = found->content_id,
              .content_version = found->content_version,
              .rule_id = found->rule_id,
              .rule_name = std::move(found->rule_name),
              .rule_version = found->rule_version,
              .run_id = found->run_id,
              .template_version = found->template_version};
  made.approvals =
      tx.execute(select_approvals, made.content_id, made.content_version, most_approvals).all<origin_approval>();
  return made;
}

}  // namespace pulse::persistence::origins
