import { GATEWAY_SERVICE, gatewayDescriptor } from '@assistant/contracts/grpc';
import { dnsCacheSection, dnsCacheSettingsOf, proxySection, proxySettingsOf } from '@assistant/net';
import type { Service, ServiceContext } from '@assistant/service';
import type { Gateway } from './call/call';
import { Seats } from './call/limit';
import { modelProvidersSection } from './config';
import { DefaultModel } from './default-model';
import { grpcHandlers } from './ingress/grpc';
import { httpRoutes } from './ingress/http';
import { Registry, type RegistrySettings } from './providers/registry';

/** One door to every language model: HTTP in the OpenAI dialect, and gRPC. */
export const modelGateway: Service = {
  name: 'model-gateway',
  sections: [modelProvidersSection, proxySection, dnsCacheSection],
  start: async (context) => {
    const { log, bus } = context;
    const registry = new Registry({ settings: settingsOf(context), environment: process.env, log });
    context.onStop('providers', () => registry.close());
    followConfiguration(context, registry);
    const { defaultModel, subscription } = await DefaultModel.follow(bus, registry);
    context.onStop('default model', () => subscription.stop());
    const gateway: Gateway = { registry, seats: new Seats(), events: { log } };
    return {
      routes: httpRoutes(gateway),
      grpc: [{ descriptor: gatewayDescriptor, name: GATEWAY_SERVICE, handlers: grpcHandlers(gateway, defaultModel) }],
      health: () => ({ status: registry.misconfigured ? 'degraded' : 'ok', detail: registry.note }),
      drain: (signal) => gateway.seats.empty(signal),
    };
  },
};

const settingsOf = ({ config }: ServiceContext): RegistrySettings => ({
  models: config.get(modelProvidersSection),
  proxy: proxySettingsOf(config.get(proxySection)),
  dnsCache: dnsCacheSettingsOf(config.get(dnsCacheSection)),
});

const followConfiguration = (context: ServiceContext, registry: Registry): void => {
  const apply = (): void => registry.apply(settingsOf(context));
  const stops = [modelProvidersSection, proxySection, dnsCacheSection].map((section) => context.config.onChange<unknown>(section, apply));
  context.onStop('configuration', () => stops.forEach((stop) => stop()));
};
