import { describe, expect, onTestFinished, test } from 'vitest';
import { openSink } from '../server/webhooks/test/sink.ts';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** The administrator at the webhooks, where this machine may be told. */
async function openWebhooks() {
  const desk = await openDesk({ BALIE_ALLOW_PRIVATE_WEBHOOKS: '1' });
  const sink = await openSink({ onTestFinished });
  const admin = await desk.agent('admin', null);
  const { page, button } = admin;
  await button('Settings').click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Webhooks' }).click();
  await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  const secret = async () =>
    (await page.getByRole('dialog').getByRole('region', { name: 'Secret' }).textContent()) ?? '';
  return { desk, sink, page, button, field, row, secret };
}

describe('8: webhooks', () => {
  test('are made by clicking, tell what happens, and show how it went', async () => {
    const { desk, sink, page, button, field, row, secret } = await openWebhooks();
    await page.getByText('No webhook yet.').waitFor();
    await expectAccessible(page);
    await button('New webhook').click();
    await field('Name').fill('CRM');
    await field('Address').fill('http://169.254.169.254/latest');
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await page.getByText('This address can’t be used.').waitFor();
    await field('Address').fill(sink.url);
    await page.getByRole('combobox', { name: 'Which events' }).selectOption('Only these');
    expect(await page.getByRole('checkbox', { name: 'Variables verified' }).count()).toBe(0);
    for (const kind of ['Chat requested', 'Message'])
      await page.getByRole('checkbox', { name: kind, exact: true }).check();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await page.getByText('This secret is shown this once.').waitFor();
    const first = await secret();
    await expectAccessible(page);
    await button('Done').click();

    await button('Send a test').click();
    await page.getByText('The test was taken (status 204).').waitFor();
    expect(sink.isGenuine(sink.received[0] as never, first)).toBe(true);

    sink.answers(() => 500);
    const visitor = await desk.visitor();
    await visitor.signIn('Ada');
    await visitor.open();
    await visitor.start();
    await sink.has(2);
    await expect
      .poll(async () => {
        await button('Look again').click();
        return row('Chat requested').getByText('Status 500').count();
      })
      .toBe(1);
    await page.getByText(/^Failing since/).waitFor();
    await expectAccessible(page);
    sink.answers(() => 200);
    await row('Chat requested')
      .getByRole('button', { name: /^Try Chat requested of .+ now$/ })
      .click();
    await expect
      .poll(async () => {
        await button('Look again').click();
        return row('Chat requested').getByText('Delivered').count();
      })
      .toBe(1);
    await visitor.say('Is anybody there?');
    // Not counted: on a busy machine the request is tried again by itself, too.
    await expect
      .poll(() => sink.received.at(-1)?.payload)
      .toMatchObject({
        type: 'conversation.message',
        data: { event: { body: { text: 'Is anybody there?' } } },
      });

    await button('New secret').click();
    await page
      .getByText(/^The one before it is good until/)
      .first()
      .waitFor();
    const second = await secret();
    await button('Done').click();
    const before = sink.received.length;
    await button('Send a test').click();
    await sink.has(before + 1);
    for (const one of [first, second]) expect(sink.isGenuine(sink.received.at(-1) as never, one)).toBe(true);
    await button('Retire the old secret').click();
    await expect.poll(() => button('Retire the old secret').count()).toBe(0);

    await page.getByRole('combobox', { name: 'It hears' }).selectOption('Private messages and notes too');
    await page.getByRole('checkbox', { name: 'Variables verified' }).check();
    await button('Save').click();
    await page.getByText('Saved').waitFor();
    await button('Webhooks').last().click();
    await row('CRM').getByText('Private messages and notes too').waitFor();
    await row('CRM').getByText('3 kinds').waitFor();
  });

  test('one that its server has no more use for is off, and says so until it is on again or deleted', async () => {
    const { desk, sink, page, button, field, row } = await openWebhooks();
    await button('New webhook').click();
    await field('Name').fill('Old CRM');
    await field('Address').fill(sink.url);
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await button('Done').click();
    sink.answers(() => 410);
    const visitor = await desk.visitor();
    await visitor.signIn('Ada');
    await visitor.open();
    await visitor.start();
    await sink.has(1);
    await button('Webhooks').first().click();
    const looksAgain = async () => {
      await page.reload();
      await row('Old CRM').waitFor();
      return page.getByRole('alert').filter({ hasText: 'Old CRM is off since' }).count();
    };
    await expect.poll(looksAgain, { timeout: 12_000 }).toBe(1);
    await expectAccessible(page);
    const entries = page.getByRole('navigation', { name: 'Settings' });
    await entries.getByRole('button', { name: 'Webhooks Switched itself off' }).waitFor();
    await button('Look at Old CRM').click();
    sink.answers(() => 200);
    await button('Switch on').click();
    await sink.has(2);
    await expect.poll(() => page.getByRole('alert').filter({ hasText: 'is off since' }).count()).toBe(0);
    await entries.getByRole('button', { name: 'Webhooks', exact: true }).waitFor();
    expect(sink.received[1]?.id).toBe(sink.received[0]?.id);
    await button('Delete').click();
    await button('Delete it for good?').click();
    await page.getByText('No webhook yet.').waitFor();
  });
});

describe('8: keys of the API', () => {
  test('are made by clicking, shown once, and worth nothing once they are revoked', async () => {
    const { desk, page, button, field, row } = await openWebhooks();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'API keys' }).click();
    await page.getByText('No key yet.').waitFor();
    await button('New key').click();
    await field('Name').fill('Warehouse');
    await page.getByRole('dialog').getByRole('button', { name: 'New key' }).click();
    await page.getByText('Choose at least one thing that it opens.').waitFor();
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: /^Queues/ }).check();
    await page.getByRole('checkbox', { name: /^Conversations with private/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'New key' }).click();
    const secret = (await page.getByRole('dialog').getByRole('region', { name: 'Key' }).textContent()) ?? '';
    await expectAccessible(page);
    await button('Done').click();
    await row('Warehouse').getByText('never').waitFor();
    await expectAccessible(page);
    const headers = { authorization: `Bearer ${secret}` };
    const ask = () => fetch(`${desk.product.url}/api/v1/queues`, { headers });
    expect(await (await ask()).json()).toMatchObject({
      queues: expect.arrayContaining([expect.objectContaining({ name: 'Support' })]),
    });
    await row('Warehouse').getByRole('button', { name: 'Revoke the key Warehouse' }).click();
    await row('Warehouse').getByRole('button', { name: 'Revoke Warehouse for good?' }).click();
    await row('Warehouse')
      .getByText(/^Revoked/)
      .waitFor();
    expect((await ask()).status).toBe(401);
  });
});
