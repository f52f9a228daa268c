import type { Page } from 'playwright-core';

/** Changes a setting as the console would, from the page of somebody who is signed in there. */
export async function change(
  page: Page,
  method: 'PATCH' | 'POST' | 'PUT',
  path: string,
  body: object,
): Promise<unknown> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const { csrf } = await (await fetch('/api/session')).json();
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      const answer = await fetch(`/api${path}`, { method, headers, body: JSON.stringify(body) });
      const made = await answer.json();
      if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(made)}`);
      return made;
    },
    { method, path, body },
  );
}
