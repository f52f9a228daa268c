import { existsSync, readFileSync } from 'node:fs';
import type { TSchema, TUnion } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { AgentFrame, ToAgent } from '../../protocol/agent-frames.ts';
import { ApiConversations, ApiEvents } from '../../protocol/api.ts';
import { apiScopes, deliveryFailures, faultCodes, mailFailures, tokenChecks } from '../../protocol/codes.ts';
import { AgentCommand, VisitorCommand } from '../../protocol/commands.ts';
import { EventBody, type EventType } from '../../protocol/entities.ts';
import { Signal } from '../../protocol/frames.ts';
import { limits } from '../../protocol/limits.ts';
import { ToVisitor, VisitorFrame } from '../../protocol/visitor-frames.ts';
import { WebhookPayload } from '../../protocol/webhooks.ts';
import { audienceOf } from '../domain/audience.ts';
import { createWebhookSecret, signedHeaders } from '../webhooks/signature.ts';
import { openServer } from './open-server.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const page = read('protocol.md');

interface Shown {
  readonly who: string;
  readonly text: string;
  readonly frame: { readonly type: string; readonly command?: { type: string }; readonly signal?: { kind: string } };
}

const shown: readonly Shown[] = Array.from(
  page.matchAll(/^((?:visitor|agent) [→←]) (.+)$/gm),
  ([, who = '', text = '']) => ({
    who,
    text,
    frame: JSON.parse(text),
  }),
);

const unions: Readonly<Record<string, TUnion>> = {
  'visitor →': VisitorFrame,
  'visitor ←': ToVisitor,
  'agent →': AgentFrame,
  'agent ←': ToAgent,
};

/** The values of the member that tells the schemas of a union apart. */
const kindsOf = (union: TUnion, member: string): string[] =>
  union.anyOf.map(
    (schema: TSchema) =>
      (schema as unknown as { properties: Record<string, { const: string }> }).properties[member]?.const ?? '',
  );

const kindsShown = (who: RegExp, kindOf: (frame: Shown['frame']) => string | undefined) =>
  new Set(shown.filter((line) => who.test(line.who)).map(({ frame }) => kindOf(frame)));

test.each(Object.entries(unions))('docs/protocol.md shows valid frames for %s', (who, union) => {
  const schema = Compile(union);
  const lines = shown.filter((line) => line.who === who);
  expect(lines.filter(({ frame }) => !schema.Check(frame)).map(({ text }) => text)).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
});

test('docs/protocol.md shows every frame that a client may send, every command, and every signal', () => {
  for (const who of ['visitor', 'agent']) {
    const { [`${who} →`]: union = VisitorFrame } = unions;
    expect([...kindsShown(new RegExp(`${who} →`), ({ type }) => type)].sort()).toEqual(kindsOf(union, 'type').sort());
    const commands = who === 'visitor' ? VisitorCommand : AgentCommand;
    const told = kindsShown(new RegExp(`${who} →`), ({ command }) => command?.type);
    expect(kindsOf(commands, 'type').filter((kind) => !told.has(kind))).toEqual([]);
  }
  const signals = kindsShown(/←/, ({ signal }) => signal?.kind);
  expect(kindsOf(Signal, 'kind').filter((kind) => !signals.has(kind))).toEqual([]);
});

test('docs/protocol.md shows every frame that the server sends', () => {
  const told = kindsShown(/←/, ({ type }) => type);
  const all = [...kindsOf(ToVisitor, 'type'), ...kindsOf(ToAgent, 'type')];
  expect(all.filter((type) => !told.has(type))).toEqual([]);
});

test('docs/protocol.md names every event, with the audience that the domain gives it', () => {
  const rows = Array.from(page.matchAll(/^\| `(\w+)` \| (everyone|agents|its own) \|/gm), ([, type, audience]) => [
    type,
    audience,
  ]);
  const expected = kindsOf(EventBody, 'type').map((type) => [
    type,
    type === 'message' ? 'its own' : audienceOf({ type: type as Exclude<EventType, 'message'> } as EventBody),
  ]);
  expect(rows.sort()).toEqual(expected.sort());
});

test('docs/protocol.md gives every fault one close code', () => {
  const rows = Array.from(page.matchAll(/^\| (?:1|4)\d{3} \| (.+?) \|/gm), ([, codes = '']) => codes);
  const named = rows.flatMap((codes) => Array.from(codes.matchAll(/`(\w+)`/g), ([, code = '']) => code));
  expect(named.sort()).toEqual([...faultCodes].sort());
});

