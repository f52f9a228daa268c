import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { balieToken } from './balie-token.ts';
import { customerById } from './customers.ts';
import type { Html } from './html.ts';
import { lampBySlug } from './lamps.ts';
import { basket } from './pages/basket.ts';
import { business } from './pages/business.ts';
import { configurator, steps } from './pages/configurator.ts';
import { help, hulp } from './pages/help.ts';
import { home } from './pages/home.ts';
import { lampPage } from './pages/lamp.ts';
import type { Visit } from './pages/layout.ts';
import { notFound } from './pages/not-found.ts';
import { fromOwnPage, ownPath, parseThumbprint, readBody } from './request.ts';
import { securityHeaders } from './security-headers.ts';
import { createSessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { loadStaticFiles } from './static-files.ts';

/** A small shop as its own backend sees it: pages, a log-in, and one address that signs tokens for Balie. */
export function createShop(settings: Settings): RequestListener {
  const sessions = createSessions(settings.secret);
  const files = loadStaticFiles();
  const headers = securityHeaders(settings.balieUrl);

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method === 'POST') return post(path, request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and POST.');
    const file = files.get(path);
    if (file) return response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' }).end(file.body);
    const visit = { settings, path, customer: sessions.customer(request.headers.cookie) };
    const page = pageAt(visit);
    send(response, page ? 200 : 404, page ?? notFound(visit));
  }

  async function post(path: string, request: IncomingMessage, response: ServerResponse) {
    if (!fromOwnPage(request)) return refuse(response, 403, "Only this shop's own pages may send this.");
    const body = await readBody(request);
    if (body === null) return refuse(response, 413, 'That is too large.');
    if (path === '/sign-in') return signIn(new URLSearchParams(body), response);
    if (path === '/sign-out') return goBack(new URLSearchParams(body), sessions.cookieForNobody(), response);
    if (path === '/balie-token') return token(body, request, response);
    return refuse(response, 404, 'There is nothing here.');
  }

  function signIn(form: URLSearchParams, response: ServerResponse) {
    const customer = customerById(form.get('customer') ?? '');
    if (!customer) return refuse(response, 400, 'customer: there is none of that name.');
    goBack(form, sessions.cookieFor(customer), response);
  }

  /** `null` says that nobody is signed in; Balie then forgets who was, in every tab. */
  async function token(body: string, request: IncomingMessage, response: ServerResponse) {
    const thumbprint = parseThumbprint(body);
    if (!thumbprint) return refuse(response, 400, 'thumbprint: the one that Balie gives to the callback is needed.');
    const customer = sessions.customer(request.headers.cookie);
    const signed = customer && (await balieToken(customer, thumbprint, settings));
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ token: signed }));
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'Something went wrong here.');
    });
  };
}

const pages = new Map([
  ['', home],
  ['basket', basket],
  ['business', business],
  ['help', help],
  ['hulp', hulp],
]);

function pageAt(visit: Visit): Html | null {
  const [, area = '', name, ...rest] = visit.path.split('/');
  if (rest.length > 0) return null;
  if (area === 'lamps' && name) {
    const lamp = lampBySlug(name);
    return lamp && lampPage(visit, lamp);
  }
  if (area === 'configurator') {
    const step = name ? steps.find(({ slug }) => slug === name) : steps[0];
    return step ? configurator(visit, step) : null;
  }
  return name === undefined ? (pages.get(area)?.(visit) ?? null) : null;
}

/** Pages differ by who is signed in, so nothing may keep a copy: not even the browser's own back button. */
function send(response: ServerResponse, status: number, page: Html) {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page.markup);
}

function refuse(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function goBack(form: URLSearchParams, cookie: string, response: ServerResponse) {
  response.writeHead(303, { location: ownPath(form.get('from')), 'set-cookie': cookie }).end();
}
