import type { BrowserContext, Page } from 'playwright-core';

/** What no page of the product may ever do: throw, or run against its own Content Security Policy. */
export interface Watch {
  readonly problems: readonly string[];
}

const violation = /content security policy|trusted ?type|trustedscript|trustedhtml/i;

export function watch(context: BrowserContext): Watch {
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(`${error.page()?.url()}: ${error.error().stack}`));
  context.on('console', (message) => {
    if (violation.test(message.text())) problems.push(`${message.page()?.url()}: ${message.text()}`);
  });
  return { problems };
}

/** The product answers within milliseconds; a machine that others use too may not. */
export function patience(page: Page): Page {
  page.setDefaultTimeout(25_000);
  return page;
}
