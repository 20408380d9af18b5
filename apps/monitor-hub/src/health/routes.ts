import type { Bus } from '@assistant/bus';
import { busHealth } from '@assistant/service';
import { Router } from 'express';
import type { Beats } from './beats';
import { installationReport } from './installation';

export interface HealthRoutesOptions {
  readonly beats: Beats;
  readonly bus: Bus;
  readonly version: string;
  readonly instance: string;
}

/** `GET /health` of the installation and `GET /api/v1/services`. */
export const healthRoutes = ({ beats, bus, version, instance }: HealthRoutesOptions): Router => {
  const router = Router();
  router.get('/health', (_request, response, next) => {
    const services = beats.services();
    // While nobody but this very process was heard, its own report is the installation's, and fresher than any beat.
    if (services.every(({ instances }) => instances.every((one) => one.instance === instance))) return next();
    const report = installationReport(version, busHealth(bus), services);
    response.status(report.status === 'down' ? 503 : 200).json(report);
  });
  router.get('/api/v1/services', (_request, response) => {
    const services = beats.services().map(({ name, status, detail, instances }) => ({
      name,
      status,
      detail,
      instances: instances.map(({ lastBeat, ...rest }) => ({ ...rest, last_beat: new Date(lastBeat).toISOString() })),
    }));
    response.json({ services });
  });
  return router;
};
