export { privateRange } from './address';
export { readBody, type ReadBodyOptions } from './body';
export { createHttpClient, type HttpClient, type HttpClientOptions, type HttpRequest, type HttpResponse } from './client';
export * from './config';
export { createDnsCache, resolveBySystem, type DnsCache, type DnsCacheOptions, type DnsCacheSettings, type Resolve } from './dns-cache';
export { networkError, type FailureContext } from './failure';
export type { ProxySettings } from './proxy';
export { createGuardedClient, type GuardedClient, type GuardedRequest, type GuardedResponse, type GuardOptions } from './guard';
export type { GuardRules } from './guard-policy';
