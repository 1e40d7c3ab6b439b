-- Members whom requests let in by what is kept of them are confirmed many at a time, of any company (persistence/people/standing_confirmer).
GRANT SELECT (tenant_id, member_id, version) ON standing_versions TO pulse_engine;
