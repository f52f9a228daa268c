import type { BrowserContext, Locator, Page } from 'playwright-core';

/**
 * A visitor of the shop. Finds everything by role and accessible name, as a visitor who sees nothing would: the
 * names are the issue's, "Names that tests may rely on".
 */
export function createVisitor(context: BrowserContext, page: Page, shopUrl: string) {
  const panel = page.getByRole('region', { name: 'Chat', exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (name: string) => panel.getByRole('textbox', { name, exact: true });

  return {
    context,
    page,
    panel,
    button,
    field,
    launcher: page.getByRole('button', { name: /^Open chat/ }),
    visit: (path: string) => page.goto(shopUrl + path),
    async signIn(customer: 'Ada' | 'Ben') {
      await button(`Sign in as ${customer}`).click();
    },
    async signOut() {
      await button('Sign out').click();
    },
    async open() {
      await page.getByRole('button', { name: /^Open chat/ }).click();
      await panel.waitFor();
    },
    /** Fills in what is asked, and requests a chat. */
    async start(known: { name?: string; email?: string } = {}) {
      if (known.name !== undefined) await field('Name').fill(known.name);
      if (known.email !== undefined) await field('E-mail').fill(known.email);
      await panel.getByRole('button', { name: 'Start chat' }).click();
    },
    async say(text: string) {
      await field('Message').fill(text);
      await panel.getByRole('button', { name: 'Send', exact: true }).click();
    },
    /** The message with exactly this text. */
    message: (text: string): Locator => panel.getByText(text, { exact: true }),
    async sees(text: string) {
      await panel.getByText(text).first().waitFor();
    },
    /** A stranger's chat with everything filled in, from the closed button on. */
    async requestAs(name: string) {
      await this.open();
      await this.start({ name, email: `${name.toLowerCase()}@mail.example` });
      await field('Message').waitFor();
    },
    /** Waiting, with nobody before them. */
    waits: () => panel.getByText('You are next').first().waitFor(),
    /** The menu of this title. */
    offer: (title: string): Locator => panel.getByRole('group', { name: title }),
    /** Asked once to be sure. */
    async endChat() {
      await panel.getByRole('button', { name: 'End chat' }).click();
      await this.confirmEnd();
    },
    async confirmEnd() {
      await panel.getByRole('group', { name: 'End this chat?' }).getByRole('button', { name: 'End chat' }).click();
      await panel.getByText('You ended the chat').waitFor();
    },
    async startAnother() {
      await panel.getByRole('button', { name: 'Start a new chat' }).click();
    },
    async minimise() {
      await panel.getByRole('button', { name: 'Minimise chat' }).click();
    },
  };
}

export type Visitor = ReturnType<typeof createVisitor>;
