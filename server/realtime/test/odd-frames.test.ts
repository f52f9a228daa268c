import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { AgentFrame, ToAgent } from '../../../protocol/agent-frames.ts';
import { VisitorCommand } from '../../../protocol/commands.ts';
import { ToVisitor, VisitorFrame } from '../../../protocol/visitor-frames.ts';
import type { FrameReader } from '../../test/frame-reader.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import { commandId, type TestVisitor } from '../../test/test-visitor.ts';

/**
 * Every frame and command that a visitor can send, with one field at a time replaced by what is nobody's, nothing, of
 * another type, or somebody else's. The fields are those of the schemas, so that a new one cannot be left out.
 */
interface ObjectSchema {
  readonly properties: Readonly<Record<string, TSchema & { const?: string }>>;
}
type Frame = Readonly<Record<string, unknown>>;

const membersOf = (union: { anyOf: readonly unknown[] }) => union.anyOf as readonly ObjectSchema[];
const typeOf = ({ properties }: ObjectSchema): string => properties.type?.const ?? '';
const fieldsOf = (union: { anyOf: readonly unknown[] }): [string, string][] =>
  membersOf(union).flatMap((schema) =>
    Object.keys(schema.properties).map((field): [string, string] => [typeOf(schema), field]),
  );

const page = { url: 'https://shop.example/', title: 'Shop' };
/** Good ones; those of `send` are the commands. */
const frames: Readonly<Record<string, Frame>> = {
  identify: { proof: 'x.y.z', token: 'x.y.z' },
  visit: { page },
  typing: { on: true },
  seen: { conversation: 'c', seq: 1 },
  resume: { conversation: 'c', after: 0 },
  ping: {},
};
const commands: Readonly<Record<string, Frame>> = {
  request: { queue: 'queue-a', page, locale: 'en', name: 'Eve', email: 'eve@shop.example', text: 'hello' },
  message: { text: 'hello', files: ['x'.repeat(22)] },
  answer: { offer: 'o', values: ['a'] },
  transcript: { email: 'eve@shop.example' },
  end: {},
  rate: { score: 5, comment: 'good' },
};

const odd: readonly unknown[] = [undefined, null, '', 0, true, {}, [], ['x'], { $ne: null }, { length: 1 }];
const replaced = (frame: Frame, field: string, value: unknown): Frame => ({ ...frame, [field]: value });

/** Vera has a chat with Anna; Eve is another visitor of the same site. */
async function openVeras(t: Parameters<typeof openServer>[0]) {
  const server = await openServer(t);
  const anna = await server.agent();
  const vera = server.connect();
  const token = await signToken({ subject: 'C-1' });
  await vera.hello({ token });
  await vera.request();
  const conversation = (await anna.accept()) as string;
  await vera.say('for Anna alone');
  const events = async () => (await server.context.store.log.read(conversation as never, 0, 100)).length;
  const count = await events();
  return {
    server,
    theirs: [conversation, vera.session, token, 'anna-a', 'queue-b', 'site-b'],
    /** Nothing was read out of Vera's chat, written to it, or ended. */
    async isUntouched(heard: readonly object[]) {
      expect(JSON.stringify(heard)).not.toContain('for Anna alone');
      expect(await events()).toBe(count);
      expect((await server.context.store.conversations.find(conversation as never))?.phase).toBe('active');
    },
  };
}

/** What is answered to a frame: before `pong`, which comes last. */
async function answerTo(server: TestServer, eve: TestVisitor, frame: Frame) {
  server.advance(1000);
  const from = eve.reader.frames.length;
  eve.send(frame as Record<string, unknown>);
  eve.send({ type: 'ping' });
  await eve.reader.ofType('pong', from).catch(() => {});
  return eve.reader.frames.slice(from).filter(({ type }) => type !== 'pong');
}

