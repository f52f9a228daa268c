import type { BrowserContext, Locator, Page } from 'playwright-core';
import { password } from './product.ts';

interface OfferToMake {
  readonly title: string;
  readonly options: readonly string[];
  readonly several?: { readonly least: number; readonly most: number };
  readonly optional?: boolean;
}

interface InvitationToMake {
  readonly agent?: string;
  readonly queue?: string;
  readonly note?: string;
  readonly plan?: 'Stay' | 'Leave';
}

/** An agent at the console, by the names of the issue. */
export function createAgent(context: BrowserContext, page: Page, url: string) {
  const tabs = page.getByRole('tablist', { name: 'Chats' });
  const chat = page.getByRole('tabpanel');
  const details = page.getByRole('region', { name: 'Chat details' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const tab = (name: string | RegExp) => tabs.getByRole('tab', { name });

  return {
    context,
    page,
    tabs,
    tab,
    chat,
    details,
    button,
    async signIn(email: string) {
      await page.goto(`${url}/console/`);
      await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await button('Sign in').click();
      await page.getByRole('combobox', { name: 'Profile' }).waitFor();
    },
    /** With the session that the browser has. */
    async comeIn() {
      await page.goto(`${url}/console/`);
      await page.getByRole('combobox', { name: 'Profile' }).waitFor();
    },
    async chooseProfile(name: string) {
      await page.getByRole('combobox', { name: 'Profile' }).selectOption({ label: name });
    },
    async beReady() {
      await button('Ready').click();
    },
    async pause() {
      await button('Pause').click();
    },
    /** The visitor's tab, brought to the front. */
    async openTab(name: string | RegExp) {
      await tab(name).click();
    },
    async accept(name: string | RegExp) {
      await tab(name).click();
      await button('Accept').click();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
    },
    async decline(name: string | RegExp) {
      await tab(name).click();
      await button('Decline').click();
    },
    /** Composes an offer and sends it; more than two options are added. */
    async offer({ title, options, several, optional = false }: OfferToMake) {
      await button('Offer').click();
      const dialog = page.getByRole('dialog', { name: 'New offer' });
      await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill(title);
      for (const [at, label] of options.entries()) {
        if (at > 1) await dialog.getByRole('button', { name: 'Add option' }).click();
        await dialog.getByRole('textbox', { name: `Option ${at + 1}`, exact: true }).fill(label);
      }
      if (several) {
        await dialog.getByRole('checkbox', { name: 'Allow several choices' }).check();
        await dialog.getByLabel('At least').fill(`${several.least}`);
        await dialog.getByLabel('At most').fill(`${several.most}`);
      }
      if (optional) await dialog.getByRole('checkbox', { name: /none of these/ }).check();
      await dialog.getByRole('button', { name: 'Send offer' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    /** A colleague by name, or anybody of a queue. */
    async invite({ agent, queue, note = '', plan = 'Stay' }: InvitationToMake) {
      await button('Invite').click();
      const dialog = page.getByRole('dialog', { name: 'Invite' });
      if (queue) await dialog.getByRole('tab', { name: 'Queues' }).click();
      await dialog.getByRole('radio', { name: new RegExp(`^${agent ?? queue}`) }).check();
      await dialog.getByRole('textbox', { name: /^Note/ }).fill(note);
      await dialog.getByRole('radio', { name: plan }).check();
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async say(text: string) {
      await page.getByRole('textbox', { name: 'Message' }).fill(text);
      await button('Send').click();
    },
    /** The message with exactly this text, in the chat that is in front. */
    message: (text: string): Locator => chat.getByText(text, { exact: true }),
    async sees(text: string) {
      await chat.getByText(text).first().waitFor();
    },
    /** What stands beside a value in the details: the name of its lock or of its mark. */
    async markBeside(value: string): Promise<string> {
      const marks = page.getByRole('img', { name: /^(Verified|Not verified)/ });
      const row = details.locator('*').filter({ hasText: value }).filter({ has: marks }).last();
      return (await row.getByRole('img', { name: /^(Verified|Not verified)/ }).getAttribute('aria-label')) ?? '';
    },
  };
}

export type Agent = ReturnType<typeof createAgent>;
