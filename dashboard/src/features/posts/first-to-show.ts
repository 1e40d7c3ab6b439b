/** The delivery of a post that is shown until somebody chooses one. */
import type { Delivery } from '@/data/deliveries';
import type { Schemas } from '@/lib/api/client';

type Told = Schemas['delivery_explanation'];

/** First one that waits for a person, then failed, blocked, under way, and otherwise the first. */
export const firstToShow = (deliveries: Delivery[], told: readonly Told[]): Delivery | undefined => {
  const isHeld = (delivery: Delivery) =>
    delivery.state === 'waiting' &&
    told.some((each) => each.delivery_id === delivery.id && each.waits.some((wait) => wait.kind === 'channel'));
  return (
    deliveries.find((each) => each.state === 'unconfirmed' || each.asked_at) ??
    deliveries.find((each) => each.state === 'failed') ??
    deliveries.find(isHeld) ??
    deliveries.find((each) => each.state === 'sending' || each.state === 'unknown') ??
    deliveries[0]
  );
};
