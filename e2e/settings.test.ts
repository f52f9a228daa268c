import { describe, expect, test } from 'vitest';
import { createAgent } from './harness/agent.ts';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { settingsOf } from './harness/settings.ts';

const openDesk = useDesk();

/** The administrator, at one of the settings. */
async function openSettings(at: string) {
  const desk = await openDesk();
  return { desk, ...(await settingsOf(await desk.agent('admin', null), at)) };
}

describe('set-up by clicking', () => {
  test('1: a queue with hours, a profile of it, and a colleague who comes in by a link', async () => {
    const { desk, page, button, save, turnTo, field, row } = await openSettings('Queues');
    await button('New queue').click();
    await field('Name').fill('Returns');
    await save();
    await page.getByRole('combobox', { name: 'Open' }).selectOption('At set times');
    await field('Monday').fill('nine to five');
    await save();
    await page.getByText('Monday: write times like 09:00-17:00.').waitFor();
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
      await field(day).fill('0-24');
    await field('Categories to choose from at the end').fill('Broken\nWrong lamp');
    await expectAccessible(page);
    await save();
    await row('Returns').getByText('Open', { exact: true }).waitFor();
    await expectAccessible(page);

    await turnTo('Profiles');
    await button('New profile').click();
    await field('Name').fill('Returns only');
    await page.getByRole('checkbox', { name: 'Returns' }).check();
    await expectAccessible(page);
    await save();
    await row('Returns only').waitFor();

    await turnTo('People');
    await button('Invite somebody').click();
    await field('Name').fill('Dewi');
    await field('E-mail address').fill('dewi@balie.example');
    await expectAccessible(page);
    await button('Invite').click();
    const link = (await page.getByRole('region', { name: 'New link' }).textContent()) ?? '';
    await expectAccessible(page);
    await button('Done').click();
    await row('Dewi').getByText('Invited').waitFor();

    const stranger = await desk.stranger(link);
    const dewi = createAgent(stranger.context, stranger.page, desk.product.url);
    await dewi.page.getByText('Dewi, choose a password for Balie Demo.').waitFor();
    await dewi.page.getByLabel('New password', { exact: true }).fill('a sentence of mine');
    await dewi.page.getByLabel('New password, once more').fill('a sentence of mime');
    await dewi.button('Keep this password').click();
    await dewi.page.getByText('The two are not the same.').waitFor();
    await expectAccessible(dewi.page);
    await dewi.page.getByLabel('New password, once more').fill('a sentence of mine');
    await dewi.button('Keep this password').click();
    await dewi.page.getByRole('link', { name: 'Sign in' }).click();
    await dewi.page.getByRole('textbox', { name: 'E-mail' }).fill('dewi@balie.example');
    await dewi.page.getByLabel('Password', { exact: true }).fill('a sentence of mine');
    await dewi.button('Sign in').click();
    await dewi.chooseProfile('Returns only');

    await turnTo('Queues');
    await turnTo('People');
    await row('Dewi').getByText('Active').waitFor();
    await row('Dewi').getByRole('button', { name: 'Dewi' }).click();
    await button('Shut out').click();
    await row('Dewi').getByText('Shut out').waitFor();
    await dewi.page.getByText('You were signed out.').waitFor();

    await turnTo('Audit log');
    await row('Invited somebody').first().waitFor();
    await expectAccessible(page);
  });

  test('2: a site, its keys, its variables, and what is wrong with its tokens', async () => {
    const { desk, page, button, field, row } = await openSettings('Sites');
    await row('Gloed').getByRole('button', { name: 'Gloed' }).click();
    const visitor = await desk.visitor();
    await visitor.visit('/');
    await expect
      .poll(async () => {
        await button('Look again').click();
        return page.getByText(/^Seen on http:\/\/127\.0\.0\.1/).count();
      })
      .toBeGreaterThan(0);
    await button('Add a key').click();
    await field('Key id').fill('second');
    await page.getByRole('dialog').getByRole('button', { name: 'Add a key' }).click();
    await page.getByText('This secret is shown this once.').waitFor();
    await expectAccessible(page);
    await button('Done').click();
    await row('second').getByText('never').waitFor();

    await field('Token').fill('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.AAAA');
    await button('Look at it').click();
    await page.getByText('The header holds alg, kid and typ, and nothing else.').waitFor();
    await expectAccessible(page);
    await row('second').getByRole('button', { name: 'Revoke the key second' }).click();
    await row('second').getByRole('button', { name: 'Revoke second for good?' }).click();
    await row('second').getByText('Revoked').waitFor();

    await button('Variables').click();
    await page.getByRole('button', { name: 'Move variable 3 up' }).click();
    await page.getByRole('checkbox', { name: 'Mask variable 2' }).check();
    await expectAccessible(page);
    await button('Save').click();
    await page.getByText('Saved').waitFor();

    await button('General').click();
    await expectAccessible(page);
    await field('Name').fill('Gloed Lamps');
    await button('Save').click();
    await page.getByRole('heading', { name: 'Gloed Lamps' }).waitFor();

    const anna = await desk.agent('anna');
    await visitor.signIn('Ada');
    await visitor.open();
    await visitor.start();
    await anna.accept(/Ada/);
    await anna.details.getByText('•••• ').waitFor();
    expect(await anna.details.getByRole('term').allTextContents()).toEqual(
      expect.arrayContaining(['Name', 'Customer number', 'E-mail']),
    );
  });
});
