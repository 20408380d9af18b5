import { AssistantError, mediaSchema, mediaSubject } from '@assistant/contracts';
import type { PartitionHolder } from '@assistant/bus';
import { publicUrlSection, turnsSection, type RunningService, type Service, type ServiceContext } from '@assistant/service';
import { Router } from 'express';
import { z } from 'zod';
import { AccountSet } from './account-set';
import { Dispatcher } from './delivery/dispatcher';
import { intake } from './intake/intake';
import { Pressure } from './intake/pressure';
import type { AccountTools, Platform } from './platform';
import { ownPoll } from './poller';

const mediaRequestSchema = z.object({ account: z.string(), media: mediaSchema });
const FETCH_MEDIA_MS = 30_000;

/** Makes a service of a platform: webhooks under `/api/<name>`, polling where configured, delivery of answers. */
export const createAdapterService = <Settings, Call>(platform: Platform<Settings, Call>): Service => ({
  name: `adapter-${platform.manifest.name}`,
  sections: [platform.section],
  start: (context) => startAdapter(platform, context),
});

const startAdapter = async <Settings, Call>(platform: Platform<Settings, Call>, context: ServiceContext): Promise<RunningService> => {
  const { bus, config, log, instance } = context;
  const { manifest, section } = platform;
  const { lease_ttl_ms: leaseTtlMs } = config.get(turnsSection);
  const tools: AccountTools = { log, bus, config, publicUrl: config.get(publicUrlSection), dataDir: context.dataDir };
  const accounts = new AccountSet<Call>(manifest.name, log);
  let pollers: readonly PartitionHolder[] = [];

  const apply = async (settings: Settings): Promise<void> => {
    const old = pollers;
    pollers = [];
    await Promise.all(old.map((poller) => poller.close()));
    await accounts.replace(platform.accounts(settings, tools));
    pollers = accounts.all.flatMap((account) => ownPoll({ bus, log, platform: manifest.name, instance, leaseTtlMs }, account) ?? []);
  };
  await apply(config.get(section));
  const stopListening = config.onChange(section, (settings) => {
    apply(settings).catch((error: unknown) => log.error('the new settings could not be applied', { platform: manifest.name, error }));
  });
  context.onStop('accounts', () => accounts.replace([]));
  context.onStop('settings', stopListening);

  const dispatcher = new Dispatcher<Call>({
    tools: {
      bus,
      log,
      platform: manifest.name,
      senderClass: manifest.senderClass,
      policy: (account) => platform.onUnknown?.(config.get(section), account) ?? manifest.onUnknown,
      account: (id) => accounts.get(id),
    },
    instance,
    leaseTtlMs,
    preview: manifest.capabilities.streaming !== 'none' || manifest.capabilities.typing,
  });

  const media = bus.respond(mediaSubject(manifest.name), `adapter-${manifest.name}`, async (value) => {
    const request = mediaRequestSchema.parse(value);
    const fetched = accounts.get(request.account)?.fetchMedia?.(request.media, bus.blobs, AbortSignal.timeout(FETCH_MEDIA_MS));
    if (fetched === undefined) throw new AssistantError('media_unavailable', `account ${request.account} of ${manifest.name} cannot fetch media`);
    return fetched;
  });
  context.onStop('media', () => media.stop());

  const routes = Router();
  const handler = intake({ manifest, bus, log, pressure: new Pressure(), draining: () => context.draining, account: (id) => accounts.get(id) });
  routes.use(`/api/${manifest.name}`, handler);

  return {
    routes,
    health: () => {
      const problems = accounts.problems();
      if (problems.length === 0) return { status: 'ok', detail: accounts.all.length === 0 ? 'no account is configured' : '' };
      return { status: 'degraded', detail: problems.join('; ') };
    },
    drain: async (limit) => {
      await Promise.all(pollers.map((poller) => poller.close()));
      await dispatcher.drain(limit);
    },
  };
};
