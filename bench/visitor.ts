import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ToVisitor } from '../protocol/visitor-frames.ts';
import { localAddress } from './subject.ts';
import { settle } from './ws-relay-subject.ts';

interface VisitorOptions {
  readonly origin: string;
  readonly site: string;
  readonly index: number;
}

/** A visitor on the wire: answers the challenge with a proof signed by a key of its own, and chats. */
export async function openVisitor({ origin, site, index }: VisitorOptions) {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const { x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const waiting = new Map<string, () => void>();
  const accepted = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/visitor/socket?site=${site}`, {
    origin,
    perMessageDeflate: false,
    localAddress: localAddress(index),
  });
  socket.on('error', ready.reject);
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as ToVisitor;
    if (frame.type === 'challenge') answer(frame.nonce, frame.at);
    if (frame.type === 'ready') ready.resolve();
    if (frame.type === 'ack') settle(waiting, frame.id);
    if (frame.type === 'event' && frame.event.body.type === 'accepted') accepted.resolve();
    if (frame.type === 'refusal' || frame.type === 'fault') throw new Error(`${frame.code}: ${frame.message}`);
  });

  async function answer(nonce: string, at: number) {
    const header = { alg: 'ES256', typ: 'balie-proof+jwt', jwk };
    const signed = `${encode(header)}.${encode({ aud: site, nonce, iat: Math.floor(at / 1000), vars: {} })}`;
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      keys.privateKey,
      Buffer.from(signed),
    );
    const proof = `${signed}.${Buffer.from(signature).toString('base64url')}`;
    socket.send(JSON.stringify({ type: 'hello', version: 1, proof }));
  }

  const send = (id: string, command: object) =>
    new Promise<void>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ type: 'send', id, command }));
    });

  await ready.promise;
  return {
    accepted: accepted.promise,
    request: () =>
      send(randomBytes(16).toString('hex'), {
        type: 'request',
        locale: 'en',
        page: { url: `${origin}/`, title: 'Bench' },
        name: 'Bench',
        email: 'bench@balie.example',
      }),
    message: (mark: string) => send(mark, { type: 'message', text: mark }),
    close: () => socket.terminate(),
  };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
