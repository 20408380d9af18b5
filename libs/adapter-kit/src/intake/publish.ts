import { crashPoint, type InboundEvent } from '@assistant/contracts';
import type { Bus } from '@assistant/bus';
import { metrics, type Logger, type Span } from '@assistant/telemetry';

/** Why an event is not for the assistant; it is counted and not stored. */
const ignoredBecause = ({ sender, message, type }: InboundEvent): 'bot' | 'not-addressed' | undefined => {
  if (sender.kind !== 'user') return 'bot';
  // Edits and recalls concern a message that was let in; core decides.
  return type === 'message.created' && !message.addressed ? 'not-addressed' : undefined;
};

/**
 * Publishes what the assistant has to answer. Resolves only after the store's confirmation; throws
 * `store_unavailable` without it, and then the platform must not be told that all is well.
 */
export const publishEvents = async (bus: Bus, log: Logger, events: readonly InboundEvent[], span: Span): Promise<void> => {
  await Promise.all(
    events.map(async (event) => {
      const { platform, conversation } = event.from;
      const ignored = ignoredBecause(event);
      if (ignored !== undefined) return metrics.inbound.inc({ platform, result: ignored });
      const receipt = await bus.publishInbound(event, span.traceparent);
      crashPoint('edge-after-puback');
      metrics.inbound.inc({ platform, result: receipt.duplicate ? 'duplicate' : 'accepted' });
      if (log.isEnabled('debug')) {
        log.debug(receipt.duplicate ? 'a message came again' : 'a message was accepted', {
          hop: 'intake.publish',
          platform,
          conversation,
          sequence: receipt.sequence,
          trace_id: span.traceId,
        });
      }
    }),
  );
};
