import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';

describe('the settings', () => {
  test('have values that do where nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', dataDir: resolve('data'), demo: null, smtp: null });
    expect(readConfig({ BALIE_DEMO: '' })).toEqual(config);
  });

  test('are read from text', () => {
    const env = {
      PORT: '0',
      BALIE_AGENT_GRACE_MS: '1500',
      BALIE_DEMO: '1',
      BALIE_ALLOW_PRIVATE_JWKS: 'true',
      OTHER: 'x',
    };
    expect(readConfig(env)).toMatchObject({
      port: 0,
      agentGraceMs: 1500,
      demo: { port: 8081 },
      allowPrivateJwks: true,
    });
    expect(readConfig({ BALIE_DEMO: '0', BALIE_ALLOW_PRIVATE_WEBHOOKS: 'false' })).toMatchObject({
      demo: null,
      allowPrivateWebhooks: false,
    });
    expect(readConfig({ BALIE_CLAMAV: 'scanner:3310' }).clamav).toEqual({ host: 'scanner', port: 3310 });
    expect(readConfig({ BALIE_TRUST_PROXY: '10.0.0.0/8, ::1' }).trustProxy).toEqual(['10.0.0.0/8', '::1']);
  });

  test.each([
    ['PORT', 'eighty', 'must be integer'],
    ['PORT', '80.5', 'must be integer'],
    ['PORT', '', 'must be integer'],
    ['BALIE_DATA_DIR', '', 'must not have fewer than 1 characters'],
    ['PORT', '70000', 'must be <= 65535'],
    ['BALIE_DEMO', 'yes', 'must be boolean'],
    ['BALIE_LOG_LEVEL', 'loud', 'must be equal to one of the allowed values (fatal, error'],
    ['BALIE_DATABASE_URL', 'mysql://127.0.0.1/balie', 'must match pattern'],
    ['BALIE_DEMO_PASSWORD', 'short', 'must not have fewer than 8 characters'],
    ['BALIE_TRUST_PROXY', 'everyone', 'is no network'],
  ])('%s is not %s, and whoever set it is told', (name, value, problem) => {
    expect(() => readConfig({ [name]: value })).toThrow(/^a setting is wrong: /);
    expect(() => readConfig({ [name]: value })).toThrow(name);
    expect(() => readConfig({ [name]: value })).toThrow(problem);
  });

  test('a mail server is of no use without a sender and an address for the links', () => {
    const env = { BALIE_SMTP_URL: 'smtp://mail.example' };
    expect(() => readConfig(env)).toThrow('BALIE_MAIL_FROM');
    expect(() => readConfig({ ...env, BALIE_MAIL_FROM: 'a@b.example' })).toThrow('BALIE_PUBLIC_URL');
  });
});
