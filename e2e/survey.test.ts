import { describe, expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { type Desk, useDesk } from './harness/desk.ts';
import { phone } from './harness/picture.ts';

const openDesk = useDesk();

/** An administrator who has switched the survey on by clicking, and an agent who is ready. */
async function openSurveyingDesk() {
  const desk = await openDesk();
  const admin = await desk.agent('admin', null);
  const { page, button } = admin;
  await button('Settings').click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Sites' }).click();
  await page.getByRole('table').getByRole('button').first().click();
  await button('The chat').click();
  await page.getByRole('checkbox', { name: 'Ask visitors how the chat was' }).check();
  await page.getByRole('textbox', { name: 'Question in Dutch' }).fill('Hoe hielpen we u?');
  await expectAccessible(page);
  // What is not saved yet is kept while one looks at another part.
  await button('Variables').click();
  await button('The chat').click();
  await button('Save').click();
  await page.getByText('Saved').waitFor();
  return { desk, admin, anna: await desk.agent('anna') };
}

async function chatOf(desk: Desk, name: string, anna: Awaited<ReturnType<Desk['agent']>>) {
  const visitor = await desk.visitor();
  await visitor.requestAs(name);
  await anna.accept(new RegExp(name));
  return visitor;
}

describe('6: after a chat the visitor is asked how it was', () => {
  test('by keyboard, with words, once; it survives a reload, and the agent sees it', async () => {
    const { desk, admin, anna } = await openSurveyingDesk();
    const visitor = await chatOf(desk, 'Vera', anna);
    const { page, panel } = visitor;
    await visitor.endChat();
    const scores = panel.getByRole('group', { name: 'How was this chat?' });
    await scores.waitFor();
    await expectAccessible(page);
    for (const score of await scores.getByRole('radio').all()) {
      const box = await score.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(44);
    }
    await scores.getByRole('radio', { name: '1' }).focus();
    await page.keyboard.press('Space');
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
    const words = panel.getByRole('textbox', { name: 'Anything you would like to add?' });
    await words.fill('Quick, and friendly.');
    await expectAccessible(page);

    await page.reload();
    await visitor.open();
    await expect.poll(() => scores.getByRole('radio', { name: '4' }).isChecked()).toBe(true);
    expect(await words.inputValue()).toBe('Quick, and friendly.');
    // In one turn of the page's loop, as a page that is busy gets what was typed meanwhile.
    await words.evaluate((field: HTMLTextAreaElement) => {
      field.value += ' Bye!';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.form?.requestSubmit();
    });
    await panel.getByText('Thank you for your answer.').waitFor();
    await page.reload();
    await visitor.open();
    await panel.getByText('Thank you for your answer.').waitFor();
    expect(await scores.count()).toBe(0);

    await anna.sees('Vera rated the chat 4 of 5: Quick, and friendly. Bye!');
    await admin.button('Chat log').click();
    await admin.page.getByRole('button', { name: /^Vera/ }).click();
    await admin.page.getByText('Vera rated the chat 4 of 5').waitFor();
  });

  test('in Dutch, in the site’s own words, and who would rather not is not asked again', async () => {
    const { desk, anna } = await openSurveyingDesk();
    const visitor = await desk.visitor('/hulp', { locale: 'nl-NL', viewport: phone });
    await visitor.page.getByRole('button', { name: 'Chat openen' }).click();
    await visitor.panel.getByRole('textbox', { name: 'Naam' }).fill('Tom');
    await visitor.panel.getByRole('textbox', { name: 'E-mail' }).fill('tom@mail.example');
    await visitor.panel.getByRole('button', { name: 'Chat starten' }).click();
    await anna.accept(/Tom/);
    await anna.button('Close chat').click();
    await anna.page
      .getByRole('dialog', { name: 'Close this chat?' })
      .getByRole('button', { name: 'Close chat' })
      .click();
    await visitor.panel.getByRole('group', { name: 'Hoe hielpen we u?' }).waitFor();
    await visitor.panel.getByRole('button', { name: 'Nee, bedankt' }).click();
    await visitor.panel.getByRole('button', { name: 'Nieuwe chat starten' }).waitFor();
    await visitor.panel.getByRole('group', { name: 'Hoe hielpen we u?' }).waitFor({ state: 'hidden' });
  });

  test('nobody is asked where nobody had come', async () => {
    const { desk, anna } = await openSurveyingDesk();
    await anna.pause();
    const visitor = await desk.visitor();
    await visitor.requestAs('Una');
    await visitor.endChat();
    await visitor.button('Start a new chat').waitFor();
    expect(await visitor.panel.getByRole('radio').count()).toBe(0);
  });
});
