import { describe, expect, test } from 'vitest';
import type { AuditPage } from '../../../protocol/audit.ts';
import type { RatingComments, StatisticsReport } from '../../../protocol/statistics.ts';
import { plainSite } from '../../domain/site.ts';
import { hashPassword } from '../../identity/password.ts';
import { password } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';

/** A chat that Anna had, and whose visitor said how it was. */
async function ratedChat(server: TestServer, anna: TestAgent, comment: string): Promise<string> {
  const survey = { ...plainSite.survey, on: true };
  await server.context.store.sites.update('organization-a' as never, 'site-a' as never, {
    settings: { ...plainSite, survey },
  });
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  await anna.command(conversation, { type: 'classify', category: '=Returns' });
  await visitor.command({ type: 'end' });
  expect(await visitor.command({ type: 'rate', score: 4, comment })).toMatchObject({ type: 'ack' });
  await server.context.statistics.caughtUp();
  return conversation;
}

async function supervisor(server: TestServer, name: string, profiles: string[], organization = 'a') {
  const passwordHash = await hashPassword(password);
  const person = { name, email: `${name}@balie.example`, passwordHash, role: 'supervisor', room: 4 } as const;
  const ids = { id: `id-${name}` as never, organization: `organization-${organization}` as never };
  await server.context.store.agents.create({ ...person, ...ids, profiles: profiles as never });
  return server.signIn(name);
}

/** The year in which the server is: its clock is the machine's. */
const year = new Date().getFullYear();
const period = `from=${year}-01-01&to=${year}-12-31`;
const report = async (agent: TestAgent, more = '') =>
  (await (await agent.fetch(`/api/statistics?${period}${more}`)).json()) as StatisticsReport;
const comments = async (agent: TestAgent, more = '') =>
  (await (await agent.fetch(`/api/statistics/comments?${period}${more}`)).json()) as RatingComments;

