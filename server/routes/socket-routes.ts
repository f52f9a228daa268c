import websocket from '@fastify/websocket';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { OrganizationId, SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createAddressLimits, networkOf } from '../realtime/address-limits.ts';
import { createAgentDoor } from '../realtime/agent-door.ts';
import { createVerdictNotes } from '../realtime/verdict-notes.ts';
import { createVisitorDoor } from '../realtime/visitor-door.ts';
import { createIdentifier } from '../realtime/visitor-hello.ts';
import { HttpProblem } from './http-errors.ts';
import { isOwnOrigin } from './origin.ts';
import { createStaffCookie } from './staff-cookie.ts';

/** Whose organization is known only once they have said who they are. */
const staff = 'staff';

/** The two sockets. Who may not open one gets an HTTP answer, and no upgrade. */
export const socketRoutes =
  (context: Context): FastifyPluginAsync =>
  async (app) => {
    const { store, desk, hub, log, now, tokens } = context;
    const failed = (error: unknown) => log.error({ err: error }, 'a socket failed');
    const doors = { ...context, failed };
    const onVerdict = createVerdictNotes({ store, now, log });
    const identifier = createIdentifier({ store, desk, tokens, now, onVerdict, notice: log.info.bind(log) });
    const openVisitor = createVisitorDoor({ ...doors, identifier });
    const openAgent = createAgentDoor(doors);
    const addresses = createAddressLimits(now);
    const cookie = createStaffCookie(context.config.publicUrl);
    const sites = new WeakMap<FastifyRequest, SiteId>();

    await app.register(websocket, {
      options: {
        maxPayload: limits.frameBytes,
        perMessageDeflate: false,
        maxFragments: 64,
        maxBufferedChunks: 1024,
        closeTimeout: 3000,
      } as object,
      preClose: async () => {
        await hub.drain();
        app.websocketServer.close();
      },
    });

    function mustUpgrade(request: FastifyRequest, reply: FastifyReply): void {
      // RFC 6455 is version 13; the drafts before it are nobody's any more.
      if (!request.ws || request.headers['sec-websocket-version'] !== '13') {
        reply.header('upgrade', 'websocket').header('sec-websocket-version', '13');
        throw new HttpProblem('malformed', 'This address speaks WebSocket (RFC 6455).');
      }
      if (hub.draining) throw new HttpProblem('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 });
    }

    /** Counted until the connection itself is gone, whether or not it becomes a WebSocket. */
    function mustHaveRoom({ ip, raw: { socket } }: FastifyRequest, organization: OrganizationId | typeof staff): void {
      if (!addresses.admit(ip, organization))
        throw new HttpProblem('too_many', 'Too many connections from this address.', { retryAfterSeconds: 30 });
      socket.once('close', () => addresses.release(ip, organization));
    }

    /** What still points to request and reply would keep more of them in memory than of the socket that comes of them. */
    function letGo({ raw }: FastifyReply): void {
      if (raw.socket) raw.detachSocket(raw.socket);
    }

    /** One answer whether the site is unknown or the origin is not its own: nobody learns which sites there are. */
    async function admitVisitor(request: FastifyRequest<{ Querystring: { site?: string } }>, reply: FastifyReply) {
      mustUpgrade(request, reply);
      const { site: id } = request.query;
      const site = typeof id === 'string' ? await store.sites.find(id as SiteId) : null;
      const { origin } = request.headers;
      if (!site || origin === undefined || !site.origins.includes(origin))
        throw new HttpProblem('origin_refused', 'The site is unknown, or this origin is not on its list.');
      mustHaveRoom(request, site.organization);
      sites.set(request, site.id);
      letGo(reply);
    }

    async function admitAgent(request: FastifyRequest, reply: FastifyReply) {
      mustUpgrade(request, reply);
      if (!isOwnOrigin(request, context.config.publicUrl))
        throw new HttpProblem('origin_refused', 'Only the console may open this.');
      mustHaveRoom(request, staff);
      letGo(reply);
    }

    const config = { access: 'public' } as const;
    app.get<{ Querystring: { site?: string } }>(
      '/visitor/socket',
      { websocket: true, config, preValidation: admitVisitor },
      (socket, request) => {
        socket.removeAllListeners('error');
        openVisitor(socket, request.raw.socket, sites.get(request) as SiteId);
      },
    );
    // Whoever is not signed in hears so in a frame: of an upgrade that failed, a page is not told why.
    app.get('/agent/socket', { websocket: true, config, preValidation: admitAgent }, (socket, request) => {
      socket.removeAllListeners('error');
      openAgent(socket, request.raw.socket, { token: cookie.read(request), address: networkOf(request.ip) });
    });
  };
