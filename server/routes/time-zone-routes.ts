import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { HttpError } from '../../protocol/http.ts';
import type { OrganizationId } from '../../protocol/ids.ts';
import { TimeZoneChange, TimeZoneView } from '../../protocol/statistics.ts';
import type { Context } from '../context.ts';
import { timeZoneOf } from '../desk/count-statistics.ts';
import { isTimeZone } from '../domain/opening-hours.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const access = { config: { access: 'admin' } } as const;

/** In which time zone an organization counts its days. What was counted before stays on the day it was counted on. */
export const timeZoneRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store } = context;
    const audit = auditor(context);
    const viewOf = async (organization: OrganizationId) => ({
      timeZone: (await store.queues.organization(organization))?.timeZone ?? null,
      inUse: await timeZoneOf(organization, store),
    });

    app.get(
      '/time-zone',
      {
        ...access,
        schema: { summary: 'In which time zone days are counted', response: { 200: TimeZoneView, '4xx': HttpError } },
      },
      (request) => viewOf(staffOf(request).agent.organization),
    );

    app.put(
      '/time-zone',
      {
        ...access,
        schema: {
          summary: 'Choose the time zone in which days are counted',
          body: TimeZoneChange,
          response: { 200: TimeZoneView, '4xx': HttpError },
        },
      },
      async (request) => {
        const { organization } = staffOf(request).agent;
        const { timeZone } = request.body;
        if (timeZone !== null && !isTimeZone(timeZone))
          throw new HttpProblem('invalid_field', 'There is no such time zone.', { field: 'timeZone' });
        const before = await viewOf(organization);
        await store.queues.setTimeZone(organization, timeZone);
        const after = await viewOf(organization);
        await audit(request, { action: 'organization.time-zone', before, after });
        return after;
      },
    );
  };
