import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import type { NewExport } from '../../../protocol/privacy.ts';
import { openServer } from '../../test/open-server.ts';
import { canariesOf, chat } from './canary-visitor.ts';

interface Exported {
  readonly conversations: readonly {
    readonly subject: string;
    readonly known: readonly object[];
    readonly events: readonly { readonly type: string }[];
    readonly files: readonly { readonly name: string; readonly base64: string }[];
  }[];
}

async function openExport(...[t]: Parameters<typeof openServer>) {
  const server = await openServer(t);
  const anna = await server.agent();
  const admin = await server.signIn('admin-a');
  const canaries = canariesOf('ada');
  await chat(server, anna, canaries);
  await chat(server, anna, canariesOf('bob'));
  const person = { by: 'subject', value: canaries.subject, site: 'site-a' };
  const link = async () => {
    const answer = await admin.fetch('/api/privacy/exports', { method: 'POST', body: person });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as NewExport).token;
  };
  return { server, anna, admin, canaries, link };
}

describe('7: an export of one visitor', () => {
  test('G226 has all that they said, saw and sent, and was known of them, and nothing else', async (t) => {
    const { admin, canaries, link } = await openExport(t);
    const answer = await admin.fetch(`/api/privacy/exports/${await link()}`);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const text = await answer.text();
    const { conversations } = JSON.parse(text) as Exported;
    const { whisper, note, fileContent, ...theirs } = canaries;
    for (const canary of Object.values(theirs)) expect(text).toContain(canary);
    for (const canary of [whisper, note, '-bob']) expect(text).not.toContain(canary);
    expect(conversations).toHaveLength(1);
    const [conversation] = conversations;
    expect(conversation?.events.map(({ type }) => type)).toEqual([
      'requested',
      'accepted',
      'message',
      'message',
      'message',
      'transcript',
      'ended',
    ]);
    const [file] = conversation?.files ?? [];
    expect(Buffer.from(file?.base64 ?? '', 'base64').toString()).toBe(fileContent);
    expect(text).not.toMatch(/presented|visitorSeq|agents/);
  });

  test('G226 opens once, for who made it, and for a day', async (t) => {
    const { server, admin, link } = await openExport(t);
    const token = await link();
    const path = `/api/privacy/exports/${token}`;
    expect((await fetch(server.url + path)).status).toBe(401);
    expect((await (await server.signIn('admin-b')).fetch(path)).status).toBe(404);
    expect((await (await server.signIn('anna-a')).fetch(path)).status).toBe(403);
    expect((await admin.fetch(path)).status).toBe(200);
    expect((await admin.fetch(path)).status).toBe(404);

    const late = await link();
    server.advance(limits.exportLinkMs);
    expect((await admin.fetch(`/api/privacy/exports/${late}`)).status).toBe(404);
  });

  test('of somebody who is not known there is none', async (t) => {
    const { admin } = await openExport(t);
    const person = { by: 'email', value: 'nobody@shop.example', site: null };
    expect((await admin.fetch('/api/privacy/exports', { method: 'POST', body: person })).status).toBe(404);
  });
});