describe('RC #21074, #32069, CVE-2022-1176: what is odd, nothing, or somebody else’s, in each field of', () => {
  test('each frame of a visitor gets nothing, and each that fits no schema is told why', async (t) => {
    const { server, theirs, isUntouched } = await openVeras(t);
    const known = Object.keys(frames);
    expect(membersOf(VisitorFrame).map(typeOf).sort()).toEqual([...known, 'hello', 'send'].sort());
    const fits = Compile(VisitorFrame);
    const heard: object[] = [];
    let eve = await server.visitor();
    for (const [type, field] of fieldsOf(VisitorFrame).filter(([type]) => known.includes(type)))
      for (const value of [...odd, ...theirs]) {
        const frame = replaced({ type, ...frames[type] }, field, value);
        const answers = await answerTo(server, eve, frame);
        if (!fits.Check(JSON.parse(JSON.stringify(frame))))
          expect([frame, answers]).toMatchObject([frame, [{ type: 'fault' }]]);
        heard.push(...answers);
        if (eve.socket.readyState !== eve.socket.OPEN) eve = await server.visitor();
      }
    await isUntouched(heard);
  });

  test('each command of a visitor is refused, or is about their own chat', async (t) => {
    const { server, theirs, isUntouched } = await openVeras(t);
    expect(membersOf(VisitorCommand).map(typeOf).sort()).toEqual(Object.keys(commands).sort());
    const fits = Compile(VisitorCommand);
    const heard: object[] = [];
    const eve = await server.visitor();
    for (const [type, field] of fieldsOf(VisitorCommand))
      for (const value of [...odd, ...theirs]) {
        const command = replaced({ type, ...commands[type] }, field, value);
        const answers = await answerTo(server, eve, { type: 'send', id: commandId(), command });
        // What follows from a command before, their place in the queue for one, may be told meanwhile.
        const told = answers.filter(({ type }) => type !== 'signal' && type !== 'event');
        if (!fits.Check(JSON.parse(JSON.stringify(command))))
          expect([command, told]).toMatchObject([command, [{ type: 'fault', code: 'malformed' }]]);
        heard.push(...answers);
      }
    await isUntouched(heard);
  });

  test('a hello makes nobody who they are not', async (t) => {
    const { server, theirs, isUntouched } = await openVeras(t);
    const hello = membersOf(VisitorFrame).find((schema) => typeOf(schema) === 'hello') as ObjectSchema;
    const heard: object[] = [];
    for (const field of Object.keys(hello.properties).filter((name) => name !== 'type'))
      for (const value of [...odd, ...theirs]) {
        if (value === undefined && field !== 'proof') continue;
        const eve = server.connect();
        const good = { version: 1, proof: await eve.prove({}) };
        eve.send({ type: 'hello', ...replaced(good, field, value) });
        const ended = await Promise.race([eve.reader.closed, eve.reader.ofType('ready')]).catch(
          () => eve.reader.closed,
        );
        if ('type' in ended)
          expect(ended).toMatchObject({
            identity: { state: expect.stringMatching(/anonymous|refused/) },
            conversation: null,
          });
        else expect([field, value, Math.floor(ended.code / 100)]).toEqual([field, value, 44]);
        heard.push(...eve.reader.frames);
        eve.close();
      }
    await isUntouched(heard);
  });
});

test('CVE-2026-72918 what only the server says, no visitor and no agent can', async (t) => {
  const server = await openServer(t);
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  const seen = anna.reader.frames.length;
  const body = { type: 'message', text: 'forged', audience: 'everyone' };
  const forged = {
    conversation,
    seq: 99,
    event: { at: 1, by: { kind: 'system' }, body },
    open: { conversation },
    id: 'i',
  };
  for (const [sender, said, heard] of [
    [visitor, VisitorFrame, ToVisitor],
    [anna, AgentFrame, ToAgent],
  ] as const) {
    const own = membersOf(said).map(typeOf);
    const types = membersOf(heard)
      .map(typeOf)
      .filter((type) => !own.includes(type));
    expect(types.length).toBeGreaterThan(5);
    for (const type of [...types, 'publish', 'subscribe', '__proto__', '']) {
      const from = sender.reader.frames.length;
      sender.send({ type, ...forged } as never);
      const fault = await (sender.reader as FrameReader<{ type: string }>).ofType('fault', from);
      expect([type, fault]).toMatchObject([type, { code: 'unknown_frame', field: 'type' }]);
      server.advance(1000);
    }
  }
  await visitor.say('said');
  await anna.reader.find((frame) => JSON.stringify(frame).includes('said'), seen);
  expect(JSON.stringify([anna.reader.frames, visitor.reader.frames])).not.toContain('forged');
});
