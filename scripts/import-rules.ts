/**
 * Who may import whom, as data. `own` is what of ours a zone may import beside itself; `platform` what else. The first
 * zone whose path fits counts, so the finer ones stand first.
 */
export interface Zone {
  readonly path: RegExp;
  readonly own: readonly RegExp[];
  /** Packages and `node:` modules. */
  readonly platform: readonly RegExp[];
}

const anything = [/^/];
const node = /^node:/;
const none: readonly RegExp[] = [];
const protocol = /^protocol\//;
const domain = /^server\/domain\//;
const identity = /^server\/identity\//;
const interfaces = /^server\/(store\/((?!open-)[\w-]+-)?store|bus\/bus|files\/blob-store)\.ts$/;
const beat = /^server\/beat\//;
const desk = /^server\/desk\//;
const files = /^server\/files\//;
const outbound = /^server\/outbound\//;
const privacy = /^server\/privacy\//;
const webhooks = /^server\/webhooks\//;
const mail = /^server\/mail\//;

export const zones: readonly Zone[] = [
  {
    path: /^(client|protocol|widget|agent-ui)\/.*test\//,
    own: [/^(client|protocol|widget|agent-ui)\//],
    platform: anything,
  },
  { path: /^server\/.*test\//, own: [/^server\//, protocol], platform: anything },
  { path: /^(examples|scripts)\/.*test\//, own: [/^(examples|scripts)\//, /^rollup\.config\.ts$/], platform: anything },

  { path: /^protocol\//, own: none, platform: [/^typebox$/] },
  { path: /^client\//, own: [protocol], platform: none },

  { path: /^widget\/sign\//, own: none, platform: [/^jose$/] },
  { path: /^widget\/loader\.ts$/, own: none, platform: none },
  { path: /^widget\//, own: [/^client\//, protocol, /^widget\/loader\.ts$/], platform: [/^preact(\/|$)/] },

  { path: /^agent-ui\/state\//, own: [/^client\//, protocol, /^examples\/sign\//], platform: [/^lit$/] },
  {
    path: /^agent-ui\//,
    own: [/^client\//, protocol, /^agent-ui\/state\//],
    platform: [/^lit(\/|$)/, /^@lit\/context$/, /^@floating-ui\/dom$/, /^uqr$/],
  },

  { path: /^server\/domain\//, own: [protocol], platform: none },
  { path: beat, own: none, platform: none },
  { path: /^server\/store\//, own: [protocol, domain, beat], platform: [node, /^kysely(\/|$)/, /^pg$/] },
  { path: /^server\/bus\//, own: [protocol, domain], platform: [node] },
  { path: /^server\/outbound\//, own: [protocol], platform: [node] },
  { path: /^server\/identity\//, own: [protocol, domain, outbound], platform: [node, /^jose$/, /^@node-rs\/argon2$/] },
  {
    path: /^server\/files\//,
    own: [protocol, interfaces],
    platform: [node, /^@fastify\/multipart$/, /^file-type$/, /^sharp$/],
  },
  { path: /^server\/desk\//, own: [protocol, domain, interfaces], platform: [node] },
  { path: /^server\/webhooks\//, own: [protocol, domain, desk, identity, outbound, interfaces], platform: [node] },
  {
    path: privacy,
    own: [protocol, domain, desk, files, identity, interfaces, /^server\/mail\/(forget-mail|mail-folder)\.ts$/],
    platform: [node],
  },
  {
    path: /^server\/mail\//,
    own: [protocol, domain, desk, identity, interfaces],
    platform: [node, /^nodemailer$/, /^postal-mime$/],
  },
  {
    path: /^server\/realtime\//,
    own: [protocol, domain, desk, beat, identity, interfaces],
    platform: [node, /^ws$/, /^typebox(\/|$)/],
  },
  {
    path: /^server\/routes\//,
    own: [
      protocol,
      domain,
      desk,
      files,
      identity,
      interfaces,
      mail,
      outbound,
      privacy,
      webhooks,
      /^server\/realtime\//,
      /^server\/context\.ts$/,
    ],
    platform: [node, /^fastify$/, /^@fastify\//, /^typebox$/],
  },
  { path: /^server\/[\w-]+\.ts$/, own: [/^server\//, protocol], platform: anything },

  { path: /^examples\//, own: none, platform: [node, /^@balie\/widget\/sign$/] },
  {
    path: /^e2e\//,
    own: [
      /^server\/identity\//,
      /^server\/webhooks\/test\//,
      /^server\/(serve|config|test\/free-port)\.ts$/,
      domain,
      /^widget\/sign\//,
      protocol,
    ],
    platform: anything,
  },
  {
    path: /^bench\//,
    own: [protocol, /^server\/store\/open-store\.ts$/, /^scripts\/server-flags\.mjs$/],
    platform: anything,
  },
  { path: /^(scripts\/|[\w.]+\.config\.ts$)/, own: [/^scripts\//, protocol], platform: anything },
];

/** What no file may hold, and which files are meant. */
export const forbidden: readonly { readonly where: RegExp; readonly text: RegExp; readonly why: string }[] = [
  { where: /^server\/(?!.*test\/)/, text: /Math\.random/, why: 'secrets and ids need node:crypto' },
  {
    where: /^server\/(?!identity\/secret-token\.ts|.*test\/)/,
    text: /timingSafeEqual|([hH]ash|[sS]ecret|[cC]srf|[sS]ignature) [!=]==? (?!null|undefined|'')/,
    why: 'secrets are compared by isSameSecret, which takes as long whatever they are',
  },
  {
    where: /^server\/(?!config\.ts|.*test\/)/,
    text: /process\.env/,
    why: 'server/config.ts alone reads the environment',
  },
  {
    where: /^(?!.*test\/).*\.tsx?$/,
    text: /\.(filter|some|every|find|findIndex)\(async\b/,
    why: 'a promise is true whatever it comes to (CVE-2026-39966)',
  },
  {
    where: /^server\/(?!store\/migrations\/|.*test\/)/,
    text: /\bsql\.(raw|lit)\(/,
    why: 'values reach SQL as parameters, and names by sql.ref and sql.table (CVE-2026-44706)',
  },
  {
    where: /^(widget|agent-ui|client|examples)\/(?!.*test\/)/,
    text: /innerHTML|unsafeHTML|document\.write|\beval\(/,
    why: 'text never becomes markup or code',
  },
];

/** Browsers pay for schemas they don't run: of `protocol/` they get plain constants, and types. */
export const plainConstants = /^protocol\/(codes|limits)\.ts$/;
export const browserParts = /^(client|widget|agent-ui)\/(?!.*test\/)/;

/** Lines. A table of cases may be longer than the code that it tests. */
export const longestFile = 300;
export const longestTest = 500;
