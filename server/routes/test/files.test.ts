import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { FileId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { hireSupervisor } from '../../test/furnish.ts';
import { codeOf, filesOf, formOf, openFiles } from '../../test/open-files.ts';
import { newKeys } from '../../test/test-visitor.ts';

const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';
const photo = (width = 60, height = 40) => sharp({ create: { width, height, channels: 3, background: '#067' } });

/** Of a folder and what is below it; without the folder for drafts. */
async function blobsIn(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('uploading', () => {
  test('a visitor’s file is taken, sent with a message, and opened by the agent', async (t) => {
    const { anna, visitor, conversation, byVisitor, openAsAgent } = await openFiles(t);
    const [file] = await filesOf(await byVisitor(formOf({ 'note.txt': 'hello' })));
    expect(file).toMatchObject({ name: 'note.txt', kind: 'text', bytes: 5 });
    expect((await openAsAgent(file?.id ?? '')).status).toBe(404);
    await visitor.command({ type: 'message', text: 'see this', files: [file?.id as FileId] });
    await anna.reader.find((frame) => frame.type === 'event' && frame.event.body.type === 'message');
    expect(await (await openAsAgent(file?.id ?? '')).text()).toBe('hello');
    expect(conversation).toBeTruthy();
  });

  test('an agent’s file reaches the visitor once it is sent, and not before', async (t) => {
    const { anna, conversation, byAgent, openAsVisitor } = await openFiles(t);
    const [file] = await filesOf(await byAgent(formOf({ 'terms.pdf': pdf })));
    const id = file?.id ?? '';
    expect((await openAsVisitor(id)).status).toBe(404);
    await anna.command(conversation, { type: 'message', text: '', audience: 'everyone', files: [id] });
    const answer = await openAsVisitor(id);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/pdf',
      pdf,
    ]);
  });

  test('P116 who oversees a chat hands its agents a file in private, and its visitor none', async (t) => {
    const { server, anna, visitor, conversation, byAgent, openAsAgent, openAsVisitor } = await openFiles(t);
    for (const organization of ['a', 'b'] as const) await hireSupervisor(server.context.store, organization);
    const sofie = await server.signIn('sofie-a');
    await sofie.connect();
    t.onTestFinished(() => sofie.close());
    const stranger = await server.signIn('sofie-b');
    const bram = await server.signIn('bram-a');
    const form = () => formOf({ 'margin.txt': 'ten per cent' });
    expect((await byAgent(form(), 'everyone', sofie)).status).toBe(404);
    for (const one of [stranger, bram]) expect((await byAgent(form(), 'agents', one)).status).toBe(404);
    const [file] = await filesOf(await byAgent(form(), 'agents', sofie));
    const id = file?.id ?? '';
    expect(
      await anna.command(conversation, { type: 'message', text: '', audience: 'agents', files: [id] }),
    ).toMatchObject({
      code: 'file_unknown',
    });
    const whisper = { type: 'message', text: 'See', audience: 'agents', files: [id] };
    expect(await sofie.command(conversation, whisper)).toMatchObject({ type: 'ack' });
    expect(await (await openAsAgent(id)).text()).toBe('ten per cent');
    expect((await openAsVisitor(id)).status).toBe(404);
    await visitor.command({ type: 'end' });
    expect((await byAgent(form(), 'agents', sofie)).status).toBe(409);
  });

  test('A089 five files of the largest size are taken; one byte more, a sixth, or none, and nothing is left', async (t) => {
    const { server, byAgent, rows } = await openFiles(t);
    const large = new Uint8Array(limits.fileBytes).fill(97);
    const five = Object.fromEntries([1, 2, 3, 4, 5].map((at) => [`${at}.txt`, large]));
    expect(await filesOf(await byAgent(formOf(five)))).toHaveLength(5);
    const before = [(await rows()).length, (await blobsIn(server.context.config.dataDir)).length];
    const tooLarge = await byAgent(formOf({ 'a.txt': 'a', 'b.txt': new Uint8Array(limits.fileBytes + 1).fill(97) }));
    expect([tooLarge.status, await codeOf(tooLarge)]).toEqual([413, 'too_large']);
    const six = await byAgent(formOf(Object.fromEntries([1, 2, 3, 4, 5, 6].map((at) => [`${at}.txt`, 'a']))));
    expect([six.status, await codeOf(six)]).toEqual([413, 'too_large']);
    expect((await byAgent(new FormData())).status).toBe(400);
    expect([(await rows()).length, (await blobsIn(server.context.config.dataDir)).length]).toEqual(before);
  });

  test('A090 needs a ticket that is good now, for this conversation, while it goes on', async (t) => {
    const { visitor, byVisitor, ticket } = await openFiles(t);
    const form = () => formOf({ 'a.txt': 'a' });
    const status = async (authorization: string) => (await byVisitor(form(), { authorization })).status;
    expect(await status('')).toBe(401);
    expect(await status(`Bearer ${await ticket({ now: Date.now() - 3_600_000 })}`)).toBe(401);
    expect(await status(`Bearer ${await ticket({ lifetimeSeconds: 3600 })}`)).toBe(401);
    expect(await status(`Bearer ${await ticket({ keys: await newKeys() })}`)).toBe(401);
    expect(await status(`Bearer ${await ticket({ site: 'site-b' })}`)).toBe(401);
    expect(await status(`Bearer ${await ticket({ type: 'balie-proof+jwt' })}`)).toBe(401);
    expect(await status(`Bearer ${await ticket({ claims: { admin: true } })}`)).toBe(401);
    expect((await byVisitor(form(), { to: 'another-conversation' })).status).toBe(403);
    await visitor.command({ type: 'end' });
    expect((await byVisitor(form())).status).toBe(409);
  });

  test('A093 is judged by the content, and by a name that contradicts it', async (t) => {
    const { byAgent } = await openFiles(t);
    const png = new Uint8Array(await photo().png().toBuffer());
    const cases: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
      ['photo.jpg', png],
      ['page.html', '<p>hello</p>'],
      ['page.txt', '<!doctype html><script>alert(1)</script>'],
      ['page.pdf', '<html></html>'],
      ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
      ['drawing.txt', '\uFEFF  <svg onload=alert(1)>'],
      ['late.pdf', `junk${pdf}`],
      ['program.png', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
      ['program', Buffer.from('\x7FELF\x02\x01\x01\0', 'latin1')],
      ['script.sh', 'echo hello'],
      ['script.txt', '#!/bin/sh\necho hello'],
      ['empty.txt', ''],
      ['utf7.txt', Buffer.from('+ADw-script\xFF', 'latin1')],
      ['archive.zip', Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1')],
      ['controls.txt', 'a\0b'],
    ];
    for (const [name, content] of cases)
      expect([name, (await byAgent(formOf([[name, content]]))).status]).toEqual([name, 415]);
  });

  test('A091 forms that are broken are the sender’s fault, and cost nothing', async (t) => {
    const { server, anna, conversation, rows } = await openFiles(t);
    const head = 'content-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello';
    const bodies = [
      `--b\r\n${head}`,
      `--b\r\ncontent-disposition: form-data; name="fi`,
      `--other\r\n${head}\r\n--other--\r\n`,
      'no form at all',
      `--b\r\n${head}\r\n--b\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--\r\n`,
      Array.from({ length: 10_000 }, (_, at) => `--b\r\ncontent-disposition: form-data; name="f${at}"\r\n\r\n`).join(
        '\r\n',
      ),
      `--b\r\ncontent-disposition: form-data; name="${'n'.repeat(1_000_000)}"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n`,
    ];
    for (const [at, body] of bodies.entries()) {
      const answer = await fetch(`${server.url}/api/conversations/${conversation}/files?audience=everyone`, {
        method: 'POST',
        headers: {
          cookie: anna.cookie,
          origin: server.url,
          'x-csrf-token': anna.csrf,
          'content-type': 'multipart/form-data; boundary=b',
        },
        body,
      });
      expect([at, [400, 413].includes(answer.status), answer.status]).toEqual([at, true, answer.status]);
    }
    expect(await rows()).toEqual([]);
    expect(await blobsIn(server.context.config.dataDir)).toEqual([]);
  });

  test('A110 a visitor uploads only so much a day', async (t) => {
    const { server, byVisitor } = await openFiles(t);
    server.context.store.files.uploadedByVisitor = async () => ({ files: limits.filesPerVisitorDay, bytes: 0 });
    const answer = await byVisitor(formOf({ 'a.txt': 'a' }));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3600']);
  });

  test('a site that takes no files from visitors says so, and is asked by its own pages alone', async (t) => {
    const { server, byVisitor, conversation, ticket } = await openFiles(t);
    const foreign = await fetch(`${server.url}/api/visitor/conversations/${conversation}/files`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', authorization: `Bearer ${await ticket()}` },
      body: formOf({ 'a.txt': 'a' }),
    });
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'origin_refused']);
    const admin = await server.signIn('admin-a');
    await admin.fetch('/api/sites/site-a', { method: 'PATCH', body: { files: false } });
    const answer = await byVisitor(formOf({ 'a.txt': 'a' }));
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'not_allowed']);
  });
});

