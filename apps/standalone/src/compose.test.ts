import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = join(__dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ target: z.string(), args: z.record(z.string(), z.string()).optional() }).optional(),
  container_name: z.string().optional(),
  restart: z.string(),
  init: z.boolean(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  mem_limit: z.string(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  ports: z.array(z.string()).default([]),
});

const compose = z
  .record(z.string(), serviceSchema)
  .parse(z.object({ services: z.unknown() }).parse(parse(read('docker-compose.yml'), { merge: true })).services);
const services = Object.entries(compose);
const ours = services.filter(([, { build }]) => build?.target === 'service');

/** Folders below apps/ that run as a process of their own; standalone is all of them in one. */
const apps = ['', 'adapters/']
  .flatMap((parent) => readdirSync(join(ROOT, 'apps', parent)).map((name) => `${parent}${name}`))
  .filter((name) => name !== 'standalone' && existsSync(join(ROOT, 'apps', name, 'src/main.ts')));

describe('docker-compose.yml', () => {
  it('runs every app that has a main.ts in a container, and no other', () => {
    expect(ours.map(([, { build }]) => build?.args?.['SERVICE']).sort()).toEqual(apps.sort());
  });

  it.each(services)('bounds the log, the memory and the rights of %s', (_name, service) => {
    expect(service).toMatchObject({ restart: 'unless-stopped', init: true, read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges'] });
    expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } });
    expect(service.mem_limit).toMatch(/^\d+m$/);
  });

  it.each(ours)('starts %s only when NATS is healthy', (_name, { depends_on: needs }) => {
    expect(needs?.['nats']).toEqual({ condition: 'service_healthy' });
  });

  it.each(services)('gives %s no fixed name, so that it can be scaled', (_name, { container_name: fixed }) => {
    expect(fixed).toBeUndefined();
  });

  it('publishes the ports of the edge only, and on this machine only unless told', () => {
    expect(services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)).toEqual(['edge']);
    expect(compose['edge']?.ports).toEqual(['${ASSISTANT_BIND:-127.0.0.1}:8080:8080', '127.0.0.1:50051:50051']);
  });
});

describe('deploy/edge/Caddyfile', () => {
  it('gives the console the same content security policy as standalone does', () => {
    const policy = /"(default-src 'none'[^"]*)"/;
    const standalone = policy.exec(read('apps/standalone/src/console.ts'))?.[1];
    expect(standalone).toBeDefined();
    expect(policy.exec(read('deploy/edge/Caddyfile'))?.[1]).toBe(standalone);
  });

  it('leads only to containers that exist', () => {
    const names = [...read('deploy/edge/Caddyfile').matchAll(/import service ([a-z0-9-]+) 8080/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(Object.keys(compose)).toContain(name);
  });
});
