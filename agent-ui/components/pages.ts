import { html, type TemplateResult } from 'lit';
import type { IconName } from '../icons.ts';
import type { PagePlace } from '../state/places.ts';
import type { TextKey } from '../texts.ts';

export interface Page {
  readonly label: TextKey;
  readonly icon: IconName;
  /** Fetched when somebody goes there: most agents never do. */
  readonly load: () => Promise<unknown>;
  readonly render: () => TemplateResult;
}

/** The chat log is drawn by the shell, which has what it shows. */
export const pages: Readonly<Record<Exclude<PagePlace, 'log'>, Page>> = {
  account: {
    label: 'account.title',
    icon: 'user-round',
    load: () => import('./account-page.ts'),
    render: () => html`<balie-account-page></balie-account-page>`,
  },
  floor: {
    label: 'floor.title',
    icon: 'layout-dashboard',
    load: () => import('./floor/floor-page.ts'),
    render: () => html`<balie-floor-page></balie-floor-page>`,
  },
  statistics: {
    label: 'statistics.title',
    icon: 'chart-column',
    load: () => import('./statistics/statistics-page.ts'),
    render: () => html`<balie-statistics-page></balie-statistics-page>`,
  },
  people: {
    label: 'people.title',
    icon: 'users-round',
    load: () => import('./settings/people-page.ts'),
    render: () => html`<balie-people-page></balie-people-page>`,
  },
  queues: {
    label: 'queues.title',
    icon: 'list-checks',
    load: () => import('./settings/queues-page.ts'),
    render: () => html`<balie-queues-page></balie-queues-page>`,
  },
  profiles: {
    label: 'profiles.title',
    icon: 'user-round',
    load: () => import('./settings/profiles-page.ts'),
    render: () => html`<balie-profiles-page></balie-profiles-page>`,
  },
  presets: {
    label: 'presets.title',
    icon: 'text-quote',
    load: () => import('./settings/presets-page.ts'),
    render: () => html`<balie-presets-page></balie-presets-page>`,
  },
  sites: {
    label: 'sites.title',
    icon: 'globe',
    load: () => import('./settings/sites-page.ts'),
    render: () => html`<balie-sites-page></balie-sites-page>`,
  },
  webhooks: {
    label: 'webhooks.title',
    icon: 'webhook',
    load: () => import('./settings/webhooks-page.ts'),
    render: () => html`<balie-webhooks-page></balie-webhooks-page>`,
  },
  'api-keys': {
    label: 'apikeys.title',
    icon: 'key-round',
    load: () => import('./settings/api-keys-page.ts'),
    render: () => html`<balie-api-keys-page></balie-api-keys-page>`,
  },
  privacy: {
    label: 'privacy.title',
    icon: 'shield-check',
    load: () => import('./settings/privacy-page.ts'),
    render: () => html`<balie-privacy-page></balie-privacy-page>`,
  },
  mail: {
    label: 'mail.title',
    icon: 'mail',
    load: () => import('./settings/mail-page.ts'),
    render: () => html`<balie-mail-page></balie-mail-page>`,
  },
  audit: {
    label: 'audit.title',
    icon: 'history',
    load: () => import('./settings/audit-page.ts'),
    render: () => html`<balie-audit-page></balie-audit-page>`,
  },
};
