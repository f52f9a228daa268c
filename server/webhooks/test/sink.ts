import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, vi } from 'vitest';
import type { WebhookPayload } from '../../../protocol/webhooks.ts';
import { verifyDelivery } from './verify-delivery.ts';

export interface Received {
  readonly id: string;
  readonly at: number;
  readonly payload: WebhookPayload;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** Somebody’s server, on this machine: takes what is delivered and answers what the test wants. */
export async function openSink(t: Pick<TestContext, 'onTestFinished'>) {
  const received: Received[] = [];
  let answer = (_one: Received): number | 'nothing' => 204;
  let connections = 0;
  const listener: RequestListener = async (request, response) => {
    const body = await text(request);
    const one: Received = {
      id: String(request.headers['webhook-id']),
      at: Number(request.headers['webhook-timestamp']) * 1000,
      payload: JSON.parse(body),
      body,
      headers: request.headers,
    };
    received.push(one);
    const status = answer(one);
    if (status !== 'nothing') response.writeHead(status, { location: '/elsewhere' }).end('thanks');
  };
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  server.on('connection', () => connections++);
  await once(server, 'listening');
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    connections: () => connections,
    answers(next: (one: Received) => number | 'nothing') {
      answer = next;
    },
    /** What it has of a conversation, in the order in which it came. */
    seqsOf: (conversation: string) =>
      received.flatMap(({ payload: { data } }) =>
        'seq' in data && data.conversation === conversation ? [data.seq] : [],
      ),
    has: (count: number) =>
      vi.waitFor(
        () => {
          if (received.length < count) throw new Error(`${received.length} of ${count} have come.`);
        },
        { timeout: 60_000, interval: 20 },
      ),
    isGenuine: (one: Received, secret: string) => verifyDelivery(one.headers, one.body, secret, one.at),
  };
}

export type Sink = Awaited<ReturnType<typeof openSink>>;
