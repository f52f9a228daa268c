import { expect, test } from 'vitest';
import type { Agent } from './harness/agent.ts';
import { type Desk, useDesk } from './harness/desk.ts';
import { answerTokens, signAda } from './harness/shop-token.ts';
import type { Visitor } from './harness/visitor.ts';

const openDesk = useDesk();

async function adaChats(desk: Desk): Promise<{ agent: Agent; visitor: Visitor }> {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.signIn('Ada');
  await visitor.open();
  await visitor.start();
  await agent.accept(/Ada/);
  await visitor.say("Ada's secret question");
  await agent.sees("Ada's secret question");
  return { agent, visitor };
}

/** Chats as a visitor whose tokens the test makes. */
async function chatsWithTokens(desk: Desk, tokens: Parameters<typeof answerTokens>[1]) {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/help');
  await recordIdentityEvents(visitor);
  const { asked } = await answerTokens(visitor.context, tokens);
  await visitor.visit('/');
  await visitor.open();
  return { agent, visitor, asked };
}

/** What the page hears by the documented event. */
async function recordIdentityEvents({ page }: Visitor) {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener('balie:identity', (event) => heard.push((event as CustomEvent).detail), true);
  });
}

const identityEvents = ({ page }: Visitor): Promise<string> =>
  page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard));

test('11: another customer on the same browser never sees the chat of the one before', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await adaChats(desk);
  await visitor.signIn('Ben');
  await agent.sees('signed out of the site');
  if (!(await visitor.panel.isVisible())) await visitor.open();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(await visitor.panel.getByText("Ada's secret question").count()).toBe(0);
  await visitor.start();
  await agent.accept(/Ben Carter/);
  expect(await agent.markBeside('ben@carter.example')).toMatch(/^Verified/);
  await visitor.page.reload();
  await visitor.field('Message').waitFor();
  expect(await visitor.page.getByText("Ada's secret question").count()).toBe(0);
});

test('11: signing out ends the identity in every tab', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await adaChats(desk);
  const other = await desk.visitorIn(visitor.context, '/help');
  await other.sees("Ada's secret question");
  await visitor.signOut();
  await agent.sees('signed out of the site');
  for (const tab of [visitor, other]) {
    await expect.poll(() => tab.page.getByText("Ada's secret question").count()).toBe(0);
  }
  expect(await visitor.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('secret question');
});

test('11, J073: who signs in during an anonymous chat goes on with it; what was typed stays a claim', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.say('Before signing in');
  await visitor.signIn('Ada');
  await visitor.sees('Before signing in');
  await agent.details.getByText('ada@lovelace.example').waitFor();
  expect(await agent.markBeside('ada@lovelace.example')).toMatch(/^Verified/);
  await visitor.say('After signing in');
  await agent.sees('After signing in');
});

test('12: a refused token does not block the chat; the agent and the page learn which check failed', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatsWithTokens(desk, () =>
    signAda(desk.product.key, { secret: 'another secret of more than thirty-two bytes' }),
  );
  await visitor.start({ name: 'Ada', email: 'ada@lovelace.example' });
  await agent.accept(/Ada/);
  await agent.details
    .getByText(/the signature doesn't fit/)
    .first()
    .waitFor();
  expect(await agent.details.getByRole('img', { name: /^Verified/ }).count()).toBe(0);
  await visitor.say('It works all the same');
  await agent.sees('It works all the same');
  await expect.poll(() => identityEvents(visitor)).toContain('"signature"');
});

test('17: when the verification runs out in mid-chat the lock opens, and the chat goes on', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatsWithTokens(desk, ({ time }) =>
    time === 1 ? signAda(desk.product.key, { lifetimeSeconds: 6 }) : 'down',
  );
  await visitor.start();
  await agent.accept(/Ada/);
  expect(await agent.markBeside('Ada Lovelace')).toMatch(/^Verified/);
  await expect.poll(() => agent.markBeside('Ada Lovelace'), { timeout: 8000 }).toMatch(/^Not verified any more/);
  await visitor.say('Still me');
  await agent.sees('Still me');
});

