import type { FastifyBaseLogger } from 'fastify';
import type { Bus } from './bus/bus.ts';
import { createInProcessBus } from './bus/in-process-bus.ts';
import type { Config } from './config.ts';
import { type ChatLog, createChatLog } from './desk/chat-log.ts';
import { type Clock, systemClock } from './desk/clock.ts';
import { createStatisticsCounter } from './desk/count-statistics.ts';
import { createDesk, type RunningDesk } from './desk/create-desk.ts';
import { deskDefaults } from './desk/desk-settings.ts';
import type { Follower } from './desk/follower.ts';
import { createSearchIndexer } from './desk/index-chats.ts';
import { createMaskOf } from './desk/masking.ts';
import { createFileKeeper, type FileKeeper } from './files/files.ts';
import { openFolderBlobStore } from './files/folder-blob-store.ts';
import { createClamavScan, noScan } from './files/scan.ts';
import { startSweeping } from './files/sweep.ts';
import { createJwks } from './identity/jwks.ts';
import { createSecretToken } from './identity/secret-token.ts';
import { createTokenVerifier, type TokenVerifier } from './identity/verify-token.ts';
import { createCompose } from './mail/compose.ts';
import { createMailFollower } from './mail/derive-mails.ts';
import { createForgetMail } from './mail/forget-mail.ts';
import { createMailFolder, type MailFolder } from './mail/mail-folder.ts';
import type { Mailer } from './mail/mailer.ts';
import { createPostman, type Postman } from './mail/postman.ts';
import { createSmtpMailer } from './mail/smtp-mailer.ts';
import { type AddressCheck, createAddressCheck } from './outbound/address-check.ts';
import { createPostPublic } from './outbound/post-public.ts';
import { createPeople, type People } from './privacy/erase-person.ts';
import { createEmailFollower } from './privacy/follow-emails.ts';
import { createPrivacyKeeper, type PrivacyKeeper } from './privacy/keeper.ts';
import { createHub, type Hub } from './realtime/hub.ts';
import { createReadings, type Readings } from './realtime/readings.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { type Courier, createCourier } from './webhooks/courier.ts';
import { createDeliveryFollower } from './webhooks/derive-deliveries.ts';

/** Everything that is open while the server runs. Who opens it closes it, in reverse. */
export interface Context {
  readonly config: Config;
  readonly log: FastifyBaseLogger;
  readonly store: Store;
  readonly bus: Bus;
  readonly desk: RunningDesk;
  readonly statistics: Pick<Follower, 'caughtUp'>;
  readonly courier: Courier;
  readonly mailer: Mailer;
  readonly mailFolder: MailFolder;
  readonly postman: Postman;
  readonly mails: Pick<Follower, 'caughtUp'>;
  /** Of a webhook, when it is saved. */
  readonly checkAddress: AddressCheck;
  readonly people: People;
  readonly privacy: Pick<PrivacyKeeper, 'wake'>;
  readonly files: FileKeeper;
  readonly chatLog: ChatLog;
  readonly indexer: Pick<Follower, 'caughtUp'>;
  readonly hub: Hub;
  readonly readings: Readings;
  readonly tokens: TokenVerifier;
  /** Who knows it may make the first organization, from this process. It is printed at the start, and kept nowhere. */
  readonly firstRunCode: string;
  readonly now: () => number;
  close(): Promise<void>;
}

export async function openContext(
  config: Config,
  log: FastifyBaseLogger,
  clock: Clock = systemClock,
): Promise<Context> {
  const { now } = clock;
  const { dataDir, databaseUrl, agentGraceMs, presentMs, allowPrivateJwks: allowPrivate } = config;
  const store = await openStore(databaseUrl ? { dataDir, url: databaseUrl } : { dataDir });
  const bus = createInProcessBus({ onListenerError: (error) => log.error({ err: error }, 'a listener failed') });
  const settings = { ...deskDefaults, agentGraceMs, presentMs };
  const desk = createDesk({ store, bus, clock, log, settings });
  const hub = createHub(now);
  const onFailure = (failure: object) => log.warn(failure, 'the keys of a site could not be fetched');
  const tokens = createTokenVerifier({ now, jwks: createJwks({ now, allowPrivate, onFailure }) });
  const blobs = await openFolderBlobStore(dataDir);
  const maskOf = createMaskOf({ store, clock });
  const files = createFileKeeper({
    store,
    blobs,
    scan: config.clamav ? createClamavScan(config.clamav) : noScan,
    nameAt: async (site, name) => (await maskOf(site))?.text(name) ?? name,
    now,
  });
  const stopSweeping = startSweeping({ store, files, blobs, clock, log });
  const statistics = createStatisticsCounter({ store, bus, clock, log });
  statistics.start();
  const indexer = createSearchIndexer({ store, bus, clock, log });
  indexer.start();
  const courier = createCourier({
    store,
    clock,
    log,
    post: createPostPublic({ allowPrivate: config.allowPrivateWebhooks }),
    allowPrivate: config.allowPrivateWebhooks,
  });
  const deliveries = createDeliveryFollower({ store, bus, clock, log, onRecorded: courier.wake });
  const emails = createEmailFollower({ store, bus, clock, log });
  deliveries.start();
  emails.start();
  courier.start();
  const mailFolder = createMailFolder(dataDir);
  const mailer = config.smtp ? createSmtpMailer(config.smtp) : mailFolder.mailer;
  const compose = createCompose({ store, origin: config.publicUrl ?? `http://${config.host}:${config.port}` });
  const postman = createPostman({ store, mailer, folder: mailFolder, compose, clock, log });
  const mails = createMailFollower({ store, bus, desk, clock, log, onRecorded: postman.wake });
  const forgetMail = createForgetMail({ store, folder: mailFolder });
  const privacy = createPrivacyKeeper({ store, bus, files, forgetMail, clock, log });
  await desk.start();
  privacy.start();
  mails.start();
  postman.start();
  return {
    config,
    log,
    store,
    bus,
    desk,
    statistics,
    chatLog: createChatLog({ store, indexer }),
    indexer,
    courier,
    mailer,
    mailFolder,
    postman,
    mails,
    checkAddress: createAddressCheck(config.allowPrivateWebhooks),
    people: createPeople({ store, desk, emails, keeper: privacy, now }),
    privacy,
    files,
    hub,
    readings: createReadings({ store, log, now }),
    tokens,
    firstRunCode: createSecretToken(),
    now,
    async close() {
      await stopSweeping();
      await mails.stop();
      await postman.stop();
      await desk.stop();
      await statistics.stop();
      await indexer.stop();
      await deliveries.stop();
      await emails.stop();
      await privacy.stop();
      await courier.stop();
      await bus.close();
      await store.close();
    },
  };
}