describe('6: statistics over HTTP', () => {
  test('are of the queues that one oversees, and of no other organization', async (t) => {
    const server = await openServer(t);
    const anna = await server.agent();
    const conversation = await ratedChat(server, anna, 'Quick!');
    const admin = await server.signIn('admin-a');
    const full = await report(admin);
    expect(full.total).toMatchObject({ requests: 1, offered: 1, accepted: 1, missed: 0, ratings: 1, score: 4 });
    expect(full.scores).toEqual([0, 0, 0, 1, 0]);
    expect(full.categories).toEqual([{ category: '=Returns', count: 1 }]);
    expect(full.queues.map(({ queue }) => queue.name)).toEqual(['Queue a']);
    expect(full.agents.map(({ agent }) => agent.name)).toEqual(['anna']);
    expect(full.days.find(({ day }) => day === full.today)?.figures).toEqual(full.total);
    expect((await comments(admin)).comments).toMatchObject([
      { conversation, score: 4, comment: 'Quick!', queue: { name: 'Queue a' }, agent: { name: 'anna' } },
    ]);

    const theirs = await supervisor(server, 'theirs', ['profile-a']);
    expect((await report(theirs)).total).toEqual(full.total);
    const without = await supervisor(server, 'without', []);
    const stranger = await supervisor(server, 'stranger', ['profile-b'], 'b');
    for (const person of [without, stranger])
      for (const more of ['', '&queue=queue-a', '&agent=anna-a']) {
        const nothing = await report(person, more);
        expect(nothing.total).toMatchObject({ requests: 0, accepted: 0, ratings: 0 });
        expect(JSON.stringify([nothing.queues, nothing.agents, nothing.categories])).toBe('[[],[],[]]');
        expect((await comments(person, more)).comments).toEqual([]);
      }
    expect(JSON.stringify((await report(stranger)).choices)).not.toMatch(/-a\b/);
  });

  test('say how many were accepted as soon as their queue aims at', async (t) => {
    const server = await openServer(t);
    const anna = await server.agent();
    await ratedChat(server, anna, 'Quick!');
    const admin = await server.signIn('admin-a');
    expect((await report(admin)).total.serviceLevel).toBe(1);
    const { store } = server.context;
    const queue = await store.queues.find('queue-a' as never);
    if (!queue) throw new Error('the queue of organization a is furnished');
    await store.queues.update(queue.organization, queue.id, { settings: { ...queue.settings, answerWithinMs: 1 } });
    const of = await report(admin);
    const today = of.days.find(({ day }) => day === of.today);
    const figures = [of.total, today?.figures, of.queues[0]?.figures, of.agents[0]?.figures];
    expect(figures.map((one) => one?.serviceLevel)).toEqual([0, 0, 0, 0]);
  });

  test('can be of one queue or agent', async (t) => {
    const server = await openServer(t);
    const anna = await server.agent();
    await ratedChat(server, anna, 'Quick!');
    const admin = await server.signIn('admin-a');
    expect((await report(admin, '&queue=queue-a')).total.accepted).toBe(1);
    expect((await report(admin, '&agent=anna-a')).total.accepted).toBe(1);
    expect((await report(admin, '&agent=bram-a')).total.accepted).toBe(0);
    expect((await report(admin, '&queue=queue-b')).total.accepted).toBe(0);
  });

  test('a period has days that there are, in order, and a bound', async (t) => {
    const server = await openServer(t);
    const admin = await server.signIn('admin-a');
    for (const [query, field] of [
      ['from=2026-02-30&to=2026-03-01', 'from'],
      ['from=2026-01-01&to=2026-13-01', 'to'],
      ['from=2026-02-02&to=2026-02-01', 'to'],
      ['from=2025-01-01&to=2026-12-31', 'from'],
      ['from=0001-01-01&to=9999-12-31', 'from'],
    ])
      for (const path of ['', '/comments', '/export']) {
        const answer = await admin.fetch(`/api/statistics${path}?${query}${path === '/export' ? '&by=day' : ''}`);
        expect([query, answer.status]).toEqual([query, 400]);
        expect(await answer.json()).toMatchObject({ error: { code: 'invalid_field', field } });
      }
    expect((await admin.fetch('/api/statistics?from=2024-01-01&to=2024-12-31')).status).toBe(200);
  });

  test('as CSV they carry no formula, and stand in the audit log', async (t) => {
    const server = await openServer(t);
    const anna = await server.agent();
    await ratedChat(server, anna, 'Quick!');
    const admin = await server.signIn('admin-a');
    await server.context.store.queues.update('organization-a' as never, 'queue-a' as never, { name: '=1+1' });
    const answer = await admin.fetch(`/api/statistics/export?${period}&by=queue`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="statistics-[\d-]+-queue\.csv"$/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, row] = bytes.toString().slice(1).split('\r\n');
    expect(head).toMatch(/^queue,requests,offered,accepted,declined,missed,/);
    expect(row).toMatch(/^'=1\+1,1,1,1,0,0,/);
    await comments(admin);
    const { entries } = (await (await admin.fetch('/api/audit')).json()) as AuditPage;
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['statistics.export', 'statistics.comments']),
    );
  });

  test('the day is that of the time zone an administrator chose, which the audit log remembers', async (t) => {
    const server = await openServer(t);
    const admin = await server.signIn('admin-a');
    const zone = (timeZone: string | null) => admin.fetch('/api/time-zone', { method: 'PUT', body: { timeZone } });
    expect((await zone('Europe/Nowhere')).status).toBe(400);
    expect(await (await zone('Pacific/Kiritimati')).json()).toEqual({
      timeZone: 'Pacific/Kiritimati',
      inUse: 'Pacific/Kiritimati',
    });
    const there = (await report(admin)).today;
    await zone('Pacific/Pago_Pago');
    // 25 hours lie between the two.
    expect((await report(admin)).today < there).toBe(true);
    const { entries } = (await (await admin.fetch('/api/audit')).json()) as AuditPage;
    expect(entries[0]).toMatchObject({
      action: 'organization.time-zone',
      before: { timeZone: 'Pacific/Kiritimati' },
      after: { timeZone: 'Pacific/Pago_Pago' },
    });
    expect(await (await zone(null)).json()).toMatchObject({ timeZone: null });
  });
});
