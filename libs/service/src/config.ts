import { defineSection } from '@assistant/config';
import { secretField } from '@assistant/config';
import { z } from 'zod';

const MEBIBYTE = 1024 ** 2;

export const serverSection = defineSection(
  'server',
  'The HTTP and gRPC ports of a process, and who may call them.',
  z
    .object({
      /** Loopback unless told; every other address needs `api_keys`, or `behind_edge`. */
      host: z.string().default('127.0.0.1'),
      /** Says that only our own edge or ingress reaches this process: it decides who gets in. */
      behind_edge: z.boolean().default(false),
      api_keys: z.array(secretField()).default([]),
      /** Proxies whose X-Forwarded-For is believed, as Express names them. */
      trusted_proxies: z.string().default('loopback, linklocal, uniquelocal'),
      /** Between answering /ready with 503 and closing the port, so that balancers notice. */
      drain_delay_ms: z.number().int().min(0).max(10_000).default(500),
    })
    .prefault({}),
);

export const publicUrlSection = defineSection(
  'public_url',
  'The https address under which platforms reach this installation; webhooks register themselves there.',
  z.url().optional(),
);

export const telemetrySection = defineSection(
  'telemetry',
  'Logs and traces of every service.',
  z
    .object({
      log_level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      /** OTLP/HTTP base URL of a collector. */
      otlp_endpoint: z.url().optional(),
    })
    .prefault({}),
);

export const turnsSection = defineSection(
  'turns',
  'The spine: how turns are claimed and stored. The same in every process of an installation.',
  z
    .object({
      lease_ttl_ms: z.number().int().min(1000).max(60_000).default(10_000),
      /** Conversations at work in one core, over all its partitions. */
      concurrency: z.number().int().min(1).max(4096).default(256),
      /** Holds the first message of an idle conversation to sort what a platform delivers out of order. */
      coalesce_ms: z.number().int().min(0).max(5000).default(0),
      /** Pictures of one album arrive as several messages; they are gathered for this long. */
      album_ms: z.number().int().min(0).max(5000).default(1000),
      store: z
        .object({
          inbound_bytes: z
            .number()
            .int()
            .default(256 * MEBIBYTE),
          turns_bytes: z
            .number()
            .int()
            .default(512 * MEBIBYTE),
          sent_bytes: z
            .number()
            .int()
            .default(64 * MEBIBYTE),
          dead_bytes: z
            .number()
            .int()
            .default(64 * MEBIBYTE),
          turns_hours: z.number().int().min(1).default(720),
          replicas: z.union([z.literal(1), z.literal(3), z.literal(5)]).default(1),
        })
        .prefault({}),
    })
    .prefault({}),
);

/** What every process reads, whatever services it runs. */
export const processSections = [serverSection, publicUrlSection, telemetrySection, turnsSection] as const;
