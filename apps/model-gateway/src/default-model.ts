import type { Bus, Subscription } from '@assistant/bus';
import type { Registry } from './providers/registry';

const KEY = 'default_model';

/** The default that was chosen while running: the same for every replica, and after a restart. */
export class DefaultModel {
  readonly #bus: Bus;
  readonly #registry: Registry;

  private constructor(bus: Bus, registry: Registry) {
    this.#bus = bus;
    this.#registry = registry;
  }

  static async follow(bus: Bus, registry: Registry): Promise<{ readonly defaultModel: DefaultModel; readonly subscription: Subscription }> {
    const subscription = await bus.settings.watch(KEY, (value) => registry.choose(value === '' ? undefined : value));
    return { defaultModel: new DefaultModel(bus, registry), subscription };
  }

  /** Makes a model the default everywhere; an empty name goes back to the configured one. Throws `model_not_found`. */
  async choose(model: string): Promise<{ readonly previous: string; readonly current: string }> {
    const previous = this.#registry.current.defaultTarget.id;
    if (model === '' || model === 'default') {
      await this.#bus.settings.delete(KEY);
      this.#registry.choose(undefined);
    } else {
      const wanted = this.#registry.check(model);
      await this.#bus.settings.put(KEY, wanted);
      this.#registry.choose(wanted);
    }
    return { previous, current: this.#registry.current.defaultTarget.id };
  }
}
