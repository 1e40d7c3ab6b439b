#include "persistence/engagement/automation.hpp"

namespace pulse::persistence::automation {

namespace {

constexpr statement select_settings{"find_member_automation", R"sql(
  SELECT likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days, works_from_minute, works_until_minute, reactions,
         comment_language, comment_characters, comment_examples, ask_by_mail
  FROM member_automation WHERE tenant_id = pulse_tenant() AND member_id = $1)sql"};

constexpr statement select_phrases{"list_avoid_phrases", R"sql(
  SELECT id, phrase, created_at FROM avoid_phrases WHERE tenant_id = pulse_tenant() ORDER BY lower(phrase), id LIMIT 200)sql"};

constexpr statement store_settings{"store_member_automation", R"sql(
  INSERT INTO member_automation (tenant_id, member_id, likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days,
                                 works_from_minute, works_until_minute, reactions, comment_language, comment_characters, comment_examples, updated_at, ask_by_mail)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10, $11::text[], $12, $13, $14::text[], $15, $16)
  ON CONFLICT (tenant_id, member_id) DO UPDATE
    SET likes = excluded.likes, comments = excluded.comments, confirm = excluded.confirm, acts_a_day = excluded.acts_a_day,
        least_gap_minutes = excluded.least_gap_minutes, time_zone = excluded.time_zone, working_days = excluded.working_days,
        works_from_minute = excluded.works_from_minute, works_until_minute = excluded.works_until_minute, reactions = excluded.reactions,
        comment_language = excluded.comment_language, comment_characters = excluded.comment_characters,
        comment_examples = excluded.comment_examples, ask_by_mail = excluded.ask_by_mail, updated_at = excluded.updated_at)sql"};

struct member_texts {
  std::string profile;
  std::string tone;
};
BOOST_DESCRIBE_STRUCT(member_texts, (), (profile, tone))

constexpr statement find_texts{"find_member_texts", R"sql(
  SELECT profile_markdown AS profile, tone FROM members WHERE tenant_id = pulse_tenant() AND id = $1 AND is_active)sql"};

constexpr statement insert_one_phrase{"insert_avoid_phrase", R"sql(
  INSERT INTO avoid_phrases (tenant_id, id, phrase, created_at) SELECT pulse_tenant(), $1::uuid, $2::text, $3::timestamptz
  WHERE (SELECT count(*) FROM avoid_phrases WHERE tenant_id = pulse_tenant()) < $4::bigint)sql"};

constexpr statement remove_one_phrase{"remove_avoid_phrase",
                                      "DELETE FROM avoid_phrases WHERE tenant_id = pulse_tenant() AND id = $1"};

}  // namespace

bound_query<avoid_phrase> list_phrases() { return {select_phrases}; }

domain::engagement::automation_settings find(transaction& tx, const base::uuid& member_id) {
  using domain::engagement::automation_settings;
  return tx.execute(select_settings, member_id).first<automation_settings>().value_or(automation_settings{});
}

void store(transaction& tx, const base::uuid& member_id, const domain::engagement::automation_settings& settings,
           base::timestamp now) {
  tx.queue(store_settings, member_id, settings.likes, settings.comments, settings.confirm, settings.acts_a_day,
           settings.least_gap_minutes, settings.time_zone, settings.working_days, settings.works_from_minute,
           settings.works_until_minute, settings.reactions, settings.comment_language, settings.comment_characters,
           settings.comment_examples, now, settings.ask_by_mail);
}

std::optional<domain::engagement::comment_sources> comment_sources_of(transaction& tx, const base::uuid& member_id) {
  auto texts = tx.execute(find_texts, member_id).first<member_texts>();
  if (!texts) return std::nullopt;
  auto settings = find(tx, member_id);
  domain::engagement::comment_sources made;
  made.profile = std::move(texts->profile);
  made.tone = std::move(texts->tone);
  made.examples = std::move(settings.comment_examples);
  made.language = std::move(settings.comment_language);
  made.most_characters = settings.comment_characters;
  for (auto& each : list_phrases().all(tx)) made.avoid_phrases.push_back(std::move(each.phrase));
  return made;
}

bool insert_phrase(transaction& tx, const avoid_phrase& made) {
  return tx.execute(insert_one_phrase, made.id, made.phrase, made.created_at, avoid_phrases_max).affected() == 1;
}

bool remove_phrase(transaction& tx, const base::uuid& id) { return tx.execute(remove_one_phrase, id).affected() == 1; }

}  // namespace pulse::persistence::automation
