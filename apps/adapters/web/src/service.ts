import type { Service } from '@assistant/service';
import { webSection } from './config';
import { createRoutes } from './routes';
import { openSigner } from './signer';
import { StreamLimit } from './stream-limit';
import { WebChat } from './web-chat';

/** The web chat: its API under /api/chat, over the bus alone. Any number of replicas may run. */
export const webAdapter: Service = {
  name: 'adapter-web',
  sections: [webSection],
  start: async (context) => {
    const { bus, config, log, onStop } = context;
    const { signer, close } = await openSigner(bus.settings);
    onStop('visitor key', close);
    const streams = new StreamLimit();
    onStop('event streams', () => streams.endAll());
    const routes = createRoutes({ chat: new WebChat(bus, log, () => context.draining), bus, signer, streams, log, settings: () => config.get(webSection) });
    return {
      routes,
      health: () => {
        if (!config.get(webSection).enabled) return { status: 'ok', detail: 'off (platforms.web.enabled)' };
        return bus.status.connected
          ? { status: 'ok', detail: '' }
          : { status: 'degraded', detail: 'NATS is away: messages are answered with 503 until it is back' };
      },
      drain: async () => streams.endAll(),
    };
  },
};
