import type { Provider } from '../providers/provider';
import type { Registry } from '../providers/registry';
import { spanned, type Journey } from './journey';
import type { Timeouts } from './watch';

/** Where a call goes. */
export interface Route {
  readonly provider: Provider;
  /** As the provider calls it. */
  readonly model: string;
  /** The model as a metric label: bounded, whatever callers write. */
  readonly label: string;
  readonly timeouts: Timeouts;
  readonly maxAttempts: number;
  /** The provider stays open, also through a change of the configuration, until this is called. */
  release(): void;
}

/** Finds the provider and model by the configuration in force at this moment. Throws `model_not_found`. */
export const route = (registry: Registry, journey: Journey): Route =>
  spanned(journey.span, 'call.route', () => {
    const found = registry.current.resolve(journey.call.model).open();
    journey.route = found;
    journey.span.set({ 'gen_ai.provider.name': found.provider.semanticName, 'gen_ai.request.model': found.model });
    return found;
  });