test('docs/signing.md says what mends each check of a token', () => {
  const section = read('signing.md').split('## What each check means')[1] ?? '';
  const rows = Array.from(section.matchAll(/^\| `(\w+)` \|/gm), ([, check]) => check);
  expect(rows.sort()).toEqual([...tokenChecks].sort());
});

test('docs/webhooks.md says what mends each failure of a delivery', () => {
  const section = read('webhooks.md').split('## When a delivery fails')[1] ?? '';
  const rows = Array.from(section.matchAll(/^\| `(\w+)` \|/gm), ([, failure]) => failure);
  expect(rows.sort()).toEqual([...deliveryFailures].sort());
});

test('docs/operating.md says what mends each failure of a mail', () => {
  const section = read('operating.md').split('## Mail')[1]?.split('## ')[0] ?? '';
  const rows = Array.from(section.matchAll(/^\| `(\w+)` \|/gm), ([, failure]) => failure);
  expect(rows.sort()).toEqual([...mailFailures].sort());
});

test('E174 docs/webhooks.md shows code that tells a genuine delivery from others, and numbers that are so', async () => {
  const text = read('webhooks.md');
  const [, code = ''] = /```js\n(.+?)```/s.exec(text) ?? [];
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const secret = createWebhookSecret();
  const at = 1_700_000_000_000;
  const headers = signedHeaders({ id: 'one', at, body: '{}' }, [createWebhookSecret(), secret]);
  expect(isGenuine(headers, '{}', secret, at)).toBe(true);
  expect(isGenuine(headers, '{}', createWebhookSecret(), at)).toBe(false);
  expect(isGenuine(headers, '{ }', secret, at)).toBe(false);
  expect(isGenuine(headers, '{}', secret, at + limits.deliveryToleranceMs)).toBe(true);
  expect(isGenuine(headers, '{}', secret, at + limits.deliveryToleranceMs + 1000)).toBe(false);
  expect(isGenuine({}, '{}', secret, at)).toBe(false);
  expect(limits.deliveryTimeoutMs).toBe(10_000);
  expect(limits.deliveryGiveUpMs).toBe(24 * 3_600_000);
  const shown = JSON.parse(/^\{"type":"conversation.+$/m.exec(text)?.[0] ?? '');
  expect([...Compile(WebhookPayload).Errors(shown)]).toEqual([]);
});

test('docs/peers.md has a line for each of the twenty-five, and names files that there are', () => {
  const peers = read('peers.md');
  const rows = [...peers.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
  expect(rows).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  for (const [, path = ''] of peers.matchAll(/`([\w-]+\/[\w./-]+\.(?:ts|md))`/g))
    expect([path, existsSync(new URL(`../../${path}`, import.meta.url))]).toEqual([path, true]);
});

test('docs/api.md has every scope, every route of the API with the scope it takes, and what is so', async (t) => {
  const text = read('api.md');
  const scopes = Array.from(text.matchAll(/^\| `([\w-]+:[\w-]+)` \|/gm), ([, scope]) => scope);
  expect(scopes).toEqual([...apiScopes]);
  const { url } = await openServer(t);
  const { paths, components } = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
  expect(components.securitySchemes.apiKey).toMatchObject({ type: 'http', scheme: 'bearer' });
  const published = Object.entries(paths).flatMap(([path, { get }]) =>
    path.startsWith('/api/v1/') ? [[path, get?.security?.[0]?.apiKey[0]]] : [],
  );
  const rows = Array.from(text.matchAll(/^\| `(\/api\/v1\/[^`]+)` \| `([^`]+)` \|/gm), ([, path, scope]) => [
    path,
    scope,
  ]);
  expect(rows.sort()).toEqual(published.sort());
  const [conversations = '', events = ''] = Array.from(text.matchAll(/```json\n(.+?)```/gs), ([, code = '']) => code);
  expect([...Compile(ApiConversations).Errors(JSON.parse(conversations))]).toEqual([]);
  expect([...Compile(ApiEvents).Errors(JSON.parse(events))]).toEqual([]);
  expect(text).toContain(`${limits.apiRequestsPerMinute} requests a minute`);
});

interface OpenApi {
  readonly paths: Record<string, { readonly get?: { readonly security?: { readonly apiKey: string[] }[] } }>;
  readonly components: { readonly securitySchemes: { readonly apiKey: object } };
}