describe('sending', () => {
  test('A105 a file goes with one message of its own conversation, sender and audience', async (t) => {
    const { anna, visitor, conversation, byAgent, byVisitor } = await openFiles(t);
    const [mine] = await filesOf(await byAgent(formOf({ 'a.txt': 'a' })));
    const [private_] = await filesOf(await byAgent(formOf({ 'b.txt': 'b' }), 'agents'));
    const [theirs] = await filesOf(await byVisitor(formOf({ 'c.txt': 'c' })));
    const say = (files: string[], audience = 'everyone') =>
      anna.command(conversation, { type: 'message', text: '', audience, files });
    expect(await say([private_?.id ?? ''])).toMatchObject({ type: 'refusal', code: 'file_unknown' });
    expect(await say([theirs?.id ?? ''])).toMatchObject({ type: 'refusal', code: 'file_unknown' });
    expect(await say([mine?.id ?? '', randomBytes(16).toString('base64url')])).toMatchObject({ code: 'file_unknown' });
    expect(await visitor.command({ type: 'message', text: '', files: [mine?.id as FileId] })).toMatchObject({
      code: 'file_unknown',
    });
    expect(await say([mine?.id ?? ''])).toMatchObject({ type: 'ack' });
    expect(await say([mine?.id ?? ''])).toMatchObject({ type: 'refusal', code: 'file_taken' });
    expect(await say([private_?.id ?? ''], 'agents')).toMatchObject({ type: 'ack' });
  });
});

