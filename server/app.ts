import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit, { type RateLimitPluginOptions } from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { HttpError } from '../protocol/http.ts';
import { limits } from '../protocol/limits.ts';
import type { Context } from './context.ts';
import { networkOf } from './realtime/address-limits.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { apiKeyRoutes } from './routes/api-key-routes.ts';
import { apiRoutes } from './routes/api-routes.ts';
import { assetRoutes } from './routes/asset-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { limitBodyTime } from './routes/body-patience.ts';
import { chatLogExportRoutes } from './routes/chat-log-export-routes.ts';
import { chatLogRoutes } from './routes/chat-log-routes.ts';
import { colleagueRoutes } from './routes/colleague-routes.ts';
import { compileLate } from './routes/compile-late.ts';
import { confirmationRoutes } from './routes/confirmation-routes.ts';
import { conversationRoutes } from './routes/conversation-routes.ts';
import { fileRoutes } from './routes/file-routes.ts';
import { firstRunRoutes } from './routes/first-run-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { HttpProblem, notFound, refuseConnection, sendError } from './routes/http-errors.ts';
import { installRoutes } from './routes/install-routes.ts';
import { linkRoutes } from './routes/link-routes.ts';
import { mailRoutes } from './routes/mail-routes.ts';
import { peopleRoutes } from './routes/people-routes.ts';
import { policyReportRoutes } from './routes/policy-report-routes.ts';
import { presetRoutes } from './routes/preset-routes.ts';
import { privacyRoutes } from './routes/privacy-routes.ts';
import { profileRoutes } from './routes/profile-routes.ts';
import { queueRoutes } from './routes/queue-routes.ts';
import { savedOfferRoutes } from './routes/saved-offer-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { siteKeyRoutes } from './routes/site-key-routes.ts';
import { siteRoutes } from './routes/site-routes.ts';
import { socketRoutes } from './routes/socket-routes.ts';
import { guardRoutes } from './routes/staff.ts';
import { statisticsRoutes } from './routes/statistics-routes.ts';
import { timeZoneRoutes } from './routes/time-zone-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';
import { webhookDeliveryRoutes } from './routes/webhook-delivery-routes.ts';
import { webhookRoutes } from './routes/webhook-routes.ts';

/** The library's policy would send the page of a server on plain HTTP to HTTPS. */
const transformStaticCSP = (policy: string): string => policy.replace(/upgrade-insecure-requests;?/, '');

/**
 * For who sends a request drop by drop, or does not take the answer (slowloris). Looked at every two seconds. A whole
 * request may take as long as five large files over a slow line; `limitBodyTime` is for the others.
 */
const patience = {
  requestTimeout: 30 * 60_000,
  connectionTimeout: 60_000,
  http: { headersTimeout: 15_000, connectionsCheckingInterval: 2000 },
};
/** Node silently drops what comes after the two thousandth; no browser sends a tenth of it. */
const maxHeaders = 200;

const nothingLoads = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

type Compilers = NonNullable<FastifyServerOptions['schemaController']>['compilersFactory'];

/** The server as a value: nothing listens yet, and tests drive it as it is. */
export async function buildApp(context: Context, compilersFactory: Compilers = compileLate): Promise<FastifyInstance> {
  const { config, log } = context;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: limits.requestBytes,
    ...patience,
    forceCloseConnections: true,
    frameworkErrors: sendError,
    clientErrorHandler: refuseConnection,
    schemaController: { compilersFactory },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setErrorHandler(sendError);
  app.setNotFoundHandler({ preHandler: [] }, notFound);
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions;
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', nothingLoads);
    if (request.raw.rawHeaders.length > 2 * maxHeaders)
      throw new HttpProblem('malformed', `A request has at most ${maxHeaders} header fields.`);
  });

  limitBodyTime(app as unknown as FastifyInstance);

  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    xDownloadOptions: false,
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cookie);
  app.removeContentTypeParser('text/plain');
  guardRoutes(app, context);
  await app.register(healthRoutes(context));
  await app.register(assetRoutes(context));
  await app.register(async (scope) => {
    await scope.register(rateLimit, requestRate);
    await scope.register(fileRoutes(context));
    await scope.register(confirmationRoutes(context));
    await scope.register(policyReportRoutes(context));
  });
  await app.register(api(context), { prefix: '/api' });
  return app as unknown as FastifyInstance;
}

const requestRate: RateLimitPluginOptions = {
  max: limits.requestsPerMinute,
  timeWindow: 60_000,
  keyGenerator: ({ ip }) => networkOf(ip),
  errorResponseBuilder: (_request, { ttl }) =>
    new HttpProblem('too_many', 'Too many requests.', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
};

const api = (context: Context) => async (app: FastifyInstance) => {
  app.addSchema(HttpError);
  await app.register(rateLimit, requestRate);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Balie', version: '1', description: 'The REST part; the sockets are in docs/protocol.md.' },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'A key of the console’s page “API keys”.' },
        },
      },
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await docs.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, transformStaticCSP });
  });
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger());
  await app.register(sessionRoutes(context));
  await app.register(conversationRoutes(context));
  await app.register(siteRoutes(context));
  await app.register(siteKeyRoutes(context));
  await app.register(installRoutes(context));
  await app.register(presetRoutes(context));
  await app.register(savedOfferRoutes(context));
  await app.register(colleagueRoutes(context));
  await app.register(chatLogRoutes(context));
  await app.register(chatLogExportRoutes(context));
  await app.register(accountRoutes(context));
  await app.register(auditRoutes(context));
  await app.register(firstRunRoutes(context));
  await app.register(linkRoutes(context));
  await app.register(peopleRoutes(context));
  await app.register(privacyRoutes(context));
  await app.register(mailRoutes(context));
  await app.register(profileRoutes(context));
  await app.register(queueRoutes(context));
  await app.register(statisticsRoutes(context));
  await app.register(timeZoneRoutes(context));
  await app.register(uploadRoutes(context));
  await app.register(apiKeyRoutes(context));
  await app.register(apiRoutes(context), { prefix: '/v1' });
  await app.register(webhookRoutes(context));
  await app.register(webhookDeliveryRoutes(context));
  await app.register(socketRoutes(context));
};
