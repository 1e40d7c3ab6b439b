// Which deliveries a new time of their post reaches.
#pragma once

// Whether a delivery d gets another time when its post is moved or sent now: it waits, for its first or its next
// attempt. One keeps its own time when an earlier attempt may be live, also where the platform has been asked since and
// did not list it, because the engine knows that by the delivery's time; and one with handles, which are of an upload
// or a thread that is half done.
#define PULSE_IS_MOVABLE                                                                                       \
  "(d.state = 'waiting' AND d.doubt_until IS NULL AND coalesce(d.handles, '{}') = '{}' AND (d.attempt = 0 OR " \
  "NOT EXISTS (SELECT FROM publish_events u WHERE u.tenant_id = d.tenant_id AND u.post_id = d.post_id AND "    \
  "u.delivery_id = d.id AND u.type = 'PublishOutcomeUnknown')))"