test('11: the token is renewed through the callback before it runs out, and the lock stays', async () => {
  const desk = await openDesk();
  const { agent, visitor, asked } = await chatsWithTokens(desk, ({ time, thumbprint }) =>
    signAda(desk.product.key, { thumbprint, ...(time < 3 ? { lifetimeSeconds: 4 } : {}) }),
  );
  await visitor.start();
  await agent.accept(/Ada/);
  await expect.poll(asked, { timeout: 8000 }).toBe(3);
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 4000);
  await promise;
  expect(await agent.markBeside('Ada Lovelace')).toMatch(/^Verified/);
});

test('11, V081: what the page sets never replaces what was signed', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatsWithTokens(desk, () =>
    signAda(desk.product.key, { variables: { plan: 'silver' } }),
  );
  await visitor.page.evaluate(() => {
    (window as unknown as { Balie: (...call: unknown[]) => void }).Balie('set', { Plan: 'platinum', name: 'Eve' });
  });
  await visitor.start();
  await agent.accept(/Ada/);
  await agent.details.getByText('silver').waitFor();
  expect(await agent.markBeside('silver')).toMatch(/^Verified/);
  expect(await agent.details.getByText('platinum').count()).toBe(0);
  expect(await agent.details.getByText('Eve', { exact: true }).count()).toBe(0);
});

test('13: a session that was copied to another browser is refused there', async () => {
  const desk = await openDesk();
  const { visitor } = await adaChats(desk);
  const { origins } = await visitor.context.storageState();
  expect(origins.flatMap(({ localStorage }) => localStorage).length).toBeGreaterThan(0);
  const thief = await desk.visitor('/', { storageState: { cookies: [], origins } });
  await thief.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  expect(await thief.page.getByText("Ada's secret question").count()).toBe(0);
  await visitor.say('And mine goes on');
});

test('13, J075: a token that names one browser is refused from any other', async () => {
  const desk = await openDesk();
  let stolen = '';
  const first = await desk.visitor();
  await answerTokens(first.context, async ({ thumbprint }) => {
    stolen = await signAda(desk.product.key, { thumbprint });
    return stolen;
  });
  await first.open();
  await expect.poll(() => stolen).not.toBe('');
  const { agent, visitor } = await chatsWithTokens(desk, () => stolen);
  await visitor.start({ name: 'Mallory', email: 'mallory@mail.example' });
  await agent.accept(/Mallory/);
  await agent.details
    .getByText(/the token belongs to another browser/)
    .first()
    .waitFor();
  expect(await agent.details.getByRole('img', { name: /^Verified/ }).count()).toBe(0);
  await expect.poll(() => identityEvents(visitor)).toContain('"bound_elsewhere"');
});

test('17: what a lock tells hides no value beside it, and stays on the screen when it changes', async () => {
  const desk = await openDesk();
  let isRefused = false;
  const { agent, visitor } = await chatsWithTokens(desk, ({ thumbprint }) =>
    isRefused ? 'nonsense' : signAda(desk.product.key, { thumbprint }),
  );
  await visitor.start();
  await agent.accept(/Ada/);
  const value = agent.details.getByText('Ada Lovelace', { exact: true });
  const row = await value.boundingBox();
  await agent.details
    .getByRole('img', { name: /^Verified/ })
    .first()
    .focus();
  const tip = agent.page.getByRole('tooltip').filter({ hasText: 'Valid until' });
  await expect.poll(async () => (await tip.boundingBox())?.y).toBeGreaterThan((row?.y ?? 0) + (row?.height ?? 0));
  isRefused = true;
  await visitor.page.reload();
  const changed = agent.page.getByRole('tooltip').filter({ hasText: 'Was verified until' });
  await expect
    .poll(async () => {
      const box = await changed.boundingBox();
      return box && box.x + box.width;
    })
    .toBeLessThanOrEqual(1280);
  expect((await changed.boundingBox())?.width).toBeGreaterThan(0);
});
