import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Agent } from './harness/agent.ts';
import { type Desk, useDesk } from './harness/desk.ts';
import type { Visitor } from './harness/visitor.ts';

const openDesk = useDesk();

async function chatting(desk: Desk): Promise<{ agent: Agent; visitor: Visitor }> {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  return { agent, visitor };
}

const markup = [
  '<script>pwned()</script>',
  '<img src=x onerror=pwned()>',
  '"><svg onload=pwned()>',
  "'-pwned()-'",
  '{{constructor.constructor("pwned()")()}}',
  '$' + '{pwned()}',
  '<iframe srcdoc="<script>parent.pwned()</script>">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>',
  '<a href="javascript:pwned()">click</a>',
  '&lt;img src=x onerror=pwned()&gt;',
  '<!--<img src="--><img src=x onerror=pwned()>">',
  '</textarea><script>pwned()</script>',
].join('\n');

/** Nothing that a text says may run, load, or become an element. */
async function trap(page: Page): Promise<() => Promise<unknown>> {
  const arm = () => Object.assign(window, { pwned: () => Object.assign(window, { ran: true }) });
  await page.addInitScript(arm);
  await page.evaluate(arm);
  return () =>
    page.evaluate(() => {
      const roots = [document as Document | ShadowRoot];
      for (const root of roots) {
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
      }
      const odd = roots.flatMap((root) => [...root.querySelectorAll('img, iframe, math, [onerror], [onload]')]);
      return { ran: 'ran' in window, odd: odd.map(({ outerHTML }) => outerHTML) };
    });
}

const untouched = { ran: false, odd: [] };

test('W031: naughty strings arrive as they were typed, on both sides', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const checks = [await trap(visitor.page), await trap(agent.page)];
  for (const text of await naughtyTexts()) {
    await visitor.say(text);
    await agent.say(`back: ${text}`);
    for (const person of [visitor, agent]) {
      await expect.poll(() => hasText(person.page, text), { message: JSON.stringify(text) }).toBe(true);
      await expect.poll(() => hasText(person.page, `back: ${text}`), { message: JSON.stringify(text) }).toBe(true);
    }
  }
  for (const check of checks) expect(await check()).toEqual(untouched);
});

/** All 515, in as few messages as they fit: a text box turns CR into LF, so they go as it would send them. */
async function naughtyTexts(): Promise<string[]> {
  const file = new URL('./data/naughty-strings.json', import.meta.url);
  const strings = JSON.parse(await readFile(file, 'utf8')) as string[];
  const texts: string[] = [];
  for (const string of strings) {
    const line = string.replaceAll(/\r\n?/g, '\n');
    const joined = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && Array.from(joined).length < 3900) texts[texts.length - 1] = joined;
    else texts.push(`|${line}`);
  }
  return texts.map((text) => `${text}|`);
}

/** Is there an element whose whole text is this, to the letter? */
function hasText(page: Page, text: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const roots = [document as Document | ShadowRoot];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (element.textContent === wanted) return true;
      }
    }
    return false;
  }, text);
}

test('W032, C141: markup in a message, a name, a page and a variable is text on both sides', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/help?q=<img src=x onerror=pwned()>');
  const checks = [await trap(visitor.page), await trap(agent.page)];
  await visitor.page.evaluate(() => {
    document.title = '<img src=x onerror=pwned()>';
    const { Balie } = window as unknown as { Balie: (...call: unknown[]) => void };
    Balie('set', { cart: '"><img src=x onerror=pwned()>', plan: '<script>pwned()</script>' });
  });
  await visitor.open();
  await visitor.start({ name: '<img src=x onerror=pwned()>', email: '"<svg/onload=pwned()>"@mail.example' });
  if (await visitor.field('E-mail').isVisible()) await visitor.start({ email: 'svg@mail.example' });
  await agent.accept(/img src/);
  await visitor.say(markup);
  await agent.say(markup);
  for (const person of [visitor, agent]) await expect.poll(() => hasText(person.page, markup)).toBe(true);
  await agent.details.getByText('<script>pwned()</script>', { exact: true }).waitFor();
  for (const check of checks) expect(await check()).toEqual(untouched);
});

test('W033: addresses that deceive or run are no links, or say where they lead', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const addresses = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    '//evil.example/path',
    'https://user@bank.example@evil.example/',
    'https://xn--pple-43d.com/',
    'https://аpple.com/',
    'https://evil.example/\u202Egnp.exe',
    `https://long.example/${'a'.repeat(2000)}`,
  ].join('\n');
  await visitor.say(addresses);
  await agent.say(addresses);
  for (const shown of [visitor.panel, agent.chat]) {
    await shown
      .getByText(/\/etc\/passwd/)
      .nth(1)
      .waitFor();
    const links = await shown.getByRole('link').evaluateAll((all) =>
      all
        .filter((link) => link instanceof HTMLAnchorElement)
        .map(({ href, rel, textContent }) => ({ to: new URL(href), rel: rel.split(' '), textContent }))
        .map(({ to, rel, textContent }) => ({ protocol: to.protocol, host: to.host, rel, textContent })),
    );
    expect(links.map(({ host }) => host)).toContain('long.example');
    for (const { protocol, host, rel, textContent } of links) {
      expect(['http:', 'https:', 'mailto:']).toContain(protocol);
      expect(rel).toEqual(expect.arrayContaining(['noopener', 'noreferrer', 'nofollow', 'ugc']));
      expect(textContent).toContain(host);
    }
  }
});

test('W034: a mark that turns the direction does not turn an address that follows it', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const turned = '\u202Ehttps://evil.example/gpj.exe';
  await visitor.say(turned);
  for (const shown of [visitor.panel, agent.chat]) {
    const link = shown.getByRole('link', { name: 'https://evil.example/gpj.exe' });
    await link.waitFor();
    expect(await link.evaluate(readsFromTheLeft)).toBe(true);
  }
});

test('W034: marks that pile up and turn the direction stay within their own message', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.say('Before');
  for (const text of [
    `z${'\u0335'.repeat(3900)}`,
    `${'\u202E'.repeat(1900)}turned${'\u2066'.repeat(1900)}`,
    `x${'\u200D'.repeat(3900)}y`,
    'w'.repeat(4000),
    '\u0627\u0644\u0633\u0644\u0627\u0645 abc \u202E def',
  ]) {
    await visitor.say(text);
    await agent.say(text);
  }
  await agent.say('After');
  await visitor.sees('After');
  for (const { page, message } of [visitor, agent]) {
    await message('Before').waitFor({ state: 'attached' });
    const after = message('After');
    expect(await after.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    expect(await isolated(after)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});

/** Is the first letter of what is on the screen left of the last? */
function readsFromTheLeft(element: Element): boolean {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const lefts: number[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { left, width } = range.getBoundingClientRect();
      if (width > 0) lefts.push(left);
    }
  }
  return (lefts[0] ?? 0) < (lefts.at(-1) ?? 0);
}

/** Does some element around the words keep their direction to itself? */
const isolated = (message: ReturnType<Visitor['message']>) =>
  message.evaluate((element) => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      if (/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi)) return true;
    }
    return false;
  });
