import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';

/** Where browsers tell what the policy of a page of ours made them refuse: `report-uri`, which all of them know. */
export const policyReportPath = '/policy-reports';

/** CSP Level 3, 5.3: the rest of it, such as a sample of the script, is nothing for a log. */
const PolicyReport = Type.Object({
  'csp-report': Type.Object({
    'effective-directive': Type.Optional(Type.String()),
    'blocked-uri': Type.Optional(Type.String()),
    'document-uri': Type.Optional(Type.String()),
  }),
});

/** Anybody may send one, so what it says is logged only as far as it has a form that it can have. */
export const policyReportRoutes =
  ({ log }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addContentTypeParser(
      'application/csp-report',
      { parseAs: 'string' },
      app.getDefaultJsonParser('error', 'error'),
    );

    app.post(
      policyReportPath,
      {
        bodyLimit: limits.policyReportBytes,
        // Browsers send it without saying whose page it is of.
        config: { access: 'public', crossOrigin: true },
        schema: { hide: true, body: PolicyReport },
      },
      async (request, reply) => {
        const report = request.body['csp-report'];
        log.warn(
          {
            directive: wordOf(report['effective-directive']),
            blocked: originOrWord(report['blocked-uri']),
            page: pageOf(report['document-uri']),
          },
          'a browser refused what the policy of a page forbids',
        );
        return reply.code(204).send();
      },
    );
  };

/** A directive or a keyword such as `inline`; nothing else is as short and as plain. */
const wordOf = (text = ''): string => (/^[a-z-]{1,40}$/.test(text) ? text : 'unknown');

/** Without the path, which may be somebody's secret. */
const originOrWord = (text = ''): string =>
  /^https?:/.test(text) && URL.canParse(text) ? new URL(text).origin : wordOf(text);

/** The first part of the path alone: what follows it may be a secret. */
const pageOf = (text = ''): string =>
  URL.canParse(text) ? `/${wordOf(new URL(text).pathname.split('/')[1])}` : 'unknown';
