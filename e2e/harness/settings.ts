import type { Agent } from './agent.ts';

/** The settings of an administrator who is signed in, at one of their pages. */
export async function settingsOf({ page, button }: Agent, at: string) {
  await button('Settings').click();
  const turnTo = async (name: string) => {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
  await turnTo(at);
  return {
    page,
    button,
    turnTo,
    field: (name: string) => page.getByRole('textbox', { name, exact: true }),
    /** In the dialog: a page may have a form of its own. */
    save: () => page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
    row: (name: string) => page.getByRole('row').filter({ hasText: name }),
  };
}
