import { describe, expect, type TestContext, test } from 'vitest';
import type { Survey } from '../../../protocol/site-settings.ts';
import { plainSite } from '../../domain/site.ts';
import { organization, shop } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf, newId, type Visitor } from './people.ts';

const survey: Survey = { on: true, question: { en: '', nl: '' }, comment: true };

async function openSurveyingDesk(t: TestContext) {
  const opened = await openDesk(t);
  const set = (change: Partial<Survey>, masking = plainSite.masking) =>
    opened.store.sites.update(organization, shop.id, {
      settings: { ...plainSite, masking, survey: { ...survey, ...change } },
    });
  await set({});
  const anna = await opened.agent('anna');
  /** A chat that is over. */
  async function chat(): Promise<{ visitor: Visitor; id: Awaited<ReturnType<Visitor['request']>> }> {
    const visitor = await opened.visitor();
    const id = await visitor.request();
    await anna.accept(id);
    await anna.end(id);
    return { visitor, id };
  }
  return { ...opened, anna, set, chat };
}

describe('6: the survey', () => {
  test('its answer is in the log for everyone, once, however often it is sent', async (t) => {
    const { chat, log } = await openSurveyingDesk(t);
    const { visitor, id } = await chat();
    const command = newId();
    const answer = { type: 'rate', score: 5, comment: 'Quick!' } as const;
    const first = await visitor.send(answer, command);
    expect(codeOf(first)).toBe('ok');
    expect(await visitor.send(answer, command)).toEqual(first);
    expect(codeOf(await visitor.send({ ...answer, score: 1 }, command))).toBe('conflicting_resend');
    expect(codeOf(await visitor.send(answer))).toBe('already_answered');
    const rated = (await log(id)).filter(({ body }) => body.type === 'rated');
    expect(rated).toMatchObject([{ by: { kind: 'visitor' }, body: { ...answer, type: 'rated' } }]);
    expect(rated[0]?.visitorSeq).not.toBeNull();
  });

  test('a site that does not ask takes none; what it took before it still knows', async (t) => {
    const { chat, set } = await openSurveyingDesk(t);
    const [one, other] = [await chat(), await chat()];
    const command = newId();
    const first = await one.visitor.send({ type: 'rate', score: 3 }, command);
    await set({ on: false });
    expect(await one.visitor.send({ type: 'rate', score: 3 }, command)).toEqual(first);
    expect(codeOf(await other.visitor.send({ type: 'rate', score: 3 }))).toBe('not_allowed');
    await set({ comment: false });
    expect(codeOf(await other.visitor.send({ type: 'rate', score: 3, comment: 'x' }))).toBe('invalid_field');
    expect(codeOf(await other.visitor.send({ type: 'rate', score: 3 }))).toBe('ok');
  });

  test('nobody rates the chat of another visitor', async (t) => {
    const { chat, visitor: newVisitor, log } = await openSurveyingDesk(t);
    const { id } = await chat();
    const stranger = await newVisitor();
    expect(codeOf(await stranger.send({ type: 'rate', score: 1 }, newId(), id))).toBe('not_found');
    expect(codeOf(await stranger.send({ type: 'rate', score: 1 }))).toBe('not_found');
    expect((await log(id)).some(({ body }) => body.type === 'rated')).toBe(false);
  });

  test('7: what the site masks is not kept of its words either', async (t) => {
    const { chat, log, set } = await openSurveyingDesk(t);
    await set({}, { patterns: ['card'], templates: [] });
    const { visitor, id } = await chat();
    await visitor.send({ type: 'rate', score: 2, comment: 'Charged 4111 1111 1111 1111 twice' });
    expect(JSON.stringify(await log(id))).not.toContain('4111');
  });
});