describe('opening', () => {
  test('A101 A102 nothing runs: type, disposition and policy are the server’s', async (t) => {
    const { sent, openAsVisitor, openAsAgent } = await openFiles(t);
    const text = await sent(formOf({ 'note.txt': 'alert(1)' }));
    const answer = await openAsVisitor(text.id, '', { accept: 'text/html' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="note.txt"; filename*=UTF-8''note.txt`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, no-cache',
    });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await openAsAgent(text.id)).headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect((await openAsVisitor(`${text.id}.html`)).status).toBe(404);
    const picture = await sent(formOf({ 'lamp.png': new Uint8Array(await photo().png().toBuffer()) }));
    expect((await openAsAgent(picture.id)).headers.get('content-disposition')).toMatch(/^inline/);
  });

  test('A102 CVE-2026-33658 parts of a file, and never many at once', async (t) => {
    const { sent, openAsVisitor } = await openFiles(t);
    const { id } = await sent(formOf({ 'note.txt': '0123456789' }));
    const part = async (range: string) => {
      const answer = await openAsVisitor(id, '', { range });
      return [answer.status, answer.headers.get('content-range'), await answer.text()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=8-99')).toEqual([206, 'bytes 8-9/10', '89']);
    expect((await part('bytes=10-'))[0]).toBe(416);
    expect((await part('bytes=0-1,3-4'))[0]).toBe(200);
    const again = await openAsVisitor(id, '', { 'if-none-match': `"${id}"` });
    expect(again.status).toBe(304);
  });

  test('A103 others find nothing, and cannot tell it from what is not there', async (t) => {
    const { server, sent, openAsVisitor, openAsAgent, conversation } = await openFiles(t);
    const { id } = await sent(formOf({ 'note.txt': 'secret' }));
    const nowhere = randomBytes(16).toString('base64url');
    const stranger = await server.visitor();
    await stranger.request();
    const same = async (open: (id: string) => Promise<Response>) => {
      const [theirs, missing] = [await open(id), await open(nowhere)];
      expect([theirs.status, missing.status]).toEqual([404, 404]);
      const error = async (answer: Response) => ({
        ...((await answer.json()) as { error: object }).error,
        request: '',
      });
      expect(await error(theirs)).toEqual(await error(missing));
    };
    await same(async (one) => openAsVisitor(one, '', {}, { keys: stranger.keys as CryptoKeyPair }));
    await same(async (one) => openAsVisitor(one, '', {}, { conversation: 'another' }));
    for (const name of ['bram-a', 'anna-b', 'admin-b']) {
      const agent = await server.signIn(name);
      await same((one) => openAsAgent(one, '', agent));
    }
    await same((one) => fetch(`${server.url}/files/${one}`));
    await same((one) => fetch(`${server.url}/files/${one}?ticket=x.y.z`));
    expect(conversation).toBeTruthy();
  });

  test('P116 a visitor never opens what is among agents', async (t) => {
    const { sent, openAsVisitor, openAsAgent } = await openFiles(t);
    const { id } = await sent(formOf({ 'note.txt': 'PRIVATE' }), 'agents');
    expect((await openAsVisitor(id)).status).toBe(404);
    expect(await (await openAsAgent(id)).text()).toBe('PRIVATE');
  });

  test('A107 nor anything after their session has ended', async (t) => {
    const { server, sent, openAsVisitor } = await openFiles(t);
    const { id } = await sent(formOf({ 'note.txt': 'a' }));
    const [row] = await server.context.store.files.findAll([id]);
    if (!row) throw new Error('There is no row.');
    const head = await server.context.store.conversations.find(row.conversation);
    await server.context.store.sessions.revoke(head?.session as never, Date.now());
    expect((await openAsVisitor(id)).status).toBe(404);
    await server.context.files.delete(row);
    expect(await blobsIn(server.context.config.dataDir)).toEqual([]);
  });
});
