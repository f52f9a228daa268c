/** One method of one route, and how it is asked for. */
export interface Operation {
  /**
   * `ticket`: a visitor's, who is known by a ticket instead of a cookie; `files.test.ts` has its refusals. `key`: another
   * system's, which is known by its key alone.
   */
  readonly access: 'public' | 'ticket' | 'key' | 'agent' | 'supervisor' | 'admin';
  /** Of the organization `a`; what a stranger's browser would ask for by that id. */
  readonly path: string;
  readonly body?: unknown;
}

const preset = { queue: null, folder: '', title: 'Taken over', text: 'Hello' };
const person = {
  name: 'Mallory',
  email: 'mallory@balie.example',
  role: 'admin',
  room: 4,
  languages: [],
  profiles: [],
};
const visitor = { by: 'subject', value: 'C-1', site: null };
const options = ['one', 'two'].map((value) => ({ value, label: value }));
const savedOffer = { name: 'Offer', content: { title: 'Offer', options, least: 1, most: 1, optional: false } };

const webhook = { name: 'Taken over', url: 'https://127.0.0.1/', kinds: [], audience: 'agents' };

/** Every route of the server, with an id of organization `a` where it takes one. */
export const operations = (conversation: string, file = 'f'.repeat(22)): Record<string, Operation> => ({
  'GET /api/session': { access: 'agent', path: '/api/session' },
  'POST /api/session': { access: 'public', path: '/api/session', body: { email: 'x@y.example', password: 'x' } },
  'DELETE /api/session': { access: 'agent', path: '/api/session' },
  'GET /api/sites': { access: 'admin', path: '/api/sites' },
  'POST /api/sites': {
    access: 'admin',
    path: '/api/sites',
    body: { name: 'Taken over', origin: 'https://evil.example', queue: 'queue-a' },
  },
  'GET /api/sites/{site}/install': { access: 'admin', path: '/api/sites/site-a/install' },
  'POST /api/sites/{site}/inspect-token': {
    access: 'admin',
    path: '/api/sites/site-a/inspect-token',
    body: { token: 'x' },
  },
  'GET /api/people': { access: 'admin', path: '/api/people' },
  'POST /api/people': { access: 'admin', path: '/api/people', body: person },
  'PATCH /api/people/{id}': { access: 'admin', path: '/api/people/anna-a', body: { role: 'admin' } },
  'POST /api/people/{id}/invite': { access: 'admin', path: '/api/people/anna-a/invite' },
  'POST /api/people/{id}/sign-out': { access: 'admin', path: '/api/people/anna-a/sign-out' },
  'DELETE /api/people/{id}/two-factor': { access: 'admin', path: '/api/people/anna-a/two-factor' },
  'GET /api/queues': { access: 'admin', path: '/api/queues' },
  'POST /api/queues': { access: 'admin', path: '/api/queues', body: { name: 'Taken over' } },
  'PATCH /api/queues/{id}': { access: 'admin', path: '/api/queues/queue-a', body: { name: 'Taken over' } },
  'GET /api/profiles': { access: 'admin', path: '/api/profiles' },
  'POST /api/profiles': { access: 'admin', path: '/api/profiles', body: { name: 'P', queues: ['queue-a'] } },
  'PUT /api/profiles/{id}': {
    access: 'admin',
    path: '/api/profiles/profile-a',
    body: { name: 'P', queues: ['queue-a'] },
  },
  'DELETE /api/profiles/{id}': { access: 'admin', path: '/api/profiles/profile-a' },
  'GET /api/first-run': { access: 'public', path: '/api/first-run' },
  'POST /api/first-run': {
    access: 'public',
    path: '/api/first-run',
    body: { code: 'x'.repeat(43), organization: 'O', name: 'N', email: 'x@y.example', password: 'long enough' },
  },
  'POST /api/links/look': { access: 'public', path: '/api/links/look', body: { token: 'x'.repeat(43) } },
  'POST /api/links/use': {
    access: 'public',
    path: '/api/links/use',
    body: { token: 'x'.repeat(43), password: 'long enough' },
  },
  'PUT /api/account/password': {
    access: 'agent',
    path: '/api/account/password',
    body: { current: 'wrong', password: 'long enough' },
  },
  'GET /api/account/two-factor': { access: 'agent', path: '/api/account/two-factor' },
  'POST /api/account/two-factor': { access: 'agent', path: '/api/account/two-factor' },
  'PUT /api/account/two-factor': {
    access: 'agent',
    path: '/api/account/two-factor',
    body: { secret: 'A'.repeat(32), code: '000000' },
  },
  'POST /api/account/two-factor/off': {
    access: 'agent',
    path: '/api/account/two-factor/off',
    body: { current: 'wrong' },
  },
  'POST /api/account/sign-out-everywhere': { access: 'agent', path: '/api/account/sign-out-everywhere' },
  'PATCH /api/sites/{site}': { access: 'admin', path: '/api/sites/site-a', body: { name: 'Taken over' } },
  'POST /api/sites/{site}/keys': { access: 'admin', path: '/api/sites/site-a/keys', body: { kind: 'secret' } },
  'POST /api/sites/{site}/keys/{kid}/revoke': { access: 'admin', path: '/api/sites/site-a/keys/k1/revoke' },
  'POST /api/conversations/{id}/files': {
    access: 'agent',
    path: `/api/conversations/${conversation}/files?audience=everyone`,
  },
  'POST /api/visitor/conversations/{id}/files': {
    access: 'ticket',
    path: `/api/visitor/conversations/${conversation}/files`,
  },
  'GET /api/presets': { access: 'agent', path: '/api/presets' },
  'POST /api/presets': { access: 'admin', path: '/api/presets', body: preset },
  'PUT /api/presets/{id}': { access: 'admin', path: '/api/presets/preset-a', body: preset },
  'DELETE /api/presets/{id}': { access: 'admin', path: '/api/presets/preset-a' },
  'GET /api/saved-offers': { access: 'agent', path: '/api/saved-offers' },
  'POST /api/saved-offers': { access: 'agent', path: '/api/saved-offers', body: savedOffer },
  'PUT /api/saved-offers/{id}': { access: 'agent', path: '/api/saved-offers/offer-a', body: savedOffer },
  'DELETE /api/saved-offers/{id}': { access: 'agent', path: '/api/saved-offers/offer-a' },
  'GET /api/api-keys': { access: 'admin', path: '/api/api-keys' },
  'POST /api/api-keys': {
    access: 'admin',
    path: '/api/api-keys',
    body: { name: 'Taken over', scopes: ['people:read'], expiresAt: null },
  },
  'POST /api/api-keys/{id}/revoke': { access: 'admin', path: '/api/api-keys/key-a/revoke' },
  'GET /api/v1/conversations': { access: 'key', path: '/api/v1/conversations' },
  'GET /api/v1/conversations/{id}': { access: 'key', path: `/api/v1/conversations/${conversation}` },
  'GET /api/v1/conversations/{id}/events': { access: 'key', path: `/api/v1/conversations/${conversation}/events` },
  'GET /api/v1/conversations/{id}/files': { access: 'key', path: `/api/v1/conversations/${conversation}/files` },
  'GET /api/v1/conversations/{id}/files/{file}': {
    access: 'key',
    path: `/api/v1/conversations/${conversation}/files/${file}`,
  },
  'GET /api/v1/queues': { access: 'key', path: '/api/v1/queues' },
  'GET /api/v1/agents': { access: 'key', path: '/api/v1/agents' },
  'GET /api/v1/statistics': { access: 'key', path: '/api/v1/statistics?from=2026-01-01&to=2026-12-31' },
  'GET /api/webhooks': { access: 'admin', path: '/api/webhooks' },
  'POST /api/webhooks': { access: 'admin', path: '/api/webhooks', body: webhook },
  'PATCH /api/webhooks/{id}': { access: 'admin', path: '/api/webhooks/webhook-a', body: { enabled: true } },
  'DELETE /api/webhooks/{id}': { access: 'admin', path: '/api/webhooks/webhook-a' },
  'POST /api/webhooks/{id}/rotate': { access: 'admin', path: '/api/webhooks/webhook-a/rotate' },
  'POST /api/webhooks/{id}/retire-secret': { access: 'admin', path: '/api/webhooks/webhook-a/retire-secret' },
  'POST /api/webhooks/{id}/test': { access: 'admin', path: '/api/webhooks/webhook-a/test' },
  'GET /api/webhooks/{id}/deliveries': { access: 'admin', path: '/api/webhooks/webhook-a/deliveries' },
  'POST /api/webhooks/{id}/deliveries/{delivery}/retry': {
    access: 'admin',
    path: '/api/webhooks/webhook-a/deliveries/delivery-a/retry',
  },
  'GET /api/mails': { access: 'admin', path: '/api/mails' },
  'GET /api/mails/{id}': { access: 'admin', path: '/api/mails/mail-a' },
  'GET /api/mails/{id}/file': { access: 'admin', path: '/api/mails/mail-a/file' },
  'POST /api/mails/{id}/retry': { access: 'admin', path: '/api/mails/mail-a/retry' },
  'GET /api/chat-log': { access: 'supervisor', path: '/api/chat-log' },
  'GET /api/chat-log/{id}': { access: 'supervisor', path: `/api/chat-log/${conversation}` },
  'GET /api/chat-log/export': { access: 'supervisor', path: '/api/chat-log/export?format=json' },
  'GET /api/chat-log/choices': { access: 'supervisor', path: '/api/chat-log/choices' },
  'POST /api/privacy/find': { access: 'admin', path: '/api/privacy/find', body: visitor },
  'POST /api/privacy/hold': { access: 'admin', path: '/api/privacy/hold', body: { ...visitor, held: true } },
  'POST /api/privacy/erasures': { access: 'admin', path: '/api/privacy/erasures', body: visitor },
  'GET /api/privacy/erasures': { access: 'admin', path: '/api/privacy/erasures' },
  'POST /api/privacy/exports': { access: 'admin', path: '/api/privacy/exports', body: visitor },
  'GET /api/privacy/exports/{token}': { access: 'admin', path: '/api/privacy/exports/no-such-token' },
  'GET /api/statistics': { access: 'supervisor', path: '/api/statistics?from=2026-01-01&to=2026-01-31' },
  'GET /api/statistics/comments': {
    access: 'supervisor',
    path: '/api/statistics/comments?from=2026-01-01&to=2026-01-31',
  },
  'GET /api/statistics/export': {
    access: 'supervisor',
    path: '/api/statistics/export?from=2026-01-01&to=2026-01-31&by=day',
  },
  'GET /api/time-zone': { access: 'admin', path: '/api/time-zone' },
  'PUT /api/time-zone': { access: 'admin', path: '/api/time-zone', body: { timeZone: 'Europe/Amsterdam' } },
  'GET /api/audit': { access: 'admin', path: '/api/audit' },
  'GET /api/colleagues': { access: 'agent', path: '/api/colleagues' },
  'GET /api/conversations/{id}/earlier': { access: 'agent', path: `/api/conversations/${conversation}/earlier` },
  'GET /api/conversations/{id}/events': { access: 'agent', path: `/api/conversations/${conversation}/events` },
});
